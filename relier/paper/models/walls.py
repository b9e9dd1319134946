"""Who sees a page that came back (docs/walls.md), where no person needs to be known.

A page of someone is seen by the members who reach them: `people`, a floor above, says whom with
`reached_by`. Until a room says otherwise of its sheet with `say_wall`, only those of them who are
bound by secrecy see it: what is written on paper may be anything. A page of nobody (unknown, or a
blank copy that nobody gave a name yet) is seen by whoever received it, or printed it, and by the
coordinators of the centre.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from relier.accounts.actors import Actor
from relier.centres.access import may_steer

# An actor of a centre -> the ids of the subjects they reach.
Question = Callable[[Actor], "QuerySet[Any, Any]"]


class Wall(StrEnum):
    TEAM = "team"  # the whole team that follows
    SECRECY = "secrecy"  # of them, those bound by secrecy
    PRINTER = "printer"  # of them, whoever printed the sheet with the person


_reached: list[Question] = []
_walls: dict[str, Wall] = {}


def reached_by(question: Question) -> Question:
    """Say whom a member reaches; used as a decorator by the floor that knows people."""
    _reached.append(question)
    return question


def say_wall(sheet: str, wall: Wall) -> None:
    """Said by a room beside `register`, once for each sheet."""
    if sheet in _walls:
        raise ValueError(f"The wall of {sheet} is said already.")
    _walls[sheet] = wall


def of_those_reached(actor: Actor, lookup: str) -> Q:
    """Rows about someone whom this actor reaches. Nobody, where no floor said whom."""
    found = Q(pk__in=[])
    for question in _reached:
        found |= Q(**{f"{lookup}__in": question(actor)})
    return found


def visible(actor: Actor | None, *, copy: str, nobodys: Q) -> Q:
    """A condition on rows: `copy` leads from a row to its copy ("" for the copy itself, else with
    its underscores), `nobodys` says which rows are of nobody known."""
    if not actor or not actor.in_a_centre:
        return Q(pk__in=[])
    reached = of_those_reached(actor, f"{copy}subject")
    sheet, printer = f"{copy}printing__sheet__name", f"{copy}printing__by"
    opened = Q(**{f"{sheet}__in": _said(Wall.TEAM)})
    opened |= Q(**{f"{sheet}__in": _said(Wall.PRINTER), printer: actor.id})
    if actor.bound:
        opened |= ~Q(**{f"{sheet}__in": [*_said(Wall.TEAM), *_said(Wall.PRINTER)]})
    return (reached & opened) | nobodys


def theirs_or_steered(actor: Actor | None, *received_by: str) -> Q:
    """Rows of nobody: everything for a coordinator, what they did themselves for the others."""
    if may_steer(actor):
        return Q(pk__isnull=False)  # an empty Q beside another, by `or`, is that other alone
    found = Q(pk__in=[])
    for lookup in received_by if actor else ():
        found |= Q(**{lookup: actor.id})  # type: ignore[union-attr]
    return found


def _said(wall: Wall) -> list[str]:
    return sorted(name for name, said in _walls.items() if said is wall)
