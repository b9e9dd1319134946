"""Reading what waits: one page at a time, each kept alone, so that nothing is lost or read twice
wherever the power is cut.

A page is *claimed* (when, and by which process) before it is read, and what was read is kept in one
transaction, only if the claim is still there. A claim older than `LEASE` is one of a process that
is no more, and is taken again; a page that was abandoned three times waits for someone. Two
processes may read the same centre: the database lets one of them claim a page.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.lib.sealing import DoesNotOpen
from relier.paper import access
from relier.paper.models import (
    BallotCount,
    Picture,
    Pile,
    PrintedPage,
    ReceivedFile,
    Scan,
    State,
    Why,
)
from relier.paper.models.scans import MOST_TRIES, ScanQuerySet
from relier.paper.reading.headers import Fault, Unreadable
from relier.paper.reading.worker import Find, PageAnswer, Worker
from relier.paper.rules.proposals import on_page, proposals
from relier.privacy import disk

# How many were read, of how many there are so far: a file says its pages once it is opened.
Told = Callable[[int, int], None]


class Reads(Protocol):
    """What `reading.worker.Worker` does."""

    def open(self, data: bytes) -> int: ...
    def read(self, number: int, find: Find) -> PageAnswer: ...
    def picture(self, number: int) -> bytes: ...
    def close(self) -> None: ...


def read_waiting(
    centre: UUID,
    *,
    by: Actor,
    pile: Pile | None = None,
    progress: Told | None = None,
    reader: Callable[[], Reads] = Worker,
) -> int:
    """Read every page that waits to be, of a centre or of one pile. Returns how many were read.
    It may be stopped at any moment, and begun again."""
    access.require(access.may_read_waiting(by, centre))
    waiting = Scan.objects.filter(centre=centre)
    if pile is not None:
        waiting = waiting.filter(file__pile=pile)
    done = 0
    with _Opened(reader) as opened:
        for claim in _claims(waiting):
            _read_one(claim, opened, by=by)
            done += 1
            if progress is not None:
                progress(done, done + waiting.to_read().count())
    return done


# --- claims --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Claim:
    scan: UUID
    token: str

    def held(self) -> Scan | None:
        """The page, locked, if it is still ours to say what it is."""
        rows = Scan.objects.select_for_update().to_read()
        return rows.filter(pk=self.scan, claimed_by=self.token).first()


def _claims(waiting: ScanQuerySet) -> Iterator[_Claim]:
    """The next page that nobody reads, as long as there is one. In the order of files, so that a
    file is opened once."""
    while True:
        now = timezone.now()
        free = waiting.free(at=now)
        found = free.order_by("received_at", "file", "number").values("pk", "tries").first()
        if found is None:
            return
        claim = _Claim(found["pk"], uuid4().hex)
        # Asked again as it is written: of two processes, one finds it free.
        rows = Scan.objects.free(at=now).filter(pk=claim.scan)
        if found["tries"] >= MOST_TRIES:
            rows.update(why=Why.CRASHED, claimed_at=None, claimed_by="")
        elif rows.update(claimed_at=now, claimed_by=claim.token, tries=F("tries") + 1):
            yield claim


# --- one page ------------------------------------------------------------------------------------


@dataclass
class _Opened:
    """A process apart, with the last file open in it."""

    make: Callable[[], Reads]
    worker: Reads | None = None
    file: UUID | None = None
    pages: int = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self.worker is not None:
            self.worker.close()

    def read(self, scan: Scan, find: Find) -> PageAnswer:
        """Raises Unreadable."""
        worker = self._with(scan.file)
        try:
            return worker.read(scan.number, find)
        except Unreadable as why:
            if why.fault in (Fault.CRASHED, Fault.SLOW, Fault.MEMORY):
                self._leave()  # with a new process, the next page is read all the same
            raise

    def _with(self, file: ReceivedFile) -> Reads:
        if self.worker is None or self.file != file.pk:
            self._leave()
            self.worker, self.file = self.make(), file.pk
            try:
                self.pages = self.worker.open(file.content())
            except DoesNotOpen as lost:
                self._leave()
                raise Unreadable(Fault.DAMAGED) from lost
            except Unreadable:
                self._leave()
                raise
        return self.worker

    def picture(self, scan: Scan) -> bytes:
        """What can be shown of a page that could not be read; b"" where nothing can."""
        try:
            return self._with(scan.file).picture(scan.number)
        except Unreadable:
            self._leave()
            return b""

    def pages_of(self, file: ReceivedFile) -> int:
        self._with(file)
        return self.pages

    def _leave(self) -> None:
        if self.worker is not None:
            self.worker.close()
        self.worker = self.file = None


def _read_one(claim: _Claim, opened: _Opened, *, by: Actor) -> None:
    scan = Scan.objects.select_related("file").get(pk=claim.scan)
    try:
        if scan.file.emptied_at is not None:
            _keep_fault(claim, Why.EMPTIED)
            return
        if scan.file.pages is None:
            _keep_pages(claim, scan.file, opened.pages_of(scan.file))
    except Unreadable as why:
        _keep_fault(claim, Why(why.fault.value))
        return
    try:
        answer = opened.read(scan, _find_in(scan.centre_id))
    except Unreadable as why:
        _keep_fault(claim, Why(why.fault.value), opened.picture(scan))
        return
    _keep(claim, answer, by=by)


def _find_in(centre: UUID) -> Find:
    """Pages that this centre printed. Those of another are unknown here."""

    def find(identifier: str) -> tuple[str, int] | None:
        page = (
            PrintedPage.objects.filter(identifier=identifier, centre=centre)
            .select_related("copy__printing__sheet")
            .first()
        )
        return (page.copy.printing.sheet.layout, page.number) if page else None

    return find


@transaction.atomic
def _keep_pages(claim: _Claim, file: ReceivedFile, pages: int) -> None:
    """Each page of a file has its line before the first one is read."""
    if claim.held() is None:
        return
    others = [
        Scan(file=file, centre_id=file.centre_id, number=number, received_at=file.received_at)
        for number in range(2, pages + 1)
    ]
    Scan.objects.bulk_create(others, ignore_conflicts=True, batch_size=500)
    ReceivedFile.objects.filter(pk=file.pk).update(pages=pages)


@transaction.atomic
def _keep_fault(claim: _Claim, why: str, picture: bytes = b"") -> None:
    scan = claim.held()
    if scan is not None:
        _settle(scan, State.RECEIVED, why)
        scan.save()
        if picture:
            Picture.of(scan, picture, pixels_a_mm=None).save()
        _empty_of_ballots(scan)


@transaction.atomic
def _keep(claim: _Claim, answer: PageAnswer, *, by: Actor) -> None:
    scan = claim.held()
    if scan is None:
        return  # another process took over: what it reads stands
    if _is_of_a_ballot(answer.identifier):
        _settle(scan, State.RECEIVED, Why.BALLOT)
        scan.save()
        _empty_of_ballots(scan)
        return
    page = _page_of(answer, scan.centre_id)
    state, why = _outcome(answer, page)
    if state in (State.READ, State.CHECKED) and page and _stands_already(page):
        why = Why.DUPLICATE
    scan.page = page
    scan.reading = answer.reading
    _settle(scan, state, why)
    scan.save()
    if answer.picture:
        Picture.of(scan, answer.picture, pixels_a_mm=answer.pixels_a_mm).save()
    if page is not None and page.copy.subject_id is not None:
        journal.record("paper.returned", scan, by=by, subject=page.copy.subject_id,
                       centre=scan.centre_id)  # fmt: skip
    _empty_of_ballots(scan)


def _is_of_a_ballot(identifier: str | None) -> bool:
    """Those told apart end alike, and so may a page of another sheet, by chance."""
    if identifier is None or PrintedPage.objects.filter(identifier=identifier).exists():
        return False
    return BallotCount.objects.of_page(identifier).exists()


def _empty_of_ballots(scan: Scan) -> None:
    """A file in which a ballot was found is kept no longer than it takes to read its other pages,
    which have their own pictures."""
    pages = Scan.objects.filter(file=scan.file_id)
    if pages.filter(why=Why.BALLOT).exists() and not pages.to_read().exists():
        disk.to_clean()
        ReceivedFile.objects.filter(pk=scan.file_id).empty(at=timezone.now())


def _settle(scan: Scan, state: str, why: str) -> None:
    scan.state, scan.why, scan.read_at = state, why, timezone.now()
    scan.claimed_at, scan.claimed_by = None, ""


def _page_of(answer: PageAnswer, centre: UUID) -> PrintedPage | None:
    """Asked again now: whoever it was of may have been erased meanwhile. Locked, so that of two
    pictures of one page, the first one kept stands."""
    if answer.identifier is None:
        return None
    rows = PrintedPage.objects.select_for_update(of=("self",))
    rows = rows.select_related("copy__printing__sheet")
    return rows.filter(identifier=answer.identifier, centre=centre).first()


def _outcome(answer: PageAnswer, page: PrintedPage | None) -> tuple[State, str]:
    """How far it went, and why no further."""
    if page is None:
        unknown = answer.identifier is not None
        return State.RECEIVED, Why.UNKNOWN if unknown else _why(answer.why)
    if answer.state != "read":
        placed = answer.why == Why.SMALL  # its corners were found; its marks are too small
        return (State.REGISTERED if placed else State.IDENTIFIED), _why(answer.why)
    layout = page.copy.printing.sheet.as_layout
    proposed = proposals(answer.reading, on_page(layout, layout.page(page.number)))
    sure = all(one.sure for one in proposed.values())
    return (State.CHECKED if sure else State.READ), ""


def _why(said: str) -> str:
    return said if said in Why.values else Why.CRASHED


def _stands_already(page: PrintedPage) -> bool:
    return Scan.objects.standing().filter(page=page).exists()
