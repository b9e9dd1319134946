"""What follows from what: chains in a relation of needs, and the needs that follow from others.

A pair (item, needed) says that the item asks for the other one first. Plain Python: pairs of ids
in, ids out. Relations here have about a hundred items: simple searches are fast enough (under a
millisecond), and are read in one go.
"""

from collections.abc import Iterable, Mapping

Pair = tuple[str, str]


def direct(pairs: Iterable[Pair]) -> dict[str, list[str]]:
    """Item -> what it needs directly, in the order of the pairs. One without needs is absent."""
    found: dict[str, list[str]] = {}
    for item, needed in pairs:
        found.setdefault(item, []).append(needed)
    return found


def way(pairs: Iterable[Pair], start: str, end: str) -> tuple[str, ...]:
    """A shortest chain of needs: start needs a, which needs b… which needs end. () when none.

    A loop is allowed in the pairs, and `way(pairs, a, a)` is the loop through a, if there is one.
    """
    return _way(direct(pairs), start, end)


def essential(pairs: Iterable[Pair]) -> frozenset[Pair]:
    """The pairs that do not follow from others: what is drawn (a Hasse diagram).

    The relation must be acyclic; its transitive reduction is then unique (Aho, Garey & Ullman,
    "The transitive reduction of a directed graph", SIAM J. Comput. 1, 1972).
    """
    kept = tuple(dict.fromkeys(pairs))
    needs = direct(kept)
    beyond = {item: all_needed(needs, item) for item in needs}
    return frozenset(
        (item, needed)
        for item, needed in kept
        if not any(needed in beyond.get(other, ()) for other in needs[item] if other != needed)
    )


def all_needed(needs: Mapping[str, Iterable[str]], item: str) -> frozenset[str]:
    """All that an item needs, near and far; itself only when it stands on a loop."""
    found: set[str] = set()
    waiting = list(needs.get(item, ()))
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += needs.get(here, ())
    return frozenset(found)


def _way(needs: Mapping[str, Iterable[str]], start: str, end: str) -> tuple[str, ...]:
    came_from: dict[str, str] = {}
    reached = [start]
    for here in reached:
        for there in needs.get(here, ()):
            if there == end:
                return (*_back(came_from, here, start), end)
            if there not in came_from and there != start:
                came_from[there] = here
                reached.append(there)
    return ()


def _back(came_from: Mapping[str, str], here: str, start: str) -> tuple[str, ...]:
    chain = [here]
    while chain[-1] != start:
        chain.append(came_from[chain[-1]])
    return tuple(reversed(chain))
