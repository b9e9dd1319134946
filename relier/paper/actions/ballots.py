"""A count of ballots, from its opening to its end (docs/decisions/018). What is read of ballots is
in `ballot_reading`. The journal has one line a batch: opened, printed, begun again, ended."""

from collections.abc import Mapping
from datetime import date, datetime, time
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relier.accounts.actors import Actor
from relier.centres.models import Member
from relier.journal import actions as journal
from relier.journal.once import once
from relier.paper import access, printing, sheets
from relier.paper.models import BallotCount, BallotDoubt, BallotFile, PrintedSheet
from relier.paper.reading.identifiers import new_identifier
from relier.paper.reading.layouts import BOXED
from relier.paper.rules.ballots import LEAST, no_votes
from relier.paper.sheets import Sheet
from relier.paper.typeset import Language
from relier.paper.versions import printed_version, sheet_of, worded_as_printed
from relier.privacy import disk
from relier.privacy.models import terms_of
from relier.privacy.rules.terms import WORKING_SCANS

from . import ballots_apart as apart
from .printing import MOST_COPIES

Outcome = BallotCount.Outcome
Readers = tuple[Member, Member]


def open_count(
    name: str,
    *,
    readers: Readers,
    by: Actor,
    occasion: Mapping[str, str] | None = None,
    language: Language = "fr",
    large: bool = False,
    form_key: UUID | None = None,
) -> BallotCount:
    """Open the count of a ballot sheet, with two members of the centre to read it. Raises
    NotASheet, ValidationError."""
    access.require(access.may_open_count(by))
    sheet = sheets.build(name, occasion)
    _refuse_what_is_no_ballot(sheet)

    def keep(key: UUID) -> BallotCount:
        version = _on_one_page(sheet, language, large, dict(occasion or {}))
        count = BallotCount(
            centre_id=by.own_centre,
            sheet=version,
            identifier=new_identifier(),
            opened_by_id=by.id,
            opened_at=timezone.now(),
            votes=no_votes(version.as_layout.questions),
            form_key=key,
        )
        _name_readers(count, readers, by)
        count.save()
        journal.record("paper.ballots_opened", count, by=by)
        return count

    with transaction.atomic():
        return once(BallotCount.objects.filter(opened_by=by.id), form_key, keep)


def _on_one_page(
    sheet: Sheet, language: Language, large: bool, occasion: dict[str, str]
) -> PrintedSheet:
    too_long = ValidationError(_("A ballot is one page: shorten the question or the answers."))
    try:
        version = printed_version(sheet, language, large, occasion)
    except printing.NotPrintable as why:
        raise too_long from why
    if len(version.as_layout.pages) > 1:
        raise too_long
    return version


def _refuse_what_is_no_ballot(sheet: Sheet) -> None:
    if sheet.kind != "ballot":
        raise ValidationError(_("This sheet is not a ballot."))
    kinds = {question.kind for question in sheets.worded(sheet, "en").questions}
    if not kinds <= set(BOXED):
        raise ValidationError(_("On a ballot there are only boxes: a hand would be recognised."))


def _name_readers(count: BallotCount, readers: Readers, by: Actor) -> None:
    ours = access.possible_readers(by).filter(pk__in=[reader.pk for reader in readers])
    access.require(ours.count() == len({reader.pk for reader in readers}))
    count.reader_one, count.reader_two = readers
    count.validate_constraints()


@transaction.atomic
def name_readers(count: BallotCount, readers: Readers, *, by: Actor) -> BallotCount:
    """Name other readers, where one cannot go on. Whoever is new promises, and says anew what waits
    for both; what both said already stays."""
    access.require(access.may_open_count(by))
    count = locked(count, by)
    before = {"one": count.reader_one_id, "two": count.reader_two_id}
    _name_readers(count, readers, by)
    for place, known in before.items():
        if getattr(count, f"reader_{place}_id") != known:
            setattr(count, f"{place}_swore", False)
            count.doubts.update(**{f"{place}_says": None, "together": False})
    count.save()
    journal.record("paper.ballots_readers", count, by=by)
    return count


@transaction.atomic
def print_ballots(count: BallotCount, copies: int, *, by: Actor) -> bytes:
    """The PDF of some more ballots, each the same as any other. Raises ValidationError."""
    access.require(access.may_open_count(by))
    count = locked(count, by)
    if count.is_apart:
        raise ValidationError(_("These ballots bear numbers: print another pile of them."))
    least = 1 if count.printed else LEAST
    if not least <= copies <= MOST_COPIES:
        raise ValidationError(
            _("Print from %(least)s to %(most)s ballots: with fewer, voices could be guessed.")
            % {"least": least, "most": MOST_COPIES}
        )
    version = count.sheet
    worded = worded_as_printed(version)
    pdf = printing.print_sheet(
        worded,
        [[count.identifier]] * copies,
        large=version.large,
        made_at=timezone.localtime(count.opened_at),
        head=[count.centre.name],
    )
    count.printed += copies
    count.save()
    journal.record("paper.ballots_printed", count, by=by, ballots=copies)
    return pdf


@transaction.atomic
def swear(count: BallotCount, *, by: Actor) -> BallotCount:
    """One of the two readers promises, in the words of the page, to read what is on the paper and
    to tell nobody."""
    count = locked(count, by)
    access.require(bool(place := count.place_of(by)))
    setattr(count, f"{place}_swore", True)
    count.save()
    return count


