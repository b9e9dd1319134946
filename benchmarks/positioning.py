"""Where someone stands, from half of the questions: `competences.spaces` beside its peers.

    python -m benchmarks.positioning [--people 400] [--seed 2026]

People are simulated over the banks that ship, whose prerequisites were written down, each with
its reason, before any simulation was run. A person is a feasible set, drawn exactly from one of
three populations: uniform over sets, flat by size, mostly beginners. One answer in ten is wrong:
careless or lucky. "Broken": each person's set comes from the relation without one prerequisite in
ten, drawn for them, which no model is told. Every way meets the same people and answers.

Our engine chooses its questions and stops by its own rule, and is then read item by item (held
when likelier than not). Accuracy is the share of items said rightly; margins are 95 %, of the
mean, and of paired differences where a difference is claimed. Exits with 1 when a line is not
kept. What these figures are not: the answers come from the model's own family (independent
errors, at the rate it supposes, except in the last table), and the flat population is its prior.
Real people will do worse; only real answers, with consent, can say by how much. When to stop
(`WORTH`) was chosen on other simulated people (seed 11) so that both promises, few questions and
hardly less said rightly, hold by more than their margins; nothing else was tuned. The share asked
is a mean: people in the middle are asked more. Other ways to stop stand in a table of their own: a
limit for each person low enough to be felt costs more than the promise allows, and a question that
must be worth more as one tires spares the tail a point. So the simplest rule stays.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from multiprocessing import Pool
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import positioning_peers as peers
from benchmarks.positioning_people import POPULATIONS, WRONG, Case, Simulated, person, spaces_of
from relier.competences import banks
from relier.competences.spaces import BROKEN, WORTH, Evidence, Space, read
from relier.competences.spaces.reading import SAME, gain

LEARNT_FROM = 1000  # people who give the peers their difficulties
DOUBTS = (0.0, 0.02, BROKEN, 0.1, 0.2)
BATCH = 25
# (share of the questions asked so far, what the best one left is worth) -> whether to stop.
Stop = Callable[[float, float], bool]
OURS = "ours"
STOPPING = "stop: "
STOPS: dict[str, Stop] = {
    "worth > 0": lambda _share, worth: worth <= SAME,
    "worth 0.03": lambda _share, worth: worth <= 0.03 + SAME,
    OURS: lambda _share, worth: worth <= WORTH + SAME,
    "worth 0.1": lambda _share, worth: worth <= 0.1 + SAME,
    "worth 0.15": lambda _share, worth: worth <= 0.15 + SAME,
    "tiring": lambda share, worth: worth <= 0.05 + 0.15 * share,
    "most 65 %": lambda share, worth: worth <= WORTH + SAME or share >= 0.65,
    "most 55 %": lambda share, worth: worth <= WORTH + SAME or share >= 0.55,
}


# --- our way ------------------------------------------------------------------------------------


def said(item: str, can: Any) -> Evidence:
    return Evidence(item, bool(can), careless=WRONG, lucky=WRONG)


def right(chances: dict[str, float], truth: NDArray[np.bool_]) -> float:
    return float(np.mean((np.array(list(chances.values())) > 0.5) == truth))


def everything(space: Space, someone: Simulated) -> float:
    evidence = [said(i, can) for i, can in zip(space.items, someone.answers, strict=True)]
    return right(read(space, evidence).chances, someone.truth)


@dataclass(frozen=True)
class Path:
    """A session that goes on until every way to stop has stopped it: (questions asked, accuracy)
    at that moment of each."""

    stopped: dict[str, tuple[int, float]]
    seconds: list[float]


def session(space: Space, someone: Simulated, stops: Sequence[str] = tuple(STOPS)) -> Path:
    """The question chosen is always the engine's: ways to stop only end sooner or later."""
    place = {item: at for at, item in enumerate(space.items)}
    left, evidence, seconds = list(space.items), list[Evidence](), list[float]()
    stopped: dict[str, tuple[int, float]] = {}
    while True:
        started = time.perf_counter()
        reading = read(space, evidence)
        asked = reading.next_question(left, careless=WRONG, lucky=WRONG)
        seconds.append(time.perf_counter() - started)
        asked = asked or reading.next_question(left, careless=WRONG, lucky=WRONG, worth=0)
        worth = gain(reading.chances[asked], WRONG, WRONG) if asked else 0.0
        share = len(evidence) / len(space.items)
        for stop in (one for one in stops if one not in stopped):
            if STOPS[stop](share, worth):
                stopped[stop] = len(evidence), right(reading.chances, someone.truth)
        if asked is None or len(stopped) == len(stops):
            return Path(stopped, seconds)
        left.remove(asked)
        evidence.append(said(asked, someone.answers[place[asked]]))


