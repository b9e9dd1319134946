"""The banks of items that a positioning asks about, and the relation between their items.

An item is one deed in plain words ("send a photo with a message"), tied to a framework and to
one of the three kinds of competence. The relation says which items need which others, each with
its reason. Two banks come with Relier: `everyday`, for people accompanied, and `craft`, that
workers ask themselves. `items/README.md` documents the file; nothing here places anyone.

Plain Python: no Django here. Reading a bank raises FrameworkError, or BankError, which is one:
in English only, since whoever reads them is writing a bank, and no page shows them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Final

from . import frameworks, order
from .frameworks import Reference, Words
from .strict import Box, FrameworkError, read_json, shorten

FORMAT: Final = "relier-items/1"
KINDS: Final = ("instrumental", "informational", "strategic")
AUDIENCES: Final = ("citizens", "workers")
# An item is shown alone on a telephone and read aloud: past these lengths it is two items.
LONGEST: Final = {"deed": 80, "example": 180, "because": 180}
MOST_ITEMS: Final = 200
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class BankError(FrameworkError):
    """A bank, or a relation, that cannot be taken as it is.

    `items` holds the identifiers that the sentence is about, in its order, so that a page may
    name them by their words; a loop starts and ends with the same item.
    """

    def __init__(
        self, template: str, *, place: str = "", items: Iterable[str] = (), **gaps: object
    ) -> None:
        super().__init__(template, place=place, **gaps)
        self.items = tuple(items)


@dataclass(frozen=True, slots=True)
class Part:
    """Items asked together, because they are about one side of life."""

    id: str
    title: Words
    pictogram: str


@dataclass(frozen=True, slots=True)
class BankItem:
    """One deed. `deed` completes "I can …" and « Je sais … »; `example` says it otherwise."""

    id: str
    part: str
    deed: Words
    example: Words
    pictogram: str
    framework: Reference
    kind: str


@dataclass(frozen=True, slots=True)
class Need:
    """Whoever can do `item` can do `needs`, whatever their device; `because` says why."""

    item: str
    needs: str
    because: Words


@dataclass(frozen=True, slots=True)
class Bank:
    """One version of a set of items with its relation. `frozen` is the day it was written down:
    no simulation was run before it, so that none could shape it."""

    id: str
    version: str
    title: Words
    about: Words
    audience: str
    parts: tuple[Part, ...]
    items: tuple[BankItem, ...]
    needs: tuple[Need, ...]
    frozen: date
    _items_by_id: dict[str, BankItem] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_items_by_id", {item.id: item for item in self.items})

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The relation as pairs (item, item needed)."""
        return tuple((need.item, need.needs) for need in self.needs)

    def item(self, item_id: str) -> BankItem | None:
        return self._items_by_id.get(item_id)

    def items_of(self, part_id: str) -> tuple[BankItem, ...]:
        """The items of a part, in the order of the bank; () for a part that is not here."""
        return tuple(item for item in self.items if item.part == part_id)


@cache
def shipped() -> tuple[Bank, ...]:
    """Every bank that comes with Relier, in alphabetical order.

    Raises FrameworkError when a file is wrong: the tests read them all, so a copy of Relier
    that was installed whole never does.
    """
    return _read_all(resources.files(__package__) / "items")


@cache
def earlier() -> tuple[Bank, ...]:
    """The versions that came before those of `shipped`: what was printed or answered with them is
    read with them. Raises FrameworkError, as `shipped` does."""
    folder = resources.files(__package__) / "items" / "earlier"
    return _read_all(folder) if folder.is_dir() else ()


def _read_all(folder: Traversable) -> tuple[Bank, ...]:
    files = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".json")),
        key=lambda entry: entry.name,
    )
    return tuple(parse(entry.read_bytes(), name=entry.name) for entry in files)


def find(bank_id: str) -> Bank | None:
    """The shipped bank of this id, if there is one."""
    return next((bank for bank in shipped() if bank.id == bank_id), None)


def of_version(bank_id: str, version: str) -> Bank | None:
    """One version of a bank, of today or from before, if there is one."""
    every = (*shipped(), *earlier())
    return next((bank for bank in every if (bank.id, bank.version) == (bank_id, version)), None)


def check_needs(items: Iterable[BankItem], needs: Iterable[Need], *, place: str = "needs") -> None:
    """Raise BankError unless every need joins two different items of `items`, once, without
    a loop: in a loop nothing could ever be learned first."""
    known = {item.id: None for item in items}
    pairs: dict[tuple[str, str], None] = {}
    for number, need in enumerate(needs):
        here = f"{place}[{number}]"
        pair = (need.item, need.needs)
        for found in pair:
            if found not in known:
                raise BankError(
                    "“%(item)s” is not an item of this bank: correct the need.",
                    place=here,
                    item=shorten(found),
                )
        if need.item == need.needs:
            raise _about(pair[:1], "“%(names)s” needs itself: remove this need.", here)
        if pair in pairs:
            raise _about(pair, "The need %(names)s is given twice: keep it once.", here)
        pairs[pair] = None
    for item in known:
        if loop := order.way(pairs, item, item):
            told = "These items need each other in a loop: %(names)s. Remove one need."
            raise _about(loop, told, place)


