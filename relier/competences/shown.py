"""What the pages show, made from frameworks and annotations. No words of the page stand here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from relier.accounts.actors import Actor

from . import access
from .frameworks import Framework, Item, Outcome, Scale, Statement, Step, Words
from .models import Annotation

CONTEST, ADAPTATION = Annotation.Kind.CONTEST, Annotation.Kind.ADAPTATION


@dataclass
class ItemRow:
    """An item in its list: our own words for it, and what was said of it here."""

    item: Item
    graded: bool
    adaptation: str = ""
    contested: bool = False
    remarked: bool = False


def item_rows(
    framework: Framework, annotations: Iterable[Annotation]
) -> list[tuple[object, list[ItemRow]]]:
    """Each group with its items. `annotations` are those standing, the latest first."""
    rows = {item.id: ItemRow(item, framework.is_graded(item)) for item in framework.items}
    for annotation in annotations:
        row = rows.get(annotation.item)
        if row is None:  # an item that a later import no longer has
            continue
        if annotation.kind == CONTEST:
            row.contested = True
        elif annotation.kind == ADAPTATION:
            row.adaptation = row.adaptation or annotation.words
        else:
            row.remarked = True
    return [
        (group, [rows[item.id] for item in framework.items_of(group.id)])
        for group in framework.groups
    ]


def level_table(framework: Framework) -> list[tuple[Step, list[list[Words]]]]:
    """For each step of the first scale, the titles of the steps it meets in the other scales."""
    if len(framework.scales) < 2:
        return []
    first, *others = framework.scales

    def met(step: Step, other: Scale) -> list[Words]:
        steps = framework.covers(first.id, step.id, to=other.id)
        return [other.step(found).title for found in steps]

    return [(step, [met(step, other) for other in others]) for step in first.steps]


@dataclass
class Level:
    """What the official text says of an item at one level."""

    step: Step
    statements: list[Statement] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)


def official_levels(framework: Framework, item: Item) -> list[Level]:
    """The statements and outcomes of an item, level by level, as the official file files them."""
    if not framework.texts_in or not framework.scales:
        return []
    levels = {step.id: Level(step) for step in framework.scales[0].steps}
    for statement in framework.statements_of(item.id):
        levels[statement.level].statements.append(statement)
    for outcome in framework.outcomes_of(item.id):
        levels[outcome.level].outcomes.append(outcome)
    return [level for level in levels.values() if level.statements or level.outcomes]


@dataclass
class Told:
    """An annotation as it stands, what it said before, and what this reader may do with it."""

    annotation: Annotation
    earlier: list[Annotation]
    may_change: bool
    may_withdraw: bool


def told(annotations: Iterable[Annotation], actor: Actor | None) -> tuple[list[Told], list[Told]]:
    """Every annotation of an item, as standing ones and withdrawn ones.

    `annotations` holds all of them, replaced ones included, with their authors.
    """
    by_id = {annotation.pk: annotation for annotation in annotations}
    replaced = {annotation.replaces_id for annotation in by_id.values()}
    standing: list[Told] = []
    withdrawn: list[Told] = []
    for annotation in by_id.values():
        if annotation.pk in replaced:
            continue
        earlier, before = [], annotation.replaces_id
        while before in by_id:
            earlier.append(by_id[before])
            before = by_id[before].replaces_id
        gone = annotation.withdrawn_at is not None
        shown = Told(
            annotation,
            earlier,
            may_change=not gone and access.may_change(actor, annotation),
            may_withdraw=not gone and access.may_withdraw(actor, annotation),
        )
        (withdrawn if gone else standing).append(shown)
    return standing, withdrawn


def adaptation(standing: Iterable[Told]) -> str:
    """Our own words for an item, the latest; "" when nobody gave any."""
    words = (t.annotation.words for t in standing if t.annotation.kind == ADAPTATION)
    return next(words, "")


def by_audience(frameworks: Iterable[Framework]) -> list[tuple[str, list[Framework]]]:
    """Those about people first, then those about workers, then those about both."""
    order = {"citizens": 0, "both": 1, "workers": 2}
    sorted_ones = sorted(frameworks, key=lambda framework: order[framework.audience])
    return [(key, list(rows)) for key, rows in groupby(sorted_ones, key=lambda f: f.audience)]
