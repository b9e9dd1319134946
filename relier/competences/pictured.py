"""What the pages of a bank show: its parts, the picture of each, and the same told in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from . import drawing, frameworks, order
from .banks import Bank, BankItem, Need, Part
from .drawing import Picture
from .frameworks import Reference, Words
from .models import RelationVersion
from .order import Pair
from .relations import Relation


@dataclass(frozen=True)
class Asked:
    """One need in words. `from_part`: the part it comes from, when it is another one. `way`: the
    items between, when other needs already say it: the picture then leaves it out."""

    need: Need
    item: BankItem
    from_part: Part | None
    way: tuple[BankItem, ...]


@dataclass(frozen=True)
class Row:
    item: BankItem
    asks: tuple[Asked, ...]


@dataclass(frozen=True)
class PartShown:
    part: Part
    picture: Picture
    rows: tuple[Row, ...]


def parts_of(relation: Relation, language: str) -> list[PartShown]:
    """Each part: its picture, with what it needs from the others, and its needs in words."""
    rows = rows_of(relation)
    return [
        PartShown(
            part,
            part_picture(relation, part, language),
            tuple(rows[item.id] for item in relation.bank.items_of(part.id)),
        )
        for part in relation.bank.parts
    ]


def rows_of(relation: Relation) -> dict[str, Row]:
    """Item -> what it asks for first, in words."""
    bank = relation.bank
    parts = {part.id: part for part in bank.parts}
    asks: dict[str, list[Asked]] = {item.id: [] for item in bank.items}
    for need in relation.needs:
        item, needed = named(bank, need.item), named(bank, need.needs)
        other = parts[needed.part] if needed.part != item.part else None
        asks[need.item].append(Asked(need, needed, other, between(relation, need)))
    return {item.id: Row(item, tuple(asks[item.id])) for item in bank.items}


def between(relation: Relation, need: Need) -> tuple[BankItem, ...]:
    """The items by way of which other needs already say this one; () when none does."""
    others = [pair for pair in relation.pairs if pair != (need.item, need.needs)]
    return tuple(
        named(relation.bank, one) for one in order.way(others, need.item, need.needs)[1:-1]
    )


def named(bank: Bank, item_id: str) -> BankItem:
    """The item of this id, known to be in the bank. Raises LookupError when it is not."""
    item = bank.item(item_id)
    if item is None:
        raise LookupError(item_id)
    return item


def part_picture(relation: Relation, part: Part, language: str) -> Picture:
    ours = {item.id for item in relation.bank.items_of(part.id)}
    pairs = [pair for pair in order.essential(relation.pairs) if pair[0] in ours]
    guests = {needed for _, needed in pairs} - ours
    shown = [item for item in relation.bank.items if item.id in ours | guests]
    return _drawn(_labels(shown, language), tuple(sorted(pairs)), frozenset(guests))


def whole_picture(relation: Relation, language: str) -> Picture:
    pairs = tuple(sorted(order.essential(relation.pairs)))
    return _drawn(_labels(relation.bank.items, language), pairs, frozenset())


def _labels(items: Iterable[BankItem], language: str) -> tuple[tuple[str, str], ...]:
    return tuple((item.id, item.deed.told_in(language)) for item in items)


@lru_cache(maxsize=64)
def _drawn(
    labels: tuple[tuple[str, str], ...], pairs: tuple[Pair, ...], guests: frozenset[str]
) -> Picture:
    # A whole bank takes a few tenths of a second, and is drawn again at each change only.
    return drawing.draw(dict(labels), pairs, guests=guests)


# --- the items, and what they are tied to ----------------------------------------------------


def about(reference: Reference, banks: Iterable[Bank]) -> list[tuple[Bank, BankItem]]:
    """The items of our banks that are tied to one item of a framework."""
    return [(bank, item) for bank in banks for item in bank.items if item.framework == reference]


def title_of(reference: Reference) -> Words:
    """The title of an item of a shipped framework. Banks only name items that are there."""
    framework = frameworks.find(reference.framework, reference.version)
    item = framework.item(reference.item) if framework else None
    if item is None:
        raise LookupError(reference)
    return item.title


KINDS = Reference("three-kinds", "2009")


def kind_of(item: BankItem) -> Words:
    return title_of(Reference(KINDS.framework, KINDS.version, item.kind))


# --- versions --------------------------------------------------------------------------------


@dataclass(frozen=True)
class VersionShown:
    """A version and the items it is about; None when the bank no longer has them."""

    version: RelationVersion
    item: BankItem | None
    needed: BankItem | None


def shown(versions: Iterable[RelationVersion], bank: Bank) -> list[VersionShown]:
    return [VersionShown(row, bank.item(row.item), bank.item(row.needed)) for row in versions]
