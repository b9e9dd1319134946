"""The relation of a bank as a centre sees it: as shipped (number 0), or as its members amended it.

A version holds every need. When a later bank comes with other items, a centre keeps what it
decided: needs on items that are gone are left out, and the shipped needs of the items that came
since are taken in. `needs_for` says how; it is the same whenever the same version is read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from relier.accounts.actors import Actor
from relier.centres.models import Centre

from . import banks, order
from .banks import Bank, Need
from .frameworks import Words
from .models import RelationVersion

if TYPE_CHECKING:
    from .spaces import Space

# Whose relation: a member's (their centre's), a centre's, or nobody's (as shipped).
Whose = Actor | Centre | UUID | None

SHIPPED = 0


@dataclass(frozen=True)
class Relation:
    """What each item of a bank asks for first, in one version. `number` 0: as shipped."""

    bank: Bank
    number: int
    needs: tuple[Need, ...]

    @property
    def pairs(self) -> tuple[order.Pair, ...]:
        """(item, needed), in the order of the needs."""
        return tuple((need.item, need.needs) for need in self.needs)

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(item.id for item in self.bank.items)

    def need(self, item: str, needed: str) -> Need | None:
        return next((n for n in self.needs if (n.item, n.needs) == (item, needed)), None)


def current(whose: Whose, bank: Bank | str) -> Relation:
    """The relation in use. One query; none for who is in no centre (they read the shipped one).

    Raises LookupError when no such bank comes with Relier.
    """
    bank, centre = _bank(bank), _centre(whose)
    if centre is None:
        return shipped(bank)
    latest = RelationVersion.objects.filter(centre=centre).of(bank.id).first()
    return of_version(latest, bank) if latest else shipped(bank)


def at(whose: Whose, bank: Bank | str, number: int) -> Relation:
    """The relation as it was in one version. Raises LookupError when there is none such."""
    bank, centre = _bank(bank), _centre(whose)
    if number == SHIPPED:
        return shipped(bank)
    rows = RelationVersion.objects.filter(centre=centre, number=number).of(bank.id)
    row = rows.first() if centre else None
    if row is None:
        raise LookupError(f"The relation of {bank.id} has no version {number} here.")
    return of_version(row, bank)


def versions(actor: Actor | None, bank: Bank) -> list[RelationVersion]:
    """Every version that the actor's centre made, the latest first, with who made it."""
    return list(RelationVersion.objects.visible_to(actor).of(bank.id).signed())


def since(actor: Actor | None, bank: Bank, number: int) -> list[RelationVersion]:
    """What colleagues changed after a version, in the order they did."""
    rows = RelationVersion.objects.visible_to(actor).of(bank.id)
    return list(rows.since(number).signed())


def shipped(bank: Bank) -> Relation:
    return Relation(bank, SHIPPED, bank.needs)


def of_version(row: RelationVersion, bank: Bank) -> Relation:
    """A kept row, read on the items that the bank has today."""
    return Relation(bank, row.number, needs_for(bank, row.items, map(need_of, row.needs)))


def needs_for(bank: Bank, known_items: Iterable[str], kept: Iterable[Need]) -> tuple[Need, ...]:
    """What a centre kept, on the items of this bank: `known_items` are those it decided on.

    A shipped need of a newer item is taken in unless it would close a loop with what was kept.
    """
    ids, known = {item.id for item in bank.items}, set(known_items)
    needs = [need for need in kept if {need.item, need.needs} <= ids]
    for need in bank.needs:
        is_new = not {need.item, need.needs} <= known
        pairs = [(n.item, n.needs) for n in needs]
        if is_new and not order.way(pairs, need.needs, need.item):
            needs.append(need)
    return tuple(needs)


def space_of(relation: Relation) -> "Space":
    """The space of feasible sets. Kept in memory: building it may be slow, reading it is not.

    Raises spaces.TooWide when the relation leaves too much open to be computed.
    """
    return _space(relation.items, tuple(sorted(relation.pairs)))


@lru_cache(maxsize=32)
def _space(items: tuple[str, ...], pairs: tuple[order.Pair, ...]) -> "Space":
    # By what it is made of, not by its number: two centres with the same needs share one space,
    # and a version undone by a failed transaction leaves nothing wrong behind.
    # numpy weighs 16 MB: it comes with the first positioning that is read.
    from .spaces import Space

    return Space.of(items, pairs)


def as_data(needs: Iterable[Need]) -> list[dict[str, Any]]:
    """As a row keeps them."""
    return [
        {"item": n.item, "needs": n.needs, "because": {"en": n.because.en, "fr": n.because.fr}}
        for n in needs
    ]


def need_of(data: Mapping[str, Any]) -> Need:
    because = data["because"]
    return Need(data["item"], data["needs"], Words(because["en"], because["fr"]))


def _bank(bank: Bank | str) -> Bank:
    found = banks.find(bank) if isinstance(bank, str) else bank
    if found is None:
        raise LookupError(f"There is no bank {bank}.")
    return found


def _centre(whose: Whose) -> UUID | None:
    if isinstance(whose, Centre):
        return whose.pk
    if isinstance(whose, UUID):
        return whose
    return whose.centre if whose else None
