"""What this room holds about people, and why."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from relier.journal.registry import Holding, Rows, declare
from relier.people import rules
from relier.privacy.rules.terms import CISP_FILE, CPAS_FILE
from relier.ui import dates

# Who someone is and since when they are accompanied: what every legal file begins with.
IDENTITY = (CISP_FILE, CPAS_FILE)


def merges_without_names(holding: Holding, subjects: object) -> Rows:
    return list(holding.rows(subjects).values("kept_id", "gone_id", "merged_at", "undone_at"))  # type: ignore[arg-type]


def no_copies(holding: Holding, subjects: object) -> Rows:
    """Search keys are made from the name, which is handed over once, with the person."""
    return []


def day_of_fact(fact: Any) -> str:
    return str(dates.short_day(fact.situation.on))


def chosen(fact: Any) -> str:
    return rules.in_words(fact.facet, fact.choices)


declare(
    Holding(
        model="people.Person",
        subject="pk",
        why=_("to know whom we accompany and how to reach them"),
        title=_("name and contact"),
        words={"created_at": _("kept since")},
        silent=("set_aside_at",),
        archived_as=IDENTITY,
    ),
    Holding(
        model="people.EarlierValue",
        subject="person_id",
        why=_("to mend a mistake in a name, a day of birth or an address"),
        title=_("what was put right lately"),
        words={"field": _("what"), "changed_at": _("changed on"), "by": _("by whom")},
        said={"field": lambda row: row.label},
    ),
    Holding(
        model="people.Following",
        subject="person_id",
        why=_("to say who their worker is"),
        title=_("who follows"),
        words={
            "team": _("team"),
            "worker": _("worker"),
            "started_on": _("from"),
            "ended_on": _("until"),
        },
        day="started_on",
        archived_as=IDENTITY,
    ),
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
        title=_("files that were joined"),
        words={"merged_at": _("joined on"), "undone_at": _("separated on"), "by": _("by whom")},
    ),
    Holding(
        model="people.Situation",
        subject="person_id",
        why=_("to accompany from where they are"),
        title=_("when the situation was told"),
        words={"author": _("who wrote it down"), "recorded_at": _("written on")},
        day="on",
    ),
    Holding(
        model="people.Fact",
        subject="person_id",
        why=_("to accompany from where they are"),
        title=_("the situation, as it was told"),
        words={
            "situation": _("day"),
            "facet": _("about what"),
            "choices": _("what was chosen"),
            "words": _("in words"),
            "under_secrecy": _("under secrecy"),
        },
        said={"situation": day_of_fact, "choices": chosen},
    ),
    Holding(
        model="people.Note",
        subject="person_id",
        why=_("to remember what was said"),
        title=_("notes"),
        words={"author": _("who wrote it"), "written_at": _("written on")},
        day="on",
        counted_by=("audience",),
    ),
    Holding(
        model="people.Entry",
        subject="person_id",
        why=_("to say who opened the file beyond the team, and why"),
        title=_("files opened with a reason"),
        words={
            "member": _("by whom"),
            "begun_at": _("opened on"),
            "until": _("until"),
            "ended_at": _("closed on"),
        },
        day="begun_at",
    ),
    Holding(
        model="people.Sharing",
        subject="person_id",
        why=_("to say what was shared under secrecy, with whom, and why"),
        title=_("what was shared under secrecy"),
        words={
            "kind": _("what"),
            "sharer": _("by whom"),
            "recipient": _("with whom"),
            "shared_at": _("shared on"),
            "ended_at": _("closed on"),
        },
        # Both are always true: a sharing is not kept otherwise.
        silent=("thing", "same_mission", "necessary"),
        day="shared_at",
    ),
    Holding(
        model="people.Replacement",
        subject="member__user_id",
        about="member",
        why=_("to say which team a member joins for a time"),
    ),
)
