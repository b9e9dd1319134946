"""Are likely duplicates proposed, and strangers left alone? `relier.lib.names` beside its peers.

Every person here is invented: first names and family names of the places our centres are in
(`names_words.ini`), drawn together by chance. From each we make the same person written otherwise
(our own rules of variation) and other people who look alike (sisters, homonyms, neighbours in the
list). The lists are split in two halves by seed before anything is drawn: each way's threshold is
chosen on the training half and its figures are read on the other.

What these figures are not. The engine's rules were corrected by reading errors on training halves
cut in two ways, so some words of today's test half were seen then: its figures flatter us a
little, and the peers not at all. The pairs of `names_hard.txt` were written by hand before the
engine, by the same author, and its errors were never listed while tuning; but its kinds of
trouble were known, and some of its pairs are also unit tests. A set by another hand is to be made.

Run it with `python -m benchmarks.names`. It exits with 1 if ours is not the best in F1.
"""

import argparse
import random
import re
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from dataclasses import dataclass
from pathlib import Path

import jellyfish
from rapidfuzz import fuzz, process

from relier.lib import names

HERE = Path(__file__).parent

# Ways of writing what was heard or read. (pattern, what it becomes)
SPELLINGS = [
    (r"ou", "u"), (r"ou", "oo"), (r"(?<![aeo])u(?![aeiy])", "ou"), (r"o(?=[mn])", "ou"),
    (r"c(?=[aouklr])", "k"), (r"k", "c"), (r"k", "q"), (r"q(?!u)", "k"), (r"qu", "k"),
    (r"ph", "f"), (r"f", "ph"), (r"y", "i"), (r"i", "y"), (r"ai", "ay"), (r"dj", "j"),
    (r"j", "dj"), (r"ch", "sh"), (r"sh", "ch"), (r"kh", "h"), (r"kh", "k"), (r"h$", ""),
    (r"^h(?=[aeiou])", ""), (r"th", "t"), (r"t(?=[ei])", "th"), (r"([bdfklmnprstz])\1", r"\1"),
    (r"(?<=[aeiou])([dlmnrst])(?=[aeiou])", r"\1\1"), (r"(?<=[ndrlmt])e$", ""),
    (r"(?<=[nmd])$", "e"),
    (r"w(?=[a])", "ou"), (r"ou(?=[aei])", "w"), (r"z", "s"), (r"gh", "g"), (r"ie$", "i"),
    (r"a(?=[^aeiouy][^aeiouy]?[ae])", "e"), (r"e(?=[nmd]$)", "a"), (r"eau|au", "o"), (r"ss", "s"),
    (r"x$", "ks"), (r"ck", "k"), (r"tsh", "ch"), (r"sz", "sh"), (r"w", "v"), (r"a$", "ah"),
]  # fmt: skip
PARTICLES = re.compile(r"\b(El|De la|De|Van den|Van der|Van|Aït|Ould|Ben|D'|N')[ ]?(?=\w)", re.I)
CYRILLIC = dict(zip("abvhdeziyklmnoprstufcjwxq", "абвгдезіиклмнопрстуфкйвхк", strict=True))


@dataclass(frozen=True)
class Pair:
    a: str
    b: str
    same: bool


@dataclass(frozen=True)
class Half:
    """Of each origin, first names and family names; and first names that look alike."""

    words: dict[str, tuple[list[str], list[str]]]
    alike: list[list[str]]

    def draw(self, rng: random.Random) -> tuple[list[str], list[str]]:
        """The names of one origin, a rich list more often than a poor one."""
        origins = sorted(self.words)
        return self.words[rng.choices(origins, [len(self.words[o][0]) for o in origins])[0]]


def plain(text: str) -> str:
    """Case and accents folded, nothing else: what most software does."""
    marks = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i"))
    return " ".join("".join(c for c in marks if not unicodedata.combining(c)).split())


