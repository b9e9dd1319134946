"""A rehearsed visit as the paper of the house takes it (`paper/typst/document.typ`). No name."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from relier.centres.models import Centre
from relier.training.words_of_law import amount, figure, said
from relier.ui.dates import day

from . import wording
from .mending import Words
from .rehearsing import Rehearsed

Piece = str | dict[str, Any]


def as_document(
    made: Rehearsed, to_mend: Iterable[tuple[Words, int]], centre: Centre
) -> dict[str, Any]:
    """`to_mend`: what is wrong, and of how many files or sessions."""
    visit = made.visit
    return {
        "title": _("Preparing the visit: %(year)s") % {"year": visit.year},
        "reader": "worker",
        "centre": {"name": centre.name, "phone": centre.phone},
        "date": day(made.told.facts.on),
        "intro": [
            {"term": _("Number of the draw"), "value": str(visit.seed)},
            {"term": _("What this is"), "value": _("a rehearsal, that binds nobody")},
        ],
        "paragraphs": list(pieces(made, to_mend)),
        "labels": {"page": _("Page %(page)s of %(pages)s")},
    }


def pieces(made: Rehearsed, to_mend: Iterable[tuple[Words, int]]) -> Iterator[Piece]:
    for section in wording.sections_of(made):
        yield {"heading": section.title}
        if section.lead:
            yield section.lead
        for one in section.figures:
            yield from of_figure(one)
    yield {"heading": _("What Relier does not know")}
    yield {"points": wording.not_known(made)}
    yield {"heading": _("To mend")}
    lines = [
        f"{words.title} ({figure(count)}). {words.deed} {words.who}" for words, count in to_mend
    ]
    yield {"points": lines} if lines else _("Nothing that Relier knows of.")
    yield {"heading": _("What the text leaves open")}
    yield {"points": wording.left_open(made)}


def of_figure(one: wording.Figure) -> Iterator[Piece]:
    yield _("%(term)s: %(value)s") % {"term": one.term, "value": one.value}
    texts = [
        f"{said(rule.label)}: {amount(rule)}. {said(rule.source)}. {said(rule.doubt)}".strip()
        for rule in one.rules
    ]
    yield {"points": [*one.why, *texts]}
