"""Checking: one question of one page at a time, its strip and what the machine proposes, one key
or one tap for an answer, then the same question of the next page.

Every answer is a button of one form. The proposal has the focus, so that Enter keeps it without a
script; `ui/keys.js` adds the figures and letters. An answer says how many decisions there were when
its page was drawn: what a colleague decided meanwhile, or a second press, changes nothing.
"""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.journal import actions as journal
from relier.paper import access, actions
from relier.paper.checking import (
    Queue,
    Row,
    open_pages,
    question_of,
    queue_of,
    title_of,
    worded_for,
    words_of,
)
from relier.paper.models import Copy, PrintedSheet
from relier.paper.reading.layouts import BOXED
from relier.paper.rules.decisions import Waits
from relier.paper.sheets import SIGNED
from relier.paper.worded import WordedQuestion

from .printing import with_codes

TYPED = ("number", "hours", "date", "line")


def check(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    sheet = _sheet(pk, actor)
    queue = queue_of(sheet, by=actor)
    row = _asked(request, queue)
    wrong = ""
    if request.method == "POST":
        if request.POST.get("gesture") == "undo":
            return _undo(queue, by=actor)
        if row is None:
            return redirect("paper:check", pk=pk)
        try:
            _decide(request, row)
        except ValidationError as refused:
            wrong = " ".join(refused.messages)
        else:
            return redirect(_address(sheet, queue.after(row), kept=row))
    if row is None:
        return render(request, "paper/check_done.html", _done(queue, actor))
    journal.read("paper.page_read", row.scan, by=actor, subject=row.scan.subject_id)
    typed = request.POST.get("answer", "") if wrong else ""
    before = queue.at(request.GET.get("kept", ""))
    context = {
        **_context(queue, row),
        "wrong": wrong,
        "typed": typed,
        "before": _stands(before, question_of(worded_for(sheet), before.key)) if before else "",
    }
    return render(request, "paper/check.html", context)


def _sheet(pk: UUID, by: Actor) -> PrintedSheet:
    """A sheet of which this member has a page to look at: another is not there."""
    theirs = open_pages(by).order_by().values("page__copy__printing__sheet")
    return access.one_or_404(PrintedSheet.objects.filter(pk__in=theirs), pk=pk)


def _asked(request: Request, queue: Queue) -> Row | None:
    place = request.POST.get("place") or request.GET.get("at", "")
    return queue.at(place) or (queue.first if request.method != "POST" else None)


def _address(sheet: PrintedSheet, row: Row | None, **more: Row) -> str:
    said = {name: one.place for name, one in {"at": row, **more}.items() if one is not None}
    address = reverse("paper:check", args=[sheet.pk])
    return f"{address}?{urlencode(said)}" if said else address


# --- deciding ------------------------------------------------------------------------------------


def _decide(request: Request, row: Row) -> None:
    """Keep what was pressed. Raises ValidationError, with a sentence."""
    if request.POST.get("seen") != str(row.settled.seen):
        return  # decided meanwhile, or pressed twice: the next page shows what stands
    gesture, _colon, choice = request.POST.get("gesture", "").partition(":")
    actor, key = request.actor, row.key
    if gesture == "illegible":
        actions.decide(row.scan, key, by=actor, illegible=True)
    elif gesture == "blank":
        actions.decide(row.scan, key, by=actor)
    elif gesture == "choose" and choice:
        actions.decide(row.scan, key, [choice], by=actor)
    elif gesture == "keep":
        actions.decide(row.scan, key, _given(request, row), by=actor)
    else:
        raise ValidationError(_("Press one of the answers."))


def _given(request: Request, row: Row) -> list[str]:
    """What was ticked or typed. Nothing typed where there is ink is no answer: it would be kept by
    a finger that slips."""
    given = [one for one in request.POST.getlist("answer") if one.strip()]
    if not given and row.kind in TYPED and row.has_ink is not False:
        raise ValidationError(_("Write what you read, or press “Nothing is written”."))
    return given


def _undo(queue: Queue, *, by: Actor) -> HttpResponse:
    row = queue.last_own()
    if row is not None:
        actions.undo(row.scan, row.key, by=by)
    return redirect(_address(queue.sheet, row))


# --- what the page shows -------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """A button, or a box to tick. `key`: what to press; `proposed`: by the machine; `chosen`: it
    stands already; `first`: it takes the focus."""

    gesture: str
    value: str
    words: str
    key: str
    proposed: bool = False
    chosen: bool = False
    first: bool = False


def _context(queue: Queue, row: Row) -> dict[str, object]:
    worded = worded_for(queue.sheet)
    question = question_of(worded, row.key)
    answers = _answers(row, question)
    return {
        "queue": queue,
        "row": row,
        "title": worded.title if worded else queue.sheet.name,
        "wording": question.wording if question else row.key,
        "answers": answers,
        "several": row.kind == "several",
        "typed_kind": row.kind if row.kind in TYPED else "",
        "lines": question.lines if question else 1,
        "proposal": _proposal(row, question),
        "differ": _differ(row) if row.waits is Waits.DIFFER else [],
        "stands": _stands(row, question),
        "nothing_first": row.kind == "one" and row.proposes and not row.proposed,
        "nothing_words": _("Nothing is ticked") if row.kind in BOXED else _("Nothing is written"),
        "pages": len(queue.sheet.as_layout.pages),
    }


def _answers(row: Row, question: WordedQuestion | None) -> list[Answer]:
    if row.kind in TYPED:
        return []
    if row.kind == "signature":
        return _signed(row)
    words = {one.key: one.wording for one in question.choices} if question else {}
    stands = row.settled.answers or () if row.settled.decided else ()
    several = row.kind == "several"
    return [
        Answer(
            gesture="" if several else f"choose:{choice}",
            value=choice,
            words=words.get(choice, choice),
            key=str(number) if number < 10 else "",
            proposed=choice in row.proposed,
            chosen=choice in (stands if row.settled.decided else row.proposed if several else ()),
            first=not several and row.proposes and choice in row.proposed,
        )
        for number, choice in enumerate(row.settled.question.choices, start=1)
    ]


def _signed(row: Row) -> list[Answer]:
    """There, or not: never whose hand it is."""
    stands = row.settled.answers if row.settled.decided else None
    there, missing = row.has_ink is True, row.has_ink is False
    return [
        Answer(f"choose:{SIGNED}", SIGNED, _("There is a signature"), "1", there, bool(stands),
               there),
        Answer("blank", "", _("There is no signature"), "2", missing, stands == (), missing),
    ]  # fmt: skip


def _proposal(row: Row, question: WordedQuestion | None) -> str:
    """What the machine saw, in a sentence."""
    if row.kind in TYPED:
        if row.has_ink is None:
            return ""
        return _("Something is written here.") if row.has_ink else _("Nothing seems written here.")
    if row.kind == "signature":
        return ""
    if not row.scan.reading:
        return _("The machine could not read this page.")
    if not row.proposed:
        return _("The machine sees no answer that is sure.")
    said = words_of(question, row.proposed)
    if not row.proposes:
        return _("The machine sees two answers: %(answers)s. Which one counts?") % {"answers": said}
    return ""


def _stands(row: Row, question: WordedQuestion | None) -> str:
    """What was decided, where someone comes back to it."""
    if not row.settled.decided:
        return ""
    if row.settled.illegible:
        return _("illegible")
    return words_of(question, row.settled.answers or ()) or _("left blank")


def _differ(row: Row) -> list[str]:
    """What two members read otherwise: shown once both have read, and not whose it is."""
    last = {one.by: one for one in row.settled.said}
    said = {_("illegible") if one.illegible else ", ".join(one.answers) for one in last.values()}
    return sorted(one or _("left blank") for one in said)


def _done(queue: Queue, by: Actor) -> dict[str, object]:
    """Nothing waits any more: the copies that can be closed, and what waits for a colleague."""
    copies = Copy.objects.visible_to(by).filter(
        pages__scans__in=[row.scan.pk for row in queue.rows], closed_at=None
    )
    return {
        "queue": queue,
        "title": title_of(queue.sheet),
        "copies": with_codes(list(copies.distinct().order_by("printing", "number")), by),
    }
