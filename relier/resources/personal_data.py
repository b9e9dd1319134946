"""What this room holds about people: of members, who wrote which version of a sheet."""

from django.utils.translation import gettext_lazy as _

from relier.journal.registry import Holding, declare

declare(
    Holding(
        model="resources.Version",
        subject="author__user_id",
        about="member",
        why=_("to say who revised a practical sheet"),
    )
)
