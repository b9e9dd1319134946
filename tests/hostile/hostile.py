"""The values that nobody should send, and that somebody does."""

from collections.abc import Callable

from .filling import CHOSEN, WRITTEN, Control

SCRIPT = "<script>alert('canari')</script>"
IMAGE = '"><img src=x onerror=canari>'
# What must never stand unescaped in a page.
RAW = (SCRIPT, "<img src=x onerror=canari>")

TEXTS = {
    "script": SCRIPT,
    "image": IMAGE,
    "template": "{{ 7*7 }} {% now 'Y' %}",
    "format": "%(x)s %s %d {0} {x}",
    "sql": "' OR 1=1 --",
    "bidi": "abc\u202edef\u2066ghi\u2069",
    "zero width": "a\u200bb\u200d\ufeffc",
    "emoji": "👩🏽‍👩🏽‍👧 ça va",
    "control characters": "a\x01b\x08c\x1bd\x7fe\x85f",
    "NUL": "a\x00b",
    "half a surrogate": "a\ud83db".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "noncharacter": "a\ufffeb\uffffc",
    "spaces": " \t\n\r\n\u00a0\u2003 ",
    "long": "é" * 20_000,
    "one MB": "x" * 1_000_000,
    "newline in a line": "a\nSet-Cookie: x=1\r\nb",
    "typst": '#panic("x") $ ] * _ @a <b> `c`',
}
DAYS = ["0001-01-01", "9999-12-31", "2026-02-31", "demain", "1900-01-01", "-1", "2026-11-20\x00"]
HOURS = ["25:00", "24:00", "00:00", "23:59:59.999999", "midi", "\x00"]
NUMBERS = ["-1", "0", str(10**30), "1e309", "NaN", "Infinity", "1.5", "٣", "", "\x00"]
HIDDEN = ["", "x", "\x00", "null", "[]", "{}", "[1]", '{"words": {"a": 1}}', "[" * 5000, "9" * 5000]
CHOICES = ["", "not offered", "\x00", "-1", str(10**30), "00000000-0000-4000-8000-000000000000"]
OTHERS = {"day": DAYS, "hour": HOURS, "number": NUMBERS, "hidden": HIDDEN, "choice": CHOICES}
KINDS = {
    "text": WRITTEN,
    "day": {"date", "datetime-local"},
    "hour": {"time"},
    "number": {"number"},
    "hidden": {"hidden"},
    "choice": CHOSEN,
}

# What these come to is decided before a database is asked, or when its answer is shown: one
# database is enough.
OF_ANY_DATABASE = {
    "nothing", "empty", "only hidden", "text: script", "text: image", "text: template",
    "text: format", "text: bidi", "text: zero width", "text: spaces", "text: newline in a line",
    "text: typst",
}  # fmt: skip

Way = Callable[[Control], str | None]


def ways() -> dict[str, Way]:
    """Each hostile way of filling a form, under a name that a failure can show."""
    found: dict[str, Way] = {
        "nothing": lambda control: None,
        "empty": lambda control: "",
        "only hidden": lambda control: control.value if control.kind == "hidden" else None,
    }
    for name, text in TEXTS.items():
        found[f"text: {name}"] = instead(WRITTEN, text)
    for kind, values in OTHERS.items():
        for value in values:
            found[f"{kind}: {value[:20]!r}"] = instead(KINDS[kind], value)
    return found


def instead(kinds: set[str], value: str) -> Way:
    return lambda control: value if control.kind in kinds else control.ordinary()


def concerns(way: str, controls: list[Control]) -> bool:
    """Whether this way changes anything of such a form."""
    head, colon, _rest = way.partition(":")
    return not colon or bool({control.kind for control in controls} & KINDS[head])
