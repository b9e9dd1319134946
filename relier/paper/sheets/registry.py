"""The sheets of the house, by name: how each is made, and who receives what was answered.

Each room registers its own in its `sheets.py`, which its `apps.py` loads as Relier starts, as it
does `journal_words.py`. `paper` knows no room.

    register("support.request", build=request_sheet, receive=receive_request, example=example)

`build(**occasion)` makes the sheet: the same for everyone, or for one occasion (a positioning asks
the items that were chosen for it). The occasion is short texts, kept with what is printed, so that
the same sheet is made again when its pages come back.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from relier.accounts.actors import Actor
from relier.paper.typeset import Language

from .declared import NAME, NotASheet, Sheet, Text

Channel = Literal["screen", "paper", "voice"]
CHANNELS: tuple[Channel, ...] = ("screen", "paper", "voice")


@dataclass(frozen=True)
class Answered:
    """What comes back from a sheet, whatever the way it came.

    `answers`: by question, as `answers.kept` gives them: None for what was left blank and for what
    someone would rather not say. `helper`: who read, wrote or interpreted for the person, "" for
    nobody. `form_key`: what lets it be received once (`journal.once`). `subject`: whose sheet it
    is, where it was printed for someone or assigned on its return. `language`: in which one it was
    read ("fr", "en", "ar"): what is signed is the text of that language; "": the one in force.
    `illegible`: the questions where someone looked at what is written and could not read it.
    """

    sheet: Sheet
    answers: Mapping[str, Any]
    channel: Channel
    occasion: Mapping[str, str] = field(default_factory=dict)
    helper: str = ""
    form_key: UUID | None = None
    subject: UUID | None = None
    language: str = ""
    illegible: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Occasion:
    """What `build` is given, and what whoever prints reads to choose it ("" where there is nothing
    to choose)."""

    values: Mapping[str, str] = field(default_factory=dict)
    label: str = ""


@dataclass(frozen=True)
class Pile:
    """Ballots that may be printed now: what is asked; for whom they may be, each a key and its
    words; in which languages; the page of the room where it is asked."""

    title: str
    kinds: Sequence[tuple[str, str]]
    languages: Sequence[Language]
    back: str


@dataclass(frozen=True)
class OneBallot:
    """What one sheet of paper says, once it is counted. `receipt`: what its holder keeps; `says`:
    question -> keys of choices, none where it was left blank or is void."""

    receipt: str
    says: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Apart:
    """What a room does with a ballot of which it makes rows: each sheet bears a receipt of its own
    on a part to cut off, and is told apart from the others until its count is closed.

    `offer(about, by)`: the pile that may be printed, or Refused, or a ValidationError that says why
    none is. `occasion(about, kind, language, by)`: what `build` is given. `draw(occasion, count,
    copies, by)`: the receipts of the pile, as they are printed. `take(occasion, count, ballots,
    by)`: the ballots of a count that is closed, in no order; a ValidationError keeps it open.
    `leave(occasion, count)`: it was given up.
    """

    offer: Callable[[UUID, Actor], Pile]
    occasion: Callable[[UUID, str, str, Actor], Mapping[str, str]]
    draw: Callable[[Mapping[str, str], UUID, int, Actor], Sequence[str]]
    take: Callable[[Mapping[str, str], UUID, Sequence[OneBallot], Actor], None]
    leave: Callable[[Mapping[str, str], UUID], None]


Build = Callable[..., Sheet]
Receive = Callable[[Answered, Actor], object]
# What `receive` gave -> the address of its page; "" where there is none that this member may open.
LeadsTo = Callable[[Any, Actor], str]
# For someone, or for nobody yet (a blank copy, a group): none at all where it is not to be offered.
Occasions = Callable[[Actor, UUID | None], Sequence[Occasion]]


def whenever(_by: Actor, _subject: UUID | None) -> Sequence[Occasion]:
    return [Occasion()]


def nowhere(_made: Any, _by: Actor) -> str:
    return ""


@dataclass(frozen=True)
class Entry:
    """`example`: a sheet as `build` makes them, from nothing but itself: the tests print it in
    every language, and the page of patterns shows it. `listed_as`: the sheet is printed from a page
    of its room, and does not stand among those that one may choose; in a list of what was printed
    it goes by this name, since making it asks the database. `apart`: a ballot of which the room
    makes rows; without it, a ballot leaves totals and nothing else."""

    name: str
    build: Build
    receive: Receive
    example: Callable[[], Sheet]
    occasions: Occasions = whenever
    leads_to: LeadsTo = nowhere
    listed_as: Text = ""
    apart: Apart | None = None


_entries: dict[str, Entry] = {}


def register(
    name: str,
    *,
    build: Build,
    receive: Receive,
    example: Callable[[], Sheet] | None = None,
    occasions: Occasions = whenever,
    leads_to: LeadsTo = nowhere,
    listed_as: Text = "",
    apart: Apart | None = None,
) -> None:
    """`example` may be left out where `build` needs no occasion. Raises NotASheet."""
    if not NAME.fullmatch(name):
        raise NotASheet(f"{name!r} is no name of a sheet: as in 'support.request'.")
    if name in _entries:
        raise NotASheet(f"The sheet {name} is registered already.")
    _entries[name] = Entry(
        name, build, receive, example or build, occasions, leads_to, listed_as, apart
    )


def names() -> list[str]:
    return sorted(_entries)


def entry(name: str) -> Entry:
    """Raises NotASheet for a name that no room has registered."""
    try:
        return _entries[name]
    except KeyError:
        raise NotASheet(f"No room has a sheet named {name!r}.") from None


def build(name: str, occasion: Mapping[str, str] | None = None) -> Sheet:
    """The sheet of this name for this occasion. Raises NotASheet."""
    made = entry(name).build(**(occasion or {}))
    if made.name != name:
        raise NotASheet(f"The sheet registered as {name} calls itself {made.name}.")
    return made


def receive(answered: Answered, *, by: Actor) -> object:
    """Hands the answers to the room whose sheet it is. Its action checks who may, and journals."""
    return entry(answered.sheet.name).receive(answered, by)


def leads_to(name: str, made: object, *, by: Actor) -> str:
    """The page of what was made of a sheet, where this member may open it; else ""."""
    return entry(name).leads_to(made, by) if made else ""
