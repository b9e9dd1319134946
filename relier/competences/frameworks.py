"""What a framework of competences is, and those that come with Relier.

A framework is data: groups of items, one or several scales of levels, and what must be said
of it (licence, what was verified, what is doubtful, for whom it is). `packages/README.md`
documents the file; `package_files.py` reads and writes it. The official texts of a framework
(statements, outcomes) are imported by the centre and come back as the same dataclasses.

Plain Python: no Django here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from .strict import FrameworkError

__all__ = ["FrameworkError"]

AUDIENCES: Final = ("citizens", "workers", "both")
ITEMS_ARE: Final = ("competences", "parts", "kinds", "topics")
KINDS: Final = ("knowledge", "skill", "attitude")
AI_LABELS: Final = ("explicit", "implicit", "none")
LANGUAGES: Final = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in English and French; `ours` names the languages we translated ourselves."""

    en: str
    fr: str
    ours: tuple[str, ...] = ()

    def told_in(self, language: str) -> str:
        """The words in a language ("fr", "fr-be", "en"…); English when there are none in it."""
        return self.fr if language.startswith("fr") else self.en

    def is_ours(self, language: str) -> bool:
        """Whether the words in this language are our working translation."""
        return ("fr" if language.startswith("fr") else "en") in self.ours


@dataclass(frozen=True, slots=True)
class Reference:
    """Another framework, or one item of it ("" for the whole)."""

    framework: str
    version: str
    item: str = ""

    @property
    def key(self) -> str:
        """The name of the version in an address: "digcomp-3.0"."""
        return f"{self.framework}-{self.version}"


@dataclass(frozen=True, slots=True)
class Group:
    """What the framework puts together. `description` is the official text, where imported."""

    id: str
    title: Words
    description: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the framework names. `graded` None follows the framework."""

    id: str
    group: str
    title: Words
    graded: bool | None = None
    note: Words | None = None
    became: Reference | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One level of a scale, lowest first."""

    id: str
    title: Words
    description: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    id: str
    title: Words
    note: Words
    steps: tuple[Step, ...]

    def step(self, step_id: str) -> Step:
        return next(s for s in self.steps if s.id == step_id)


@dataclass(frozen=True, slots=True)
class LevelMap:
    """Which steps of the scale `to` each step of the scale `from_` covers."""

    from_: str
    to: str
    pairs: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of competence. `level` is a step of the first scale; `text` "" when not ours
    to ship: only the identifier and how it is filed are facts."""

    id: str
    item: str
    level: str
    ai: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A learning outcome, filed as knowledge, skill or attitude; otherwise like a Statement."""

    id: str
    item: str
    level: str
    kind: str
    ai: str
    text: str = ""


Filed = Statement | Outcome


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the framework's own glossary."""

    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Framework:
    """One version of a framework. `packages/README.md` says what each field holds."""

    id: str
    version: str
    title: Words
    publisher: str
    published: str
    reference: str
    purpose: Words
    limits: Words
    audience: str
    items_are: str
    items_announced: int | None
    graded: bool
    groups: tuple[Group, ...]
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]
    maps: tuple[LevelMap, ...]
    licence: str | None
    licence_verified: bool
    licence_note: Words
    attribution: str
    verified: bool
    verified_scope: Words
    doubts: tuple[Words, ...]
    # Told in English whatever the language of the page, which says so.
    sources: tuple[str, ...]
    profile_of: Reference | None
    accessed: date
    statements: tuple[Statement, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    terms: tuple[Term, ...] = ()
    # The language of the official texts; "" when none is held.
    texts_in: str = ""
    _items_by_id: dict[str, Item] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_items_by_id", {item.id: item for item in self.items})

    @property
    def key(self) -> str:
        """The name of this version in an address: "digcomp-3.0"."""
        return f"{self.id}-{self.version}"

    def item(self, item_id: str) -> Item | None:
        return self._items_by_id.get(item_id)

    def items_of(self, group_id: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.group == group_id)

    def group(self, group_id: str) -> Group:
        return next(group for group in self.groups if group.id == group_id)

    def is_graded(self, item: Item) -> bool:
        """Whether levels mean anything for this item: its own word first, else the framework's."""
        return self.graded if item.graded is None else item.graded

    @property
    def items_unread(self) -> int:
        """How many items the framework announces and we could not read."""
        return max(0, (self.items_announced or 0) - len(self.items))

    def statements_of(self, item_id: str) -> tuple[Statement, ...]:
        return tuple(s for s in self.statements if s.item == item_id)

    def outcomes_of(self, item_id: str) -> tuple[Outcome, ...]:
        return tuple(o for o in self.outcomes if o.item == item_id)

    def scale(self, scale_id: str) -> Scale:
        return next(scale for scale in self.scales if scale.id == scale_id)

    def covers(self, scale_id: str, step_id: str, *, to: str) -> tuple[str, ...]:
        """The steps of the scale `to` that a step covers, by the shortest chain of maps,
        read in either direction; () when the framework says nothing of it."""
        seen = {scale_id}
        reached: list[tuple[str, tuple[str, ...]]] = [(scale_id, (step_id,))]
        for here, steps in reached:
            if here == to:
                order = [step.id for step in self.scale(to).steps]
                return tuple(sorted(steps, key=order.index))
            for there, pairs in self._ways(here):
                if there not in seen:
                    seen.add(there)
                    met = {found for step in steps for found in pairs.get(step, ())}
                    reached.append((there, tuple(met)))
        return ()

    def _ways(self, scale_id: str) -> Iterable[tuple[str, dict[str, tuple[str, ...]]]]:
        for level_map in self.maps:
            if level_map.from_ == scale_id:
                yield level_map.to, level_map.pairs
            if level_map.to == scale_id:
                back: dict[str, tuple[str, ...]] = {}
                for high, low in level_map.pairs.items():
                    for step in low:
                        back[step] = (*back.get(step, ()), high)
                yield level_map.from_, back


@cache
def shipped() -> tuple[Framework, ...]:
    """Every framework that comes with Relier, in alphabetical order, the newest version first.

    Raises FrameworkError when a package is wrong: the tests read them all, so a copy of Relier
    that was installed whole never does.
    """
    from .package_files import parse

    folder = resources.files(__package__) / "packages"
    files = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".json")),
        key=lambda entry: entry.name,
    )
    found = [parse(entry.read_bytes(), name=entry.name) for entry in files]
    found.sort(key=lambda framework: framework.version, reverse=True)
    found.sort(key=lambda framework: framework.id)
    if len({framework.key for framework in found}) != len(found):
        raise FrameworkError("Two packages hold the same version of the same framework.")
    return tuple(found)


def find(framework_id: str, version: str) -> Framework | None:
    """The shipped framework of this id and version, if there is one."""
    wanted = f"{framework_id}-{version}"
    return next((f for f in shipped() if f.key == wanted), None)
