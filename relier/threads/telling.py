"""The whole path of a problem, in order, as plain words: the page and the paper say the same.

Nobody stands in it: no author, no name of anyone accompanied. What is missing is said too.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.inquiry import linked
from relier.inquiry.models import Passage, Problem

from .kinds import NAMES, registered
from .models import Tie


@dataclass(frozen=True)
class Knot:
    """One thing of the path. `tie`: what untying it would undo; None for what its room holds."""

    words: str
    address: str = ""
    day: date | None = None
    is_quoted: bool = False
    tie: Tie | None = None


@dataclass
class Stage:
    """`missing`: what is said where there is nothing."""

    name: str
    title: str
    pictogram: str
    missing: str
    knots: list[Knot] = field(default_factory=list)


def told(problem: Problem, actor: Actor) -> list[Stage]:
    """As many queries whatever there is: of the problem, its ties, and one for each kind."""
    found = _stages()
    passages = problem.passages.select_related("testimony")
    found["lived"].knots = [_quoted(one) for one in passages]
    found["linked"].knots = [
        Knot(
            _("It %(how)s: %(other)s") % {"how": one.how, "other": one.other.title},
            _address("problem", one.other),
        )
        for one in linked.of_problem(problem)
    ]
    founded = {one.testimony_id for one in passages}
    for name, tie, row in _tied(problem, actor):
        if name == "lived" and row.pk in founded:
            continue  # its words stand there already
        found[name].knots.append(_knot(tie, row))
    return list(found.values())


def _stages() -> dict[str, Stage]:
    each = (
        Stage("lived", _("What was lived"), "testimony", _("Nobody told what they lived yet.")),
        Stage(
            "linked",
            _("What it is linked to"),
            "problem",
            _("It is not linked to another problem yet."),
        ),
        Stage("question", _("What we asked"), "question", _("No question was asked yet.")),
        Stage("decision", _("What we try"), "trial", _("Nothing was decided yet.")),
        Stage(
            "sheet",
            _("What we wrote for it"),
            "resource",
            _("No sheet was written or revised yet."),
        ),
        Stage(
            "changed",
            _("What it changed"),
            "thread",
            _("What it changed was not told yet."),
        ),
    )
    return {stage.name: stage for stage in each}


# Where a tie stands, by the kind of its two ends.
_PLACES = {"question": "question", "decision": "decision", "resource": "sheet"}


def _tied(problem: Problem, actor: Actor) -> Iterable[tuple[str, Tie, Any]]:
    """Stage, tie, and the row that it brings into the thread; without what is gone."""
    ties = list(Tie.objects.filter(thread__problem=problem))
    wanted: dict[str, set[Any]] = defaultdict(set)
    for tie in ties:
        name, key = _brought(tie)
        wanted[name].add(key)
    rows = {}
    for name in NAMES:
        kind = registered(name)
        rows[name] = kind.by_id(actor, wanted[name]) if kind else {}
    for tie in ties:
        name, key = _brought(tie)
        row = rows[name].get(key)
        if row is not None and not getattr(row, "is_withdrawn", False):
            yield _place(tie), tie, row


def _brought(tie: Tie) -> tuple[str, Any]:
    """The end that is not where the thread came from."""
    if tie.to_kind == "problem":
        return tie.from_kind, tie.from_id
    return tie.to_kind, tie.to_id


def _place(tie: Tie) -> str:
    if tie.to_kind == "problem":
        return "lived"
    return _PLACES.get(tie.to_kind, "changed")


def _knot(tie: Tie, row: Any) -> Knot:
    kind = registered(_brought(tie)[0])
    if kind is None:  # its row was found by it a moment ago
        raise LookupError(tie.to_kind)
    quoted = kind.name == "testimony"
    return Knot(kind.title(row), kind.address(row), getattr(row, kind.day), quoted, tie)


def _quoted(passage: Passage) -> Knot:
    testimony = passage.testimony
    if testimony.is_withdrawn:
        return Knot(_("A testimony that was taken back since."))
    words = " ".join(passage.words.split())
    return Knot(words, _address("testimony", testimony), testimony.given_on, is_quoted=True)


def _address(name: str, row: Any) -> str:
    kind = registered(name)
    return kind.address(row) if kind else ""
