"""A copy that came back: all its answers on one page, and handing them to the room whose sheet it
is."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.journal import actions as journal
from relier.paper import access, actions, names, sheets
from relier.paper.checking import open_pages, question_of, title_of, worded_for, words_of
from relier.paper.leading import address_after
from relier.paper.models import Copy, PrintedPage, Scan
from relier.paper.reading.identifiers import as_printed
from relier.paper.settling import Settled, settled_all
from relier.paper.versions import is_about_several
from relier.paper.worded import Worded


class CloseForm(forms.Form):
    helper = forms.CharField(
        label=lazy("Who read, wrote or interpreted for the person"),
        help_text=lazy("Nobody: leave it empty."),
        required=False,
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


@dataclass(frozen=True)
class Read:
    """One answer of a copy: `words`, and `how` it is known; `url`: where it is looked at again."""

    wording: str
    words: str
    how: str
    url: str
    waits: bool


def copy(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    rows = Copy.objects.visible_to(actor).select_related("printing__sheet", "closed_by__user")
    found = access.one_or_404(rows, pk=pk)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.close_copy(found, by=actor, helper=form.cleaned_data["helper"])
        except ValidationError as refused:
            for sentence in sentences_of(refused, found):
                form.add_error(None, sentence)
        except (sheets.NotASheet, TypeError):
            form.add_error(None, _("No room knows this sheet any more. Copy it on screen."))
        else:
            messages.success(request, _("The answers are where those of the screen go."))
            name = found.printing.sheet.name
            return redirect(address_after(name, made, subject=found.subject_id, by=actor))
    journal.read("paper.page_read", found, by=actor, subject=found.subject_id)
    return render(request, "paper/copy.html", {**_context(found, actor), "form": form})


def sentences_of(refused: ValidationError, found: Copy) -> list[str]:
    """What a room or a question refuses, each with the question that it is about."""
    if not hasattr(refused, "error_dict"):
        return refused.messages
    worded = worded_for(found.printing.sheet)
    said = []
    for key, sentences in refused.message_dict.items():
        question = question_of(worded, key)
        said += [f"{question.wording} {one}" if question else one for one in sentences]
    return said


def _context(found: Copy, by: Actor) -> dict[str, object]:
    worded = worded_for(found.printing.sheet)
    pages = list(PrintedPage.objects.filter(copy=found).with_returned().order_by("number"))
    rows = Scan.objects.standing().filter(page__copy=found)
    scans = list(rows.select_related("page__copy__printing__sheet").order_by("page__number"))
    stands = settled_all(scans)
    answers = [read_of(scan, one, worded) for scan in scans for one in stands[scan.pk].values()]
    called = names.called(by, [found.subject_id])
    missing = [page.number for page in pages if not page.returned]  # type: ignore[attr-defined]
    return {
        "copy": found,
        "title": worded.title if worded else title_of(found.printing.sheet),
        "codes": [as_printed(page.short) for page in pages],
        "called": called.get(found.subject_id) if found.subject_id else None,
        "answers": answers,
        "missing": missing,
        "waiting": sum(one.waits for one in answers),
        "signed": found.printing.sheet.keeps == "signed",
        "sheet": found.printing.sheet,
        "of_several": is_about_several(found.printing.sheet),
        "can_check": open_pages(by, found.printing.sheet).filter(page__copy=found).exists(),
    }


def read_of(scan: Scan, one: Settled, worded: Worded | None) -> Read:
    question = question_of(worded, one.question.key)
    if one.answers is None:
        words, how = "", _("waits for someone")
    elif one.illegible:
        words, how = _("illegible"), _("read by someone")
    else:
        words = _signature(one) or words_of(question, one.answers) or _("left blank")
        how = _("read by someone") if one.decided else _("read by the machine")
    sheet = scan.page.copy.printing.sheet_id if scan.page else None
    place = urlencode({"at": f"{scan.pk}:{one.question.key}"})
    url = f"{reverse('paper:check', args=[sheet])}?{place}"
    wording = question.wording if question else one.question.key
    return Read(wording, words, how, url, one.answers is None)


def _signature(one: Settled) -> str:
    if one.question.kind != "signature":
        return ""
    return _("signed") if one.answers else _("not signed")
