"""How a name sounds to someone whose ear is French, as a short code.

People say their name at the counter; the worker writes what they hear. The same name then stands
as Mohamed, Mouhammad or Muhamed; Diallo as Jallow; Khadija as Hadija. Classic codes (Soundex,
Metaphone) hear English; this one hears French, and knows a few habits of the spellings that meet
here: Dutch, Arabic by way of French, Turkish, Wolof and Pulaar, Slavic. The rules are our own,
from those spellings; none is taken from a published code.

The code of a word: its consonants in classes (b d f g k l m n p r s t v h, `S` for *ch*, `J` for
*j* and *dj*, and the glides w and y); its first and last vowels as `A` (a, e), `E` (ai), `I` or
`U` (o, ou), because they tell names apart (Amin, Amina; Hassan, Hussein); its other vowels as
`a e i u`.
Doubled letters count once, a mute *e* not at all. A spelling with several readings ("ch" in
Christine and in Chantal) gives one code for each.
"""

import re
import unicodedata
from functools import lru_cache

from relier.lib.names.folding import READ_AT_MOST

MOST_READINGS = 8
_LONGEST_WORD = 40

# Marks that change a sound and that `fold` takes off, with what a French hand writes for them.
_SPELLED = str.maketrans(
    {"ş": "ch", "ș": "ch", "š": "ch", "ś": "ch", "ç": "tch", "č": "tch", "ć": "tch", "ž": "j",
     "ż": "j", "ź": "j", "ğ": "", "ț": "ts", "ţ": "ts", "ñ": "gn", "đ": "dj"}
)  # fmt: skip

# In order: what is written, and the ways to say it; each reading goes on to the next rule.
# Capitals are final (G is g that stays hard); small letters may still be read by a later rule.
_WRITTEN = (
    (r"(?<=..)e?au(?:lts?|ld|t|d|x|s)?$", "o"),  # Thibault, Renaud, Michaux
    (r"(?<=n)[dt]s?$", ""),  # Durand, Durant
    (r"oo", "ou"),
    (r"tsch|tch|tsh|shch|sch|sh|sj|sz|cz", "S"),
    (r"ch", "S", "k"),
    (r"zh|xh|dzh|dj|dg(?=[ei])|gj", "J"),
    (r"ij(?![aeou])", "i"),  # Thijs
    (r"j(?![aeiouy])", "J", "i"),  # Hadj, Andrej
    (r"j", "J"),
    (r"kh", "k", "h"),
    (r"gh(?=[aiou])", "G", "r"),  # a French ear takes the Arabic gh for an r
    (r"gh", "G"),
    (r"gn", "n"),
    (r"ph", "f"),
    (r"([tdbr])h", r"\1"),
    (r"x", "ks"),
    (r"ck|qu(?=[aeiouy])|q", "k"),
    (r"c(?=[eiy])", "s", "J"),  # Cécile, Turkish Cemile
    (r"c", "k"),
    (r"gu(?=[eiy])", "G"),
    (r"ge(?=[ao])", "J"),
    (r"g(?=[eiy])", "J", "G"),  # Gérard, Gerda
    (r"d[iy](?=[aeou])", "di", "J"),  # Diane, Diallo
    (r"t[sz]|z", "s"),
    (r"n(?=[bp])", "m"),
    (r"(.)\1+", r"\1"),
    (r"(?<=[aeo])w(?![aeiouy])", ""),  # Jallow
    (r"(?<=[^aeiouy])w(?=[ou])", ""),  # Chukwu
    (r"w(?=..)|(?<=...)w", "w", "v"),  # Wafa, Wouter; but Awa is not Eva
    (r"aou", "awu"),  # Daoud, Dawud
    (r"au", "o", "awu"),  # Laurent, Daud
    (r"oe", "u", "oe"),  # Dutch Goedele, French Noël
    (r"[ou]+(?=[aeiy])", "w"),  # Ouattara, Fouad
    (r"v$", "f"),  # Ivanov, Ivanoff
    (r"h(?![aeiouy])|^h|(?<=[^aeiouy])h|h(?=y[aeou])", ""),
    (r"(?<=.[^aeou])es?$|(?<=.[au])e$", ""),  # Yassine, Renée, Wafae
    (r"(?<=[JS])[iy]+(?=[aeou])", ""),
    (r"[iy]+(?=[aeou])", "Y"),
    (r"y", "i"),
    (r"aei|ae", "e"),  # Claeys, Claes
    (r"[ae]i", "E"),  # Leïla, Layla; kept from a, for Saïd is not Saad
    (r"ou|o", "u"),
    (r"([aeiuE])[aeiuE]+", r"\1"),
    (r"(.)\1+", r"\1"),
)
_RULES = tuple((re.compile(written), said) for written, *said in _WRITTEN)
_ENDS = str.maketrans("aeiu", "AAIU")
_VOWEL = re.compile(r"[aeiuE]")
_INNER_VOWEL = re.compile(r"[aeiu]")


# The cache holds single words, in memory only; it goes with the process.
@lru_cache(maxsize=4096)
def readings(word: str) -> tuple[str, ...]:
    """The codes of one folded word, the likeliest first, at most `MOST_READINGS`.

    `word`: letters as `fold` gives them, cut at 40. A word in an alphabet that `fold` leaves as it
    is (Georgian, Chinese) is its own code. Never raises.
    """
    word = word[:_LONGEST_WORD]
    if not re.fullmatch(r"[a-z]+", word):
        return (word,)
    heard = {word: None}
    for written, said in _RULES:
        heard = {
            written.sub(way, reading): None
            for reading in heard
            for way in (said if written.search(reading) else said[:1])
        }
        heard = dict.fromkeys(list(heard)[:MOST_READINGS])
    return tuple(dict.fromkeys(_with_ends_marked(code) or word for code in heard))


def _with_ends_marked(code: str) -> str:
    """The first vowel, and the last if it ends the word, in capitals; then final letters small."""
    first = _VOWEL.search(code)
    if first is None:
        return code.replace("G", "g").replace("Y", "y")
    at = first.end()
    code = code[: at - 1] + code[at - 1 : at].translate(_ENDS) + code[at:].replace("E", "e")
    code = code[:-1] + code[-1].translate(_ENDS)
    return code.replace("G", "g").replace("Y", "y")


def without_inner_vowels(code: str) -> str:
    """A code with a dot for each inner vowel: Youssef and Yusuf, Rachid and Rached meet here."""
    return _INNER_VOWEL.sub(".", code)


def heard_alike(one: str, other: str) -> bool:
    """Whether two codes of `readings` may be the same sound.

    An inner *e* may be any vowel (Mohamed, Mohammad; Youssef, Yusuf); other inner vowels differ
    when they differ (Jamal, Jamil).
    """
    if one == other:
        return True
    return len(one) == len(other) and all(
        a == b or (a in "aiu" and b == "e") or (a == "e" and b in "aiu")
        for a, b in zip(one, other, strict=True)
    )


def spelled_out(name: str) -> str:
    """The name with its marked consonants written as a French hand would: Ayşe as Ayche.

    Only the first `READ_AT_MOST` characters are read.
    """
    return unicodedata.normalize("NFC", name[:READ_AT_MOST]).lower().translate(_SPELLED)
