"""The data supplement of DigComp 3.0, whatever the format it came in, made into a Framework.

Both readers give a `Supplement` of raw words. Here each identifier, level, kind and label must be
a known one, each link must lead somewhere, and the counts must be exactly those of DigComp 3.0:
5 areas, 21 competences, 362 statements, 523 outcomes (JRC144121, data supplement of 24 November
2025). The file itself states no licence; licence and attribution come from the report, as the
shipped package gives them.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final, TypeVar

from relier.competences.frameworks import (
    Filed,
    Framework,
    Group,
    Item,
    Outcome,
    Scale,
    Statement,
    Step,
    Term,
    find,
)
from relier.competences.package_files import as_data
from relier.competences.strict import FrameworkError, check_plain, gettext_noop, one_line, shorten

# How many of each, and what is said when there are more or fewer.
COUNTS: Final = {
    "areas": (
        5,
        gettext_noop(
            "The file holds %(found)s areas where DigComp 3.0 has %(expected)s: "
            "it was cut or is another version. Take the official file again."
        ),
    ),
    "competences": (
        21,
        gettext_noop(
            "The file holds %(found)s competences where DigComp 3.0 has %(expected)s: "
            "it was cut or is another version. Take the official file again."
        ),
    ),
    "statements": (
        362,
        gettext_noop(
            "The file holds %(found)s statements where DigComp 3.0 has %(expected)s: "
            "it was cut or is another version. Take the official file again."
        ),
    ),
    "outcomes": (
        523,
        gettext_noop(
            "The file holds %(found)s outcomes where DigComp 3.0 has %(expected)s: "
            "it was cut or is another version. Take the official file again."
        ),
    ),
}
LEVELS: Final = {
    "basic": "basic",
    "intermediate": "intermediate",
    "advanced": "advanced",
    "highly advanced": "highly-advanced",
}
AI: Final = {
    "ai-explicit": "explicit",
    "ai-implicit": "implicit",
    "ai not implicit or explicit": "none",
}
KINDS: Final = {"knowledge": "knowledge", "skill": "skill", "attitude": "attitude"}
_AREA: Final = re.compile(r"[1-5]")
_COMPETENCE: Final = re.compile(r"[1-5]\.[1-9]")
_STATEMENT: Final = re.compile(r"CS([1-5]\.[1-9])\.\d\d")
_OUTCOME: Final = re.compile(r"LO([1-5]\.[1-9])\.\d\d")


@dataclass(slots=True)
class Row:
    """One line of the supplement, in its own words. `place` says where it stands in the file."""

    place: str
    id: str
    parent: str = ""
    area: str = ""
    name: str = ""
    text: str = ""
    level: str = ""
    kind: str = ""
    ai: str = ""


@dataclass(slots=True)
class LevelRow:
    """One line of the correspondence of levels: four, eight, six, and their descriptions."""

    place: str
    four: str
    eight: str
    six: str
    four_text: str
    purpose: str
    eight_text: str


@dataclass(slots=True)
class Supplement:
    areas: list[Row] = field(default_factory=list)
    competences: list[Row] = field(default_factory=list)
    statements: list[Row] = field(default_factory=list)
    outcomes: list[Row] = field(default_factory=list)
    levels: list[LevelRow] = field(default_factory=list)
    terms: list[Row] = field(default_factory=list)


def to_framework(supplement: Supplement) -> Framework:
    """The framework that a supplement describes. Raises FrameworkError unless all of it holds."""
    _check_counts(supplement)
    base = shipped_base()
    areas = _unique(supplement.areas, _AREA)
    competences = _unique(supplement.competences, _COMPETENCE)
    for row in competences.values():
        _linked(row, areas)
        if not row.id.startswith(f"{row.parent}."):
            raise _misfiled(row)
    return replace(
        base,
        groups=tuple(_group(group, areas) for group in base.groups),
        items=tuple(_item(item, competences) for item in base.items),
        scales=_scales(base, supplement.levels),
        statements=tuple(_statements(supplement.statements, competences)),
        outcomes=tuple(_outcomes(supplement.outcomes, competences)),
        terms=_terms(supplement.terms),
        texts_in="en",
    )


def shipped_base() -> Framework:
    """The package that comes with Relier, to which the official texts are added."""
    base = find("digcomp", "3.0")
    if base is None:
        raise FrameworkError(
            gettext_noop("The package of DigComp 3.0 is missing: install Relier again.")
        )
    return base


def with_our_words(official: Framework, base: Framework) -> Framework:
    """The official part of an import, with everything that is ours as `base` says it today.

    An import lasts; our translations, notes and doubts are corrected with each release.
    """
    groups = {group.id: group for group in official.groups}
    items = {item.id: item for item in official.items}
    scales = {scale.id: {s.id: s.description for s in scale.steps} for scale in official.scales}
    return replace(
        base,
        groups=tuple(_said(group, groups[group.id]) for group in base.groups),
        items=tuple(_said(item, items[item.id]) for item in base.items),
        scales=tuple(_described(scale, scales[scale.id].get) for scale in base.scales),
        statements=official.statements,
        outcomes=official.outcomes,
        terms=official.terms,
        texts_in=official.texts_in,
    )


Titled = TypeVar("Titled", Group, Item)


def _said(ours: Titled, theirs: Titled) -> Titled:
    title = replace(ours.title, en=theirs.title.en)
    return replace(ours, title=title, description=theirs.description)


def sum_of_facts(framework: Framework) -> str:
    """The sum of what the official file says, the same whatever its format, and whatever words
    of our own stand beside it in this version of Relier."""
    data = as_data(framework)
    titled = [*data["groups"], *data["items"]]
    steps = [step for scale in data["scales"] for step in scale["steps"]]
    told = [
        [[row["id"], row["title"]["en"], row.get("description")] for row in titled],
        [[step["id"], step.get("description")] for step in steps],
        [data[part] for part in ("statements", "outcomes", "terms")],
    ]
    return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def differences(framework: Framework) -> Iterator[str]:
    """What an imported framework says otherwise than the shipped facts, one short text each."""
    base = shipped_base()
    for mine, theirs in zip(
        base.groups + base.items, framework.groups + framework.items, strict=True
    ):
        if mine.title.en != theirs.title.en:
            yield f"{theirs.id} “{shorten(theirs.title.en)}”"
    facts, read = _facts(base), _facts(framework)
    changed = sorted(key for key in facts.keys() | read.keys() if facts.get(key) != read.get(key))
    if changed:
        yield shorten(", ".join(changed), 120)


def _facts(framework: Framework) -> dict[str, Filed]:
    """How each statement and outcome is filed, without its words."""
    found: dict[str, Filed] = {row.id: replace(row, text="") for row in framework.statements}
    found |= {row.id: replace(row, text="") for row in framework.outcomes}
    return found


# --- what must hold --------------------------------------------------------------------------


def _check_counts(supplement: Supplement) -> None:
    for kind, (expected, sentence) in COUNTS.items():
        found = len(getattr(supplement, kind))
        if found != expected:
            raise FrameworkError(sentence, found=found, expected=expected)


def _words(text: str, place: str) -> str:
    text = one_line(check_plain(text, place=place))
    if not text:
        raise FrameworkError(
            gettext_noop("A text is empty: take the official file again."), place=place
        )
    return text


def _unique(rows: Iterable[Row], shape: re.Pattern[str]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        if not shape.fullmatch(row.id):
            raise FrameworkError(
                gettext_noop(
                    "“%(id)s” is not an identifier of DigComp 3.0: take the official file."
                ),
                place=row.place,
                id=shorten(row.id),
            )
        if row.id in found:
            raise FrameworkError(
                gettext_noop(
                    "The identifier “%(id)s” is given twice: take the official file again."
                ),
                place=row.place,
                id=row.id,
            )
        found[row.id] = row
    return found


def _linked(row: Row, parents: dict[str, Row]) -> None:
    if row.parent not in parents:
        raise _misfiled(row)


def _misfiled(row: Row) -> FrameworkError:
    return FrameworkError(
        gettext_noop(
            "“%(id)s” is filed under “%(parent)s”, where it does not belong: "
            "take the official file again."
        ),
        place=row.place,
        id=row.id,
        parent=shorten(row.parent),
    )


def _one_of(found: str, known: dict[str, str], place: str) -> str:
    try:
        return known[one_line(found).lower()]
    except KeyError:
        raise FrameworkError(
            gettext_noop(
                "“%(found)s” is not a level, kind or label of DigComp 3.0: take the official file."
            ),
            place=place,
            found=shorten(found),
        ) from None


# --- pieces ----------------------------------------------------------------------------------


def _group(group: Group, areas: dict[str, Row]) -> Group:
    row = areas[group.id]
    title = replace(group.title, en=_words(row.name, row.place))
    return replace(group, title=title, description=_words(row.text, row.place))


def _item(item: Item, competences: dict[str, Row]) -> Item:
    row = competences.get(item.id)
    if row is None:
        raise FrameworkError(
            gettext_noop("The competence %(id)s is missing: take the official file again."),
            id=item.id,
        )
    title = replace(item.title, en=_words(row.name, row.place))
    return replace(item, title=title, description=_words(row.text, row.place))


def _filed(
    rows: list[Row], shape: re.Pattern[str], competences: dict[str, Row]
) -> Iterator[tuple[Row, str, str]]:
    for row in _unique(rows, shape).values():
        _linked(row, competences)
        number = shape.fullmatch(row.id)
        if number is None or number[1] != row.parent or row.area != competences[row.parent].parent:
            raise _misfiled(row)
        yield row, _one_of(row.level, LEVELS, row.place), _one_of(row.ai, AI, row.place)


def _statements(rows: list[Row], competences: dict[str, Row]) -> Iterator[Statement]:
    for row, level, ai in _filed(rows, _STATEMENT, competences):
        yield Statement(row.id, row.parent, level, ai, _words(row.text, row.place))


def _outcomes(rows: list[Row], competences: dict[str, Row]) -> Iterator[Outcome]:
    for row, level, ai in _filed(rows, _OUTCOME, competences):
        kind = _one_of(row.kind, KINDS, row.place)
        yield Outcome(row.id, row.parent, level, kind, ai, _words(row.text, row.place))


def _terms(rows: list[Row]) -> tuple[Term, ...]:
    found: dict[str, Term] = {}
    for row in rows:
        word = _words(row.id, row.place)
        if word in found:
            raise FrameworkError(
                gettext_noop(
                    "The identifier “%(id)s” is given twice: take the official file again."
                ),
                place=row.place,
                id=shorten(word),
            )
        found[word] = Term(word, _words(row.text, row.place))
    return tuple(found.values())


def _scales(base: Framework, rows: list[LevelRow]) -> tuple[Scale, ...]:
    """The shipped scales with their official descriptions, once the correspondence is the same."""
    four: dict[str, str] = {}
    eight: dict[str, str] = {}
    for row in rows:
        level = _one_of(row.four, LEVELS, row.place)
        four[level] = _words(f"{row.four_text} {row.purpose}", row.place)
        eight[row.eight] = _words(row.eight_text, row.place)
        agrees = row.eight in base.covers("four", level, to="eight")
        if not agrees or base.covers("eight", row.eight, to="six") != (row.six,):
            raise FrameworkError(
                gettext_noop(
                    "The levels correspond otherwise than in DigComp 3.0: take the official file."
                ),
                place=row.place,
            )
    if len(rows) != 8 or len(eight) != 8:
        raise FrameworkError(
            gettext_noop("The file does not hold the eight levels: take the official file again.")
        )
    texts = {"four": four, "eight": eight, "six": {}}
    return tuple(_described(scale, texts[scale.id].get) for scale in base.scales)


def _described(scale: Scale, text: Callable[[str, str], str | None]) -> Scale:
    def told(step: Step) -> Step:
        return replace(step, description=text(step.id, "") or "")

    return replace(scale, steps=tuple(told(step) for step in scale.steps))
