"""The sheet of a testimony: what was lived, and whether it may be kept. It bears no name, and what
comes of it neither, even where it was filled in with someone."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from relier.accounts.actors import Actor
from relier.paper.access import Wall, say_wall
from relier.paper.sheets import Answered, Line, Occasion, Sheet, YesNo, register

from .actions.testimonies import give_words
from .models import LONGEST_TESTIMONY, Testimony, Whose
from .taking_back import address_of_code

TESTIMONY = "inquiry.testimony"


def testimony_sheet() -> Sheet:
    return Sheet(
        name=TESTIMONY,
        version="1",
        title=pgettext_lazy("person", "What you lived"),
        introduction=(
            pgettext_lazy("person", "Do not write your name, or the name of anyone."),
            pgettext_lazy("person", "The people who work here read it."),
        ),
        questions=(
            Line(
                "words",
                pgettext_lazy("person", "What happened with a computer, a telephone or a website?"),
                pictogram="testimony",
                lines=8,
                longest=LONGEST_TESTIMONY,
                rather_not=False,
            ),
            YesNo(
                "agreed",
                pgettext_lazy("person", "Can we keep what you told us?"),
                pictogram="consent",
                rather_not=False,
            ),
        ),
    )


def testimony_occasions(_by: Actor, subject: UUID | None) -> Sequence[Occasion]:
    """For nobody: a sheet with someone's name would tie their words to them."""
    return [] if subject else [Occasion()]


def receive_testimony(answered: Answered, by: Actor) -> Testimony:
    """As words of someone accompanied, signed by nobody. Whose sheet it was is left behind."""
    answers = answered.answers
    if not answers["words"]:
        raise ValidationError(_("Nothing is told on this sheet: there is nothing to keep."))
    if answers["agreed"] is not True:
        raise ValidationError(_("They did not say that it may be kept: it is not."))
    return give_words(
        answers["words"],
        whose=Whose.ACCOMPANIED,
        heard_back=True,
        form_key=answered.form_key,
        by=by,
    )


def page_of_testimony(made: Testimony, by: Actor) -> str:
    seen = Testimony.objects.visible_to(by).filter(pk=made.pk).exists()
    return address_of_code(made.pk) if seen else ""


register(
    TESTIMONY,
    build=testimony_sheet,
    receive=receive_testimony,
    occasions=testimony_occasions,
    leads_to=page_of_testimony,
)
say_wall(TESTIMONY, Wall.PRINTER)