# --- every way, over the same people ------------------------------------------------------------


@cache
def learnt(
    bank: str, population: int, seed: int
) -> tuple[peers.Tubes, peers.Tubes, peers.Tubes, peers.Rasch | None]:
    """The peers, with difficulties from other people of the population, no prerequisite broken."""
    others = Case(bank, population, False, seed + 1)
    crowd = np.array([person(others, n).answers for n in range(LEARNT_FROM)])
    found = banks.find(bank)
    parts = [item.part for item in found.items] if found else []
    rasch = peers.Rasch(crowd) if peers.ItemBank else None
    chains = peers.Tubes.along(spaces_of(bank, 0.0))
    return peers.Tubes.of(parts, crowd), peers.Tubes.of([""] * len(parts), crowd), chains, rasch


def compare(case: Case, number: int) -> dict[str, tuple[float, float]]:
    """Of one person: way -> (accuracy, share of the questions asked)."""
    someone, space = person(case, number), spaces_of(case.bank, BROKEN)
    n = len(space.items)
    path = session(space, someone)
    asked, accuracy = path.stopped[OURS]
    found = {
        "answers believed as given": (float(np.mean(someone.answers == someone.truth)), 1.0),
        "relier, asking everything": (everything(space, someone), 1.0),
        "relier": (accuracy, asked / n),
    }
    drawn = np.random.default_rng(number).permutation(n)[:asked]
    evidence = [said(space.items[at], someone.answers[at]) for at in drawn]
    by_chance = right(read(space, evidence).chances, someone.truth)
    found["relier, as many drawn by lot"] = by_chance, asked / n
    for stop, (count, told) in path.stopped.items():
        found[STOPPING + stop] = told, count / n
    tubes, one_tube, chains, rasch = learnt(case.bank, case.population, case.seed)
    placed = {
        "tubes by part": tubes.infer(someone.answers),
        "tubes by part, asking everything": tubes.best_cut(someone.answers),
        "tubes along the relation": chains.infer(someone.answers),
        "the same, asking everything": chains.best_cut(someone.answers),
        "one tube": one_tube.infer(someone.answers),
        "one tube, asking everything": one_tube.best_cut(someone.answers),
    }
    if rasch:
        alone, mixed = rasch.adaptive(someone.answers, asked)
        placed["Rasch (catsim), as many questions"] = alone
        placed["the same, answers given believed"] = mixed
        placed["Rasch (catsim), asking everything"] = rasch.everything(someone.answers)
    for way, one in placed.items():
        found[way] = float(np.mean(one.held == someone.truth)), one.asked / n
    return found


def doubted(case: Case, number: int) -> dict[str, tuple[float, float]]:
    """Of one person: how our engine does when it doubts the prerequisites more, or less."""
    someone, found = person(case, number), {}
    for doubt in DOUBTS:
        space = spaces_of(case.bank, doubt)
        asked, accuracy = session(space, someone, [OURS]).stopped[OURS]
        found[f"doubt {doubt:g}"] = accuracy, asked / len(space.items)
        found[f"all {doubt:g}"] = everything(space, someone), 1.0
    return found


def misjudged(case: Case, number: int) -> dict[str, tuple[float, float]]:
    """Of one person: how it does when answers are wrong more often, or less, than it supposes."""
    space, found = spaces_of(case.bank, BROKEN), {}
    for wrong in (0.05, WRONG, 0.2):
        someone = person(case, number, wrong)
        asked, accuracy = session(space, someone, [OURS]).stopped[OURS]
        found[f"wrong {wrong:g}"] = accuracy, asked / len(space.items)
        found[f"raw {wrong:g}"] = float(np.mean(someone.answers == someone.truth)), 1.0
    return found


Way = Callable[[Case, int], dict[str, tuple[float, float]]]


