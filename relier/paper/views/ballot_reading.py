"""The pages of the two readers of a count, and of nobody else: the promise, the sheets counted by
hand, the scans, and what could not be told, each by themself."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from relier.centres.http import Request
from relier.lib.sealing import DoesNotOpen
from relier.paper import access, actions
from relier.paper.actions.ballot_reading import ReadFile
from relier.paper.ballot_forms import ByHandForm, PageCodeForm, ScansForm
from relier.paper.models import BallotCount, BallotDoubt
from relier.paper.models.ballots import PLACES
from relier.paper.rules.ballots import BLANK, VOID
from relier.paper.uploads import dropped, takes_files
from relier.paper.worded import WordedQuestion

from .ballots import closed, count_or_404, title_of, worded_of

HAND, SCAN, PAPER = "by-hand", "scan", "from-paper"


def ballot_promise(request: Request, pk: UUID) -> HttpResponse:
    count = count_or_404(request, pk)
    access.require(bool(count.place_of(request.actor)))
    if not count.is_open:
        return closed(request, count)
    if request.method == "POST":
        actions.swear(count, by=request.actor)
        return redirect("paper:ballot_scan", pk=pk)
    return render(request, "paper/ballot_promise.html", {"count": count, "title": title_of(count)})


def for_a_reader(request: Request, pk: UUID) -> BallotCount | HttpResponse:
    """The count, or where a reader must go first."""
    count = count_or_404(request, pk)
    place = count.place_of(request.actor)
    access.require(bool(place))
    if not count.is_open:
        return closed(request, count)
    if not getattr(count, f"{place}_swore"):
        return redirect("paper:ballot_promise", pk=pk)
    return count


# --- the sheets ----------------------------------------------------------------------------------


@takes_files
def ballot_scan(request: Request, pk: UUID) -> HttpResponse:
    """First how many sheets there are by hand; then their scans, file after file."""
    count = for_a_reader(request, pk)
    if isinstance(count, HttpResponse):
        return count
    gesture = request.POST.get("gesture", "")
    asks_by_hand = gesture == HAND or "recount" in request.GET or count.by_hand is None
    hand = ByHandForm(request.POST if gesture == HAND else None)
    scans = ScansForm(*((request.POST, request.FILES) if gesture == SCAN else ()))
    code = PageCodeForm(request.POST if gesture == PAPER and count.is_apart else None)
    answer = None
    if gesture == HAND:
        answer = keep_by_hand(request, count, hand)
    elif gesture == PAPER:
        answer = begin_from_paper(request, count, code)
    elif gesture == SCAN:
        answer = keep_scans(request, count, scans)
    if answer is not None:
        return answer
    context = {
        "count": count,
        "title": title_of(count),
        "form": hand if asks_by_hand else scans,
        "asks_by_hand": asks_by_hand,
        "code": code if count.is_apart else None,
    }
    return render(request, "paper/ballot_scan.html", context)


def keep_by_hand(request: Request, count: BallotCount, form: ByHandForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    actions.say_by_hand(count, form.cleaned_data["by_hand"], by=request.actor)
    return redirect("paper:ballot_scan", pk=count.pk)


def begin_from_paper(
    request: Request, count: BallotCount, code: PageCodeForm
) -> HttpResponse | None:
    if count.is_apart and not code.is_valid():
        return None
    short = code.cleaned_data["short"] if count.is_apart else ""
    try:
        actions.add_from_paper(count, by=request.actor, short=short)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return redirect("paper:ballot_scan", pk=count.pk)
    return redirect("paper:ballot_look", pk=count.pk)


def keep_scans(request: Request, count: BallotCount, form: ScansForm) -> HttpResponse | None:
    if dropped(request):
        form.add_error("scans", _("This file is too large. Divide it, or scan in grey."))
    if not form.is_valid():
        return None
    try:
        done = actions.read_ballots(count, form.cleaned_data["scans"], by=request.actor)
    except ValidationError as refused:
        form.add_error("scans", refused)
        return None
    say_what_was_read(request, count, done)
    return redirect("paper:ballot_scan", pk=count.pk)


def say_what_was_read(request: Request, count: BallotCount, done: ReadFile) -> None:
    """Sheets to take out of the pile are named by their place in the file, said once."""
    if count.is_apart:
        text = ngettext("%(count)s page was read.", "%(count)s pages were read.", done.ballots)
    else:
        text = ngettext("%(count)s ballot was read.", "%(count)s ballots were read.", done.ballots)
    messages.success(request, text % {"count": done.ballots})
    for pages, words in (
        (
            done.unread,
            _("Not read nor counted: %(pages)s in the file. Scan these sheets again."),
        ),
        (done.foreign, _("Not ballots of this count, nor counted: %(pages)s in the file.")),
        (done.again, _("Read before, and counted once: %(pages)s in the file.")),
        (
            done.copied,
            _(
                "Read before, and marked otherwise: %(pages)s in the file. One of the two is a "
                "copy: it is not counted. Look for it in the pile, and take it out."
            ),
        ),
    ):
        if pages:
            messages.warning(request, words % {"pages": ", ".join(map(str, pages))})


# --- what could not be told ----------------------------------------------------------------------


def ballot_look(request: Request, pk: UUID) -> HttpResponse:
    """One strip, and what it may say: each reader alone, and both again where they differ."""
    count = for_a_reader(request, pk)
    if isinstance(count, HttpResponse):
        return count
    place = count.place_of(request.actor)
    wrong = ""
    if request.method == "POST":
        wrong = said(request, count)
        if not wrong:
            return redirect("paper:ballot_look", pk=pk)
    waiting = count.doubts.to_look_at(place)
    doubt = waiting.first()
    context = {"count": count, "title": title_of(count), "left": waiting.count(), "wrong": wrong}
    if doubt is None:
        context["others"] = count.doubts.count()
        return render(request, "paper/ballot_looked.html", context)
    context |= looked_at(count, doubt)
    return render(request, "paper/ballot_look.html", context)


def said(request: Request, count: BallotCount) -> str:
    """What is wrong with what was said, or "". A strip that is gone was counted, or drawn anew: the
    next one is shown."""
    strip = as_uuid(request.POST.get("strip", ""))
    doubt = count.doubts.filter(pk=strip).first() if strip else None
    if doubt is None:
        return ""
    given = [request.POST["gesture"]] if request.POST.get("gesture") in (BLANK, VOID) else []
    try:
        actions.say_vote(doubt, given or request.POST.getlist("says"), by=request.actor)
    except ValidationError as refused:
        return str(refused.messages[0])
    return ""


def as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def looked_at(count: BallotCount, doubt: BallotDoubt) -> dict[str, Any]:
    worded = worded_of(count)
    question = worded.question(doubt.question)
    readers = (count.reader_one.name, count.reader_two.name)
    differ = [
        _("%(name)s: %(says)s")
        % {"name": name, "says": in_words(question, doubt.said_by(place) or ())}
        for place, name in zip(PLACES, readers, strict=True)
    ]
    return {
        "doubt": doubt,
        "question": question,
        "language": worded.language,
        "several": question.kind == "several",
        "from_paper": not doubt.crop,
        "differ": differ if doubt.together else [],
        "blank": BLANK,
        "void": VOID,
    }


def in_words(question: WordedQuestion, says: tuple[str, ...]) -> str:
    if not says:
        return _("Blank")
    if says == (VOID,):
        return _("Void")
    return ", ".join(choice.wording for choice in question.choices if choice.key in says)


@require_safe
def ballot_strip(request: Request, pk: UUID, strip: UUID) -> HttpResponse:
    count = for_a_reader(request, pk)
    if isinstance(count, HttpResponse):
        raise access.Refused
    doubt = access.one_or_404(count.doubts.exclude(crop=b""), pk=strip)
    try:
        content = doubt.crop_content()
    except DoesNotOpen:
        raise access.Refused from None
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="image/jpeg", headers=headers)
