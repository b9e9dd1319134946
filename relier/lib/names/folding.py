"""A name brought to small Latin letters, without accents, one space between words.

What it is for: two spellings that a reader takes for the same fold to the same string. `fold` is
idempotent, so that folding what was stored folded changes nothing.
"""

import unicodedata
from functools import lru_cache

from relier.lib.names import alphabets

# Longer than any name on a Belgian identity document; the rest is cut, so that a pasted page
# costs no more than a name.
LONGEST_NAME = 200
READ_AT_MOST = 1000


def _bare(letter: str) -> str | None:
    """What an ASCII character becomes: itself, a space or nothing."""
    if letter.isalnum():
        return letter.lower()
    invisible = letter in "'`" or not (letter.isprintable() or letter.isspace())
    return None if invisible else " "


_ASCII = {code: _bare(chr(code)) for code in range(128)}
# Apostrophes join (N'Diaye, O'Brien), whichever of the many was typed.
_APOSTROPHES = dict.fromkeys(map(ord, "'`´‘’‛′ʹʻʼʽʾʿˈˊˋ՚׳＇"))
_ARABIC_VOWELS = frozenset("aioue")


def fold(text: str) -> str:
    """The name in small letters, without accents, spaces for hyphens and dots.

    `text`: any string; what comes after the first 1000 characters is not read. Returns at most
    `LONGEST_NAME` characters: a-z and 0-9 for Latin, Cyrillic, Greek and Arabic letters; other
    scripts stay as they are, normalised (NFKC, case folded). Apostrophes join, invisible and
    control characters vanish, everything else that is not a letter or a digit separates.
    `fold(fold(x)) == fold(x)`. Never raises.
    """
    text = text[:READ_AT_MOST]
    if text.isascii():
        return " ".join(text.translate(_ASCII).split())[:LONGEST_NAME].rstrip()
    text = text.translate(_APOSTROPHES)
    # Twice: a few characters decompose into capitals, or fold into something to decompose.
    for _ in range(2):
        text = unicodedata.normalize("NFKC", text).casefold()
    text = unicodedata.normalize("NFC", "".join(map(_letter, unicodedata.normalize("NFC", text))))
    russian = not alphabets.RUSSIAN_ONLY.isdisjoint(text)
    words = " ".join(_in_latin(word, russian=russian) for word in text.split())
    return " ".join(words.split())[:LONGEST_NAME].rstrip()


@lru_cache(maxsize=4096)
def _letter(character: str) -> str:
    """One character of a case-folded text: a bare letter, a digit, a space or nothing."""
    if character in alphabets.CYRILLIC or character in alphabets.ARABIC:
        return character
    kept = []
    for part in unicodedata.normalize("NFD", character):
        kind = unicodedata.category(part)
        if part in alphabets.LATIN:
            kept.append(alphabets.LATIN[part])
        elif kind == "Nd":
            kept.append(str(unicodedata.decimal(part)))
        elif kind[0] in "LN":
            kept.append("" if kind == "Lm" and part < "\u0780" else part)
        elif kind[0] == "M":
            kept.append("" if _is_an_accent(part) else part)
        elif kind in {"Cc", "Cf", "Cs", "Co", "Cn"}:
            kept.append(" " if part.isspace() else "")
        else:
            kept.append(" ")
    return unicodedata.normalize("NFC", "".join(kept))


def _is_an_accent(mark: str) -> bool:
    """Whether a mark can go. In the scripts of India or Thailand it would take the vowel away."""
    return (
        mark < "\u0780"
        or "\u07eb" <= mark <= "\u07f3"
        or "\u08d3" <= mark <= "\u08ff"
        or "\u1ab0" <= mark <= "\u1aff"
        or "\u1dc0" <= mark <= "\u1dff"
        or "\u20d0" <= mark <= "\u20ff"
        or "\ufe00" <= mark <= "\ufe2f"
        or mark >= "\U000e0100"
    )


def _in_latin(word: str, *, russian: bool) -> str:
    """A word of any alphabet in Latin letters, as far as its alphabet is known here."""
    if word.isascii():
        return word
    if any("a" <= letter <= "z" for letter in word):
        word = "".join(alphabets.LOOKS.get(letter, letter) for letter in word)
    if any(letter in alphabets.ARABIC for letter in word):
        word = _from_arabic(word)
    cyrillic = alphabets.RUSSIAN if russian else alphabets.CYRILLIC
    # Resolution 55 writes зг zgh, since zh is ж.
    word = (word if russian else word.replace("зг", "zgh")).replace("ου", "ou")
    first = alphabets.CYRILLIC_FIRST.get(word[:1], word[:1])
    return "".join(
        cyrillic[letter] if letter in cyrillic else alphabets.GREEK.get(letter, letter)
        for letter in first + word[1:]
    )


def _from_arabic(word: str) -> str:
    """An Arabic word with its article apart and its short vowels guessed."""
    bare = word.translate(str.maketrans("أإآٱ", "اااا"))
    if bare in alphabets.ARABIC_NAMES:
        return alphabets.ARABIC_NAMES[bare]
    if bare.startswith("عبدال") and len(bare) > 6:
        rest = bare[5:]
        return ("abder" if rest[0] == "ر" else "abdel") + _from_arabic(rest)
    if bare.startswith("ال") and len(bare) > 4:
        return "el " + _from_arabic(bare[2:])
    if bare.startswith("بن") and len(bare) > 4:
        return "ben" + _from_arabic(bare[2:])
    return _vowelled(word)


def _vowelled(word: str) -> str:
    """Letter by letter, with an `a` where two consonants cannot be said together.

    و and ي are consonants at the start of a word and before a long vowel, vowels elsewhere.
    """
    sounds = []
    for at, letter in enumerate(word):
        before_a_vowel = word[at + 1 : at + 2] in {"ا", "و", "ي", "ى", "ة", "ی"}
        glide = at == 0 or before_a_vowel
        if letter == "و":
            sounds.append("w" if glide else "ou")
        elif letter in "يی":
            sounds.append("y" if glide else "i")
        else:
            sounds.append(alphabets.ARABIC.get(letter, letter))
    said: list[str] = []
    for at, sound in enumerate(sounds):
        follows_two = len(said) > 1 and said[-2][-1:] not in _ARABIC_VOWELS
        closes = at == len(sounds) - 1 or len(said) == 1 or follows_two
        if said and _is_consonant(said[-1]) and _is_consonant(sound) and closes:
            said.append("a")
        said.append(sound)
    return "".join(said)


def _is_consonant(sound: str) -> bool:
    return bool(sound) and sound[-1] not in _ARABIC_VOWELS
