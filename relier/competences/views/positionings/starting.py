"""Where positionings stand, and how to begin one. Nothing is kept before someone said yes."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_safe

from relier.centres.http import Request
from relier.competences import access, standing
from relier.competences.actions import positionings as actions
from relier.competences.forms.positionings import HelperForm, HowForm
from relier.competences.models import Positioning
from relier.competences.models.positionings import PositioningQuerySet
from relier.journal import actions as journal
from relier.people.doors import content_page
from relier.people.models import Person
from relier.ui.styles import with_inline_styles

from . import finding, noting

Channel = Positioning.Channel
# The latest are shown; what came long before stands in "over time".
LATEST = 12


@require_safe
@content_page
def person_page(request: Request, person: Person) -> HttpResponse:
    return overview(request, person)


@require_safe
def own_page(request: Request) -> HttpResponse:
    access.require(access.is_member(request.actor))
    return overview(request, None)


def overview(request: Request, person: Person | None) -> HttpResponse:
    rows = rows_of(request, person)
    kept = list(rows.kept().latest_first().signed()[:LATEST])
    if person and kept:
        journal.read("competences.positionings_read", person, by=request.actor, subject=person.pk)
    bank = standing.bank_for(person)
    context = {
        "person": person,
        "bank": bank,
        "kept": kept,
        "under_way": list(rows.under_way().latest_first()) if person else [],
        "form": HowForm(bank=bank, own=person is None, unknown=not kept),
    }
    return render(request, "competences/positioning/overview.html", context)


def rows_of(request: Request, person: Person | None) -> PositioningQuerySet:
    """What this member may read of a person; or what they keep of their own craft."""
    rows: PositioningQuerySet = Positioning.objects.visible_to(request.actor)
    return rows.of_file(person) if person else rows.of_craft(request.actor)


# --- beginning -----------------------------------------------------------------------------------


@with_inline_styles
@content_page
def begin(request: Request, person: Person) -> HttpResponse:
    return beginning(request, person)


@with_inline_styles
def own_begin(request: Request) -> HttpResponse:
    access.require(access.is_member(request.actor))
    return beginning(request, None)


def beginning(request: Request, person: Person | None) -> HttpResponse:
    """What was chosen stands in the address: codes only, nothing about anyone."""
    form = HowForm(request.GET, bank=standing.bank_for(person), own=person is None, unknown=True)
    if not form.is_valid():
        return redirect(finding.overview_url(person))
    chosen = form.cleaned_data
    if chosen["how"] in {Channel.PAGE, Channel.AFTERWARDS}:
        return noting.new_page(request, person, chosen)
    # The page turns to the person, so it speaks the language of the questions, frame included;
    # by voice it stays with the worker.
    on_screen = chosen["how"] == Channel.SCREEN
    language = chosen["language"] if on_screen else translation.get_language()
    with translation.override(language):
        return welcome(request, person, chosen, on_screen=on_screen)


def welcome(
    request: Request, person: Person | None, chosen: dict[str, str], *, on_screen: bool
) -> HttpResponse:
    form = HelperForm(request.POST or None)
    answer = request.POST.get("answer", "")
    page = {"person": person, "form": form, "language": chosen["language"]}
    if answer == "no":
        # Nothing is kept, not even that it was asked: no row, no line, no address to find.
        return render(request, "competences/positioning/no.html", page)
    if answer == "yes" and form.is_valid():
        begun = actions.begin(
            person,
            channel=chosen["how"],
            language=chosen["language"],
            parts=chosen["parts"],
            helper=form.cleaned_data["helper"] if not on_screen else "",
            by=request.actor,
            form_key=form.cleaned_data["form_key"],
        )
        return redirect(finding.after_url(begun))
    if on_screen:
        return render(request, "competences/positioning/welcome.html", page)
    return render(request, "competences/positioning/say_first.html", page)