@transaction.atomic
def say_by_hand(count: BallotCount, sheets_of_paper: int, *, by: Actor) -> BallotCount:
    """How many sheets both readers counted by hand, before any was scanned, or again after."""
    count = locked(count, by)
    access.require(access.may_count(by, count))
    if not 0 <= sheets_of_paper <= MOST_COPIES * 10:
        raise ValidationError(_("Write how many sheets you counted."))
    count.by_hand = sheets_of_paper
    count.save()
    return count


# --- its end -------------------------------------------------------------------------------------


@transaction.atomic
def begin_again(count: BallotCount, *, by: Actor) -> BallotCount:
    """Forget all that was counted: the sheets are counted by hand and scanned anew."""
    count = locked(count, by)
    access.require(access.may_count(by, count))
    _forget(count)
    count.by_hand, count.counted = None, 0
    if count.is_apart:
        apart.unread(count)
    else:
        count.votes = no_votes(count.sheet.as_layout.questions)
    count.save()
    journal.record("paper.ballots_again", count, by=by)
    return count


@transaction.atomic
def close_count(count: BallotCount, *, by: Actor) -> BallotCount:
    """End the count, for good: pictures go, totals are told, and the room of the sheet has them.
    `disk.clean_if_needed` is called after, outside of any transaction. Raises ValidationError."""
    count = locked(count, by)
    access.require(access.may_count(by, count))
    _refuse_to_close(count)
    numbers = count.numbers
    if count.is_apart:
        apart.hand_over(count, by=by)
    _forget(count, is_over=True)
    # What rows say is told by their room, by its own rule for small numbers.
    outcome = Outcome.WITHHELD if numbers.are_few and not count.is_apart else Outcome.COUNTED
    if outcome == Outcome.WITHHELD:
        count.votes = {}
    _end(count, outcome, by)
    journal.record(
        "paper.ballots_closed", count, by=by, printed=count.printed, counted=count.counted
    )
    if outcome == Outcome.COUNTED and not count.is_apart:
        _hand_to_room(count, by)
    return count


def _refuse_to_close(count: BallotCount) -> None:
    numbers = count.numbers
    if numbers.by_hand is None:
        raise ValidationError(_("Count the sheets by hand first."))
    if numbers.doubts:
        raise ValidationError(
            ngettext(
                "%(count)s answer waits for both readers.",
                "%(count)s answers wait for both readers.",
                numbers.doubts,
            )
            % {"count": numbers.doubts}
        )
    if not numbers.agree:
        raise ValidationError(
            _("By hand you counted %(hand)s sheets, and %(counted)s were read: find out why first.")
            % {"hand": numbers.by_hand, "counted": numbers.counted}
        )


def _hand_to_room(count: BallotCount, by: Actor) -> None:
    version = count.sheet
    answered = sheets.Answered(
        sheet=sheet_of(version),
        answers=count.result,
        channel="paper",
        occasion=version.occasion,
        form_key=count.pk,
        language=version.language,
    )
    sheets.receive(answered, by=by)


@transaction.atomic
def give_up(count: BallotCount, *, by: Actor) -> BallotCount:
    """End a count without a result: whoever sees it may. Nothing that was read remains."""
    access.require(access.may_see_count(by, count))
    count = locked(count, by)
    _forget(count, is_over=True)
    if count.is_apart:
        apart.leave(count)
    count.votes = {}
    _end(count, Outcome.GIVEN_UP, by)
    journal.record("paper.ballots_given_up", count, by=by)
    return count


def _end(count: BallotCount, outcome: str, by: Actor) -> None:
    count.outcome, count.closed_by_id, count.closed_at = outcome, by.id, timezone.now()
    count.save()


def _forget(count: BallotCount, *, is_over: bool = False) -> None:
    """Strips, and the prints of files; at its end, what told its ballots apart; and the disk is to
    be written anew, since what was before is in it too."""
    disk.to_clean()
    BallotDoubt.objects.filter(count=count).delete()
    BallotFile.objects.filter(count=count).delete()
    if is_over:
        apart.forget_apart(count)


def locked(count: BallotCount, by: Actor) -> BallotCount:
    """The count as it stands now, for who may see it, while it is open. Raises Refused,
    ValidationError."""
    rows = BallotCount.objects.select_for_update(of=("self",)).visible_to(by)
    count = access.one_or_404(rows.select_related("sheet", "centre"), pk=count.pk)
    if not count.is_open:
        raise ValidationError(_("This count is closed."))
    return count


@transaction.atomic
def forget_ballots(*, by: Actor, on: date) -> int:
    """Counts left open for longer than working scans are kept are given up: no picture of a ballot
    outlives them. Returns how many. Done again, it does nothing."""
    over = 0
    for count in BallotCount.objects.select_for_update(of=("self",)).open():
        lasts = terms_of(count.centre_id, on=on)[WORKING_SCANS]
        since = timezone.make_aware(datetime.combine(lasts.before(on), time.min))
        if count.opened_at < since:
            _forget(count, is_over=True)
            if count.is_apart:
                apart.leave(count)
            count.votes, count.outcome, count.closed_at = {}, Outcome.GIVEN_UP, timezone.now()
            count.save()
            journal.record("paper.ballots_given_up", count, by=by, centre=count.centre_id)
            over += 1
    return over
