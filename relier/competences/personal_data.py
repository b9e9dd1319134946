"""What this room holds about the people who work here: words that they signed."""

from django.utils.translation import gettext_lazy as _

from relier.journal.registry import Holding, declare

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
