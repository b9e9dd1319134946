"""The first page of paper, the sheets that one person may be given, and what was printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.paper import access, counts, names, sheets
from relier.paper.checking import title_of
from relier.paper.counts import Counted
from relier.paper.models import Copy, PrintedPage, Printing
from relier.paper.models.printed import PrintingQuerySet

LATELY = 5
A_PAGE = 30


@dataclass(frozen=True)
class Offered:
    """A sheet that may be printed: `title` in the language in force."""

    name: str
    title: str
    counted: Counted


def offered_sheets(by: Actor) -> list[Offered]:
    """Those of the rooms, by their title; ballots are printed elsewhere. One query."""
    counted = counts.counted_by_sheet(by)
    entries = [sheets.entry(name) for name in sheets.names()]
    made = [(one.name, one.example()) for one in entries if not one.listed_as]
    offered = [
        Offered(name, str(sheet.title), counted.get(name, Counted()))
        for name, sheet in made
        if sheet.kind != "ballot"
    ]
    return sorted(offered, key=lambda one: one.title)


@require_safe
def home(request: Request) -> HttpResponse:
    actor = request.actor
    access.require(access.is_member(actor))
    may_receive = access.may_receive(actor)
    context = {
        "may_receive": may_receive,
        "sheets": offered_sheets(actor) if may_receive else [],
        "waiting": counts.waiting_for(actor),
        "missing": counts.missing_for(actor).count(),
        "being_read": counts.piles_being_read(actor)[:LATELY],
        "batches": titled(batches_of(actor)[:LATELY]) if may_receive else [],
    }
    return render(request, "paper/home.html", context)


@require_safe
def batches(request: Request) -> HttpResponse:
    """Everything that was printed in the centre, without a name."""
    actor = request.actor
    access.require(access.may_receive(actor))
    page = Paginator(batches_of(actor), A_PAGE).get_page(request.GET.get("page"))
    page.object_list = titled(list(page.object_list))
    return render(request, "paper/batches.html", {"page": page})


def batches_of(by: Actor) -> PrintingQuerySet:
    rows = Printing.objects.visible_to(by).counted().select_related("sheet", "by__user")
    return rows.order_by("-at", "pk")


def titled(rows: Iterable[Printing]) -> list[Printing]:
    """Each with the title of its sheet, and how many pages are still out."""
    rows = list(rows)
    for row in rows:
        row.title = title_of(row.sheet)  # type: ignore[attr-defined]
        row.pages_out = row.pages_printed - row.pages_returned  # type: ignore[attr-defined]
    return rows


# --- for one person ------------------------------------------------------------------------------

WAYS = ("print", "fill", "voice")


@dataclass(frozen=True)
class Way:
    """One occasion of a sheet, for one person, and where each way of answering it begins."""

    label: str
    print_url: str
    fill_url: str
    voice_url: str


@require_safe
def for_person(request: Request, pk: UUID) -> HttpResponse:
    """What someone may answer: on paper, on screen or by voice; and what they were given."""
    actor = request.actor
    access.require(access.reaches(actor, [pk]))
    person = names.called(actor, [pk]).get(pk)
    access.require(person is not None)
    may_write = access.may_write_names(actor)
    context = {
        "person": person,
        "ways": ways_for(actor, pk) if may_write else [],
        "copies": given_to(actor, pk),
    }
    return render(request, "paper/for_person.html", context)


def ways_for(by: Actor, person: UUID) -> list[tuple[str, list[Way]]]:
    """The title of each sheet that is to be offered, and its occasions."""
    found = []
    for sheet in offered_sheets(by):
        ways = []
        for number, occasion in enumerate(sheets.entry(sheet.name).occasions(by, person)):
            asked = urlencode({"person": person, "occasion": number})
            begin = [reverse(f"paper:{way}", args=[sheet.name]) for way in WAYS]
            ways.append(Way(occasion.label, *(f"{address}?{asked}" for address in begin)))
        if ways:
            found.append((sheet.title, ways))
    return found


def given_to(by: Actor, person: UUID) -> list[Copy]:
    """Copies of this person that the member may see, the latest first, each with `title` and how
    many of its pages came back. Two queries."""
    rows = Copy.objects.visible_to(by).filter(subject=person).select_related("printing__sheet")
    copies = list(rows.order_by("-printing__at", "pk")[:A_PAGE])
    pages = PrintedPage.objects.filter(copy__in=copies).with_returned()
    came: dict[UUID, list[bool]] = {}
    for page in pages:
        came.setdefault(page.copy_id, []).append(page.returned)  # type: ignore[attr-defined]
    for copy in copies:
        copy.title = title_of(copy.printing.sheet)  # type: ignore[attr-defined]
        copy.pages_printed = len(came.get(copy.pk, []))  # type: ignore[attr-defined]
        copy.pages_returned = sum(came.get(copy.pk, []))  # type: ignore[attr-defined]
    return copies
