"""Reading JSON that somebody else wrote, without trusting any of it.

`read_json` turns bytes into values and refuses what the `json` module lets through
(a key given twice, NaN, a tower of brackets). `Box` empties one JSON object key by key
and refuses the keys that nobody asked for, so that a typing mistake in a package is
an error with a place, never a field silently ignored.

Plain Python: no Django here. Sentences are kept as a template and its gaps, so that the
page or the command that shows them can translate them.
"""

import json
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

# Python refuses towers of brackets near a thousand, by an exception that depends on the
# version. The deepest file we read has six levels.
MAX_DEPTH: Final = 12
MAX_TEXT: Final = 4_000
_MISSING: Final = object()


def gettext_noop(words: str) -> str:
    """Mark a sentence for the translators without translating it here."""
    return words


class FrameworkError(ValueError):
    """A framework that cannot be taken as it is.

    `template` is one sentence with named gaps, `gaps` what fills them, and `place` where
    in the file it was met ("" for the file as a whole). `str(error)` is in English.
    """

    def __init__(self, template: str, *, place: str = "", **gaps: object) -> None:
        self.template = template
        self.place = place
        self.gaps = gaps
        super().__init__(template, place, gaps)

    def __str__(self) -> str:
        sentence = self.template % self.gaps if self.gaps else self.template
        return f"{self.place}: {sentence}" if self.place else sentence


def read_json(raw: bytes, *, place: str = "") -> Any:
    """Read JSON in UTF-8 (with or without a byte order mark).

    Raises FrameworkError when the bytes are not text, not JSON, hold the same key twice in
    one object, a number that is not one, or more than MAX_DEPTH levels.
    """

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise FrameworkError(
                    gettext_noop("The key “%(key)s” is given twice: keep one."),
                    place=place,
                    key=shorten(key),
                )
            found[key] = value
        return found

    def no_number(token: str) -> Any:
        raise FrameworkError(
            gettext_noop("“%(token)s” is not a number in JSON: give a number or remove it."),
            place=place,
            token=token,
        )

    try:
        text = raw.decode("utf-8-sig")
        value = json.loads(text, object_pairs_hook=once, parse_constant=no_number)
    except FrameworkError:
        raise
    except UnicodeDecodeError as error:
        raise FrameworkError(
            gettext_noop("The text is not in UTF-8: take the original file again."), place=place
        ) from error
    except RecursionError as error:
        raise _too_deep(place) from error
    except ValueError as error:  # also a whole number with thousands of digits
        raise FrameworkError(
            gettext_noop("This is not whole JSON: the file may be cut. Take it again."),
            place=place,
        ) from error
    _check_depth(value, place)
    return value


def _too_deep(place: str) -> FrameworkError:
    return FrameworkError(
        gettext_noop("Values are nested too deep for a framework: this is another kind of file."),
        place=place,
    )


def _check_depth(value: Any, place: str) -> None:
    level = [value]
    for _depth in range(MAX_DEPTH):
        level = [
            inner
            for outer in level
            if isinstance(outer, (dict, list))
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, (dict, list))
        ]
        if not level:
            return
    raise _too_deep(place)


def shorten(value: object, length: int = 40) -> str:
    """Words short and plain enough to be quoted in a sentence on a terminal."""
    text = "".join(c if c.isprintable() else "·" for c in str(value)[: length * 2])
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1] + "…"


def one_line(text: str) -> str:
    """The same words with single ordinary spaces: how two copies of a text are compared."""
    return " ".join(text.split())


def check_plain(text: str, *, place: str) -> str:
    """Give the text back when it is plain words; raise FrameworkError otherwise.

    Refused: more than MAX_TEXT characters, marks that cannot be seen (controls, changes of
    direction), HTML, and a first sign that a spreadsheet would take for a formula.
    """
    if len(text) > MAX_TEXT:
        raise FrameworkError(
            gettext_noop("A text has %(length)s characters, more than %(most)s: shorten it."),
            place=place,
            length=len(text),
            most=MAX_TEXT,
        )
    if any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co"} for c in text if c not in "\t\n\r"):
        raise FrameworkError(
            gettext_noop("A text holds signs that cannot be seen: take the original file again."),
            place=place,
        )
    if any(c == "<" and (n.isalpha() or n in "/!?") for c, n in pairwise(text)):
        raise FrameworkError(
            gettext_noop("A text holds HTML, where plain words belong: remove the HTML."),
            place=place,
        )
    if text.lstrip()[:1] in {"=", "@", "+"}:
        raise FrameworkError(
            gettext_noop("A text starts like a formula: give the words, not the formula."),
            place=place,
        )
    return text


