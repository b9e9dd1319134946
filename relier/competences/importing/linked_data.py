"""The JSON-LD of the data supplement, read as plain JSON.

Its @context maps words to themselves, so no address can be resolved, and the level links
("ProficiencyLevel/Basic") lead to no node (the nodes are "ProficiencyLevel/Basic_1"): treating it
as linked data would lose the levels. No address is ever followed.
"""

from collections.abc import Callable
from typing import Any, Final

from relier.competences.strict import Box, FrameworkError, gettext_noop, read_json, shorten

from .supplement import LevelRow, Row, Supplement

MAX_NODES: Final = 5_000


def read(raw: bytes) -> Supplement:
    """Read the bytes of a JSON-LD supplement. Raises FrameworkError."""
    supplement = Supplement()
    with Box(read_json(raw), "") as box:
        box.take("@context", None)
        for number, (value, place) in enumerate(box.each("@graph"), start=1):
            if number > MAX_NODES:
                raise FrameworkError(
                    gettext_noop(
                        "The file holds far more than DigComp 3.0: take the official file."
                    )
                )
            with Box(value, place) as node:
                _keep(node, supplement)
    return supplement


def _keep(node: Box, supplement: Supplement) -> None:
    kind = node.text("@type")
    if kind not in _READERS:
        raise FrameworkError(
            gettext_noop("“%(kind)s” is not a part of DigComp 3.0: take the official file."),
            place=node.place,
            kind=shorten(kind),
        )
    name, reader = _READERS[kind]
    getattr(supplement, name).append(reader(node, kind))


def _local(node: Box, key: str, kind: str) -> str:
    """What follows "Kind/" in a link."""
    found = node.text(key)
    start = f"{kind}/"
    if not found.startswith(start):
        raise FrameworkError(
            gettext_noop("“%(found)s” does not start with %(start)s: take the official file."),
            place=node.at(key),
            found=shorten(found),
            start=start,
        )
    return found.removeprefix(start)


def _area(node: Box, kind: str) -> Row:
    return Row(
        node.place, _local(node, "@id", kind), name=node.text("name"), text=node.text("description")
    )


def _competence(node: Box, kind: str) -> Row:
    row = _area(node, kind)
    row.parent = _local(node, "competence_area_id", "CompetenceArea")
    return row


def _statement(node: Box, kind: str) -> Row:
    return Row(
        place=node.place,
        id=_local(node, "@id", kind),
        parent=_local(node, "competence_id", "Competence"),
        area=_local(node, "competence_area_id", "CompetenceArea"),
        text=node.text("description"),
        level=_local(node, "four_levels_proficiency_name", "ProficiencyLevel"),
        ai=node.text("ai_label"),
    )


def _outcome(node: Box, kind: str) -> Row:
    row = _statement(node, kind)
    row.kind = node.text("type")
    return row


def _level(node: Box, kind: str) -> LevelRow:
    _local(node, "@id", kind)
    return LevelRow(
        place=node.place,
        four=node.text("four_levels_name"),
        eight=str(node.count_or_none("eight_levels_mapping")),
        six=node.text("six_levels_mapping"),
        four_text=node.text("four_levels_description"),
        purpose=node.text("applies_to"),
        eight_text=node.text("eight_levels_description"),
    )


def _term(node: Box, kind: str) -> Row:
    return Row(node.place, _local(node, "@id", kind), text=node.text("explanation"))


_READERS: Final[dict[str, tuple[str, Callable[[Box, str], Any]]]] = {
    "CompetenceArea": ("areas", _area),
    "Competence": ("competences", _competence),
    "ProficiencyLevel": ("levels", _level),
    "CompetenceStatement": ("statements", _statement),
    "LearningOutcome": ("outcomes", _outcome),
    "Glossary": ("terms", _term),
}