def respell(word: str, rng: random.Random) -> str:
    """The word as another hand would write it: one rule that fits, at one place that fits."""
    lower = word.lower()
    fits = [(m, new) for old, new in SPELLINGS for m in re.finditer(old, lower)]
    if len(word) < 3 or not fits:
        return word
    match, new = rng.choice(fits)
    return (lower[: match.start()] + match.expand(new) + lower[match.end() :]).capitalize()


def slip(word: str, rng: random.Random) -> str:
    """The word with one slip of the finger: a letter lost, doubled, swapped or taken next door."""
    if len(word) < 5:
        return word
    at = rng.randrange(1, len(word) - 1)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    next_door = word[:at] + rng.choice("aeionrstl") + word[at + 1 :]
    return rng.choice(
        [word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], swapped, next_door]
    )


def dress(given: str, family: str, rng: random.Random) -> str:
    """How a list or a form writes it: order, capitals, accents, hyphens, particles."""
    if rng.random() < 0.25:
        family = PARTICLES.sub(
            lambda m: m[1].replace(" ", "").replace("'", ""), family
        ).capitalize()
    if rng.random() < 0.3:
        given, family = plain(given).title(), plain(family).title()
    if rng.random() < 0.2:
        given = given.replace("-", rng.choice([" ", ""]))
    if rng.random() < 0.3:
        family = family.upper()
    return f"{family} {given}" if rng.random() < 0.25 else f"{given} {family}"


def written_otherwise(given: str, family: str, more: list[str], rng: random.Random) -> str:
    """The same person, written by someone else on another day."""
    luck = rng.random()
    if luck < 0.08:
        return respell(given, rng) if rng.random() < 0.4 else given
    if luck < 0.12:
        return f"{given[0]}. {family}"
    if luck < 0.18:
        return dress(f"{given} {rng.choice(more)}", family, rng)
    if luck < 0.20 and len(given) > 7:
        return dress(given[: rng.randint(3, len(given) - 4)], family, rng)
    for _ in range(rng.choice([0, 1, 1, 1, 2, 2])):
        if rng.random() < 0.5:
            given = respell(given, rng)
        else:
            head, _, last = family.rpartition(" ")
            family = f"{head} {respell(last, rng)}".strip()
    if rng.random() < 0.15:
        given = slip(given, rng)
    if rng.random() < 0.15:
        family = slip(family, rng)
    if rng.random() < 0.03 and family.isascii():
        return f"{given} " + "".join(CYRILLIC.get(c, c) for c in family.lower()).title()
    return dress(given, family, rng)


def halves(seed: int) -> tuple[Half, Half]:
    """The invented words of each origin, and the look-alikes, cut in two by chance."""
    rng, book = random.Random(seed), ConfigParser(interpolation=None)
    book.read(HERE / "names_words.ini", encoding="utf-8")
    alike = [pair.split() for pair in book["look-alikes"]["pairs"].split(";")]
    rng.shuffle(alike)
    train, test = Half({}, alike[::2]), Half({}, alike[1::2])
    for origin in book.sections():
        if origin == "look-alikes":
            continue
        given = book[origin]["first"].split()
        family = [" ".join(name.split()) for name in book[origin]["family"].split(";")]
        rng.shuffle(given)
        rng.shuffle(family)
        train.words[origin] = given[::2], family[::2]
        test.words[origin] = given[1::2], family[1::2]
    return train, test


def strangers(
    given: list[str], family: list[str], alike: list[list[str]], rng: random.Random
) -> Pair:
    """Two people who are not the same, more alike than chance would have it."""
    (g1, g2), (f1, f2) = rng.sample(given, 2), rng.sample(family, 2)
    kind = rng.random()
    if kind < 0.30:
        f2 = f1
    elif kind < 0.60:
        g2 = g1
    elif kind < 0.70:
        (g1, g2), f2 = rng.choice(alike), f1
    elif kind < 0.75:
        return Pair(dress(g1, f1, rng), g2, False)
    return Pair(dress(g1, f1, rng), dress(g2, f2, rng), False)


