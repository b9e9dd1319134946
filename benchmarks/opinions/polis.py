"""Polis' pipeline as its source has it, started cold: the reference that ours is measured beside.

    python -m benchmarks.opinions.polis FOLDER     ARI with the groups that Polis published

Source: compdemocracy/polis at 08e03eb (2024-10-23), `math/src/polismath/math/*.clj`. A recompute
from the votes alone, as after a restart: no warm start, no memory of the last k (`group-k-buffer`).
Published groups carry the history of their conversation, so an ARI of 1 is not to be had from the
votes. One thing differs on purpose: the two axes are exact (a power iteration of 100 steps from an
unseeded start gives them nearly), so that one run can be compared with another.

Mean imputation followed by centring leaves nought on unseen cells: nothing dense is needed.
"""

import csv
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

VOTES_TO_BE_IN = 7
FEWEST_IN = 15
BASE_CLUSTERS, BASE_ITERATIONS = 100, 100
# `:group-iters 100` is read under another key: the default of 20 is what runs.
GROUP_ITERATIONS = 20
MOST_GROUPS, PEOPLE_PER_GROUP = 5, 12
MOVED = 0.01


def polis_groups(dense: Floats, moderated_out: NDArray[np.bool_] | None = None) -> Integers:
    """The group of each person, from 0; -1 for who is left out of the conversation.

    dense: shape (people, statements); 1 agrees, -1 disagrees, 0 passes, nan has not seen. The order
    of the rows is the order of arrival, on which the groups depend. moderated_out: (statements,),
    those that Polis counts as passed by everybody, though it counts their votes to let people in.
    """
    counts = (~np.isnan(dense)).sum(axis=1)
    if moderated_out is not None:
        dense = np.where(moderated_out, 0.0, dense)
    rows, columns = np.nonzero(~np.isnan(dense))
    return polis_groups_of_cells(rows, columns, dense[rows, columns], dense.shape, counts)


