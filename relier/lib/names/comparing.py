"""How alike two names are, in which way, and whether the dates of birth agree.

Two names are cut into words, small words glued to what they precede; each word of the shorter
name is matched with one word of the other, whatever the order; each match gets a grade (below),
and the name is judged mostly by its worst match: "Awa Diallo" and "Awa Traoré" share a word and
are two people. A missing word costs little, a word that disagrees costs much.

The grades are our own: set by judgement, then checked on the training half of
`benchmarks/names.py`, where moving any one by 0.05 and choosing the threshold again changes F1 by
less than 0.01. That file says what its figures are worth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from relier.lib.names.couples import COUPLES
from relier.lib.names.folding import READ_AT_MOST, fold
from relier.lib.names.particles import is_particle, parts
from relier.lib.names.sounds import heard_alike, readings, spelled_out

# From this score on, a worker should see the pair before creating a file.
PROPOSE = 0.70

MOST_WORDS = 8

# What two words are worth, from 0 to 1.
SOUND = 0.93  # heard alike: Oumar, Umar
SWAPPED_LETTERS = 0.90  # Rahcid: a finger too fast, the commonest slip
EXTRA_LETTER = 0.85  # Fatma, Fatima
OTHER_LETTER = 0.82
INITIAL = 0.80  # J. for Jean
BEGINNING = 0.78  # Fatou, Fatoumata: four letters and four more, or it may be Marc and Marcel
NEAR_SOUND = 0.77  # one sound apart, in a word of five sounds or more
TWO_LETTERS = 0.70  # in a word of seven letters or more
FIRST_LETTER = 0.62  # Kamal and Jamal: hands slip there rarely, names differ there often
LAST_LETTER = 0.60  # Karim and Karima: the sex is there
NOT_ALIKE = 0.60  # at most, for two words of which nothing above is true
COUPLE = 0.40  # Martin and Martine sound almost alike and are two people
SHORT_WORD = 0.20  # less, when four letters or fewer: everything is close to Awa
WITHOUT_ARTICLE = 0.98  # Khattabi, El Khattabi

# How words make a name.
WORST_MATCH = 0.70  # the share of the worst match; the mean has the rest
WORD_MISSING = 0.96
ONE_WORD_ONLY = 0.88  # "Awa" and "Awa Diallo": perhaps

# What the date of birth changes.
DATE_AGREES = 0.5  # takes away half of the doubt...
DATE_NEEDS = 0.5  # ...of names that are somewhat alike: twins share a date and a family name
DATE_CONTRADICTS = 0.7  # only the very same name is still proposed


class Reason(StrEnum):
    """In which way two names are alike, from the surest to none."""

    SAME_NAME = "same name"
    WORDS_SWAPPED = "words swapped"
    SAME_SOUND = "same sound"
    SHORTER_FORM = "shorter form"
    ONE_LETTER_APART = "one letter apart"
    CLOSE_SPELLING = "close spelling"
    DIFFERENT = "different"


class Born(StrEnum):
    """What two dates of birth say. `CLOSE`: a slip of one could give the other."""

    UNKNOWN = "unknown"
    AGREES = "agrees"
    CLOSE = "close"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are: `score` from 0 to 1, the weakest `reason`, and the dates."""

    score: float
    reason: Reason
    born: Born

    @property
    def likely(self) -> bool:
        """Whether to propose the two as perhaps one person."""
        return self.score >= PROPOSE


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    codes: tuple[str, ...]
    # The same without its articles, when it has some: khattabi for elkhattabi.
    core: "_Word | None" = None


_Grade = tuple[float, Reason]
_NOTHING: _Grade = (0.0, Reason.DIFFERENT)
_RANK = {reason: rank for rank, reason in enumerate(Reason)}


def likeness(a: str, b: str, born_a: date | None = None, born_b: date | None = None) -> Likeness:
    """How alike two people's names are, and whether their dates of birth agree.

    `a`, `b`: names as written, words in any order; of each, the first 1000 characters and the
    first `MOST_WORDS` words are read. Dates: None when not known. The same whichever comes first.
    A name without a letter is like no other, itself included (score 0). Dates that agree take
    half of the doubt away; dates that contradict lower the score below `PROPOSE`, unless the name
    is the very same: dates are mistyped, and homonyms are worth a look.
    Never raises.
    """
    first, second = sorted((a[:READ_AT_MOST], b[:READ_AT_MOST]))
    (glued, plain), (other_glued, other_plain) = _read(first), _read(second)
    grade = _compare(glued, other_glued)
    if glued is not plain or other_glued is not other_plain:
        grade = max(grade, _compare(plain, other_plain), key=lambda grade: grade[0])
    born = _born(born_a, born_b)
    return Likeness(_with_dates(*grade, born), grade[1], born)


# One name is usually compared with many: it is read once.
@lru_cache(maxsize=64)
def _read(name: str) -> tuple[Sequence[_Word], Sequence[_Word]]:
    """The words of a name with particles glued, and as they stand (the same list if none)."""
    words = fold(name).split()[:MOST_WORDS]
    said = words if name.isascii() else fold(spelled_out(name)).split()[:MOST_WORDS]
    if len(said) != len(words):
        said = words
    plain = [_word(*both) for both in zip(words, said, strict=True)]
    if not any(map(is_particle, words)):
        return plain, plain
    glued = []
    written, heard_parts = parts(words), parts(said)
    if len(heard_parts) != len(written):
        heard_parts = written
    for part, heard in zip(written, heard_parts, strict=True):
        core = None if part.core == part.whole else _word(part.core, heard.core)
        glued.append(_word(part.whole, heard.whole, core))
    return glued, plain


