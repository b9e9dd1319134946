"""What this floor holds about people: of members, who tied what."""

from django.utils.translation import gettext_lazy as _

from relier.journal.registry import Holding, declare

declare(
    Holding(
        model="threads.Thread",
        subject="begun_by__user_id",
        about="member",
        why=_("to say who began the thread of a problem"),
    ),
    Holding(
        model="threads.Tie",
        subject="tied_by__user_id",
        about="member",
        why=_("to say who tied what in a thread"),
    ),
)