def polis_groups_of_cells(
    rows: Integers,
    columns: Integers,
    values: NDArray[np.generic],
    shape: tuple[int, int],
    counts: Integers | None = None,
) -> Integers:
    """The same from the cells that were seen: three arrays of the same length.

    counts: (people,), votes that let people in, where they are not these.
    """
    labels = np.full(shape[0], -1, dtype=np.int64)
    if counts is None:
        counts = np.bincount(rows, minlength=shape[0])
    inside = np.flatnonzero(in_conversation(counts, shape[1]))
    if not len(inside):
        return labels
    points = projection(rows, columns, values.astype(float), shape)[inside]
    base, centres = k_means(
        points, np.ones(len(points)), min(BASE_CLUSTERS, len(points)), BASE_ITERATIONS
    )
    sizes = np.bincount(base, minlength=len(centres)).astype(float)
    best, best_score = np.zeros(len(centres), dtype=np.int64), -np.inf
    for k in range(2, min(MOST_GROUPS, 2 + len(centres) // PEOPLE_PER_GROUP) + 1):
        groups, _ = k_means(centres, sizes, k, GROUP_ITERATIONS)
        score = silhouette(centres, groups)
        # `max-key` keeps the last of equals.
        if score >= best_score:
            best, best_score = groups, score
    labels[inside] = best[base]
    return labels


def in_conversation(counts: Integers, statements: int) -> NDArray[np.bool_]:
    """Who has voted enough; the fifteen who voted most when fewer have.

    counts: shape (people,), votes of each, passes included.
    """
    inside = counts >= min(VOTES_TO_BE_IN, statements)
    if inside.sum() < FEWEST_IN:
        most = np.argsort(-counts, kind="stable")[:FEWEST_IN]
        inside[most[counts[most] > 0]] = True
    return inside


def projection(rows: Integers, columns: Integers, values: Floats, shape: tuple[int, int]) -> Floats:
    """Everybody on two axes, shape (people, 2): stretched by how few statements they have seen."""
    people, statements = shape
    seen = np.maximum(np.bincount(columns, minlength=statements), 1)
    means = np.bincount(columns, weights=values, minlength=statements) / seen
    centred = sparse.csr_array((values - means[columns], (rows, columns)), shape=shape)
    axes = np.linalg.eigh((centred.T @ centred).toarray())[1][:, :-3:-1]
    counts = np.maximum(np.bincount(rows, minlength=people), 1)
    return np.sqrt(statements / counts)[:, None] * (centred @ axes)


def k_means(points: Floats, weights: Floats, k: int, iterations: int) -> tuple[Integers, Floats]:
    """Lloyd's, from the first k distinct points in their order; empty clusters are dropped.

    points: (n, 2); weights: (n,). Gives labels (n,) and centres (at most k, 2).
    """
    _, first = np.unique(points, axis=0, return_index=True)
    centres = points[np.sort(first)[:k]]
    for _ in range(iterations):
        labels = nearest(points, centres)
        kept, labels = np.unique(labels, return_inverse=True)
        total = np.bincount(labels, weights=weights)
        moved = np.stack(
            [np.bincount(labels, weights=weights * side) / total for side in points.T], axis=1
        )
        still = len(kept) == len(centres) and (
            np.linalg.norm(moved - centres, axis=1).max() < MOVED
        )
        centres = moved
        if still:
            break
    return labels, centres


def nearest(points: Floats, centres: Floats) -> Integers:
    """The centre nearest to each point, the first of equals; shape (n,)."""
    return np.concatenate(
        [
            ((some[:, None, :] - centres) ** 2).sum(axis=2).argmin(axis=1)
            for some in np.array_split(points, len(points) // 4096 + 1)
        ]
    )


def silhouette(points: Floats, labels: Integers) -> float:
    """The mean silhouette (Rousseeuw 1987) of unweighted points; who is alone counts nought."""
    apart = np.sqrt(((points[:, None, :] - points) ** 2).sum(axis=2))
    sizes = np.bincount(labels)
    if len(sizes) < 2:
        return -1.0
    to_group = np.stack([apart[:, labels == g].sum(axis=1) for g in range(len(sizes))], axis=1)
    own = sizes[labels]
    inside = to_group[np.arange(len(points)), labels] / np.maximum(own - 1, 1)
    means = to_group / sizes
    means[np.arange(len(points)), labels] = np.inf
    outside = means.min(axis=1)
    widest = np.maximum(inside, outside)
    scores = np.divide(outside - inside, widest, out=np.zeros_like(widest), where=widest > 0)
    return float(np.where(own > 1, scores, 0.0).mean())


# --- beside what Polis published ----------------------------------------------------------------


def adjusted_rand(one: Integers, other: Integers) -> float:
    """How alike two partitions of the same people are (Hubert & Arabie 1985); 1 when the same."""
    table = np.zeros((one.max() + 1, other.max() + 1), dtype=np.int64)
    np.add.at(table, (one, other), 1)

    def pairs(counts: Integers) -> float:
        return float((counts * (counts - 1) // 2).sum())

    together = pairs(table)
    by_one, by_other = pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    everything = len(one) * (len(one) - 1) / 2
    expected = by_one * by_other / everything if everything else 0.0
    highest = (by_one + by_other) / 2
    return 1.0 if highest == expected else (together - expected) / (highest - expected)


def published(path: Path) -> tuple[Floats, Integers, NDArray[np.bool_]]:
    """Of a `participants-votes.csv`: votes (people, statements), published groups (people,), -1
    for none, and what the `comments.csv` beside it says was moderated out (statements,)."""
    with path.open(encoding="utf-8", newline="") as file:
        head, *lines = csv.reader(file)
    with (path.parent / "comments.csv").open(encoding="utf-8", newline="") as file:
        rejected = {
            line["comment-id"] for line in csv.DictReader(file) if line["moderated"] == "-1"
        }
    where = [i for i, name in enumerate(head) if name.isdigit()]
    group = head.index("group-id")
    votes = [[float(line[i]) if line[i] else np.nan for i in where] for line in lines]
    groups = [int(line[group]) if line[group] else -1 for line in lines]
    out = np.array([head[i] in rejected for i in where])
    return np.array(votes), np.array(groups, dtype=np.int64), out


def sizes(labels: Integers) -> list[int]:
    """How many people each group has, the smallest first; who is in none is not counted."""
    return sorted(np.bincount(labels[labels >= 0]).tolist())


def main(folder: Path) -> int:
    print(f"{'conversation':<30}{'people':>7}{'in':>6}{'ARI':>7}  groups published, and here")
    ratios = []
    for path in sorted(folder.glob("*/participants-votes.csv")):
        votes, theirs, out = published(path)
        ours = polis_groups(votes, out)
        both = (theirs >= 0) & (ours >= 0)
        ratios.append(adjusted_rand(theirs[both], ours[both]))
        print(
            f"{path.parent.name:<30}{len(votes):>7}{(ours >= 0).sum():>6}{ratios[-1]:>7.3f}"
            f"  {sizes(theirs)} {sizes(ours)}"
        )
    print(f"median {np.median(ratios):.3f}, mean {np.mean(ratios):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