def batch(work: tuple[Way, Case, range]) -> list[dict[str, tuple[float, float]]]:
    way, case, numbers = work
    return [way(case, number) for number in numbers]


class Results:
    """Accuracy and share asked, in points, of each way for each person of a case."""

    def __init__(self, rows: list[dict[str, tuple[float, float]]]) -> None:
        self.accuracy = {way: np.array([100 * row[way][0] for row in rows]) for way in rows[0]}
        self.asked = {way: np.array([100 * row[way][1] for row in rows]) for way in rows[0]}

    def mean(self, way: str) -> tuple[float, float]:
        return mean_and_margin(self.accuracy[way])

    def beyond(self, way: str, other: str) -> tuple[float, float]:
        return mean_and_margin(self.accuracy[way] - self.accuracy[other])


def mean_and_margin(values: NDArray[np.float64]) -> tuple[float, float]:
    return float(values.mean()), float(1.96 * values.std(ddof=1) / len(values) ** 0.5)


def run(pool: Any, way: Way, cases: Sequence[Case], people: int) -> dict[Case, Results]:
    batches = [range(at, min(at + BATCH, people)) for at in range(0, people, BATCH)]
    work = [(way, case, numbers) for case, numbers in product(cases, batches)]
    rows: dict[Case, list[dict[str, tuple[float, float]]]] = {case: [] for case in cases}
    for (_, case, _), found in zip(work, pool.imap(batch, work), strict=True):
        rows[case] += found
    return {case: Results(found) for case, found in rows.items()}


# --- the report ---------------------------------------------------------------------------------


def tell_bank(bank: str) -> None:
    found, space = banks.find(bank), spaces_of(bank, 0.0)
    frozen = f", frozen on {found.frozen}" if found else ""
    print(f"\n### {bank}{frozen}\n")
    print(f"{len(space.items)} items, {len(space.needs)} prerequisites that follow from no other,")
    print(f"density {space.density:.3f} (share of the pairs of items that the relation orders),")
    sets = f"{sum(space.count_by_size()):,}".replace(",", " ")
    print(f"{sets} feasible sets, width {space.width}.")


def tell_ways(results: dict[Case, Results], people: int) -> None:
    cases = list(results)
    print(f"\nAccuracy per item in % (share of the questions asked in %), {people} people each.")
    print(f"{'':36}" + "".join(f"{POPULATIONS[c.population].split()[0]:>12}" for c in cases))
    print(f"{'':36}" + "".join(f"{'broken' if c.broken else 'as drawn':>12}" for c in cases))
    for way in results[cases[0]].accuracy:
        if not way.startswith(STOPPING):
            told = (
                f"{r.accuracy[way].mean():7.1f} ({r.asked[way].mean():.0f})"
                for r in results.values()
            )
            print(f"{way:36}" + "".join(f"{one:>12}" for one in told))
    widest = max(r.mean(way)[1] for r in results.values() for way in r.accuracy)
    ours = max(r.mean("relier")[1] for r in results.values())
    print(f"Margins of error: ours at most {ours:.2f} points, of any way at most {widest:.2f}.")


def verdicts(results: dict[Case, Results]) -> list[str]:
    """Prints each promise with what was measured; the promises not kept."""
    failed = []

    def tell(kept: bool, line: str) -> None:
        print(f"{'kept    ' if kept else 'NOT KEPT'} {line}")
        if not kept:
            failed.append(line)

    for case, r in results.items():
        name = POPULATIONS[case.population]
        above, margin = r.beyond("relier", "answers believed as given")
        if case.broken:
            line = f"{name}, broken: {above:+.1f} ± {margin:.1f} beside raw answers (-1 at worst)"
            tell(above >= -1, line)
        elif case.population:
            asked, sure = mean_and_margin(r.asked["relier"])
            half, tenth = np.quantile(r.asked["relier"], (0.5, 0.9))
            line = f"{name}: {asked:.0f} ± {sure:.0f} % asked on average (55 at most)"
            tell(asked <= 55, f"{line}; median {half:.0f} %, one in ten {tenth:.0f} % or more")
            beside, near = r.beyond("relier", "relier, asking everything")
            line = f"{name}: {beside:+.1f} ± {near:.1f} beside asking everything (-1 at worst)"
            tell(beside >= -1, line)
            tell(above >= 3, f"{name}: {above:+.1f} ± {margin:.1f} above raw answers (3 at least)")
    return failed


