"""The whole analysis: votes in, what the group thinks out; a function of the multiset of votes.

    gate ── no pattern ──▶ "none" (or "too_few", when a pattern could not have been seen)
      │
      ▼
    posterior over partitions ──▶ what can be shown (five people or more) ──▶ "camps"
      │                                └── no two groups ──▶ "none"
      └── a continuum tells better ──▶ "spectrum"

Exchanging agree and disagree exchanges the result: of the votes and their mirror, the one whose
digest is smaller is analysed, and what it says is turned back.
"""

from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from . import consensus, held_out
from .camps_or_spectrum import Evidence, weigh
from .classes import ENUMERATED, Floats, Posterior, Table, enumerated
from .consensus import Agreement, Rates
from .gate import Gate, alike, gate
from .held_out import Bits, Line
from .merging import GRAIN, SMALLEST, SURE, belonging, least_size, pear, shown_groups, strangers
from .sampling import sampled
from .votes import Votes

Verdict = Literal["too_few", "none", "camps", "spectrum"]
# Beyond so many people, `large` takes over.
MANY: Final = 400
# Under these, finding no pattern says nothing.
FEW_PEOPLE: Final = 12
FEW_STATEMENTS: Final = 15
FULL: Final = 0.6
SMALL_ROOM: Final = 40


@dataclass(frozen=True)
class Groups:
    """The groups shown. `of_each`: (n,) the group of each row of the votes, -1 without an opinion;
    `sizes`: (groups,); `counts`: (groups, 2, S) who agree and disagree; `rates` over the posterior;
    `divisive`: (S,); `telling`: (groups, S); `in_between`: how many belong to none with a chance of
    SURE; `certainty`: the adjusted Rand index expected between these groups and the true ones;
    `strangers`: how many stand in a group only because their own is too small to be shown."""

    of_each: NDArray[np.int64]
    sizes: NDArray[np.int64]
    counts: NDArray[np.int64]
    rates: Rates
    divisive: NDArray[np.bool_]
    telling: NDArray[np.bool_]
    in_between: int
    certainty: float
    strangers: int = 0


@dataclass(frozen=True)
class Result:
    """What was found. `votes`: in canonical order; `heard`: how many gave an opinion; what was not
    computed is None. `large`: what `large.analyse_large` said, beyond MANY people."""

    votes: Votes
    digest: str
    verdict: Verdict
    heard: int
    advice: tuple[str, ...]
    gate: Gate | None
    posterior: Posterior | None
    groups: Groups | None
    agreement: Agreement
    bits: Bits | None
    evidence: Evidence | None
    line: Line | None
    large: Any = None

    @property
    def p_value(self) -> float | None:
        """Of the gate: how often votes without a pattern look as patterned as these."""
        if self.large is not None:
            return float(self.large.p_value)
        return self.gate.p if self.gate else None


def analyse(votes: Votes) -> Result:
    """Analyse the votes of any number of people, in any order. Raises nothing: with little or
    nothing, the verdict is "too_few" and the advice says what is missing."""
    digest = votes.digest()
    if len(votes) > MANY:
        return _analyse_many(votes, digest)
    mirrored = votes.mirrored()
    is_turned = mirrored.digest() < digest
    ordered = (mirrored if is_turned else votes).canonical()
    table = ordered.dense()
    opinions = np.where(np.abs(table) == 1, table, 0).astype(np.int8)
    given = ordered.mirrored() if is_turned else ordered
    seed = min(digest, mirrored.digest())
    return _analyse_few(given, opinions, digest, seed, is_turned=is_turned)


def _analyse_few(
    votes: Votes, opinions: Table, digest: str, seed: str, *, is_turned: bool
) -> Result:
    """`opinions`: (n, S), of the votes or, if `is_turned`, of their mirror; `seed` is of both."""
    heard = (opinions != 0).any(axis=1)
    table = np.ascontiguousarray(opinions[heard])
    own = -table if is_turned else table
    passed = gate(table, seed) if len(table) > 1 else None
    parts: dict[str, Any] = dict.fromkeys(("posterior", "groups", "bits", "evidence", "line"))
    verdict, advice = _without_pattern(opinions)
    agreement = consensus.agreement(_everybody(own))
    few = _few_alike(passed, table, seed)
    if few is not None:
        verdict, advice = "none", ("a_few_answer_alike",)
        agreement = consensus.agreement(_everybody(np.where(few[:, None], 0, own)))
    elif _can_show(table) and passed is not None and passed.is_open:
        posterior = enumerated(table) if len(table) <= ENUMERATED else sampled(table, seed)
        evidence, bits = weigh(table), held_out.compare(table, posterior, seed)
        fitted = held_out.line(own)
        parts.update(posterior=posterior, evidence=evidence, bits=bits, line=fitted)
        labels = shown_groups(posterior, table)
        verdict, advice = ("spectrum" if evidence.is_spectrum else "none"), ()
        if labels is not None and not evidence.is_spectrum:
            parts["groups"], weighing = _groups(own, labels, heard, posterior)
            agreement, verdict = _agreed_by_groups(weighing, table, labels), "camps"
        elif verdict == "none":
            advice = ("no_group_large_enough",)
    return Result(votes, digest, verdict, len(table), advice, passed, agreement=agreement, **parts)


