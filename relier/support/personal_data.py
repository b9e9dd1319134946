"""What this room holds about people, and why."""

from django.utils.translation import gettext_lazy as _

from relier.journal.registry import Holding, declare

declare(
    Holding(model="support.HelpRequest", subject="person_id", why=_("to answer what they ask")),
    Holding(
        model="support.EarlierWords",
        subject="request__person_id",
        why=_("to answer what they ask"),
    ),
    Holding(model="support.Appointment", subject="person_id", why=_("to meet")),
    Holding(model="support.Delay", subject="person_id", why=_("to say what is late, and why")),
    Holding(model="support.Procedure", subject="person_id", why=_("to follow their procedures")),
    Holding(
        model="support.ProcedureNews",
        subject="procedure__person_id",
        why=_("to follow their procedures"),
    ),
    Holding(model="support.AgreedStep", subject="person_id", why=_("to do what was agreed")),
    Holding(model="support.Intervention", subject="person_id", why=_("to remember what was done")),
    Holding(
        model="support.MomentApart",
        subject="person_id",
        why=_("to offer a moment away from the group"),
    ),
    Holding(
        model="support.Mandate",
        subject="person_id",
        why=_("to show what the person allowed us to do in their name"),
    ),
    Holding(
        model="support.MandateScope",
        subject="mandate__person_id",
        why=_("to show what the person allowed us to do in their name"),
    ),
    Holding(
        model="support.Consultation",
        subject="person_id",
        why=_("to show that the BCSS was consulted, why, and what came before"),
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
