"""The small words before a family name, which one hand writes apart and the next one glued."""

from collections.abc import Sequence
from dataclasses import dataclass

# Articles and prepositions: the name is recognised without them (Khattabi, El Khattabi).
_ARTICLES = frozenset(
    {
        *("el", "al", "es", "ed", "er", "ez", "ech", "la", "le", "les", "lo", "du", "de", "des"),
        *("da", "do", "dos", "den", "der", "di", "del", "della", "van", "vande", "vanden"),
        *("vander", "von", "zu", "ter", "ten", "te"),
    }
)
# Words that make another name with what follows: Ben Ali is not Ali, but may be Benali.
_BINDING = frozenset(
    {
        *("ben", "bin", "ibn", "bint", "bent", "bou", "bel", "ould", "oulad", "ait"),
        *("abd", "abdel", "abdul", "abder", "abou", "abu", "oum", "um", "mac", "mc"),
    }
)
_LONGEST_RUN = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a name with its small words: `whole` glued, `core` without the articles."""

    whole: str
    core: str


def is_particle(word: str) -> bool:
    """Whether a folded word usually comes before a family name, and says little by itself."""
    return word in _ARTICLES or word in _BINDING


def parts(words: Sequence[str]) -> list[Part]:
    """The words of a folded name with each run of particles glued to the word it precedes.

    ["jan", "van", "den", "berghe"] gives jan and vandenberghe (core: berghe); a particle that
    nothing follows stands as a word ("Le" is also a Vietnamese family name).
    """
    found: list[Part] = []
    run: list[str] = []
    for at, word in enumerate(words):
        if is_particle(word) and len(run) < _LONGEST_RUN and at + 1 < len(words):
            run.append(word)
            continue
        bound = "".join(particle for particle in run if particle in _BINDING)
        found.append(Part("".join([*run, word]), bound + word))
        run = []
    return found
