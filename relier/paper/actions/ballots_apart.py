"""Ballots of which a room makes rows: printed each with a receipt, told apart while they are read,
handed over in a drawn order, and then forgotten (docs/deliberation.md, "On paper").

Nothing of it is for ballots that leave totals (docs/decisions/018): those stay alike to the byte.
"""

from collections.abc import Sequence
from random import SystemRandom
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.models import Member
from relier.journal import actions as journal
from relier.journal.once import once
from relier.paper import access, printing, sheets
from relier.paper.models import BallotCount, BallotPage, BallotSheet, PrintedSheet
from relier.paper.models.ballot_sheets import identifier_in
from relier.paper.reading.identifiers import by_hand, new_identifier
from relier.paper.sheets import Apart, OneBallot
from relier.paper.typeset import Language
from relier.paper.versions import printed_version, worded_as_printed

from .printing import TRIES

# What a box can hold, and what a few people can staple.
FEWEST, MOST, MOST_PAGES = 5, 500, 8
CHANCE = SystemRandom()


def apart_of(name: str) -> Apart:
    """What the room of this sheet does with its ballots. Raises NotASheet."""
    found = sheets.entry(name).apart
    if found is None:
        raise sheets.NotASheet(f"{name} leaves totals: no row is made of its ballots.")
    return found


def open_pile(
    name: str,
    about: UUID,
    *,
    kind: str,
    copies: int,
    readers: tuple[Member, Member],
    by: Actor,
    language: Language = "fr",
    large: bool = False,
    form_key: UUID | None = None,
) -> BallotCount:
    """A pile of ballots, and the count that will read it; its PDF is asked for afterwards. The room
    says who may. A form sent twice is one pile. Raises Refused, NotASheet, ValidationError."""
    room = apart_of(name)
    if not by.in_a_centre:
        raise access.Refused

    def keep(key: UUID) -> BallotCount:
        room.offer(about, by)
        if not FEWEST <= copies <= MOST:
            raise ValidationError(
                _("Print from %(least)s to %(most)s ballots: with fewer, voices could be guessed.")
                % {"least": FEWEST, "most": MOST}
            )
        occasion = dict(room.occasion(about, kind, language, by))
        version = _version(name, occasion, language, large)
        count = BallotCount(
            centre_id=by.own_centre, sheet=version, identifier=new_identifier(), is_apart=True,
            opened_by_id=by.id, opened_at=timezone.now(), printed=copies, form_key=key,
        )  # fmt: skip
        theirs = access.possible_readers(by).filter(pk__in=[reader.pk for reader in readers])
        access.require(theirs.count() == len({reader.pk for reader in readers}))
        count.reader_one, count.reader_two = readers
        count.validate_constraints()
        count.save()
        receipts = list(room.draw(occasion, count.pk, copies, by))
        _keep_ballots(count, receipts, len(version.as_layout.pages))
        journal.record("paper.ballots_opened", count, by=by)
        journal.record("paper.ballots_printed", count, by=by, ballots=copies)
        return count

    with transaction.atomic():
        mine = BallotCount.objects.filter(opened_by=by.id, is_apart=True)
        return once(mine, form_key, keep)


def _version(name: str, occasion: dict[str, str], language: Language, large: bool) -> PrintedSheet:
    too_long = ValidationError(
        _("This ballot would have more than %(most)s pages. Put fewer statements to the vote.")
        % {"most": MOST_PAGES}
    )
    try:
        version = printed_version(sheets.build(name, occasion), language, large, occasion)
    except printing.NotPrintable as why:
        raise too_long from why
    if len(version.as_layout.pages) > MOST_PAGES:
        raise too_long
    return version


def _keep_ballots(count: BallotCount, receipts: Sequence[str], pages: int) -> None:
    """In a drawn order: the table does not say which ballot lies where in the pile. Raises
    IntegrityError when codes that were drawn are taken again and again."""
    ballots = [BallotSheet(count=count, receipt=receipt) for receipt in receipts]
    CHANCE.shuffle(ballots)
    BallotSheet.objects.bulk_create(ballots)
    for left in reversed(range(TRIES)):
        made = [_page(ballot, number) for ballot in ballots for number in range(1, pages + 1)]
        CHANCE.shuffle(made)
        try:
            with transaction.atomic():
                BallotPage.objects.bulk_create(made)
            return
        except IntegrityError:
            if not left:
                raise


def _page(ballot: BallotSheet, number: int) -> BallotPage:
    identifier = identifier_in(ballot.count)
    return BallotPage(
        ballot=ballot, number=number, identifier=identifier, short=by_hand(identifier)
    )


def pdf_of_pile(count: BallotCount, *, by: Actor) -> bytes:
    """The pile as it was printed, by whoever printed it, as long as none of it was read: a second
    copy of ballots that came back would only bring them twice. Raises Refused, ValidationError."""
    access.require(count.opened_by_id == by.id and count.is_apart)
    if not count.is_open or count.counted:
        raise ValidationError(_("These ballots are being read: they are not printed again."))
    ballots = list(BallotSheet.objects.filter(count=count).order_by("pk"))
    copies: dict[UUID, list[str]] = {ballot.pk: [] for ballot in ballots}
    rows = BallotPage.objects.filter(ballot__count=count).order_by("number")
    for ballot, identifier in rows.values_list("ballot", "identifier"):
        copies[ballot].append(identifier)
    return printing.print_sheet(
        worded_as_printed(count.sheet),
        [copies[ballot.pk] for ballot in ballots],
        large=count.sheet.large,
        made_at=timezone.localtime(count.opened_at),
        head=[count.centre.name],
        receipts=[ballot.receipt for ballot in ballots],
    )


# --- while they are read -------------------------------------------------------------------------


def count_again(count: BallotCount) -> None:
    """How many ballots came back: those of which a page at least was read."""
    count.counted = BallotSheet.objects.filter(count=count, pages__is_read=True).distinct().count()


def missing_pages(count: BallotCount) -> int:
    """Pages that did not come back, of ballots of which another one did."""
    begun = BallotSheet.objects.filter(count=count, pages__is_read=True)
    return BallotPage.objects.filter(ballot__in=begun, is_read=False).count()


# --- its end -------------------------------------------------------------------------------------


def hand_over(count: BallotCount, *, by: Actor) -> None:
    """Each ballot that came back is a row of the room; then no row of ours leads to it. Raises
    ValidationError: nothing is done."""
    back = BallotSheet.objects.filter(count=count, pages__is_read=True).distinct()
    said = [OneBallot(one.receipt, {key: tuple(keys) for key, keys in one.says.items()})
            for one in back]  # fmt: skip
    CHANCE.shuffle(said)
    apart_of(count.sheet.name).take(count.sheet.occasion, count.pk, said, by)


def forget_apart(count: BallotCount) -> None:
    BallotPage.objects.filter(ballot__count=count).delete()
    BallotSheet.objects.filter(count=count).delete()


def unread(count: BallotCount) -> None:
    """As they were printed."""
    BallotPage.objects.filter(ballot__count=count).update(is_read=False)
    BallotSheet.objects.filter(count=count).update(says={})


def leave(count: BallotCount) -> None:
    """It was given up: the room knows that nothing will come."""
    apart_of(count.sheet.name).leave(count.sheet.occasion, count.pk)
