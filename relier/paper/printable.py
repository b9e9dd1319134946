"""Any text, made such that our faces can draw it and nothing in it can disturb the page.

A name is printed as it was written, whatever it holds: `#import`, `$`, quotes, Arabic, emoji.
Only what no reader would see, or what no face of ours can draw, is changed, and visibly so:

- marks that reverse the direction of what follows are dropped: an invisible character in one name
  could turn the rest of a line round, and a date with it;
- control characters are dropped, tabs and unusual line ends become plain ones;
- a character that we have no face for (Chinese, Ethiopic…) becomes "�", so that its absence shows.
"""

import unicodedata

from .faces import CYRILLIC, LATIN, ORDER, drawn_by

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# What is asked of the left is done by the right, which we can draw.
# (Its narrow no-break space and its space share a glyph: a reader of the PDF would copy the wrong
# one. A non-breaking hyphen is missing: word joiners round a plain one do the same work.)
_ALIKE = str.maketrans(
    {
        "\t": " ",
        "\r": "\n",
        "\x0b": "\n",
        "\x0c": "\n",
        "\x85": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
        "\u202f": "\u00a0",
        "\u2010": "-",
        "\u2011": "\u2060-\u2060",
        **dict.fromkeys("☐□▢", "◻"),  # boxes pasted from an office document
    }
)

# Characters without a glyph that faces obey: joiners, soft hyphen, emoji presentation.
_OBEYED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f")


def printable(text: str) -> str:
    """`text` in normal form C, with only what our faces can draw, and line ends as "\\n"."""
    lined = text.replace("\r\n", "\n").translate(_ALIKE)
    kept: list[str] = []
    faces: set[str] = set()  # those that can draw the cluster under way
    for char in unicodedata.normalize("NFC", lined):
        if char == "\n" or char in _OBEYED:
            kept.append(char)
            faces = set(ORDER) if char == "\n" else faces
            continue
        if _is_hidden(char):
            continue
        able = {family for family in ORDER if ord(char) in drawn_by(family)}
        # A mark is drawn by the face that draws its letter, or by none.
        if unicodedata.category(char).startswith("M"):
            able &= faces
        kept.append(char if able else REPLACEMENT)
        faces = able or {CYRILLIC}  # the one that draws the replacement
    return "".join(kept)


def beyond_latin(text: str) -> str:
    """The letters and marks of `text` that the Latin face lacks and the Cyrillic one has, sorted.

    A word that holds one of them is set wholly in the second face: two faces within a word read
    as two words.
    """
    lacking = drawn_by(CYRILLIC) - drawn_by(LATIN)
    found = {char for char in text if ord(char) in lacking}
    return "".join(sorted(char for char in found if unicodedata.category(char)[0] in "LM"))


def _is_hidden(char: str) -> bool:
    """Control and format characters, but for the signs that Arabic numbers are written under."""
    category = unicodedata.category(char)
    return category == "Cc" or (category == "Cf" and unicodedata.bidirectional(char) != "AN")
