"""Which files stand together, and which teams follow them: plain sets, so that any order of
merging and undoing gives what was never merged.

A standing merge says that one file went into another; each file goes into one at most, so files
make trees, and the file at the top is the one shown. `into` maps a file that went to the one that
kept it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

File = TypeVar("File")


@dataclass(frozen=True)
class Follows:
    """A team follows a file today. `stands_for`: the following that a merge made it stand for."""

    pk: int
    file: object
    team: int
    stands_for: int | None = None


def root_of(file: File, into: Mapping[File, File]) -> File:
    """The file at the top. Raises ValueError where merges turn in a circle, which a centre's
    data never do: a file that is merged is no longer a root, and only roots are merged."""
    met = {file}
    while file in into:
        file = into[file]
        if file in met:
            raise ValueError("These merges turn in a circle.")
        met.add(file)
    return file


def tree_of(root: File, into: Mapping[File, File]) -> set[File]:
    """The file and all those that lead to it."""
    return {root} | {file for file in into if root_of(file, into) == root}


def stand_ins(
    root: object, tree: Iterable[object], follows: Iterable[Follows]
) -> tuple[list[Follows], list[Follows]]:
    """What to change so that the file shown is followed by every team of every file of its tree.

    `follows`: who follows the files of the tree today, and every stand-in on the root that still
    stands. Returns (those for which a stand-in is missing, stand-ins that are no longer right).
    A team that follows several files is stood for once.
    """
    files = set(tree)
    follows = [f for f in follows if f.file in files]
    own = [f for f in follows if f.stands_for is None]
    at_root = {f.team for f in own if f.file == root}
    wanted: dict[int, Follows] = {}
    for following in sorted(own, key=lambda f: f.pk):
        if following.team not in at_root:
            wanted.setdefault(following.team, following)
    standing = [f for f in follows if f.stands_for is not None]
    sources = {f.pk for f in own}
    right = [f for f in standing if f.file == root and f.team in wanted and f.stands_for in sources]
    missing = [f for team, f in wanted.items() if team not in {r.team for r in right}]
    return missing, [f for f in standing if f not in right]
