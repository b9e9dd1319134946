"""The gate for many people beside a plain bootstrap, where there is nothing to find, and where
there is.

    python -m benchmarks.opinions.large_gate [--worlds 200] [--plain 20]

The plain one estimates how agreeable each person is, draws votes from that, estimates again, and
compares the same statistic. It has as many parameters as people, so its bias does not shrink with
their number while its noise does. Exits with 1 when ours is wrong more often than in 5 % of worlds
without pattern, within two standard errors, or misses weak camps.
"""

import argparse
import sys

import numpy as np
from scipy import sparse

from relier.deliberation.opinions import factor, large_gate, steady
from relier.deliberation.opinions.kernels import Opinions
from relier.deliberation.opinions.votes import Votes

SIZES = ((450, 40, 0.6), (2_500, 300, 0.06), (2_500, 40, 0.5), (10_000, 100, 0.2))
LEVEL = 0.05
ROUNDS, DRAWN = 15, 19


def world(seed: int, people: int, statements: int, share: float, apart: float) -> Opinions:
    """People and statements more or less agreeable, and two camps `apart` logits from the middle
    on each statement (nought: no pattern)."""
    random = np.random.default_rng(seed)
    logits = random.normal(size=people)[:, None] + 1.2 * random.normal(size=statements)
    sides = np.where(random.random(people) < 0.4, 1.0, -1.0)
    logits = logits + apart * sides[:, None] * random.normal(size=statements)
    table = np.where(random.random(logits.shape) < 1 / (1 + np.exp(-logits)), 1.0, -1.0)
    table[random.random(logits.shape) >= share] = np.nan
    return Opinions.of(Votes.of_dense(table))


def ours(opinions: Opinions, seed: int) -> float:
    return large_gate.p_value(opinions, np.random.Generator(np.random.Philox(key=seed)))


def plain(opinions: Opinions, seed: int) -> float:
    random = np.random.default_rng(seed)
    fit = factor.fitted(opinions, None, ROUNDS)
    rows, columns = opinions.row_of_each, (opinions.cells >> 1).astype(np.int64)
    chance = steady.sigmoid(fit.logits(rows, columns))
    seen, as_much = residual_pairs(opinions, fit), 0
    for _ in range(DRAWN):
        cells = 2 * columns + (random.random(len(chance)) < chance)
        other = Opinions(opinions.starts, cells, opinions.statements)
        as_much += residual_pairs(other, factor.fitted(other, None, ROUNDS)) >= seen
    return (1 + as_much) / (1 + DRAWN)


def residual_pairs(opinions: Opinions, fit: factor.Curves) -> float:
    rows, columns = opinions.row_of_each, (opinions.cells >> 1).astype(np.int64)
    rest = (opinions.cells & 1) - steady.sigmoid(fit.logits(rows, columns))
    table = sparse.csr_array((rest, (rows, columns)), shape=(len(opinions), opinions.statements))
    return float((np.triu((table.T @ table).toarray(), 1) ** 2).sum())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=200)
    parser.add_argument("--plain", type=int, default=20)
    asked = parser.parse_args()
    # As light as a plain fit would have them; our own factor model leans more on its priors.
    factor.OF_PEOPLE, factor.OF_STATEMENTS = (0.05, 1.0), (0.05, 1.0)
    most = LEVEL + 2 * (LEVEL * (1 - LEVEL) / asked.worlds) ** 0.5
    failed = 0
    print("Share of worlds where a pattern is seen, at 5 %")
    print(
        f"{'people':>8}{'statements':>12}{'seen':>7}{'apart':>7}{'ours':>8}{'plain bootstrap':>18}"
    )
    for people, statements, share in SIZES:
        for apart in (0.0, 0.5):
            some = [world(seed, people, statements, share, apart) for seed in range(asked.worlds)]
            found = np.mean([ours(one, seed) <= LEVEL for seed, one in enumerate(some)])
            other = np.mean([plain(one, s) <= LEVEL for s, one in enumerate(some[: asked.plain])])
            print(
                f"{people:>8}{statements:>12}{share:>7.2f}{apart:>7.2f}{found:>8.3f}{other:>18.2f}",
                flush=True,
            )
            failed += bool(found > most if apart == 0 else found < 0.95)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
