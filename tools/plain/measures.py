"""How hard a text is to read: its words, its sentences, and two formulas.

Formulas rank texts; they do not prove that anyone understands them.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from tools.plain.syllables import syllables

LONG = 6
ORDINARY = "Maison"
"""What stands for a gap or an address: two syllables, six letters, known to all."""

BLOCKS = re.compile(r"</?(?:p|br|li|ul|ol|div|h[1-6]|dt|dd|td|th|tr)\b[^<>]*>", re.IGNORECASE)
TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")
GAPS = re.compile(
    r"%\(\w+\)(?:\.\d+)?[sdf]|\{\{[^{}]*\}\}|\{\w+\}|\S+@\S+\.\w+|(?:https?://|www\.)\S+"
)
TIMES = re.compile(r"\b\d{1,2}\s?h(?:\s?\d\d)?\b")
NUMBERS = re.compile(r"\d+(?:[ .,:/\u00a0\u202f-]\d+)*")
SHORTENED = re.compile(r"\b(M|MM|Mme|Mmes|Dr|Mr|Mrs|Ms|p|tél|av|bd|art)\.")
PARAGRAPHS = re.compile(r"\n\s*\n|\n\s*(?=[-–—•*☐]\s|\d+[.)]\s)")
SENTENCES = re.compile(r"([.!?…][.!?…\s»”\")\]]*)\s(?=[«“\"(\[\s]*[A-ZÀ-ÖØ-Þ\d–—-])")
WORD = re.compile(r"[^\W_](?:[\w'’.-]*[^\W_])?['’]?")


def plain(text: str) -> str:
    """A text as it is read: no tags, no entities; gaps and addresses become an ordinary word.

    Blank lines separate blocks. Hours and numbers become one figure each.
    """
    text = html.unescape(TAGS.sub("", BLOCKS.sub("\n\n", text)))
    text = GAPS.sub(ORDINARY, text).replace("%%", "%")
    return NUMBERS.sub("0", TIMES.sub("0", text))


def sentences(text: str) -> list[str]:
    """The sentences of a text. A title, an item of a list, a paragraph end one, whatever their dot.

    A colon or a semicolon does not: the limit on the length of sentences must not be dodged.
    """
    blocks = PARAGRAPHS.split(SHORTENED.sub(r"\1", plain(text)))
    pieces = [piece for block in blocks for piece in SENTENCES.sub("\\1\f", block).split("\f")]
    return [" ".join(piece.split()) for piece in pieces if words(piece)]


def words(text: str) -> list[str]:
    """The words of a text: what stands between two spaces, as one counts them with a finger."""
    return WORD.findall(plain(text))


@dataclass(frozen=True)
class Counts:
    """What the formulas need. `long` words have more than 6 letters."""

    words: int
    sentences: int
    syllables: int
    long: int


def count(texts: Iterable[str]) -> Counts:
    """The counts of several texts put together; each one ends a sentence."""
    found = [sentence for text in texts for sentence in sentences(text)]
    every = [word for sentence in found for word in words(sentence)]
    return Counts(len(every), len(found), sum(map(syllables, every)), sum(map(is_long, every)))


def is_long(word: str) -> bool:
    """Whether the longest part of a word has more than 6 letters (rendez-vous: 6, l'enfant: 6)."""
    return max(len(part) for part in re.split(r"['’.-]", word)) > LONG


def kandel_moles(counts: Counts) -> float:
    """Ease of reading, from about 0 (very hard) to 100 (very easy); may pass both ends.

    207 - 1.015 × words per sentence - 73.6 × syllables per word. L. Kandel and A. Moles,
    « Application de l'indice de Flesch à la langue française », Cahiers d'études de
    radio-télévision 19, 1958. Raises ValueError where there is no word.
    """
    _require_words(counts)
    per_sentence = counts.words / counts.sentences
    return 207 - 1.015 * per_sentence - 73.6 * counts.syllables / counts.words


def lix(counts: Counts) -> float:
    """Difficulty, from about 20 (very easy) to 60 (very hard).

    Words per sentence + 100 × long words / words. C. H. Björnsson, « Läsbarhet », 1968.
    Raises ValueError where there is no word.
    """
    _require_words(counts)
    return counts.words / counts.sentences + 100 * counts.long / counts.words


def _require_words(counts: Counts) -> None:
    if not counts.words:
        raise ValueError("a text without words has no measure")
