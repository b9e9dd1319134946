"""Photographs of pages, one at a time: each is kept, read at once, and what was seen is said.

Without a script, the telephone's own camera opens from the page, and the page answers. "Take it
again" is a choice of whoever holds the telephone: the picture before is then put aside, once the
new one shows the same page well.
"""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.lib.sealing import DoesNotOpen
from relier.paper import access, actions
from relier.paper.checking import title_of
from relier.paper.models import Picture, Pile, Scan, SetAside, State, Why
from relier.paper.uploads import dropped, takes_files
from relier.ui.forms import OnceForm

from .print_forms import as_ids
from .receiving import read_some, too_much

# Long enough for the hardest photograph; a page that is still not read is read later.
READ_FOR = 8.0


class PhotoForm(OnceForm):
    """`pile`: the photographs taken before; `again`: the one that this is taken instead of."""

    photo = forms.FileField(
        label=lazy("Photograph of one page"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": "image/*", "capture": "environment"}),
    )
    pile = forms.CharField(required=False, widget=forms.HiddenInput())
    again = forms.CharField(required=False, widget=forms.HiddenInput())


@dataclass(frozen=True)
class Seen:
    """What is said on the spot of one photograph. `good`: it can be read; `page` and `pages`: which
    page it is, of how many (0 where nobody knows); `sharp`: None where it cannot be measured."""

    scan: Scan
    good: bool
    title: str
    page: int
    pages: int
    sharp: bool | None
    why: str


@takes_files
def phone(request: Request) -> HttpResponse:
    actor = request.actor
    access.require(access.may_receive(actor))
    form = PhotoForm()
    if request.method == "POST":
        form = PhotoForm(request.POST, request.FILES)
        form.is_valid()
        scan = _receive(request, form)
        if scan is not None:
            return redirect(f"{reverse('paper:phone')}?seen={scan.pk}")
    seen = _seen(request)
    if request.method != "POST" and seen is not None:
        again = "" if seen.good else str(seen.scan.pk)
        form = PhotoForm(initial={"pile": str(seen.scan.file.pile_id), "again": again})
    context = {"form": form, "seen": seen, "taken": _taken(seen)}
    return render(request, "paper/phone.html", context)


def _receive(request: Request, form: PhotoForm) -> Scan | None:
    """The page of a photograph that is kept; None with a sentence in the form."""
    sent = request.FILES.get("photo")
    if sent is None:
        form.add_error("photo", too_much() if dropped(request) else _("Take a photograph first."))
        return None
    try:
        pile = _pile(request.actor, form)
        file = actions.receive(pile, sent, by=request.actor)  # type: ignore[arg-type]
    except ValidationError as refused:
        form.add_error("photo", refused)
        return None
    read_some(pile, by=request.actor, seconds=READ_FOR)
    scan = file.scans.select_related("page").order_by("number").first()
    _instead(scan, form, by=request.actor)
    return scan


def _pile(by: Actor, form: PhotoForm) -> Pile:
    known = as_ids([form.cleaned_data.get("pile", "")])
    mine = Pile.objects.visible_to(by).filter(by=by.id, how=Pile.How.TELEPHONE, pk__in=known)
    found = mine.first()
    return found or actions.begin_pile("telephone", by=by, form_key=form.cleaned_data["form_key"])


def _instead(scan: Scan | None, form: PhotoForm, *, by: Actor) -> None:
    """The picture that this one was taken instead of is put aside, if this one can be read."""
    if scan is None or not scan.stands:
        return
    before = as_ids([form.cleaned_data.get("again", "")])
    rows = Scan.objects.visible_to(by).filter(file__pile__by=by.id, pk__in=before)
    for one in rows.exclude(pk=scan.pk).exclude(state__in=(State.CHECKED, State.CLOSED)):
        actions.set_aside(one, SetAside.AGAIN, by=by)


def _seen(request: Request) -> Seen | None:
    asked = as_ids([request.GET.get("seen", "")])
    rows = Scan.objects.visible_to(request.actor).filter(pk__in=asked)
    scan = rows.select_related("file", "page__copy__printing__sheet").first()
    if scan is None:
        return None
    sharp = _is_sharp(scan)
    title, page, pages = "", 0, 0
    if scan.page is not None:
        sheet = scan.page.copy.printing.sheet
        title, page, pages = title_of(sheet), scan.page.number, len(sheet.as_layout.pages)
    unread = scan.state == State.RECEIVED and not scan.why
    why = _("This page is not read yet: it is read with those that wait.") if unread else ""
    good = scan.why == Why.DUPLICATE or (scan.stands and sharp is not False)
    return Seen(scan, good, title, page, pages, sharp, why or str(scan.get_why_display()))


def _is_sharp(scan: Scan) -> bool | None:
    from relier.paper.sharpness import edge_width, sharp_enough  # with numpy: not before a picture

    picture = Picture.objects.filter(scan=scan).first()
    if picture is None or picture.pixels_a_mm is None:
        return None
    try:
        width = edge_width(picture.content(), pixels_a_mm=picture.pixels_a_mm)
    except DoesNotOpen:
        return None
    return None if width is None else sharp_enough(width)


def _taken(seen: Seen | None) -> int:
    """How many photographs the pile holds."""
    return Scan.objects.filter(file__pile=seen.scan.file.pile_id).count() if seen else 0
