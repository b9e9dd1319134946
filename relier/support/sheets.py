"""The sheets of the daily work: a request. Its answers go where those of the screen go, through
the same deeds: the walls, the rules and the journal are theirs."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from relier.accounts.actors import Actor
from relier.paper.access import Wall, say_wall
from relier.paper.sheets import Answered, Choice, Date, Line, OneChoice, Sheet, register
from relier.people.access import may_change_person
from relier.people.actions import change_person
from relier.people.models import Person

from .actions import requests
from .models import HelpRequest
from .placing import places

REQUEST = "support.request"


def request_sheet() -> Sheet:
    return Sheet(
        name=REQUEST,
        version="1",
        title=pgettext_lazy("person", "What you ask"),
        introduction=(
            pgettext_lazy("person", "Write as you speak. Mistakes do not matter."),
            pgettext_lazy("person", "You can leave a question empty."),
        ),
        questions=(
            Line(
                "words",
                pgettext_lazy("person", "What do you ask us?"),
                pictogram="request",
                lines=7,
                longest=2000,
            ),
            OneChoice(
                "reply",
                pgettext_lazy("person", "How do we answer you?"),
                pictogram="message",
                choices=(
                    Choice(
                        Person.Reach.PHONE,
                        pgettext_lazy("person", "By telephone"),
                        pictogram="phone",
                    ),
                    Choice(
                        Person.Reach.MESSAGE,
                        pgettext_lazy("person", "By text message"),
                        pictogram="message",
                    ),
                    Choice(
                        Person.Reach.LETTER,
                        pgettext_lazy("person", "By letter"),
                        pictogram="letter",
                    ),
                    Choice(
                        Person.Reach.IN_PERSON,
                        pgettext_lazy("person", "Face to face, here"),
                        pictogram="in-person",
                    ),
                ),
            ),
            Date("on", pgettext_lazy("person", "Which day is it today?"), pictogram="calendar"),
        ),
    )


@transaction.atomic
def receive_request(answered: Answered, by: Actor) -> HelpRequest:
    """A request taken by whoever closes the sheet, for the team and the worker that the page of a
    new request proposes; and how the person likes to be reached, in their file."""
    answers = answered.answers
    words = answers["words"]
    if not words:
        raise ValidationError(_("Nothing is asked on this sheet: there is nothing to keep."))
    person = person_of(answered, by)
    offered = places(by, person)
    kept = requests.take(
        words,
        received_on=day_of(answers["on"]),
        person=person,
        team=offered.usual_team(by),
        followed_by=offered.usual_worker(by),
        form_key=answered.form_key,
        by=by,
    )
    if answers["reply"]:
        _keep_reach(person, answers["reply"], by)
    return kept


def _keep_reach(person: Person | None, reach: str, by: Actor) -> None:
    if person is None:
        raise ValidationError(
            _("Say first whose sheet it is: how to answer them is kept in their file.")
        )
    if not may_change_person(by, person):
        raise ValidationError(
            _("How to answer them is kept in their file, by the team that follows them.")
        )
    change_person(person, {"reach": reach}, by=by)


# --- what every sheet of this room asks ----------------------------------------------------------


def person_of(answered: Answered, by: Actor) -> Person | None:
    """Whose sheet it is, of those whose name this member may see; None: it is nobody's yet."""
    if answered.subject is None:
        return None
    return named(answered.subject, by)


def named(subject: UUID, by: Actor) -> Person:
    person = Person.objects.named_to(by).select_related("root").filter(pk=subject).first()
    if person is None:
        raise ValidationError(_("The person of this sheet is not found."))
    return person.root


def day_of(said: date | None) -> date:
    """Left blank, it is today; a day to come is refused, as on screen."""
    today = timezone.localdate()
    if said is not None and said > today:
        raise ValidationError(
            _("This day is still to come. Choose today, or an earlier day."), code="to_come"
        )
    return said or today


register(REQUEST, build=request_sheet, receive=receive_request)
say_wall(REQUEST, Wall.TEAM)
