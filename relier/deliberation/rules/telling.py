"""What may be told of totals. Nothing under five answers; under ten, what is said by all, or by all
but one, in words that are true of both: "all" would say what each of a few people said.

What the engine found (`opinions/document.py`) is for whoever holds the votes. Here it is made into
what anyone may read: figures that would say what somebody answered are taken out, and so is all by
which a small table could be found by trying them all, since totals are known: the digest of the
votes, what the engine draws from it, and decimals that depend on which answers go together.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from math import ceil, floor
from typing import Any, Final

from .answers import AGREE, DISAGREE, PASS, UNCLEAR

# As in `opinions/releases.py`, which needs NumPy: the web starts without it.
FEWEST: Final = 5
TEN: Final = 10
NAMES: Final = {AGREE: "agree", DISAGREE: "disagree", PASS: "pass", UNCLEAR: "unclear"}

Json = dict[str, Any]


def totals_of(rows: Iterable[Mapping[str, int]], numbers: Iterable[int]) -> Json:
    """Number of a statement -> how many said what. Whole counts, as they are recounted."""
    found = {str(number): dict.fromkeys(NAMES.values(), 0) for number in numbers}
    for row in rows:
        for number, answer in row.items():
            if number in found:
                found[number][NAMES[answer]] += 1
    return found


def how(totals: Mapping[str, int]) -> str:
    """How the totals of one statement may be told: "exact", "words", "hidden"."""
    answers = sum(totals[name] for name in NAMES.values())
    if answers < FEWEST:
        return "hidden"
    alike = max(totals[name] for name in NAMES.values()) >= answers - 1
    return "words" if alike and answers < TEN else "exact"


def word(totals: Mapping[str, int]) -> str:
    """The answer of nearly all."""
    return max(NAMES.values(), key=lambda name: totals[name])


def published(document: Json) -> Json:
    """What may be read of what the engine found. Statements that may not be told in figures keep
    what may be said in words, and nothing else."""
    told = deepcopy(document)
    _without_fingerprints(told)
    for one in told["statements"]:
        one["told"] = how(one)
        one["is_shown"] = one["told"] == "exact"
        if one["told"] == "exact":
            continue
        one["word"] = word(one) if one["told"] == "words" else None
        hidden = dict.fromkeys((*NAMES.values(), "unseen"))
        one.update(
            hidden, consensus_probability=None, by_group=None,
            divisive_probability=None,
            # The label of the engine would tell "all" from "all but one".
            consensus=one["word"] if one["word"] in ("agree", "disagree") else None,
        )  # fmt: skip
    return told


# Of the whole table, to three digits and more: each is a piece of a mark by which it is recognised.
MARKS: Final = ("digest", "p_value", "heard", "certainty", "numbers_of_groups", "held_out_bits")


def _without_fingerprints(told: Json) -> None:
    for name in MARKS:
        told.pop(name, None)
    told["is_shuffled"], told["gate"] = told["gate"] is not None, None
    if told["spectrum"]:
        told["spectrum"].pop("log_evidence", None)
    for one in told["statements"]:
        one["bridging"] = one["worst_group"] = None
        if one["divisive_probability"] is not None:
            one["divisive_probability"] = round(one["divisive_probability"], 1)
        if told["groups"] and one["consensus_probability"]:
            one["consensus_probability"] = {
                name: round(value, 1) for name, value in one["consensus_probability"].items()
            }
        for cell in (one["by_group"] or {}).values():
            if "low" in cell:
                cell["low"] = floor(cell["low"] * 20) / 20
                cell["high"] = ceil(cell["high"] * 20) / 20


def by_kind(totals: Mapping[str, Json], voices: Mapping[str, int]) -> Json | None:
    """The totals of each kind, statement by statement, as far as they may be told; None where a
    kind has fewer than five voices. `totals`: kind -> what `totals_of` says of its rows."""
    import numpy as np

    from relier.deliberation.opinions import releases

    if len(voices) < 2 or min(voices.values()) < FEWEST:
        return None
    kinds = sorted(totals)
    found: Json = {"voices": {kind: voices[kind] for kind in kinds}, "statements": {}}
    for number in sorted(totals[kinds[0]], key=int):
        cells = [totals[kind][number] for kind in kinds]
        whole = {name: sum(one[name] for one in cells) for name in NAMES.values()}
        counts = np.array([[one["agree"], one["disagree"]] for one in cells], dtype=np.int64)
        # What is not told of all is not told of each: the sum would say it.
        said = releases.shown(counts) if how(whole) == "exact" else "hidden"
        told: Json = {"told": said}
        for kind, one in zip(kinds, cells, strict=True):
            opinions = one["agree"] + one["disagree"]
            if said == "exact":
                told[kind] = {"agree": one["agree"], "disagree": one["disagree"]}
            elif said == "words" and opinions:
                told[kind] = {"word": releases.word(one["agree"], opinions), "opinions": opinions}
        found["statements"][number] = told
    return found