def tell_stops(results: dict[Case, Results]) -> None:
    print("\nStopping otherwise: points beside asking everything; mean, median and 90th percentile")
    print("of the share asked. Tiring: a question must be worth 0.05 at first, 0.2 at the end.")
    print(f"{'':32}" + "".join(f"{stop:17}" for stop in STOPS))
    for case, r in results.items():
        name = POPULATIONS[case.population] + (", broken" if case.broken else "")
        told = []
        for stop in STOPS:
            beside, _margin = r.beyond(STOPPING + stop, "relier, asking everything")
            asked = r.asked[STOPPING + stop]
            half, tenth = np.quantile(asked, (0.5, 0.9))
            told.append(f"{beside:+.1f} {asked.mean():.0f}/{half:.0f}/{tenth:.0f}")
        print(f"{name:32}" + "".join(f"{one:17}" for one in told))


def tell_doubts(results: dict[Case, Results], people: int) -> None:
    print(
        f"\nDoubting the prerequisites: accuracy (share asked); asking all. {people} people each."
    )
    print(f"{'':36}" + "".join(f"{d:<20g}" for d in DOUBTS))
    for case, r in results.items():
        name = POPULATIONS[case.population] + (", broken" if case.broken else "")
        told = (
            f"{r.accuracy[f'doubt {d:g}'].mean():.1f} ({r.asked[f'doubt {d:g}'].mean():.0f}); "
            f"{r.accuracy[f'all {d:g}'].mean():.1f}"
            for d in DOUBTS
        )
        print(f"{name:36}" + "".join(f"{one:<20}" for one in told))


def tell_misjudged(results: dict[Case, Results], people: int) -> None:
    print(f"\nAnswers wrong more or less often than the {WRONG:.0%} supposed: ours (share asked);")
    print(f"raw answers. {people} people each.")
    print(f"{'':36}" + "".join(f"{w:<20.0%}" for w in (0.05, WRONG, 0.2)))
    for case, r in results.items():
        told = (
            f"{r.accuracy[f'wrong {w:g}'].mean():.1f} ({r.asked[f'wrong {w:g}'].mean():.0f}); "
            f"{r.accuracy[f'raw {w:g}'].mean():.1f}"
            for w in (0.05, WRONG, 0.2)
        )
        print(f"{POPULATIONS[case.population]:36}" + "".join(f"{one:<20}" for one in told))


def time_questions(bank: str) -> bool:
    """From an answer kept to the next question chosen, over whole sessions of the flat people."""
    case, space = Case(bank, 1, False, 0), spaces_of(bank, BROKEN)
    seconds = [s for n in range(20) for s in session(space, person(case, n), [OURS]).seconds]
    median, p99 = 1000 * np.median(seconds), 1000 * np.quantile(seconds, 0.99)
    print(f"\nNext question: median {median:.1f} ms, p99 {p99:.1f} ms, of {len(seconds)} (20 ms).")
    return bool(median <= 20)


def measure(pool: Any, bank: str, people: int, seed: int) -> list[str]:
    tell_bank(bank)
    failed = [] if time_questions(bank) else ["Next question within 20 ms"]
    cases = [Case(bank, p, broken, seed) for broken in (False, True) for p in range(3)]
    some = max(25, people // 4)
    results = run(pool, compare, cases, people)
    tell_ways(results, people)
    print()
    failed += verdicts(results)
    tell_stops(results)
    tell_doubts(run(pool, doubted, [c for c in cases if c.population == 1], some), some)
    tell_misjudged(run(pool, misjudged, cases[1:3], some), some)
    return [f"{bank}: {line}" for line in failed]


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--people", type=int, default=400, help="in each population")
    asked.add_argument("--seed", type=int, default=2026, help="other people")
    chosen = asked.parse_args()
    if peers.ItemBank is None:
        print("catsim is not installed: the Rasch estimator is ABSENT from these tables.")
    failed = []
    with Pool(min(2, os.cpu_count() or 1)) as pool:
        for bank in banks.shipped():
            failed += measure(pool, bank.id, chosen.people, chosen.seed)
    print(f"\nNot kept: {len(failed)}." if failed else "\nEvery line is kept.")
    for line in failed:
        print(f"  {line}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