def _about(items: tuple[str, ...], template: str, place: str) -> BankError:
    """An error whose sentence names items, each one needing the next."""
    return BankError(template, place=place, items=items, names=" → ".join(items))


# --- reading a file --------------------------------------------------------------------------


def parse(raw: bytes, *, name: str = "bank") -> Bank:
    """Read the bytes of a bank; `name` stands before the place in an error."""
    return from_data(read_json(raw, place=name), name=name)


def from_data(data: Any, *, name: str = "bank") -> Bank:
    """Build a bank from the values of its file, once all of them hold together."""
    with Box(data, name) as box:
        if box.take("format") != FORMAT:
            raise BankError(
                "The format is not %(format)s: this version of Relier reads no other.",
                place=box.at("format"),
                format=FORMAT,
            )
        bank = Bank(
            id=_id(box, "id"),
            version=_id(box, "version"),
            title=_words(box, "title"),
            about=_words(box, "about"),
            audience=box.choice("audience", AUDIENCES),
            parts=tuple(_part(*at) for at in box.each("parts")),
            items=tuple(_item(*at) for at in box.each("items")),
            needs=tuple(_need(*at) for at in box.each("needs")),
            frozen=_day(box, "frozen"),
        )
    _check(bank, name)
    return bank


def _id(box: Box, key: str) -> str:
    found = box.text(key)
    if not _ID.fullmatch(found):
        raise BankError(
            "An identifier is made of small letters, digits and hyphens, 40 at most.",
            place=box.at(key),
        )
    return found


def _words(box: Box, key: str) -> Words:
    """Words in both languages, each of our own: a bank holds no translation of anyone."""
    with box.box(key) as inner:
        words = Words(en=inner.text("en"), fr=inner.text("fr"))
    longest = LONGEST.get(key)
    for language, text in (("en", words.en), ("fr", words.fr)):
        if longest and len(text) > longest:
            raise BankError(
                "A text has %(length)s characters, more than %(most)s: shorten it.",
                place=f"{box.at(key)}.{language}",
                length=len(text),
                most=longest,
            )
    return words


def _day(box: Box, key: str) -> date:
    found = box.text(key)
    try:
        return date.fromisoformat(found)
    except ValueError as error:
        raise BankError("A day is written 2026-11-24.", place=box.at(key)) from error


def _part(value: Any, place: str) -> Part:
    with Box(value, place) as box:
        return Part(_id(box, "id"), _words(box, "title"), _id(box, "pictogram"))


def _item(value: Any, place: str) -> BankItem:
    with Box(value, place) as box:
        return BankItem(
            id=_id(box, "id"),
            part=box.text("part"),
            deed=_words(box, "deed"),
            example=_words(box, "example"),
            pictogram=_id(box, "pictogram"),
            framework=_reference(box, "framework"),
            kind=box.choice("kind", KINDS),
        )


def _reference(box: Box, key: str) -> Reference:
    with box.box(key) as inner:
        found = Reference(inner.text("framework"), inner.text("version"), inner.text("item"))
    framework = frameworks.find(found.framework, found.version)
    if framework is None or framework.item(found.item) is None:
        raise BankError(
            "“%(item)s” of “%(framework)s” does not come with Relier: correct it.",
            place=box.at(key),
            item=shorten(found.item),
            framework=shorten(found.key),
        )
    return found


def _need(value: Any, place: str) -> Need:
    with Box(value, place) as box:
        return Need(box.text("item"), box.text("needs"), _words(box, "because"))


# --- what holds together ---------------------------------------------------------------------


def _check(bank: Bank, name: str) -> None:
    if len(bank.items) > MOST_ITEMS:
        raise BankError(
            "A bank has %(count)s items, more than %(most)s: make two banks.",
            place=f"{name}.items",
            count=len(bank.items),
            most=MOST_ITEMS,
        )
    _once([part.id for part in bank.parts], f"{name}.parts")
    _once([item.id for item in bank.items], f"{name}.items")
    parts = {part.id for part in bank.parts}
    for number, item in enumerate(bank.items):
        if item.part not in parts:
            raise BankError(
                "“%(part)s” is not a part of this bank: declare it or correct it.",
                place=f"{name}.items[{number}].part",
                part=shorten(item.part),
            )
    check_needs(bank.items, bank.needs, place=f"{name}.needs")
    _check_each_need_says_something(bank, f"{name}.needs")


def _once(ids: list[str], place: str) -> None:
    for number, found in enumerate(ids):
        if found in ids[:number]:
            told = "The identifier “%(names)s” is given twice: each one stands once."
            raise _about((found,), told, f"{place}[{number}]")


def _check_each_need_says_something(bank: Bank, place: str) -> None:
    """A need that others already imply adds a line to the picture and nothing to the relation."""
    pairs = bank.pairs
    for number, pair in enumerate(pairs):
        others = (*pairs[:number], *pairs[number + 1 :])
        if chain := order.way(others, *pair):
            told = "Others say this need already: %(names)s. Remove the direct one."
            raise _about(chain, told, f"{place}[{number}]")
