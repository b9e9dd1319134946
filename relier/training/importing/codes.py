"""What the cells of a sheet by day say beside hours: « X », « P », « CM »… A centre says once what
each of its codes means, and it is proposed from then on (`KnownCode`).

A meaning is one of `PRESENT`, `REMOTE`, `HYBRID` (the whole session was followed), `HALF` (half of
it), `MISSED` (all of it was missed, nobody knows why), `ground_<n>` (missed on this ground),
`NOTHING` (nobody expected them: no line is written).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from relier.lib.names import fold
from relier.lib.spreadsheets import Cell, Kind, Row
from relier.lib.spreadsheets.saying import number_of
from relier.training.hours import GROUNDS, REMAINING, UNJUSTIFIED
from relier.training.rules import grounds
from relier.training.words_of_law import said

from .values import minutes_said

UNSAID, PRESENT, REMOTE, HYBRID, HALF, MISSED, NOTHING = (
    "", "present", "remote", "hybrid", "half", "missed", "nothing",
)  # fmt: skip
HOURS, DAYS = "hours", "days"
LONGEST: Final = 16
# A sheet with more codes than that holds something else.
MOST_CODES: Final = 40
PROPOSED: Final[Mapping[str, str]] = {
    **dict.fromkeys(("x", "xx", "p", "pr", "v", "present", "presente", "oui", "true", "ok"),
                    PRESENT),
    **dict.fromkeys(("d", "dist", "distanciel", "tt"), REMOTE),
    **dict.fromkeys(("p 2", "1 2", "1 2 j", "demi", "dj", "am", "pm", "matin"), HALF),
    **dict.fromkeys(("a", "abs", "absent", "absente", "ai", "anj", "nj", "inj", "false", "0"),
                    MISSED),
    **dict.fromkeys(("m", "mal", "maladie", "cm", "certificat", "certif"), "ground_1"),
    **dict.fromkeys(("em", "enfant malade"), "ground_3"),
    **dict.fromkeys(("f", "fer", "ferie", "we", "ferme", "conge"), NOTHING),
}  # fmt: skip
_MARKS: Final = {"½": HALF, "✓": PRESENT, "✔": PRESENT, "-": NOTHING, "–": NOTHING, "/": NOTHING}


def ground_of(meaning: str) -> int:
    """0 for a meaning that is no ground."""
    return int(meaning.removeprefix("ground_")) if meaning.startswith("ground_") else 0


def grounds_said() -> list[int]:
    """Those that someone may say: an absence that nobody accounts for (10) has no ground yet, and
    the hours that remained (11) are said with the end of a training."""
    return [number for number in GROUNDS if number not in (UNJUSTIFIED, REMAINING)]


def meanings() -> list[tuple[str, str]]:
    """Meaning -> its words, as a list to choose from."""
    return [
        (UNSAID, _("I do not know: these cells stay out")),
        (PRESENT, _("there, the whole time")),
        (REMOTE, _("there at a distance, the whole time")),
        (HYBRID, _("there in hybrid, the whole time")),
        (HALF, _("there, half of the time")),
        (MISSED, _("not there, no reason told")),
        *(
            (f"ground_{number}", _("not there: %(why)s") % {"why": said(grounds()[number].label)})
            for number in grounds_said()
        ),
        (NOTHING, _("nothing to write: holiday, closed, not expected")),
    ]


@dataclass(frozen=True)
class Code:
    """`first`: the cell where it stands first, as a spreadsheet program says it."""

    key: str
    shown: str
    times: int
    first: str


def key_of(cell: Cell) -> str:
    """The code that a cell holds, in small letters; "" where it holds hours, or what is no code
    (a formula, a day, a sentence)."""
    if cell.kind not in (Kind.TEXT, Kind.NUMBER, Kind.HOUR, Kind.BOOLEAN):
        return ""
    minutes = minutes_said(cell)
    if minutes == 0:
        return "0"
    key = " ".join(cell.text.casefold().replace(".", "").split())
    return key if minutes is None and len(key) <= LONGEST else ""


def codes_in(rows: Iterable[Row], columns: Iterable[tuple[int, str]]) -> list[Code]:
    """Those that stand in these columns (number, letters), the most frequent first."""
    times: Counter[str] = Counter()
    first: dict[str, tuple[str, str]] = {}
    named = list(columns)
    for row in rows:
        for at, letters in named:
            cell = row.at(at)
            if cell.text and (key := key_of(cell)):
                times[key] += 1
                first.setdefault(key, (cell.text, f"{letters}{row.line}"))
    return [Code(key, first[key][0], many, first[key][1])
            for key, many in times.most_common(MOST_CODES)]  # fmt: skip


def proposed(code: str, known: Mapping[str, str]) -> str:
    """As the centre said before, else as most centres mean it."""
    if code in known:
        return known[code]
    return _MARKS.get(code) or PROPOSED.get(fold(code), UNSAID)


def counted_in(rows: Iterable[Row], columns: Iterable[int]) -> str:
    """Whether bare numbers are hours, or parts of a day: where none is above 1, they are days."""
    values = {
        value
        for row in rows
        for at in columns
        if (value := number_of(row.at(at).text)) and row.at(at).kind in (Kind.NUMBER, Kind.TEXT)
    }
    return DAYS if values and max(values) <= 1 else HOURS
