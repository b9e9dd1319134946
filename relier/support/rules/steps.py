"""The order of the agreed steps: plain lists in, plain lists out."""

from collections.abc import Sequence
from typing import TypeVar

Id = TypeVar("Id")


def placed_before(order: Sequence[Id], moved: Id, other: Id) -> list[Id]:
    """The order once `moved` stands just before `other`. Asked twice, it is the same."""
    return _placed(order, moved, other, shift=0)


def placed_after(order: Sequence[Id], moved: Id, other: Id) -> list[Id]:
    """The order once `moved` stands just after `other`. Asked twice, it is the same."""
    return _placed(order, moved, other, shift=1)


def _placed(order: Sequence[Id], moved: Id, other: Id, *, shift: int) -> list[Id]:
    if moved == other or moved not in order or other not in order:
        return list(order)
    rest = [one for one in order if one != moved]
    place = rest.index(other) + shift
    return [*rest[:place], moved, *rest[place:]]
