"""What this room holds about people, and why."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from relier.journal.registry import Holding, declare
from relier.privacy.rules.terms import CPAS_FILE

ASKED, WROTE, ON = _("for which team"), _("who wrote it"), _("written on")


def procedure_of(news: Any) -> str:
    return str(news.procedure.about)


declare(
    Holding(
        model="support.HelpRequest",
        subject="person_id",
        why=_("to answer what they ask"),
        title=_("requests"),
        words={"heard_by": _("who heard it"), "recorded_at": ON, "closed_on": _("closed on")},
        archived_as=(CPAS_FILE,),
        day="received_on",
        counted_by=("urgent",),
    ),
    Holding(
        model="support.EarlierWords",
        subject="request__person_id",
        why=_("to answer what they ask"),
        title=_("what requests said before they were corrected"),
        words={"corrected_by": _("who corrected it"), "corrected_at": _("corrected on")},
    ),
    Holding(
        model="support.Appointment",
        subject="person_id",
        why=_("to meet"),
        title=_("appointments"),
        words={
            "state": _("what came of it"),
            "arrived_at": _("arrived"),
            "made_by": _("who made it"),
            "made_at": _("made on"),
        },
        silent=("changed_at",),
        day="starts_at",
        counted_by=("state",),
    ),
    Holding(
        model="support.Delay",
        subject="person_id",
        why=_("to say what is late, and why"),
        title=_("what was late"),
        words={"author": WROTE, "written_at": ON},
        day="since",
        counted_by=("what", "side"),
    ),
    Holding(
        model="support.Procedure",
        subject="person_id",
        why=_("to follow their procedures"),
        title=_("procedures"),
        words={"open_to_team": _("open to the team"), "author": WROTE, "recorded_at": ON},
        archived_as=(CPAS_FILE,),
        day="started_on",
        counted_by=("right_not_claimed",),
    ),
    Holding(
        model="support.Reply",
        subject="request__person_id",
        why=_("to answer what they ask"),
        title=_("answers on their own page"),
        words={"author": WROTE, "on": ON},
        silent=("written_at",),
        day="on",
    ),
    Holding(
        model="support.ProcedureNews",
        subject="procedure__person_id",
        why=_("to follow their procedures"),
        title=_("what became of procedures"),
        words={"procedure": _("which procedure"), "author": WROTE, "written_at": ON},
        said={"procedure": procedure_of},
        archived_as=(CPAS_FILE,),
        day="on",
        counted_by=("outcome", "obstacle"),
    ),
    Holding(
        model="support.AgreedStep",
        subject="person_id",
        why=_("to do what was agreed"),
        title=_("agreed steps"),
        words={
            "author": WROTE,
            "recorded_at": ON,
            "done_on": _("done on"),
            "left_on": _("left aside on"),
        },
        silent=("pictogram", "position", "advice"),
        archived_as=(CPAS_FILE,),
        day="agreed_on",
    ),
    Holding(
        model="support.Intervention",
        subject="person_id",
        why=_("to remember what was done"),
        title=_("interventions"),
        words={"author": WROTE, "written_at": ON},
        said={"themes": lambda row: ", ".join(row.theme_names)},
        day="on",
        counted_by=("kind", "channel", "themes"),
    ),
    Holding(
        model="support.MomentApart",
        subject="person_id",
        why=_("to offer a moment away from the group"),
        title=_("moments apart"),
        words={
            "team": ASKED,
            "asked_by": _("who asked for it"),
            "asked_at": _("asked on"),
            "taken_by": _("who took over"),
            "taken_at": _("taken over on"),
            "ended_at": _("ended on"),
        },
        day="asked_at",
    ),
    Holding(
        model="support.Mandate",
        subject="person_id",
        why=_("to show what the person allowed us to do in their name"),
        title=_("mandates"),
        words={
            "left_to_end_at": _("left to end on"),
            "received_by": _("who received it"),
            "recorded_at": ON,
            "open_to_team": _("open to the team"),
        },
        silent=("ask_again_on", "text_hash", "text_version"),
        archived_as=(CPAS_FILE,),
        day="given_on",
    ),
    Holding(
        model="support.MandateScope",
        subject="mandate__person_id",
        why=_("to show what the person allowed us to do in their name"),
        title=_("what each mandate allows"),
        words={"revoked_at": _("taken back on")},
        silent=("family",),
        archived_as=(CPAS_FILE,),
    ),
    Holding(
        model="support.Consultation",
        subject="person_id",
        why=_("to show that the BCSS was consulted, why, and what came before"),
        title=_("consultations of the BCSS"),
        words={
            "purpose_words": _("what for"),
            "begun_by": WROTE,
            "begun_at": ON,
            "declared_at": _("said on"),
            "declared_by": _("who heard it"),
            "agreed_how": _("how it was given"),
            "received_by": _("who received it"),
            "consulted_by": _("who consulted it"),
            "quality_words": _("in which quality"),
        },
        silent=("purpose", "quality", "text_hash", "text_version", "language"),
        day="begun_at",
    ),
    Holding(
        model="support.CalendarFeed",
        subject="member__user_id",
        about="member",
        why=_("to show one's appointments in one's own calendar"),
    ),
    Holding(
        model="support.AdviceRuleChange",
        subject="author__user_id",
        about="member",
        why=_("to sign what one changes in the rules of advice"),
    ),
    Holding(
        model="support.AdviceNumberChange",
        subject="author__user_id",
        about="member",
        why=_("to sign what one changes in the rules of advice"),
    ),
    Holding(
        model="support.ListChange",
        subject="author__user_id",
        about="member",
        why=_("to sign what one changes in the lists of the centre"),
    ),
)
