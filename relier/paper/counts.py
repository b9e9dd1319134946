"""What is counted: printed against returned, and what waits, by reason. A few queries, however many
pages there are."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from relier.accounts.actors import Actor

from .models import Copy, Pile, PrintedPage, Scan, State, Why
from .models.printed import PrintedPageQuerySet
from .models.received import PileQuerySet
from .models.scans import ScanQuerySet


@dataclass(frozen=True)
class Counted:
    """Pages of a sheet, in the whole centre: no name is in it."""

    printed: int = 0
    returned: int = 0

    @property
    def out(self) -> int:
        return self.printed - self.returned


def counted_by_sheet(by: Actor) -> Mapping[str, Counted]:
    """The name of a sheet -> its pages, all versions together. One query."""
    back = Exists(Scan.objects.standing().filter(page=OuterRef("pk")))
    rows = (
        PrintedPage.objects.filter(centre=by.own_centre)
        .order_by()
        .annotate(back=back)
        .values("copy__printing__sheet__name")
        .annotate(printed=Count("pk"), returned=Count("pk", filter=Q(back=True)))
    )
    return {
        row["copy__printing__sheet__name"]: Counted(row["printed"], row["returned"]) for row in rows
    }


@dataclass(frozen=True)
class Waiting:
    """Pages that this member may see, by what is to be done with them."""

    answers: int
    ready: int
    unknown: int
    unreadable: int
    duplicates: int
    aside: int

    @property
    def in_tray(self) -> int:
        return self.answers + self.ready + self.unknown + self.unreadable + self.duplicates


def waiting_for(by: Actor) -> Waiting:
    """One query."""
    rows = Scan.objects.visible_to(by).order_by()
    aside = Q(aside_at__isnull=False)
    unread = ~Q(why__in=["", Why.UNKNOWN, Why.DUPLICATE])
    found = rows.exclude(state=State.CLOSED).aggregate(
        answers=Count("pk", filter=~aside & Q(state=State.READ, why="")),
        ready=Count("pk", filter=~aside & Q(state=State.CHECKED, why="")),
        unknown=Count("pk", filter=~aside & Q(why=Why.UNKNOWN)),
        unreadable=Count("pk", filter=~aside & unread),
        duplicates=Count("pk", filter=~aside & Q(why=Why.DUPLICATE)),
        aside=Count("pk", filter=aside),
    )
    return Waiting(**found)


def missing_for(by: Actor) -> PrintedPageQuerySet:
    """Pages that did not come back, of copies that this member sees and of which another did."""
    theirs = Copy.objects.visible_to(by).filter(closed_at=None).values("pk")
    rows: PrintedPageQuerySet = PrintedPage.objects.missing().filter(copy__in=theirs)
    return rows


def piles_being_read(by: Actor) -> PileQuerySet:
    """Those of which a page waits to be read."""
    left = Scan.objects.to_read().filter(file__pile=OuterRef("pk"))
    rows: PileQuerySet = Pile.objects.visible_to(by).filter(Exists(left))
    return rows


@dataclass(frozen=True)
class Read:
    """How far a pile is: `known` pages so far, of which `read`; `unopened` files will say how many
    pages they hold once they are opened."""

    known: int
    read: int
    unopened: int

    @property
    def left(self) -> int:
        return self.known - self.read


def read_of(pile: Pile) -> Read:
    """Two queries."""
    to_read = Q(state=State.RECEIVED, why="", aside_at=None)
    found = Scan.objects.filter(file__pile=pile).aggregate(
        known=Count("pk"), left=Count("pk", filter=to_read)
    )
    unopened = Scan.objects.to_read().filter(file__pile=pile, file__pages=None).count()
    return Read(found["known"], found["known"] - found["left"], unopened)


# The ways of looking at the tray: what each is called in an address.
def in_tray(by: Actor, which: str) -> ScanQuerySet:
    """The pages of one kind, those received first first. Raises KeyError."""
    rows = Scan.objects.visible_to(by)
    open_rows = rows.exclude(state=State.CLOSED)
    kinds = {
        "answers": open_rows.standing().filter(state=State.READ),
        "ready": open_rows.standing().filter(state=State.CHECKED),
        "unknown": open_rows.unknown(),
        "unreadable": open_rows.unreadable(),
        "duplicates": open_rows.duplicates(),
        "aside": rows.exclude(aside_at=None),
    }
    return kinds[which]
