"""What this room holds about the people who work here: words that they signed."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from relier.competences import banks, wording
from relier.journal.registry import Holding, declare
from relier.ui import dates


def day_of_answer(answer: Any) -> str:
    return str(dates.short_day(answer.positioning.on))


def asked(answer: Any) -> str:
    """The item in words; its own id where a later version of the bank no longer has it."""
    bank = banks.find(answer.positioning.bank)
    item = bank.item(answer.item) if bank else None
    return wording.deed(item) if item else str(answer.item)


declare(
    Holding(
        model="competences.Annotation",
        subject="author__user_id",
        about="member",
        why=_("to sign what one says of a framework"),
    ),
)

declare(
    Holding(
        model="competences.RelationVersion",
        subject="author__user_id",
        about="member",
        why=_("to sign what one changes in what comes before what"),
    ),
)

# A positioning is of someone accompanied, or of a member (their own craft): each is declared.
declare(
    Holding(
        model="competences.Answer",
        subject="positioning__person_id",
        why=_("to find what one can do and could learn"),
        title=_("what was said of each thing one does"),
        words={
            "positioning": _("day"),
            "item": _("what was asked"),
            "says": _("what was said"),
        },
        silent=("recorded_at", "author"),  # as its positioning says
        said={"positioning": day_of_answer, "item": asked},
    ),
    Holding(
        model="competences.Positioning",
        subject="person_id",
        why=_("to find what one can do and could learn"),
        title=_("finding out together"),
        words={
            "evidence": _("how it is known"),
            "channel": _("how it was asked"),
            "shared_at": _("shared with the team on"),
            "author": _("with whom"),
            "taken_up_by": _("who takes it up, as the person wished"),
        },
        silent=(
            "bank",
            "bank_version",
            "relation",
            "parts",
            "language",
            "started_at",
            "stopped_at",
            "read_back_at",
            "kept_at",
            "next_item",
            "member",
        ),
        day="on",
        counted_by=("channel",),
    ),
    Holding(
        model="competences.Answer",
        subject="positioning__member__user_id",
        about="member",
        why=_("to look at one's own craft, for oneself"),
    ),
    Holding(
        model="competences.Positioning",
        subject="member__user_id",
        about="member",
        why=_("to look at one's own craft, for oneself"),
    ),
)
