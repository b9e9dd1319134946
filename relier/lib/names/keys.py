"""What is stored beside a person so that one index answers every search by name.

A database finds quickly what *begins* with some letters; so each word is stored with all its
endings, and "any piece of a word" becomes "the beginning of one of its endings". The same holds
for SQLite and PostgreSQL, without an extension. Keys are at most `LONGEST_KEY` bytes of UTF-8.
"""

from relier.lib.names.folding import fold
from relier.lib.names.particles import is_particle, parts
from relier.lib.names.sounds import readings, spelled_out, without_inner_vowels

# To be raised when `fragments` or `sound_keys` change: the keys stored must then be made again.
KEYS_VERSION = 1

LONGEST_KEY = 64
MOST_WORDS = 12
MOST_FRAGMENTS = 240
MOST_QUERY_WORDS = 6
MOST_SOUNDS = 48


def fragments(name: str) -> set[str]:
    """Every ending (two letters or more) of every word of a name, to be searched by its beginning.

    `name`: any string. Returns at most `MOST_FRAGMENTS` folded strings of at most `LONGEST_KEY`
    bytes; "Aïcha Sy" gives {"aicha", "icha", "cha", "ha", "sy"}. A name of a single letter is kept
    as it is. Words with small words before them are also given glued: "Ben Ali" is found by
    "benali" as by "ali". Of an endless name, the first words are kept whole.
    """
    found: dict[str, None] = {}
    words = _split(name)
    for word in dict.fromkeys(map(_short, [*words, *_glued(words)])):
        endings = [word[start:] for start in range(len(word) - 1)] or [word]
        found.update(dict.fromkeys(endings))
    return set(list(found)[:MOST_FRAGMENTS])


def query_words(text: str) -> list[str]:
    """The words that someone typed, folded, each to be looked for with `prefix_range`.

    At most `MOST_QUERY_WORDS` words of at most `LONGEST_KEY` bytes, each once, in the order typed.
    Empty when nothing can be searched for. Never raises.
    """
    words = dict.fromkeys(_short(word) for word in fold(text).split())
    return list(words)[:MOST_QUERY_WORDS]


def prefix_range(word: str) -> tuple[bytes, bytes]:
    """Where the keys beginning with `word` stand: `first <= key < end`, both in bytes of UTF-8.

    `word`: a word of `query_words`. In bytes, because their order is the same in every database
    and every language. Raises ValueError for an empty word, which would be everything.
    """
    first = word.encode()
    if not first:
        raise ValueError("An empty word has no range.")
    # No byte of UTF-8 is 0xFF, so the last one can always be made one greater.
    return first, first[:-1] + bytes([first[-1] + 1])


def sound_keys(name: str) -> set[str]:
    """How each word of a name may sound to a French-speaking worker, in a code to compare.

    `name`: any string. Two names that share a key have a word that could be heard alike: Mohamed
    and Mouhammad, Oumar and Umar, Vandenberghe and Van den Berge. A spelling that may be read in
    several ways gives several keys; at most `MOST_SOUNDS` in all. Words of one letter give none.
    The code (`sounds.py`) is not meant to be read, and may change with `KEYS_VERSION`.
    """
    found: dict[str, None] = {}
    for written in (name, spelled_out(name)):
        words = _split(written)
        telling = [word for word in words if not is_particle(word)] or words
        for word in dict.fromkeys([*telling, *_glued(words)]):
            if len(word) > 1:
                found.update(dict.fromkeys(map(without_inner_vowels, readings(word))))
    return {_short(key) for key in list(found)[:MOST_SOUNDS]}


def _split(name: str) -> list[str]:
    return fold(name).split()[:MOST_WORDS]


def _glued(words: list[str]) -> list[str]:
    return [form for part in parts(words) for form in (part.whole, part.core)]


def _short(word: str) -> str:
    """The beginning of a word that fits in a key, never half a character."""
    return word.encode()[:LONGEST_KEY].decode(errors="ignore")
