"""The lists of the centre: families of procedures, reasons and codes of the BCSS."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relier.centres.http import Request
from relier.centres.models import Centre
from relier.support import access
from relier.support.actions.lists import change_list
from relier.support.forms.lists import RowForm
from relier.support.lists import ListRow, in_force, provenance, shipped
from relier.support.models import ListChange
from relier.support.models.lists import Lists
from relier.ui.pieces import Entry


@require_safe
def list_all(request: Request) -> HttpResponse:
    """Every list with its source and its doubt; those of the BCSS in a CPAS only."""
    actor = request.actor
    access.require(access.may_set(actor))
    said = list(ListChange.objects.visible_to(actor).signed())
    language, today = get_language() or "fr", timezone.localdate()
    told = []
    for of in lists_of(request):
        source, doubt = provenance(of.value, language)
        rows = in_force(of.value, said, on=today).values()
        named = [(row, capfirst(row.on_screen(language))) for row in rows]
        told.append({"of": of, "source": source, "doubt": doubt, "rows": named})
    return render(request, "support/lists.html", {"lists": told})


def lists_of(request: Request) -> list[Lists]:
    cpas = Centre.objects.filter(pk=request.actor.own_centre, kind=Centre.Kind.CPAS).exists()
    return list(Lists) if cpas else [Lists.FAMILIES]


def list_change(request: Request) -> HttpResponse:
    """One row (?list=&row=), or a new one: said otherwise, no longer offered, or as it came."""
    actor = request.actor
    access.require(access.may_set(actor))
    of, key = request.GET.get("list", ""), request.GET.get("row", "")
    access.require(of in {one.value for one in lists_of(request)})
    rows = list(ListChange.objects.visible_to(actor).filter(of=of).signed())
    row = in_force(of, rows, on=timezone.localdate()).get(key)
    access.require(row is not None or not key)
    form = RowForm(request.POST or None, of=of, key=key, initial=as_form(row))
    if keep_row(request, form, of, row):
        messages.success(request, _("Kept. What was given before keeps its words."))
        return redirect("support:lists")
    context = {
        "form": form,
        "list": Lists(of),
        "row": row,
        "title": capfirst(row.on_screen(get_language() or "fr")) if row else _("Another row"),
        "shipped": row is not None and row.said and key in shipped()[of],
        "earlier": [as_entry(said) for said in reversed(rows) if key and said.key == key],
    }
    return render(request, "support/list_change.html", context)


def as_form(row: ListRow | None) -> dict[str, Any]:
    if row is None:
        return {}
    words = {"words_fr": row.in_language("fr"), "words_en": row.in_language("en")}
    said = {"source": row.said.source, "doubt": row.said.doubt} if row.said else {}
    return {**words, "pictogram": row.pictogram, **said}


def keep_row(request: Request, form: RowForm, of: str, row: ListRow | None) -> bool:
    """Keep what the form or its one-gesture buttons say; whether anything was kept."""
    if not form.is_bound:
        return False
    valid = form.is_valid()
    said = dict(form.cleaned_data)
    form_key = said.pop("form_key")
    key = row.key if row else ""
    if row and row.said and "shipped" in request.POST and row.key in shipped()[of]:
        kept: dict[str, Any] = {"from_on": timezone.localdate()}
    elif valid:
        kept = {**said, "offered": "remove" not in request.POST}
    else:
        return False
    change_list(of, key, **kept, by=request.actor, form_key=form_key)
    return True


def as_entry(said: ListChange) -> Entry:
    words = [said.words_fr, said.words_en, said.source, said.doubt]
    title = _("As it came") if said.as_shipped else _("In our words")
    return Entry(
        at=said.from_on,
        words="\n".join(filter(None, words)),
        author=said.author.name,
        title=title if said.offered else _("No longer offered"),
    )