def build(half: Half, seed: int, same: int, other: int) -> list[Pair]:
    rng, made = random.Random(seed), []
    while len(made) < same:
        given, family = half.draw(rng)
        g, f = rng.choice(given), rng.choice(family)
        otherwise = written_otherwise(g, f, [x for x in given if x != g], rng)
        if otherwise != f"{g} {f}":
            made.append(Pair(f"{g} {f}", otherwise, True))
    return made + [strangers(*half.draw(rng), half.alike, rng) for _ in range(other)]


def hard_set() -> list[Pair]:
    """The pairs written by hand: "=" the same person could be written both ways, "!" two people."""
    lines = (HERE / "names_hard.txt").read_text(encoding="utf-8").splitlines()
    told = [line for line in lines if line and not line.startswith("#")]
    return [Pair(*line[2:].split(" | "), line[0] == "=") for line in told]


# --- the peers --------------------------------------------------------------------------------


def ours(a: str, b: str) -> float:
    return names.likeness(a, b).score


def sorted_words(text: str) -> str:
    return " ".join(sorted(names.fold(text).split()))


def metaphones(text: str) -> set[str]:
    return {jellyfish.metaphone(word) for word in names.fold(text).split()}


def shared_metaphones(a: str, b: str) -> float:
    one, other = metaphones(a), metaphones(b)
    return len(one & other) / len(one | other) if one | other else 0.0


def equal(a: str, b: str) -> float:
    return float(plain(a) == plain(b))


# Each peer gets our own folding (accents, alphabets), so that only the comparing is compared.
WAYS: dict[str, Callable[[str, str], float]] = {
    "relier likeness": ours,
    "rapidfuzz WRatio": lambda a, b: fuzz.WRatio(a, b, processor=names.fold),
    "rapidfuzz token_sort_ratio": lambda a, b: fuzz.token_sort_ratio(a, b, processor=names.fold),
    "rapidfuzz token_set_ratio": lambda a, b: fuzz.token_set_ratio(a, b, processor=names.fold),
    "jellyfish Jaro-Winkler": lambda a, b: jellyfish.jaro_winkler_similarity(
        names.fold(a), names.fold(b)
    ),
    "the same, words sorted": lambda a, b: jellyfish.jaro_winkler_similarity(
        sorted_words(a), sorted_words(b)
    ),
    "jellyfish metaphones shared": shared_metaphones,
    "equal but for case and accents": equal,
}


@dataclass(frozen=True)
class Figures:
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def figures(scored: list[tuple[float, bool]], threshold: float) -> Figures:
    proposed = [same for score, same in scored if score >= threshold]
    right, all_same = sum(proposed), sum(same for _, same in scored)
    return Figures(right / len(proposed) if proposed else 0.0, right / all_same)


def best_threshold(scored: list[tuple[float, bool]]) -> float:
    """The score from which proposing gives the best F1, in one pass over the sorted scores."""
    same_in_all = sum(same for _, same in scored)
    best, threshold, right = -1.0, 0.0, 0
    ordered = sorted(scored, reverse=True)
    for count, (score, same) in enumerate(ordered, start=1):
        right += same
        last_of_its_score = count == len(ordered) or ordered[count][0] != score
        if last_of_its_score and 2 * right / (count + same_in_all) > best:
            best, threshold = 2 * right / (count + same_in_all), score
    return threshold


def seconds(way: Callable[[str, str], float], pairs: list[Pair]) -> float:
    """The least of three runs over the pairs, in CPU seconds."""
    least = float("inf")
    for _ in range(3):
        started = time.process_time()
        for pair in pairs:
            way(pair.a, pair.b)
        least = min(least, time.process_time() - started)
    return least


