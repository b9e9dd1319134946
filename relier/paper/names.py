"""The names of people, where a page of this room shows one.

Sheets know opaque subjects only: `people`, a floor above, says with `told_by` how a subject is
called, and who is found by a name. Without it, nobody has a name here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from relier.accounts.actors import Actor


@dataclass(frozen=True)
class Named:
    """`subject`: the id of the file that is shown; `hint`: what helps to tell two people apart."""

    subject: UUID
    name: str
    hint: str = ""


class Directory(Protocol):
    """Of the people whom a member reaches, and of nobody else."""

    def called(self, by: Actor, subjects: Iterable[UUID]) -> Mapping[UUID, Named]:
        """By the subjects that were asked for; two files that were joined bear one name."""
        ...

    def found(self, by: Actor, text: str, *, most: int) -> list[Named]:
        """By a piece of their name; "": the first ones, by their name."""
        ...


class _Nobody:
    def called(self, by: Actor, subjects: Iterable[UUID]) -> Mapping[UUID, Named]:
        return {}

    def found(self, by: Actor, text: str, *, most: int) -> list[Named]:
        return []


_directory: Directory = _Nobody()


def told_by(directory: Directory) -> None:
    """Said once, as Relier starts."""
    global _directory
    _directory = directory


def called(by: Actor, subjects: Iterable[UUID | None]) -> Mapping[UUID, Named]:
    wanted = {one for one in subjects if one is not None}
    return _directory.called(by, wanted) if wanted else {}


def found(by: Actor, text: str, *, most: int) -> list[Named]:
    return _directory.found(by, text, most=most)
