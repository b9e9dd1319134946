"""Which French words are known to all: the common ones, those we explain, and their inflections.

Inflections are undone by their endings alone: a rare word may so be taken for a common one, never
the reverse but for irregular verbs, whose frequent forms are in the list of common words.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu)'", re.IGNORECASE)

PLURALS = [("s", ""), ("x", ""), ("aux", "al"), ("aux", "ail")]
FEMININES = [
    ("e", ""),
    ("le", ""),
    ("ne", ""),
    ("te", ""),
    ("se", ""),
    ("ère", "er"),
    ("ive", "if"),
    ("euse", "eur"),
    ("euse", "eux"),
    ("trice", "teur"),
    ("che", "c"),
    ("que", "c"),
]
ER = """e es ent ons ez ais ait ions iez aient ant é ée és ées
    erai eras era erons erez eront erais erait erions eriez eraient"""
IR = """is it issons issez issent issais issait issions issiez issaient issant i ie ies
    irai iras ira irons irez iront irais irait iriez iraient"""
RE = """s ons ez ent ais ait ions iez aient ant u ue us ues
    rai ras ra rons rez ront rais rait rions riez raient"""
# Verbs in -ir without -iss- (venez, ouvrent) take the endings of -oir (voulez).
OIR = "e es ent ons ez ais ait ions iez aient ant u ue us ues"
VERBS = [
    (infinitive, ending)
    for infinitive, endings in (
        ("er", ER),
        ("ir", f"{IR} {OIR}"),
        ("re", RE),
        ("oir", OIR),
    )
    for ending in endings.split()
]
# How the stem of a verb in -er changes: mangeons, commençons, paie, appelle, jette (è apart).
STEMS = [("ge", "g"), ("ç", "c"), ("i", "y"), ("ll", "l"), ("tt", "t")]
# Irregular verbs with all their prefixes: how the stem ends, and how the infinitive does.
PRESENT = "e es ent ons ez ais ait ions iez aient ant"
PRESENT_STEMS = """gn:ndre is:ire iv:ire oy:oir oy:oire uy:uir buv:boire pren:prendre fais:faire
    fass:faire sach:savoir vaill:valoir aiss:aître"""
FUTURE = "ai as a ons ez ont ais ait ions iez aient"
FUTURE_STEMS = """viendr:venir tiendr:tenir voudr:vouloir pourr:pouvoir devr:devoir saur:savoir
    cevr:cevoir verr:voir enverr:envoyer faudr:falloir vaudr:valoir courr:courir mourr:mourir
    cueiller:cueillir fer:faire dir:dire lir:lire rir:rire ir:aller"""
PARTICIPLES = "lu:lire bu:boire"
IRREGULAR = [
    (stem + ending, infinitive)
    for stems, endings in (
        (PRESENT_STEMS, PRESENT.split()),
        (FUTURE_STEMS, FUTURE.split()),
        (PARTICIPLES, ["", "e", "s", "es"]),
    )
    for stem, infinitive in (pair.split(":") for pair in stems.split())
    for ending in endings
]
SHORTEST_STEM = 3


def parts(word: str) -> list[str]:
    """A word without its elision, cut at its hyphens: « qu'est-ce » gives est, ce."""
    word = ELISION.sub("", word.replace("’", "'"))
    return [part for part in re.split(r"[-'.]", word) if part]


def bases(word: str) -> set[str]:
    """The word and every dictionary form it may come from, in lower case; some do not exist."""
    word = word.lower()
    singulars = {word} | set(_replaced(word, PLURALS))
    masculines = {base for form in singulars for base in _replaced(form, FEMININES)}
    irregular = set(_replaced(word, IRREGULAR))
    return singulars | masculines | set(_infinitives(word)) | irregular


def _replaced(word: str, endings: list[tuple[str, str]]) -> Iterator[str]:
    for ending, base in endings:
        stem = word.removesuffix(ending)
        if stem != word and len(stem + base) >= SHORTEST_STEM:
            yield stem + base


def _infinitives(word: str) -> Iterator[str]:
    for infinitive, ending in VERBS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= SHORTEST_STEM:
            yield stem + infinitive
            if infinitive == "er":
                yield from (f"{other}er" for other in _other_stems(stem))


def _other_stems(stem: str) -> Iterator[str]:
    yield from _replaced(stem, STEMS)
    head, grave, tail = stem.rpartition("è")
    if grave:
        yield from (head + "e" + tail, head + "é" + tail)


@dataclass(frozen=True)
class Vocabulary:
    """Common words in lower case; explained words with their explanation, names capitalised."""

    common: frozenset[str]
    explained: Mapping[str, str]

    def knows(self, word: str) -> bool:
        """Whether each part of a word is common or explained, as it is or before inflection."""
        return word.lower() in self.explained or all(map(self._knows_part, parts(word)))

    def _knows_part(self, part: str) -> bool:
        if not any(character.isalpha() for character in part) or part in self.explained:
            return True
        return any(base in self.common or base in self.explained for base in bases(part))
