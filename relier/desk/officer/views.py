"""The page of the data protection officer. Reading it is a reading, which the person sees."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from relier.centres import access
from relier.centres.http import Request
from relier.centres.models import Centre
from relier.journal import actions as journal
from relier.people.models import Person

from .forms import LinesForm
from .lines import ON_A_PAGE, lines_of, told


@require_safe
def journal_of_centre(request: Request) -> HttpResponse:
    actor = request.actor
    access.require(access.may_read_journal(actor))
    form = LinesForm(request.GET or None, centre=actor.own_centre)
    form.is_valid()
    asked = getattr(form, "cleaned_data", {})
    person = person_asked(request, asked.get("person"))
    file = person.file_ids if person else None
    lines = lines_of(actor.own_centre, asked, file, before=as_number(request.GET.get("before", "")))
    note_reading(request, person)
    context = {
        "form": form,
        "person": person,
        "lines": told(lines[:ON_A_PAGE]),
        "earlier": earlier(form, lines[ON_A_PAGE - 1].number) if len(lines) > ON_A_PAGE else "",
    }
    return render(request, "desk/officer_journal.html", context)


def as_number(text: str) -> int | None:
    """The number of a line; nothing where it is none, or larger than a database can compare."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def person_asked(request: Request, pk: UUID | None) -> Person | None:
    if pk is None:
        return None
    found = access.one_or_404(Person.objects.named_to(request.actor), pk=pk)
    return found.root if found.root_id != found.pk else found


def note_reading(request: Request, person: Person | None) -> None:
    if person:
        journal.read("desk.journal_read", person, by=request.actor, subject=person.pk)
    else:
        journal.read("desk.journal_read", Centre(pk=request.actor.centre), by=request.actor)


def earlier(form: LinesForm, number: int) -> str:
    """The same question, from this line on; nothing else that the address may hold."""
    asked = {name: form.data[name] for name in form.fields if form.data.get(name)}
    return urlencode({**asked, "before": number})