def _word(text: str, said: str, core: _Word | None = None) -> _Word:
    codes = readings(text)
    if said != text:
        codes = tuple(dict.fromkeys((*codes, *readings(said))))
    return _Word(text, codes, core)


def _compare(words: Sequence[_Word], others: Sequence[_Word]) -> _Grade:
    """The grade of two lists of words, matched greedily from the best pair down."""
    if not words or not others:
        return _NOTHING
    words, others = _rejoined(words, others), _rejoined(others, words)
    grades = [(_grade(x, y), i, j) for i, x in enumerate(words) for j, y in enumerate(others)]
    grades.sort(key=lambda graded: -graded[0][0])
    places: dict[int, int] = {}
    matched: list[_Grade] = []
    for grade, i, j in grades:
        if i not in places and j not in places.values():
            places[i] = j
            matched.append(grade)
    scores = [score for score, _ in matched]
    reasons = [reason for _, reason in matched]
    score = WORST_MATCH * min(scores) + (1 - WORST_MATCH) * sum(scores) / len(scores)
    if len(words) != len(others):
        score *= ONE_WORD_ONLY if len(matched) == 1 else WORD_MISSING
        reasons.append(Reason.SHORTER_FORM)
    if any(first > second for first, second in pairwise(places[i] for i in sorted(places))):
        reasons.append(Reason.WORDS_SWAPPED)
    return score, max(reasons, key=_RANK.__getitem__)


def _rejoined(words: Sequence[_Word], others: Sequence[_Word]) -> list[_Word]:
    """The words, two neighbours made one where the other name writes them so (Marie Claire)."""
    joined = list(words)
    if len(words) <= len(others):
        return joined
    for at in range(len(words) - 2, -1, -1):
        text = joined[at].text + joined[at + 1].text
        both = _word(text, text)
        if any(len(text) - 4 < len(o.text) < len(text) + 4 and _same(both, o) for o in others):
            joined[at : at + 2] = [both]
            break
    return joined


def _same(one: _Word, other: _Word) -> bool:
    return one.text == other.text or any(
        heard_alike(code, heard) for code in one.codes for heard in other.codes
    )


def _grade(one: _Word, other: _Word) -> _Grade:
    """What two words are worth, and why."""
    short, long = sorted((one.text, other.text), key=lambda text: (len(text), text))
    if short == long:
        return 1.0, Reason.SAME_NAME
    if (short, long) in COUPLES:
        return COUPLE, Reason.DIFFERENT
    if _same(one, other):
        grade = SOUND, Reason.SAME_SOUND
    elif len(short) == 1:
        grade = (INITIAL, Reason.SHORTER_FORM) if long[0] == short else _NOTHING
    else:
        grade = _graded_as_written(short, long)
        if grade[0] < NEAR_SOUND and _nearly_same_sound(one, other):
            grade = NEAR_SOUND, Reason.CLOSE_SPELLING
    if one.core or other.core:
        score, reason = _grade(one.core or one, other.core or other)
        grade = max(grade, (score * WITHOUT_ARTICLE, reason), key=lambda grade: grade[0])
    return grade


def _graded_as_written(short: str, long: str) -> _Grade:
    distance = OSA.distance(short, long, score_cutoff=2)
    if distance == 1:
        penalty = SHORT_WORD if len(long) <= 4 else 0.0
        return _one_letter_apart(short, long) - penalty, Reason.ONE_LETTER_APART
    if len(short) >= 4 and len(long) - len(short) >= 4 and long.startswith(short):
        return BEGINNING, Reason.SHORTER_FORM
    if distance == 2 and len(long) >= 7 and short[0] == long[0] and not long.startswith(short):
        return TWO_LETTERS, Reason.CLOSE_SPELLING
    return NOT_ALIKE * OSA.normalized_similarity(short, long), Reason.DIFFERENT


def _one_letter_apart(short: str, long: str) -> float:
    at = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    if len(short) == len(long) and short[at + 1 :] != long[at + 1 :]:
        return SWAPPED_LETTERS
    if at == 0:
        return FIRST_LETTER
    if at == len(long) - 1:
        return LAST_LETTER
    return OTHER_LETTER if len(short) == len(long) else EXTRA_LETTER


def _nearly_same_sound(one: _Word, other: _Word) -> bool:
    """One sound apart, in five sounds or more, and not one of those that tell names apart."""
    return any(
        min(len(code), len(heard)) >= 5
        and OSA.distance(code, heard, score_cutoff=1) <= 1
        and _telling_sounds(code) == _telling_sounds(heard)
        for code in one.codes
        for heard in other.codes
    )


def _telling_sounds(code: str) -> str:
    """The first and last sounds, with the first and last vowels if these are others."""
    return code[0] + "".join(sound for sound in code if sound in "AEIU") + code[-1]


def _born(one: date | None, other: date | None) -> Born:
    """What two dates say; 1 January often stands for a day that nobody knows."""
    if one is None or other is None:
        return Born.UNKNOWN
    unsure = (1, 1) in {(one.month, one.day), (other.month, other.day)}
    if one == other:
        return Born.CLOSE if unsure else Born.AGREES
    same = (one.year == other.year, one.month == other.month, one.day == other.day)
    turned = (one.month, one.day) == (other.day, other.month)
    slip = sum(same) == 2 or (same[0] and (turned or unsure))
    return Born.CLOSE if slip else Born.CONTRADICTS


def _with_dates(score: float, reason: Reason, born: Born) -> float:
    if born is Born.AGREES and score >= DATE_NEEDS:
        return score + (1 - score) * DATE_AGREES
    if born is Born.CONTRADICTS:
        whole = reason in {Reason.SAME_NAME, Reason.WORDS_SWAPPED}
        return max(score * DATE_CONTRADICTS, PROPOSE if whole else 0.0)
    return score