class Box:
    """One JSON object, emptied key by key.

    Ask for each key by the kind of value it must hold, then leave the `with` block:
    a key nobody asked for raises FrameworkError, as does a missing or wrong one.
    """

    def __init__(self, value: Any, place: str) -> None:
        if not isinstance(value, dict):
            raise FrameworkError(
                gettext_noop("An object { … } belongs here, not %(found)s."),
                place=place,
                found=_kind(value),
            )
        self.place = place
        self._left = dict(value)

    def __enter__(self) -> "Box":
        return self

    def __exit__(self, kind: object, *_rest: object) -> None:
        if kind is None and self._left:
            raise FrameworkError(
                gettext_noop("The key “%(key)s” is not known here: remove it or correct it."),
                place=self.place,
                key=shorten(sorted(self._left)[0]),
            )

    def at(self, key: str) -> str:
        """The place of a key, as an error should name it."""
        return f"{self.place}.{key}" if self.place else key

    def holds(self, key: str) -> bool:
        """Whether the key is there and was not taken yet."""
        return key in self._left

    def take(self, key: str, default: Any = _MISSING) -> Any:
        """Whatever the key holds."""
        if key in self._left:
            return self._left.pop(key)
        if default is _MISSING:
            raise FrameworkError(
                gettext_noop("The key “%(key)s” is missing: add it."), place=self.place, key=key
            )
        return default

    def text(self, key: str, default: Any = _MISSING) -> str:
        """Plain words that say something."""
        if default is not _MISSING and key not in self._left:
            return str(default)
        found = self.take(key)
        if not isinstance(found, str) or not found.strip():
            raise self._wrong(key, gettext_noop("Words belong here, not %(found)s."), found)
        return check_plain(found, place=self.at(key))

    def text_or_none(self, key: str) -> str | None:
        """Plain words, or null when the answer is known to be unknown."""
        if self._left.get(key, _MISSING) is None:
            del self._left[key]
            return None
        return self.text(key)

    def choice(self, key: str, allowed: tuple[str, ...], default: Any = _MISSING) -> str:
        """One of a few words."""
        found = self.take(key, default)
        if found not in allowed or not isinstance(found, str):
            raise FrameworkError(
                gettext_noop("“%(found)s” is not one of: %(allowed)s."),
                place=self.at(key),
                found=shorten(found),
                allowed=", ".join(allowed),
            )
        return found

    def yes_no(self, key: str, default: Any = _MISSING) -> bool:
        """true or false."""
        found = self.take(key, default)
        if not isinstance(found, bool):
            raise self._wrong(
                key, gettext_noop("true or false belongs here, not %(found)s."), found
            )
        return found

    def count_or_none(self, key: str) -> int | None:
        """A whole number above zero, or null."""
        found = self.take(key)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int) or found < 1:
            raise self._wrong(
                key, gettext_noop("A whole number or null belongs here, not %(found)s."), found
            )
        return found

    def each(self, key: str, default: Any = _MISSING) -> Iterator[tuple[Any, str]]:
        """Each value of a list, with its place."""
        found = self.take(key, default)
        if not isinstance(found, (list, tuple)):
            raise self._wrong(key, gettext_noop("A list [ … ] belongs here, not %(found)s."), found)
        for number, value in enumerate(found):
            yield value, f"{self.at(key)}[{number}]"

    def box(self, key: str) -> "Box":
        """The object that the key holds."""
        return Box(self.take(key), self.at(key))

    def _wrong(self, key: str, template: str, found: object) -> FrameworkError:
        return FrameworkError(template, place=self.at(key), found=_kind(found))


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, (dict, list)):
        return "{ … }" if isinstance(value, dict) else "[ … ]"
    return f"“{shorten(value)}”"
