"""How French is typeset and worded on our screens: what is refused, and what can be mended alone.

Decisions. The apostrophe is ’ and quotes are « ». The space before : ; ? and inside « » does not
break: both U+00A0 and U+202F are accepted, and `mend` writes U+00A0, which every font holds (a font
without U+202F prints a box on paper, where no other font steps in).
"""

import re
from collections.abc import Callable
from functools import partial

NBSP = "\u00a0"
UNBREAKABLE = NBSP + "\u202f"
# Left as they are: HTML tags, addresses, entities.
UNTOUCHED = re.compile(r"(</?[a-zA-Z][^<>]*>|https?://\S+|&#?\w+;)")

MENDS = [
    ("straight quotes: write « »", re.compile(r'"([^"]*)"'), f"«{NBSP}\\1{NBSP}»"),
    ("straight apostrophe: write ’", re.compile(r"(?<=\w)'(?=[\w%{«“]|$)"), "’"),
    ("three dots: write …", re.compile(r"\.\.\."), "…"),
    ("no unbreakable space after «", re.compile(rf"«(?![{UNBREAKABLE}]) *"), f"«{NBSP}"),
    ("no unbreakable space before »", re.compile(rf"(?<![{UNBREAKABLE} ]) *»"), f"{NBSP}»"),
    (
        "no unbreakable space before : ; ?",
        re.compile(rf"(?<![{UNBREAKABLE} (\[:;?]) *([:;?]+)(?=[\s)\]»]|$)"),
        f"{NBSP}\\1",
    ),
]

SLIPS = [
    ("nothing exclaims here: end with a full stop", re.compile(r"!")),
    (
        "no middot inside a word: choose a word that needs no gender",
        re.compile(r"(?<=\w)[·•‧](?=\w)"),
    ),
    (
        "no (e) or (s) at the end of a word: choose another word, or use a plural",
        re.compile(r"(?<=\w)\((?:e|s|es|ne|nes|trice|trices)\)"),
    ),
    ("straight quote: write ’ or « »", re.compile(r"['\"]")),
]

REFUSED = {
    r"bénéficiaires?": "personne",
    r"usag(?:er|ère)s?": "personne",
    r"utilisat(?:eur|rice)s?": "personne, membre de l’équipe",
    # « valide » alone is left: it is far more often the adjective than the verb.
    r"valid(?:er\w*|ez|ons|ent|ée?s?|ant|ations?|ait|aient)": "garder, confirmer",
    r"(?:re)?saisi\w*": "écrire, noter",
    r"renseign(?!ement)\w+": "écrire, remplir, répondre",
}
REFUSED_WORDS = [
    (re.compile(rf"\b{pattern}\b", re.IGNORECASE), instead) for pattern, instead in REFUSED.items()
]


def mend(text: str) -> str:
    """The same text with its typography put right: apostrophes, quotes, spaces, ellipses."""
    return _outside_tags(text, _mend_plain)


def faults(text: str, allowed: frozenset[str] = frozenset()) -> list[str]:
    """What is wrong in a French text, in words.

    `allowed` holds refused words (lower case) that this text may use.
    """
    found = [
        name for name, pattern, by in MENDS if _outside_tags(text, partial(pattern.sub, by)) != text
    ]
    plain = UNTOUCHED.sub(" ", mend(text))
    found += [name for name, pattern in SLIPS if pattern.search(plain)]
    for pattern, instead in REFUSED_WORDS:
        found += [
            f"“{word}” is not our word: {instead}"
            for word in pattern.findall(plain)
            if word.lower() not in allowed
        ]
    return found


def _mend_plain(part: str) -> str:
    for _, pattern, replacement in MENDS:
        part = pattern.sub(replacement, part)
    return part


def _outside_tags(text: str, change: Callable[[str], str]) -> str:
    parts = UNTOUCHED.split(text)
    return "".join(
        part if number % 2 or not part else change(part) for number, part in enumerate(parts)
    )
