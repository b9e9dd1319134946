"""Saying whose a copy is, and closing it: its answers go where those of the screen go."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.paper import access, sheets
from relier.paper.models import Copy, PrintedPage, Scan, State
from relier.paper.models.scans import ScanQuerySet
from relier.paper.reading.layouts import Layout
from relier.paper.settling import settled
from relier.paper.sheets import Sheet
from relier.paper.versions import is_about_several, sheet_of
from relier.privacy.models import Subject

from .printing import refuse_ballots


@transaction.atomic
def assign(copy: Copy, subject: Subject, *, by: Actor) -> Copy:
    """Say whose a copy is: a blank one that came back, or one that was given to someone else. Not
    once it is closed: its answers are where they belong, and are put right there."""
    access.require(access.may_assign(by, copy, subject))
    copy = Copy.objects.select_for_update().get(pk=copy.pk)
    _refuse_closed(copy)
    if is_about_several(copy.printing.sheet):
        raise ValidationError(_("This sheet is about several people: it is of none of them alone."))
    if copy.subject_id != subject.pk:
        copy.subject, copy.assigned_by_id, copy.assigned_at = subject, by.id, timezone.now()
        copy.save()
        journal.record("paper.assigned", copy, by=by, subject=subject.pk)
    return copy


@transaction.atomic
def close_copy(copy: Copy, *, by: Actor, helper: str = "") -> object:
    """Hand the answers of a copy to the room whose sheet it is, once every page is checked.
    `helper`: who read, wrote or interpreted for the person. Returns what the room gives. What is
    refused comes back as a ValidationError, and nothing is done. Closed again, it does nothing."""
    access.require(access.may_see_copy(by, copy))
    copy = (
        Copy.objects.select_for_update(of=("self",))
        .select_related("printing__sheet")
        .get(pk=copy.pk)
    )
    if copy.closed_at is not None:
        return None
    printed = copy.printing.sheet
    sheet = sheet_of(printed)
    refuse_ballots(sheet.kind)
    _refuse_what_is_not_asked_any_more(sheet, printed.as_layout)
    raw, illegible = _answers(copy)
    answers = sheets.cleaned(sheet, raw)
    received = sheets.receive(
        sheets.Answered(
            sheet=sheet,
            answers=sheets.kept(answers),
            channel="paper",
            occasion=printed.occasion,
            helper=helper,
            form_key=copy.pk,
            subject=copy.subject_id,
            language=printed.language,
            illegible=illegible,
        ),
        by=by,
    )
    _standing(copy).update(state=State.CLOSED)
    copy.closed_at, copy.closed_by_id = timezone.now(), by.id
    copy.save()
    journal.record("paper.closed", copy, by=by, subject=copy.subject_id)
    return received


def _refuse_closed(copy: Copy) -> None:
    if copy.closed_at is not None:
        raise ValidationError(_("This sheet is closed already."))


def _standing(copy: Copy) -> ScanQuerySet:
    return Scan.objects.standing().filter(page__copy=copy)


def _answers(copy: Copy) -> tuple[dict[str, list[str]], frozenset[str]]:
    """What was answered on every page, and the questions that nobody can read. Raises
    ValidationError while a page is missing, or an answer waits for someone."""
    rows = _standing(copy).select_related("page__copy__printing__sheet")
    scans = {scan.page_id: scan for scan in rows}
    pages = list(PrintedPage.objects.filter(copy=copy).order_by("number"))
    missing = [str(page.number) for page in pages if page.pk not in scans]
    if missing:
        raise ValidationError(
            ngettext("Page %(pages)s is missing.", "Pages %(pages)s are missing.", len(missing))
            % {"pages": ", ".join(missing)}
        )
    waiting, raw, illegible = 0, {}, set()
    for page in pages:
        for key, one in settled(scans[page.pk]).items():
            waiting += one.answers is None
            raw[key] = list(one.answers or ())
            if one.illegible:
                illegible.add(key)
    if waiting:
        raise ValidationError(
            ngettext(
                "%(count)s answer waits for someone to look at it.",
                "%(count)s answers wait for someone to look at them.",
                waiting,
            )
            % {"count": waiting}
        )
    return raw, frozenset(illegible)


def _refuse_what_is_not_asked_any_more(sheet: Sheet, layout: Layout) -> None:
    """A sheet that changed since it was printed is received as long as what was asked then is still
    asked; else someone copies it on screen."""
    asked = {question.key for question in sheet.questions}
    gone = [one.key for one in layout.questions if one.key not in asked]
    if gone:
        raise ValidationError(
            _(
                "This sheet was printed in an older version, and some of its questions are not "
                "asked any more. Copy the answers on screen, then put the page aside."
            )
        )
