"""What people decide of a page: an answer, its undoing, putting the page aside."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.lib.sealing import DoesNotOpen
from relier.paper import access, sheets
from relier.paper.crops import crop
from relier.paper.models import (
    Copy,
    Decision,
    Picture,
    PrintedPage,
    PrintedSheet,
    Scan,
    SetAside,
    State,
    Why,
)
from relier.paper.reading import identifiers
from relier.paper.reading.layouts import BOXED, Question
from relier.paper.settling import questions_of, settled
from relier.paper.versions import sheet_of


@transaction.atomic
def decide(
    scan: Scan, question: str, answers: Sequence[str] = (), *, by: Actor, illegible: bool = False
) -> Decision:
    """Keep what a human reads: the keys of choices, or what is written there; nothing: it was left
    blank. The last decision stands. Raises ValidationError, with a sentence."""
    access.require(access.may_see(by, scan))
    scan = _locked(scan)
    asked = _asked(scan, question)
    given = () if illegible else tuple(answers)
    _check(scan, asked, given)
    decision = _decision(scan, asked, by)
    decision.given = {"answers": list(given)} if given else {}
    decision.illegible = illegible
    decision.keep_crop(_crop(scan, question))
    decision.save()
    _recheck(scan)
    journal.record(
        "paper.decided", scan, by=by, subject=scan.subject_id, question=question,
        illegible=illegible,
    )  # fmt: skip
    return decision


@transaction.atomic
def undo(scan: Scan, question: str, *, by: Actor) -> Decision | None:
    """Take back the last decision of a question: a row is added, none goes. None where nothing is
    decided."""
    access.require(access.may_see(by, scan))
    scan = _locked(scan)
    asked = _asked(scan, question)
    rows = scan.decisions.filter(question=question)
    if rows.filter(undoes=False).count() <= rows.filter(undoes=True).count():
        return None
    decision = _decision(scan, asked, by)
    decision.undoes = True
    decision.save()
    _recheck(scan)
    journal.record("paper.undone", scan, by=by, subject=scan.subject_id, question=question)
    return decision


@transaction.atomic
def set_aside(scan: Scan, why: str, *, by: Actor) -> Scan:
    """Put a page aside, with a reason: it waits no more, and nothing of it is lost until its term.
    A page that was closed stays where it is."""
    access.require(access.may_see(by, scan))
    scan = Scan.objects.select_for_update().get(pk=scan.pk)
    _refuse_closed(scan)
    if why not in SetAside.values:
        raise ValidationError(_("Say why this page is put aside."))
    if scan.aside_at is None:
        scan.aside_at, scan.aside_by_id, scan.aside_why = timezone.now(), by.id, why
        scan.save()
        journal.record("paper.set_aside", scan, by=by, subject=scan.subject_id, why=why)
    return scan


@transaction.atomic
def take_back(scan: Scan, *, by: Actor) -> Scan:
    """What was put aside waits again. Where another picture of the page stands meanwhile, it comes
    back as a duplicate."""
    access.require(access.may_see(by, scan))
    scan = Scan.objects.select_for_update().get(pk=scan.pk)
    if scan.aside_at is not None:
        scan.aside_at, scan.aside_by, scan.aside_why = None, None, ""
        if scan.stands and Scan.objects.standing().filter(page=scan.page).exists():
            scan.why = Why.DUPLICATE
        scan.save()
        journal.record("paper.taken_back", scan, by=by, subject=scan.subject_id)
    return scan


@transaction.atomic
def prefer(scan: Scan, *, by: Actor) -> Scan:
    """Let a duplicate stand for its page. The one that stood becomes the duplicate, with what was
    decided on it: people choose, a second reading never does it by itself."""
    access.require(access.may_see(by, scan))
    scan = Scan.objects.select_for_update().get(pk=scan.pk)
    if scan.why != Why.DUPLICATE or scan.aside_at is not None:
        raise ValidationError(_("This page is not a duplicate."))
    for stood in Scan.objects.select_for_update().standing().filter(page=scan.page):
        _refuse_closed(stood)
        stood.why = Why.DUPLICATE
        stood.save()
    scan.why = ""
    scan.save()
    _recheck(scan)
    journal.record("paper.preferred", scan, by=by, subject=scan.subject_id)
    return scan


@transaction.atomic
def read_by_hand(scan: Scan, code: str = "", *, by: Actor) -> Scan:
    """Let people answer for a page that the machine could not read, from its picture: every
    question waits for them. `code`: the short code under the codes of the page, where it is not
    known which page it is. Raises ValidationError."""
    access.require(access.may_see(by, scan))
    scan = Scan.objects.select_for_update().get(pk=scan.pk)
    unread = scan.why not in ("", Why.DUPLICATE, Why.EMPTIED, Why.BALLOT) and scan.aside_at is None
    if not unread or not Picture.objects.filter(scan=scan).exists():
        raise ValidationError(_("There is no picture to answer from."))
    if scan.page_id is None:
        scan.page = _page_of_code(code, by)
    doubled = Scan.objects.standing().filter(page=scan.page).exists()
    scan.state, scan.why = State.READ, Why.DUPLICATE if doubled else ""
    scan.save()
    journal.record("paper.by_hand", scan, by=by, subject=scan.subject_id)
    return scan


def _page_of_code(code: str, by: Actor) -> PrintedPage:
    """The page whose short code a hand copied. One that the member may not see is not found: a
    code tells nothing of whose it is."""
    short = identifiers.read_by_hand(code)
    theirs = Copy.objects.visible_to(by).values("pk")
    rows = PrintedPage.objects.select_for_update(of=("self",)).filter(short=short, copy__in=theirs)
    found = rows.first() if short else None
    if found is None:
        raise ValidationError(_("No page has this code. Look at it again: eight letters."))
    return found


def _locked(scan: Scan) -> Scan:
    """The page as it stands now, if answers may be given for it. Raises ValidationError."""
    scan = (
        Scan.objects.select_for_update(of=("self",))
        .select_related("page__copy__printing__sheet")
        .get(pk=scan.pk)
    )
    _refuse_closed(scan)
    if not scan.stands:
        raise ValidationError(_("This page is not read yet, or does not stand: look at the tray."))
    return scan


def _refuse_closed(scan: Scan) -> None:
    if scan.state == State.CLOSED:
        raise ValidationError(_("This page is closed already."))


def _sheet_of(scan: Scan) -> PrintedSheet:
    if scan.page is None:
        raise ValidationError(_("It is not known which page this is."))
    return scan.page.copy.printing.sheet


def _asked(scan: Scan, question: str) -> Question:
    layout = _sheet_of(scan).as_layout
    for one in questions_of(layout, scan.page.number) if scan.page else []:
        if one.key == question:
            return one
    raise ValidationError(_("This question is not on this page."))


def _check(scan: Scan, asked: Question, given: tuple[str, ...]) -> None:
    """The same check as on screen, so that a wrong day is said beside the page that bears it."""
    if asked.kind in BOXED and not set(given) <= set(asked.choices):
        raise ValidationError(_("This answer is not on the page."))
    sheet = sheet_of(_sheet_of(scan))
    sheets.answer_of(sheet, sheet.question(asked.key), list(given))


def _decision(scan: Scan, asked: Question, by: Actor) -> Decision:
    return Decision(
        scan=scan, centre_id=scan.centre_id, question=asked.key, by_id=by.id, at=timezone.now()
    )


def _crop(scan: Scan, question: str) -> bytes:
    """What was looked at, as it was: b"" for a page that has no straightened picture."""
    picture = Picture.objects.filter(scan=scan).first()
    if picture is None or picture.pixels_a_mm is None or scan.page is None:
        return b""
    strip = _sheet_of(scan).as_layout.page(scan.page.number).rows.get(question)
    try:
        jpeg = picture.content()
    except DoesNotOpen:
        return b""
    return crop(jpeg, strip, pixels_a_mm=picture.pixels_a_mm) if strip else b""


def _recheck(scan: Scan) -> None:
    """Checked once nothing waits; read again when a decision is taken back."""
    waits = any(one.answers is None for one in settled(scan).values())
    state = State.READ if waits else State.CHECKED
    if scan.state != state:
        scan.state = state
        scan.save(update_fields=["state"])
