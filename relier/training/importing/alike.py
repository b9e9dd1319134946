"""Who may be the same person: lines of a file with each other, and with the people of the centre.

Names are compared as `people.search.likely_same` does, but all at once: two are compared only where
they share a key (the same words whatever their order, accents and hyphens; two sounds; a sound and
the day of birth), so that ten thousand lines cost seconds. A proposal, never a decision.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

from relier.accounts.actors import Actor
from relier.lib import names
from relier.lib.spreadsheets import Book
from relier.people.models import Person
from relier.people.search import why_alike

# How many are compared under one key, and proposed for one line.
COMPARED, PROPOSED = 120, 4
Key = tuple[Any, ...]


class Bearer(NamedTuple):
    """Someone with a name. `ref`: "p:" and the id of a file of the centre, or "l:" and a line."""

    ref: str
    name: str
    born_on: date | None


class Proposal(NamedTuple):
    """`is_sure`: the same words and the same day of birth."""

    ref: str
    name: str
    born_on: date | None
    reason: str
    is_sure: bool


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in bare letters, in no order: what accents, capitals, hyphens and the
    order of first and family name leave alike."""
    return tuple(sorted(names.fold(name).split()))


def people_of(actor: Actor) -> list[Bearer]:
    """Everyone of the centre, under each of their names. One query."""
    rows = Person.objects.named_to(actor).filter(root__set_aside_at=None).order_by()
    named = rows.values_list("root", "call_name", "family_name", "born_on")
    return [
        Bearer(f"p:{root}", f"{call} {family}".strip(), born) for root, call, family, born in named
    ]


def lines_that_name(book: Book, named: Iterable[str]) -> list[tuple[int, list[str]]]:
    """The lines of a file that hold every word of one of these names: the number and the words of
    each."""
    wanted = [set(words) for words in map(words_of, named) if words]
    found = []
    for sheet in book.sheets:
        for row in sheet.rows:
            told = [cell.text for cell in row.cells]
            here = set(names.fold(" ".join(told)).split())
            if any(words <= here for words in wanted):
                found.append((row.line, told))
    return found


class Index:
    """Those who are known so far, by keys that the same person would share."""

    def __init__(self, bearers: Iterable[Bearer] = ()) -> None:
        self._by_key: dict[Key, list[Bearer]] = defaultdict(list)
        for one in bearers:
            self.add(one)

    def add(self, one: Bearer) -> None:
        for key in _kept_under(one):
            self._by_key[key].append(one)

    def proposals(self, asked: Bearer) -> list[Proposal]:
        """The likeliest first."""
        near: dict[str, Bearer] = {}
        for key in _asked_under(asked):
            for one in self._by_key.get(key, ())[:COMPARED]:
                near.setdefault(f"{one.ref} {one.name}", one)
        best: dict[str, tuple[float, Proposal]] = {}
        for one in near.values():
            alike = names.likeness(asked.name, one.name, asked.born_on, one.born_on)
            if alike.likely and alike.score > best.get(one.ref, (0.0,))[0]:
                reason = why_alike(alike.reason, alike.born)
                sure = (
                    words_of(asked.name) == words_of(one.name) and alike.born is names.Born.AGREES
                )
                best[one.ref] = (alike.score, Proposal(*one, reason, sure))
        ranked = sorted(best.values(), key=_rank)
        return [proposal for _score, proposal in ranked[:PROPOSED]]


def _rank(scored: tuple[float, Proposal]) -> tuple[bool, float, str]:
    score, proposal = scored
    return not proposal.is_sure, -score, proposal.ref


def _kept_under(one: Bearer) -> Iterator[Key]:
    sounds = sorted(names.sound_keys(one.name))
    yield from _shared(one, sounds)
    for sound in sounds:
        yield ("among words", sound)
    if len(words_of(one.name)) == 1:
        for sound in sounds:
            yield ("alone", sound)


def _asked_under(one: Bearer) -> Iterator[Key]:
    sounds = sorted(names.sound_keys(one.name))
    yield from _shared(one, sounds)
    is_alone = len(words_of(one.name)) == 1
    for sound in sounds:
        yield ("among words" if is_alone else "alone", sound)


def _shared(one: Bearer, sounds: list[str]) -> Iterator[Key]:
    words = words_of(one.name)
    yield ("words", *words)
    yield ("letters", "".join(words))
    for pair in combinations(sounds, 2):
        yield ("sounds", *pair)
    if one.born_on:
        for sound in sounds:
            yield ("born", sound, one.born_on)