def _agreed_by_groups(
    weighing: Table, table: Table, labels: NDArray[np.int64]
) -> consensus.Agreement:
    """Of those who weigh in their group; and, for what is agreed, without the few who answer most
    alike, looked for in `table`, whose orientation is the same for votes and their mirror."""
    few = np.where(alike(table)[:, None], 0, weighing).astype(np.int8)
    without = consensus.agreement(consensus.counted(few, labels))
    return replace(consensus.agreement(consensus.counted(weighing, labels)), without=without)


def _few_alike(passed: Gate | None, table: Table, seed: str) -> NDArray[np.bool_] | None:
    """(n,) those without whom the gate is shut, when it is open and they are a seventh of the
    people at most: a few who agree on a plan must not open it for everybody, nor have a veto."""
    if passed is None or not passed.is_open:
        return None
    few = alike(table)
    if not few.any():
        return None
    rest = np.ascontiguousarray(table[~few])
    return None if gate(rest, f"{seed}\nwithout").is_open else few


def _everybody(opinions: Table) -> NDArray[np.int64]:
    """(1, 2, S) the counts of everybody, as one group."""
    return consensus.counted(opinions, np.zeros(len(opinions), dtype=np.int64))


def _together(posterior: Posterior) -> Floats:
    together = np.rint(posterior.together * GRAIN)
    np.fill_diagonal(together, 0)
    answer: Floats = together
    return answer


def _can_show(table: Table) -> bool:
    """Whether two groups could be shown at all."""
    enough = (table != 0).sum(axis=0) >= SMALLEST
    return len(table) >= 2 * SMALLEST and int(enough.sum()) >= 2


def _without_pattern(opinions: Table) -> tuple[Verdict, tuple[str, ...]]:
    """What to say when no pattern was found: "none" only if one could have been seen."""
    table = opinions[(opinions != 0).any(axis=1)]
    used = int(((table != 0).sum(axis=0) >= min(SMALLEST, max(len(table), 1))).sum())
    share = float((table != 0).mean()) if table.size else 0.0
    advice = []
    if len(table) < FEW_PEOPLE:
        advice.append("more_people")
    if len(table) < SMALL_ROOM and used < FEW_STATEMENTS:
        advice.append("more_statements")
    if len(table) < SMALL_ROOM and share < FULL:
        advice.append("more_answers")
    if not _can_show(table) and not advice:
        advice.append("more_answers")
    return ("too_few" if advice else "none"), tuple(advice)


def _groups(
    opinions: Table, labels: NDArray[np.int64], heard: NDArray[np.bool_], posterior: Posterior
) -> tuple[Groups, Table]:
    """The groups, and the opinions by which they weigh on consensus: without those who stand in
    one only because their own is too small to be shown."""
    of_each = np.full(len(heard), -1, dtype=np.int64)
    of_each[heard] = labels
    sizes = np.bincount(labels)
    told = consensus.rates(opinions, labels, posterior)
    together = _together(posterior)
    apart = strangers(labels, together)
    unsure = belonging(labels, together).max(axis=1) < SURE
    groups = Groups(
        of_each,
        sizes,
        consensus.counted(opinions, labels),
        told,
        consensus.divisive(posterior, told),
        consensus.telling(posterior, told, sizes),
        int(unsure.sum()),
        pear(labels, together),
        int(apart.sum()),
    )
    return groups, np.where(apart[:, None], 0, opinions).astype(np.int8)


def _analyse_many(votes: Votes, digest: str) -> Result:
    """Beyond MANY people: the groups of `large`, consensus and division from counts alone."""
    from .large import analyse_large

    found = analyse_large(votes)
    everybody = found.counts.sum(axis=0).T[None]
    groups = None
    counts = np.stack((everybody[:, 2], everybody[:, 0]), axis=1)
    if found.verdict == "camps":
        groups = _many_groups(found)
        counts = groups.counts
    return Result(
        votes, digest, found.verdict, int((found.labels >= 0).sum()), (), None, None, groups,
        consensus.agreement(counts), None, None, None, found,
    )  # fmt: skip


def _many_groups(found: Any) -> Groups:
    counts = np.stack((found.counts[:, :, 2], found.counts[:, :, 0]), axis=1).astype(np.int64)
    told = consensus.counted_rates(counts)
    known = Posterior(
        np.zeros((1, 0), dtype=np.int8), np.ones(1), np.ones(1), np.ones((0, 0)),
        np.ones(counts.shape[2]), False,
    )  # fmt: skip
    sizes = np.array(found.sizes, dtype=np.int64)
    return Groups(
        found.labels.astype(np.int64), sizes, counts, told, consensus.divisive(known, told),
        consensus.telling(known, told, sizes), int(found.in_between.sum()),
        float(found.stability or 0.0),
    )  # fmt: skip


def position(result: Result, person: str) -> tuple[int, Floats] | None:
    """For whoever asks for themselves: their group, and (groups,) how much they belong to each.
    None without groups or an opinion. Raises KeyError for a name that is not in the votes."""
    if result.votes.people is None or person not in result.votes.people:
        raise KeyError(person)
    place = result.votes.people.index(person)
    if result.groups is None or result.groups.of_each[place] < 0:
        return None
    group = int(result.groups.of_each[place])
    if result.large is not None:
        return group, np.asarray(result.large.memberships[place])
    assert result.posterior is not None  # noqa: S101 — groups come from it
    heard = result.groups.of_each >= 0
    together = _together(result.posterior)
    row = int(heard[:place].sum())
    return group, belonging(result.groups.of_each[heard], together)[row]


def smallest(result: Result) -> int:
    """How many people a group has at least, here, to be shown."""
    return least_size(result.heard)
