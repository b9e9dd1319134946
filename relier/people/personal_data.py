"""What this room holds about people, and why."""

from django.utils.translation import gettext_lazy as _

from relier.journal.registry import Holding, Rows, declare


def merges_without_names(holding: Holding, subjects: object) -> Rows:
    return list(holding.rows(subjects).values("kept_id", "gone_id", "merged_at", "undone_at"))  # type: ignore[arg-type]


def no_copies(holding: Holding, subjects: object) -> Rows:
    """Search keys are made from the name, which is handed over once, with the person."""
    return []


declare(
    Holding(
        model="people.Person",
        subject="pk",
        why=_("to know whom we accompany and how to reach them"),
    ),
    Holding(model="people.Following", subject="person_id", why=_("to say who their worker is")),
    Holding(
        model="people.NameKey",
        subject="person_id",
        why=_("to find the name again"),
        hand_over=no_copies,
    ),
    Holding(
        model="people.Merge",
        subject="kept_id",
        why=_("to undo a merge of two files"),
        hand_over=merges_without_names,
    ),
    Holding(
        model="people.Situation", subject="person_id", why=_("to accompany from where they are")
    ),
    Holding(model="people.Fact", subject="person_id", why=_("to accompany from where they are")),
    Holding(
        model="people.Entry",
        subject="person_id",
        why=_("to say who opened the file beyond the team, and why"),
    ),
    Holding(
        model="people.Sharing",
        subject="person_id",
        why=_("to say what was shared under secrecy, with whom, and why"),
    ),
    Holding(
        model="people.Replacement",
        subject="member__user_id",
        about="member",
        why=_("to say which team a member joins for a time"),
    ),
    Holding(model="people.Note", subject="person_id", why=_("to remember what was said")),
)
