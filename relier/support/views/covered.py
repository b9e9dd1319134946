"""After something was done in someone's name: which mandate covers it, or what is missing."""

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from relier.centres.http import Request
from relier.people.models import Person
from relier.support.models import Acted
from relier.support.models.mandates import DoneOnline
from relier.ui.dates import short_day


def say_what_covers(request: Request, person: Person, done: DoneOnline) -> None:
    """Nothing was blocked: it is said, and a mandate is offered. What someone may not read, they
    are not told of, one way or the other."""
    if done.acted != Acted.FOR_PERSON:
        return
    scope = done.covered_by
    if scope and (request.actor.bound or scope.mandate.open_to_team):
        until = {"day": short_day(scope.mandate.ends_on)}
        messages.info(request, _("The mandate until %(day)s covers it.") % until)
        return
    missing = _("It was done in their name. Is there a mandate for it?")
    if request.actor.bound:
        missing = _("No mandate covers it: nothing says that the person allows it.")
        if not done.family:
            missing = _("It is not said for what: no mandate can cover it.")
    address = reverse("support:mandate_new", args=[person.pk])
    link = format_html('<a href="{}">{}</a>', address, _("Talk about a mandate together"))
    messages.warning(request, format_html("{} {}", missing, link))
