"""The conversations that engines are measured on: nine real ones, and invented ones of any size."""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from relier.deliberation.opinions.kernels import Opinions
from relier.deliberation.opinions.reading import read_votes
from relier.deliberation.opinions.votes import Votes

ROOT = Path(__file__).resolve().parents[2]
# The sizes of the largest conversation that Polis ever had, and of a middling one.
INVENTED = {"invented 10 000": (10_000, 300, 497_763), "invented 33 422": (33_422, 783, 1_995_083)}
FOLDS = 10


@dataclass(frozen=True)
class Named:
    name: str
    votes: Votes
    permutations: tuple[int, int]
    folds: int


def data_folder() -> Path | None:
    """Where the nine conversations are: RELIER_OPINIONS_DATA, or `shared/data/opinions` beside one
    of the folders above this one."""
    if told := os.environ.get("RELIER_OPINIONS_DATA"):
        return Path(told)
    places = [above / "shared" / "data" / "opinions" for above in ROOT.parents]
    return next((place for place in places if place.is_dir()), None)


def real(folder: Path, permutations: int) -> list[Named]:
    """The nine, what was moderated out left out."""
    found = []
    for path in sorted(folder.glob("*/participants-votes.csv")):
        votes = read_votes(path, path.parent / "comments.csv").votes
        found.append(
            Named(path.parent.name, votes.canonical(), (permutations, permutations), FOLDS)
        )
    return found


def invented(name: str, permutations: tuple[int, int]) -> Named:
    people, statements, votes = INVENTED[name]
    return Named(name, planted(people, statements, votes, seed=2026), permutations, 1)


def planted(people: int, statements: int, votes: int, seed: int, shares=(0.5, 0.3, 0.2)) -> Votes:
    """Camps of these shares, people more or less agreeable, one vote in twelve a pass."""
    random = np.random.default_rng(seed)
    camps = random.choice(len(shares), people, p=shares)
    rates = np.clip(0.5 + 0.35 * random.normal(size=(len(shares), statements)), 0.05, 0.95)
    agreeable = random.normal(size=people) * 0.5
    seen = random.random((people, statements), dtype=np.float32) < votes / people / statements
    rows, columns = np.nonzero(seen)
    logits = np.log(rates / (1 - rates))[camps[rows], columns] + agreeable[rows]
    values = np.where(random.random(len(rows)) < 1 / (1 + np.exp(-logits)), 1, -1)
    values[random.random(len(rows)) < 1 / 12] = 0
    return Votes.of_cells(rows, columns, values, [str(k) for k in range(statements)]).canonical()


def fold_of_each(votes: Votes) -> NDArray[np.int8]:
    """(votes,) in which of ten folds each opinion is hidden; -1 for what is no opinion."""
    random = np.random.Generator(np.random.Philox(key=2026))
    folds = np.full(len(votes.values), -1, dtype=np.int8)
    opinion = (votes.values & 1).astype(bool)
    folds[opinion] = random.integers(0, FOLDS, len(Opinions.of(votes).cells))
    return folds


def saved(conversation: Named, path: Path) -> None:
    """What every engine is given, in a form that any of them can read."""
    votes = conversation.votes
    np.savez(
        path,
        rows=votes.row_of_each,
        columns=votes.columns.astype(np.int64),
        values=votes.values,
        folds=fold_of_each(votes),
        shape=np.array([len(votes), len(votes.statements)]),
    )
