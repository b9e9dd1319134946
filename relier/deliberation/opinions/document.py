"""The result as JSON: canonical, rounded, versioned. The same votes give the same bytes.

Keys are sorted, numbers rounded (shares and probabilities to three decimals, p to four figures),
one line feed at the end. docs/opinions.md tells each key. What belongs to one person is never in
it. Totals of a statement are whole counts, for whoever holds the votes and recounts them;
`is_shown` says whether a page may print them (at least five people answered).
"""

import json
from math import floor, isfinite, log10
from typing import Any, Final

import numpy as np

from . import releases
from .analysis import Groups, Result, smallest
from .consensus import ALPHA, MOST, SURE
from .votes import AGREE, DISAGREE, PASS, UNCLEAR

VERSION: Final = 1
# Statements named at each end of a spectrum.
ENDS: Final = 4
BOTH_SIDES: Final = 5

Json = dict[str, Any]


def as_json(result: Result) -> bytes:
    """The document as bytes: UTF-8, sorted keys, two spaces, one line feed at the end."""
    told = json.dumps(document(result), sort_keys=True, indent=2, ensure_ascii=False)
    return (told + "\n").encode()


def document(result: Result) -> Json:
    """The result as plain values."""
    groups = result.groups
    return {
        "version": VERSION,
        "digest": result.digest,
        "verdict": result.verdict,
        "p_value": figures(result.p_value, 4),
        "advice": list(result.advice),
        "people": len(result.votes),
        "heard": result.heard,
        "smallest_group": smallest(result),
        "gate": result.gate and {"chains": result.gate.chains, "beaten": result.gate.beaten},
        "groups": _groups(groups) if groups else [],
        "in_between": _enough(groups.in_between) if groups else None,
        "certainty": share(groups.certainty) if groups else None,
        "numbers_of_groups": result.posterior and [share(one) for one in result.posterior.groups],
        "is_exact": bool(result.posterior and result.posterior.is_exact),
        "held_out_bits": _bits(result),
        "spectrum": _spectrum(result),
        "statements": _statements(result),
        "settings": {"alpha": ALPHA, "consensus_share": MOST, "sure": SURE},
    }


def share(value: float) -> float:
    """A share or a probability, to three decimals, and never -0."""
    return round(float(value), 3) + 0.0


def figures(value: float | None, count: int) -> float | None:
    """A number to so many significant figures."""
    if value is None or not isfinite(value) or value == 0:
        return value
    return round(float(value), count - 1 - floor(log10(abs(value))))


def letter(group: int) -> str:
    """The name of a group: A is the largest."""
    return "ABCDEFGH"[group]


def _enough(count: int) -> int | None:
    return count if count == 0 or count >= releases.FEWEST else None


def _groups(groups: Groups) -> list[Json]:
    return [{"id": letter(place), "size": int(size)} for place, size in enumerate(groups.sizes)]


def _bits(result: Result) -> Json | None:
    if result.large is not None:
        return {name: figures(value, 4) for name, value in sorted(result.large.bits.items())}
    if result.bits is None:
        return None
    names = ("statement", "person", "groups", "line", "gain", "error")
    return {name: figures(getattr(result.bits, name), 4) for name in names}


def _spectrum(result: Result) -> Json | None:
    """How much likelier a continuum is than camps (natural logarithm) and, when that is the
    verdict, the statements that stretch it most: agreeing goes with one end, or the other."""
    if result.evidence is None or result.line is None:
        return None
    told: Json = {"log_evidence": figures(result.evidence.for_spectrum, 3), "ends": None}
    if result.verdict == "spectrum":
        slope = np.round(result.line.slope, 6)
        order = np.argsort(-np.abs(slope), kind="stable")[: 2 * ENDS]
        names = result.votes.statements
        told["ends"] = {
            "one": [names[place] for place in order if slope[place] > 0],
            "other": [names[place] for place in order if slope[place] < 0],
        }
    return told


def _statements(result: Result) -> list[Json]:
    votes = result.votes
    totals = {
        answer: np.bincount(
            votes.columns[votes.values == answer], minlength=len(votes.statements)
        ).tolist()
        for answer in (AGREE, DISAGREE, PASS, UNCLEAR)
    }
    labels = result.agreement.labels
    middle = _middle(result)
    answer = []
    for place, name in enumerate(votes.statements):
        counts = {
            "agree": totals[AGREE][place],
            "disagree": totals[DISAGREE][place],
            "pass": totals[PASS][place],
            "unclear": totals[UNCLEAR][place],
        }
        seen = sum(counts.values())
        told: Json = {"id": name, **counts, "unseen": len(votes) - seen}
        told["is_shown"] = seen >= releases.FEWEST
        told["consensus"] = labels[place] if told["is_shown"] else None
        told.update(_apart(result, place))
        told["bridging"] = middle[place]
        answer.append(told)
    return answer


def _apart(result: Result, place: int) -> Json:
    """What is told of a statement group by group; what would say too much is None."""
    groups, agreement = result.groups, result.agreement
    how = releases.shown(groups.counts[:, :, place]) if groups else "exact"
    free = how == "exact"
    # With strangers, what weighs is not what is counted: the difference would be their answers.
    apart = groups.strangers if groups else "a_few_answer_alike" in result.advice
    is_told = free and not apart
    divides = result.posterior.divisive[place] if result.posterior and free else None
    return {
        "divisive": bool(groups is not None and how != "hidden" and groups.divisive[place]),
        "divisive_probability": None if divides is None or not groups else share(divides),
        "consensus_probability": {
            "agree": share(agreement.agree[place]), "disagree": share(agreement.disagree[place]),
            "differ": share(agreement.differ[place]),
        } if is_told else None,
        "worst_group": {
            "agree": share(agreement.worst_agree[place]),
            "disagree": share(agreement.worst_disagree[place]),
        } if is_told else None,
        "shown_by_group": how if groups else None,
        "by_group": _by_group(groups, place, how) if groups and how != "hidden" else None,
    }  # fmt: skip


def _by_group(groups: Groups, place: int, how: str) -> Json:
    told = {}
    for group in range(len(groups.sizes)):
        agree, disagree = (int(one) for one in groups.counts[group, :, place])
        opinions = agree + disagree
        cell: Json = {"opinions": opinions, "tells_apart": bool(groups.telling[group, place])}
        cell["word"] = releases.word(agree, opinions) if opinions else None
        if how == "exact":
            cell["agree"] = agree
            cell["low"], cell["high"] = (
                share(table[group, place]) for table in (groups.rates.low, groups.rates.high)
            )
        told[letter(group)] = cell
    return told


def _middle(result: Result) -> list[float | None]:
    """A second opinion on what brings together: the chance that someone in the middle of the line
    agrees (the intercept of the one-factor model), where both halves gave enough opinions."""
    votes, line = result.votes, result.line
    if line is None:
        return [None] * len(votes.statements)
    table = votes.dense()
    opinions = table[(np.abs(table) == 1).any(axis=1)]
    given = np.abs(opinions) == 1
    right = np.round(line.place, 9) > 0
    enough = (given[right].sum(axis=0) >= BOTH_SIDES) & (given[~right].sum(axis=0) >= BOTH_SIDES)
    chance = 0.5 + 0.5 * np.tanh(line.statement / 2)
    return [share(one) if fine else None for one, fine in zip(chance, enough, strict=True)]
