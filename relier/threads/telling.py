"""The whole path of a problem, in order, as plain words: the page and the paper say the same.

Nobody stands in it: no author, no name of anyone accompanied. What is missing is said too.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.deliberation import telling as deliberated
from relier.deliberation.models import Decision, News, Question
from relier.inquiry import linked
from relier.inquiry.models import Passage, Problem

from .actions import End
from .kinds import NAMES, registered
from .models import Tie


@dataclass(frozen=True)
class Knot:
    """One thing of the path. `tie`: what untying it would undo; None for what its room holds.
    `notes`: what is known of it since, a sentence each; `end`: its kind and key, where something
    may come of it."""

    words: str
    address: str = ""
    day: date | None = None
    is_quoted: bool = False
    tie: Tie | None = None
    notes: tuple[str, ...] = ()
    end: End | None = None


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
    deliberations: dict[str, list[Any]] = {"question": [], "decision": []}
    founded = {one.testimony_id for one in passages}
    for name, tie, row in _tied(problem, actor):
        if name == "lived" and row.pk in founded:
            continue  # its words stand there already
        if name in ("question", "decision"):
            deliberations[name].append((tie, row))
        else:
            found[name].knots.append(_knot(tie, row))
    _deliberated(found, **deliberations)
    return list(found.values())


def _deliberated(
    found: dict[str, Stage],
    question: list[tuple[Tie, Question]],
    decision: list[tuple[Tie, Decision]],
) -> None:
    """Questions with what people think; what was decided on them, whether it is tied or not, with
    how far it is; what it changed."""
    if not question and not decision:
        return
    sentences = deliberated.found_in_words(row for _tie, row in question)
    for tie, row in question:
        found["question"].knots.append(
            Knot(row.words, _address("question", row), row.opened_on, False, tie,
                 (sentences[row.pk],))
        )  # fmt: skip
    ties = {row.pk: tie for tie, row in decision}
    decided = {row.pk: row for _tie, row in decision}
    for one in deliberated.decisions_of(row.pk for _tie, row in question):
        decided.setdefault(one.pk, one)
    news = deliberated.news_of(decided)
    for done in sorted(decided.values(), key=lambda one: (one.decided_on, one.pk)):
        found["decision"].knots.append(_decided(done, ties.get(done.pk), news))
    for told in news:
        if told.state == News.State.CHANGED:
            address = _address("decision", decided[told.decision_id])
            found["changed"].knots.append(Knot(told.words, address, told.on))


def _decided(row: Decision, tie: Tie | None, news: list[News]) -> Knot:
    notes = tuple(
        f"{capfirst(one.get_state_display())} · {one.words}"
        for one in news
        if one.decision_id == row.pk and one.state != News.State.CHANGED
    )
    words = deliberated.decision_in_words(row)
    return Knot(
        words, _address("decision", row), row.decided_on, False, tie, notes,
        End("decision", row.pk),
    )  # fmt: skip


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
    end = End(kind.name, row.pk)
    return Knot(kind.title(row), kind.address(row), getattr(row, kind.day), quoted, tie, end=end)


def _quoted(passage: Passage) -> Knot:
    testimony = passage.testimony
    if testimony.is_withdrawn:
        return Knot(_("A testimony that was taken back since."))
    words = " ".join(passage.words.split())
    return Knot(words, _address("testimony", testimony), testimony.given_on, is_quoted=True)


def _address(name: str, row: Any) -> str:
    kind = registered(name)
    return kind.address(row) if kind else ""
