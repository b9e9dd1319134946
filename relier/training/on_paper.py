"""Where the lists of a session are: printed, back, checked, handed over. Shown to remember, and
counted for nobody."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from relier.accounts.actors import Actor
from relier.paper.models import Copy, PrintedPage, Scan
from relier.paper.settling import settled_all

from .models import PresenceList, Session
from .sheets import lines_of_list


class Where(StrEnum):
    OUT = "out"  # printed, and nothing is back
    PART = "part"  # some of its pages are back
    CHECK = "check"  # all are, and someone is to look
    READY = "ready"  # every answer is known
    OVER = "over"  # handed over


@dataclass
class OnPaper:
    """One list. `copy`: None once it was forgotten; `back` of `pages` came back."""

    printed: PresenceList
    copy: Copy | None
    pages: int = 0
    back: int = 0
    waiting: bool = False

    @property
    def where(self) -> Where:
        if self.copy is None or self.copy.closed_at is not None:
            return Where.OVER
        if not self.back:
            return Where.OUT
        if self.back < self.pages:
            return Where.PART
        return Where.CHECK if self.waiting else Where.READY


def on_paper(lists: Iterable[PresenceList]) -> list[OnPaper]:
    """The latest first, as they come. Three queries."""
    lists = list(lists)
    printings = [one.printing_id for one in lists if one.printing_id]
    rows = Copy.objects.filter(printing__in=printings).select_related("printing__sheet")
    copies = {copy.printing_id: copy for copy in rows}
    pages: dict[UUID, list[bool]] = defaultdict(list)
    for page in PrintedPage.objects.filter(copy__printing__in=printings).with_returned():
        pages[page.copy_id].append(page.returned)  # type: ignore[attr-defined]
    waits = set(
        Scan.objects.standing().in_tray().filter(page__copy__printing__in=printings)
        .order_by().values_list("page__copy", flat=True)
    )  # fmt: skip
    found = []
    for one in lists:
        copy = copies.get(one.printing_id) if one.printing_id else None
        came = pages.get(copy.pk, []) if copy else []
        is_waiting = copy is not None and copy.pk in waits
        found.append(OnPaper(one, copy, len(came), sum(came), is_waiting))
    return found


def lists_of(session: Session, actor: Actor) -> list[OnPaper]:
    rows = PresenceList.objects.visible_to(actor).filter(session=session)
    return on_paper(rows.select_related("author__user", "printing"))


def with_list_out(sessions: "QuerySet[Session]") -> "QuerySet[Session]":
    """`list_out`: a list of it was printed, and was not handed over yet."""
    out = PresenceList.objects.filter(
        session=OuterRef("pk"), printing__isnull=False, printing__copies__closed_at=None
    )
    return sessions.annotate(list_out=Exists(out))


@dataclass(frozen=True)
class Unsigned:
    """What the law asks and the list does not bear. `names`: in the room, and without a signature;
    `remote`: at a distance, so that they could not sign; `trainer`: whoever led the session did
    not sign."""

    names: list[str]
    remote: list[str]
    trainer: bool


def unsigned(one: OnPaper) -> Unsigned:
    """Of a list that is read, as it stands now. Six queries."""
    rows = Scan.objects.standing().filter(page__copy=one.copy)
    answers: dict[str, tuple[str, ...]] = {}
    for settled in settled_all(rows.select_related("page__copy__printing__sheet")).values():
        answers |= {key: said.answers or () for key, said in settled.items()}
    without: dict[str, list[str]] = {"in_person": [], "remote": []}
    for line in lines_of_list(one.printed):
        how = answers.get(f"l{line.number}_how", ())
        if len(how) == 1 and how[0] in without and not answers.get(f"l{line.number}_signed"):
            without[how[0]].append(line.person.root.name)
    return Unsigned(without["in_person"], without["remote"], trainer=not answers.get("trainer"))
