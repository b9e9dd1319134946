"""What a positioning comes to: "you can", "you could learn, if you like", "we did not ask".

Plain values in, plain values out: no database, no Django, no number. A person's own word is never
contradicted: the model only adds what was not asked, beside it and with its reason, and only where
something they said they can do needs it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .banks import Bank, BankItem
from .frameworks import Words

YES: Final = "yes"
COULD_LEARN: Final = "could_learn"
NO_NEED: Final = "no_need"
UNCLEAR: Final = "unclear"
RATHER_NOT: Final = "rather_not"
# How an answer is read: the others say nothing of what someone can do.
READ_AS: Final = {YES: True, COULD_LEARN: False}
# More would be a programme, not a proposal.
MOST_WITHIN_REACH: Final = 3

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Deduced:
    """What was not asked and often goes with something said: `because` is that something."""

    item: BankItem
    because: BankItem


@dataclass(frozen=True)
class Result:
    """Each item of the bank stands in one place at most, in the order of the bank."""

    said: tuple[BankItem, ...] = ()
    deduced: tuple[Deduced, ...] = ()
    within_reach: tuple[BankItem, ...] = ()
    # They could learn these too; for another time, or after something else.
    later: tuple[BankItem, ...] = ()
    not_needed: tuple[BankItem, ...] = ()
    # Not asked, not understood, or rather not said: all the same here.
    not_asked: tuple[BankItem, ...] = ()

    @property
    def can(self) -> frozenset[str]:
        return frozenset(item.id for item in self.said) | {one.item.id for one in self.deduced}


def arrange(
    bank: Bank,
    needs: Pairs,
    answers: Mapping[str, str],
    likely: Collection[str],
    parts: Collection[str] = (),
) -> Result:
    """Put the items of a bank in their places.

    `needs`: pairs (item, needed). `answers`: item -> what stands on it. `likely`: the items that
    the model believes they can do. `parts`: those that were asked, all when there are none.
    """
    needed = all_needed(needs)
    said = [item for item in bank.items if answers.get(item.id) == YES]
    deduced = _deduced(bank, needed, answers, likely)
    within = _within_reach(bank, needed, answers, likely, parts)
    placed = {item.id for item in (*said, *within)} | {one.item.id for one in deduced}
    rest = [item for item in bank.items if item.id not in placed]
    asked = [item for item in rest if not parts or item.part in parts]
    silent = {None, UNCLEAR, RATHER_NOT}
    return Result(
        said=tuple(said),
        deduced=tuple(deduced),
        within_reach=tuple(within),
        later=tuple(item for item in rest if answers.get(item.id) == COULD_LEARN),
        not_needed=tuple(item for item in rest if answers.get(item.id) == NO_NEED),
        not_asked=tuple(item for item in asked if answers.get(item.id) in silent),
    )


def all_needed(needs: Pairs) -> dict[str, list[str]]:
    """Item -> all that it needs, the nearest first. The relation has no loop."""
    direct: dict[str, list[str]] = {}
    for item, other in needs:
        direct.setdefault(item, []).append(other)

    def from_here(item: str) -> list[str]:
        found = list(direct.get(item, []))
        for other in found:  # grows as it is read
            found += [more for more in direct.get(other, []) if more not in found]
        return found

    return {item: from_here(item) for item in direct}


def _deduced(
    bank: Bank,
    needed: Mapping[str, list[str]],
    answers: Mapping[str, str],
    likely: Collection[str],
) -> list[Deduced]:
    """Never asked, believed by the model, and needed by something they said they can do: without
    such a reason nothing is said. Whoever skipped a question is not answered for."""
    found = []
    for item in bank.items:
        if item.id in answers or item.id not in likely:
            continue
        reasons = [
            (needed[other.id].index(item.id), other)
            for other in bank.items
            if answers.get(other.id) == YES and item.id in needed.get(other.id, ())
        ]
        if reasons:
            found.append(Deduced(item, min(reasons, key=lambda reason: reason[0])[1]))
    return found


def _within_reach(
    bank: Bank,
    needed: Mapping[str, list[str]],
    answers: Mapping[str, str],
    likely: Collection[str],
    parts: Collection[str],
) -> list[BankItem]:
    """The outer fringe of what they can do: not yet theirs, and all that it needs is.

    What they could learn by their own word comes first; what they have no need of never comes.
    """
    theirs = {item.id for item in bank.items if _can(item.id, answers, likely)}
    fringe = [
        item
        for item in bank.items
        if item.id not in theirs
        and answers.get(item.id) != NO_NEED
        and theirs.issuperset(needed.get(item.id, ()))
    ]

    def wish(item: BankItem) -> tuple[bool, bool, bool]:
        answer = answers.get(item.id)
        elsewhere = bool(parts) and item.part not in parts
        return (answer != COULD_LEARN, answer == RATHER_NOT, elsewhere)

    return sorted(fringe, key=wish)[:MOST_WITHIN_REACH]


def _can(item: str, answers: Mapping[str, str], likely: Collection[str]) -> bool:
    """By their word, or by the model's where their word says nothing."""
    said = READ_AS.get(answers.get(item, ""))
    return item in likely if said is None else said


# --- the same list, in two orders ---------------------------------------------------------------


@dataclass(frozen=True)
class Group:
    title: Words
    pictogram: str
    items: tuple[BankItem, ...]


# The three kinds (the framework "three-kinds"), as a person says them, each with its picture.
KINDS: Final = {
    "instrumental": (Words("Handling it", "Manier les appareils"), "smartphone"),
    "informational": (Words("Finding and understanding", "Chercher et comprendre"), "search"),
    "strategic": (Words("Using it for your own life", "S'en servir dans sa vie"), "idea"),
}


def by_part(bank: Bank, items: Sequence[BankItem]) -> list[Group]:
    """By the sides of life that the bank names (the areas of DigComp, and first steps)."""
    groups = (
        Group(part.title, part.pictogram, tuple(item for item in items if item.part == part.id))
        for part in bank.parts
    )
    return [group for group in groups if group.items]


def by_kind(items: Sequence[BankItem]) -> list[Group]:
    """By the three kinds of competence: instrumental, informational, strategic."""
    groups = (
        Group(title, picture, tuple(item for item in items if item.kind == kind))
        for kind, (title, picture) in KINDS.items()
    )
    return [group for group in groups if group.items]


# --- over time ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class OverTime:
    """One item, and what stands on it each time, the first time first ("" when not asked)."""

    item: BankItem
    says: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Whether two of the times that it was answered differ."""
        return len({says for says in self.says if says}) > 1


def side_by_side(bank: Bank, times: Sequence[Mapping[str, str]]) -> list[OverTime]:
    """The items answered at least once, in the order of the bank. Nothing is counted or compared
    but word with word."""
    rows = [OverTime(item, tuple(time.get(item.id, "") for time in times)) for item in bank.items]
    return [row for row in rows if any(row.says)]