def compare(train: list[Pair], test: list[Pair], hard: list[Pair]) -> Iterator[tuple]:
    for name, way in WAYS.items():
        learnt, new, by_hand = (
            [(way(pair.a, pair.b), pair.same) for pair in pairs] for pairs in (train, test, hard)
        )
        best = 1.0 if way is equal else best_threshold(learnt)
        # Ours is judged at the threshold it ships with; the best one on training is shown beside.
        used = names.PROPOSE if way is ours else best
        yield name, best, figures(new, used), figures(by_hand, used), seconds(way, test[:2000])


# --- finding one name among many --------------------------------------------------------------


def among_many(half: Half, test: list[Pair]) -> None:
    """Search before create: our stored keys, then likeness, beside WRatio over everyone."""
    rng = random.Random(3)
    origins = (half.draw(rng) for _ in range(20_000))
    everyone = [f"{rng.choice(given)} {rng.choice(family)}" for given, family in origins]
    index: dict[str, list[int]] = {}
    for at, name in enumerate(everyone):
        for key in names.sound_keys(name):
            index.setdefault(key, []).append(at)
    asked = [pair.b for pair in test if pair.same][:20]

    started = time.process_time()
    for name in asked:
        reached = {at for key in names.sound_keys(name) for at in index.get(key, ())}
        [everyone[at] for at in reached if names.likeness(name, everyone[at]).likely]
    by_keys = time.process_time() - started
    folded = [names.fold(name) for name in everyone]
    started = time.process_time()
    for name in asked:
        process.extract(names.fold(name), folded, scorer=fuzz.WRatio, score_cutoff=85, limit=None)
    by_all = time.process_time() - started

    same = [pair for pair in test if pair.same]
    found = sum(not names.sound_keys(p.a).isdisjoint(names.sound_keys(p.b)) for p in same)
    print(f"\nAmong {len(everyone)} people, one name by our keys and likeness takes")
    print(f"{by_keys / by_all:.2f} times what WRatio over everyone takes (scored in C++).")
    print(f"Pairs of one person that share a key, and so are compared: {found / len(same):.1%}.")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--seed", type=int, default=7, help="splits the names in two halves")
    asked.add_argument(
        "--errors", action="store_true", help="list our errors (tuning on them spoils both sets)"
    )
    options = asked.parse_args()
    first_half, second_half = halves(options.seed)
    train = build(first_half, 1, same=1500, other=4500)
    test = build(second_half, 2, same=1500, other=4500)
    hard = hard_set()
    for label, pairs in (("training", train), ("test", test), ("by hand", hard)):
        same = sum(pair.same for pair in pairs)
        print(f"{label}: {same} pairs of one person, {len(pairs) - same} of two")

    rows = list(compare(train, test, hard))
    ours_seconds = rows[0][-1]
    print(f"\n{'':39}{'test half':^24}{'by hand':^24}{'speed,':>9}")
    columns = f"{'prec.':>8}{'recall':>8}{'F1':>7} "
    print(f"{'':32}{'from':>7}{columns}{columns}{'ours = 1':>9}")
    for name, best, new, by_hand, took in rows:
        shown = "".join(f"{f.precision:8.3f}{f.recall:8.3f}{f.f1:7.3f} " for f in (new, by_hand))
        print(f"{name:32}{best:7.2f}{shown}{ours_seconds / took:9.1f}")
    print(f"(ours ships with {names.PROPOSE}; the best on the training half is shown)")
    among_many(second_half, test)
    if options.errors:
        for pair in (*test, *hard):
            if names.likeness(pair.a, pair.b).likely is not pair.same:
                print("=" if pair.same else "!", pair.a, "|", pair.b)
    (_, _, new, by_hand, _), *peers = rows
    beaten = new.f1 > max(row[2].f1 for row in peers) and by_hand.f1 > max(
        row[3].f1 for row in peers
    )
    print("\nOurs is the best in F1 on both." if beaten else "\nOurs is NOT the best in F1.")
    return 0 if beaten else 1


if __name__ == "__main__":
    sys.exit(main())
