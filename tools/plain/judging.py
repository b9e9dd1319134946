"""The limits of a plain text, and what passes them. See `measures` for how it is measured."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tools.plain import measures
from tools.plain.vocabulary import Vocabulary

MOST_WORDS = 15
SHORTEST_PAGE = 30
LEAST_EASE = 80
MOST_LIX = 30
OPENING = re.compile(r"^[\W\d_]*")


@dataclass(frozen=True)
class Text:
    """One text shown or read to a person: the file that says it, its language ("fr" or "en")."""

    file: str
    language: str
    text: str


@dataclass(frozen=True)
class Fault:
    file: str
    text: str
    wrong: str
    hint: str

    def __str__(self) -> str:
        said = f"    {self.text!r}\n" if self.text else ""
        return f"{self.file}\n{said}    {self.wrong}\n    → {self.hint}"


def text_faults(text: Text, vocabulary: Vocabulary) -> Iterator[Fault]:
    """What is wrong in one text: its sentences too long; in French, its words too rare."""
    for sentence in measures.sentences(text.text):
        if (length := len(measures.words(sentence))) > MOST_WORDS:
            wrong = f"{length} words in one sentence, at most {MOST_WORDS}: {_shown(sentence)}"
            yield Fault(text.file, text.text, wrong, "one idea a sentence: cut it in two")
        if text.language == "fr":
            for word in rare_words(sentence, vocabulary):
                hint = "use an everyday word, or explain this one in tools/plain/glossary_fr.txt"
                yield Fault(text.file, text.text, f"rare word: {word}", hint)


def rare_words(sentence: str, vocabulary: Vocabulary) -> list[str]:
    """The words of a French sentence that are neither common, nor explained, nor names.

    A name is a word with a capital inside a sentence. Initials (CPAS) are words: they need to be
    explained, and so does a name that opens a sentence.
    """
    found = measures.words(OPENING.sub("", sentence))
    return [
        word
        for place, word in enumerate(found)
        if not vocabulary.knows(word) and not (place > 0 and _is_name(word))
    ]


def page_faults(file: str, texts: Iterable[str]) -> Iterator[Fault]:
    """What is wrong in a French page as a whole, if it is long enough to be judged."""
    counts = measures.count(texts)
    if counts.words < SHORTEST_PAGE:
        return
    ease, lix = measures.kandel_moles(counts), measures.lix(counts)
    per_sentence = f"{counts.words / counts.sentences:.1f} words a sentence"
    if ease < LEAST_EASE:
        per_word = f"{counts.syllables / counts.words:.2f} syllables a word"
        wrong = f"Kandel-Moles {ease:.1f}, at least {LEAST_EASE} ({per_sentence}, {per_word})"
        yield Fault(file, "", wrong, "shorter words first, then shorter sentences")
    if lix > MOST_LIX:
        long = f"{100 * counts.long / counts.words:.0f} % of words over {measures.LONG} letters"
        wrong = f"LIX {lix:.1f}, at most {MOST_LIX} ({per_sentence}, {long})"
        yield Fault(file, "", wrong, "replace the longest words")


def _is_name(word: str) -> bool:
    last = re.split(r"['’]", word)[-1]
    return last[:1].isupper() and not (last.isupper() and len(last) > 1)


def _shown(sentence: str) -> str:
    return sentence.replace(measures.ORDINARY, "[…]")
