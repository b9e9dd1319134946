"""A rehearsed visit as the paper of the house takes it (`paper/typst/document.typ`). No name."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from relier.centres.models import Centre
from relier.training.rules import Rule
from relier.training.words_of_law import amount, figure, said
from relier.ui.dates import day

from . import wording
from .mending import Kind
from .rehearsing import Rehearsed

Piece = str | dict[str, Any]


def as_document(made: Rehearsed, to_mend: Iterable[Kind], centre: Centre) -> dict[str, Any]:
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


def pieces(made: Rehearsed, to_mend: Iterable[Kind]) -> Iterator[Piece]:
    yield wording.summary(made)
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
        f"{kind.words.title} ({figure(kind.count)}). {kind.words.deed} {kind.words.who}"
        for kind in to_mend
    ]
    yield {"points": lines} if lines else _("Nothing that Relier knows of.")
    yield {"heading": _("What the text leaves open")}
    yield {"points": wording.left_open(made)}


def of_figure(one: wording.Figure) -> Iterator[Piece]:
    yield _("%(term)s: %(value)s") % {"term": one.term, "value": one.value}
    yield {"points": [*one.why, *map(of_rule, one.rules)]}


def of_rule(rule: Rule) -> str:
    """A legal number with its text, and what is not certain of it."""
    number = _("%(label)s: %(amount)s.") % {"label": said(rule.label), "amount": amount(rule)}
    doubt = _("Not certain: %(doubt)s") % {"doubt": said(rule.doubt)}
    return " ".join([number, f"{said(rule.source)}.", *([] if rule.is_verified else [doubt])])
