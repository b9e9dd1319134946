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

# A positioning is of someone accompanied, or of a member (their own craft): each is declared.
declare(
    Holding(
        model="competences.Answer",
        subject="positioning__person_id",
        why=_("to find what one can do and could learn"),
    ),
    Holding(
        model="competences.Positioning",
        subject="person_id",
        why=_("to find what one can do and could learn"),
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
