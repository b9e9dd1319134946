"""What a room says now, and the catalogue that fits it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

from tools import gaps
from tools.catalogues import PLURALS, new_catalogue
from tools.extraction import Message, messages_in_room

Key = tuple[str, str]  # context ("" if none) and English text


@dataclass(frozen=True)
class Fault:
    """Something to mend: the file, the text if there is one, what to do."""

    where: str
    text: str
    advice: str

    def __str__(self) -> str:
        return "\n    ".join(filter(None, [self.where, self.text and repr(self.text), self.advice]))


@dataclass
class Wanted:
    plural: str
    files: set[str]


def in_code(room: Path) -> tuple[dict[Key, Wanted], list[Fault]]:
    """What one room says in English, and what cannot be translated as it is written."""
    found: dict[Key, Wanted] = {}
    faults: list[Fault] = []
    house = room.parents[1]
    for path, message in messages_in_room(room):
        where = path.relative_to(house).as_posix()
        if not isinstance(message, Message):
            faults.append(Fault(where, "", str(message)))
            continue
        key = (message.context, message.text)
        entry = found.setdefault(key, Wanted(message.plural, set()))
        entry.files.add(where)
        faults += [Fault(where, message.text, advice) for advice in _in_english(message, entry)]
    return found, faults


def _in_english(message: Message, entry: Wanted) -> Iterator[str]:
    yield from gaps.source_faults(message.text + " " + message.plural)
    if "!" in message.text + message.plural:
        yield "nothing exclaims here: end with a full stop"
    if message.plural != entry.plural:
        yield "used with two different plurals, or with and without one: give one of them a context"


def up_to_date(room: Path, old: polib.POFile) -> polib.POFile:
    """The catalogue that fits the code of a room, with the old translations that still serve.

    Sorted by the first file that says a text, then by text: a translator reads page by page.
    """
    kept = {(e.msgctxt or "", e.msgid, e.msgid_plural): e for e in old if not e.obsolete}
    new = new_catalogue()
    wanted = in_code(room)[0]
    for key in sorted(wanted, key=lambda key: (min(wanted[key].files), key[1].casefold(), key)):
        plural = wanted[key].plural
        new.append(_entry(key, wanted[key], kept.get((*key, plural), polib.POEntry())))
    return new


def _entry(key: Key, wanted: Wanted, before: polib.POEntry) -> polib.POEntry:
    context, text = key
    return polib.POEntry(
        msgctxt=context or None,
        msgid=text,
        msgid_plural=wanted.plural,
        msgstr=before.msgstr,
        msgstr_plural=(before.msgstr_plural or dict.fromkeys(PLURALS, "")) if wanted.plural else {},
        tcomment=before.tcomment,
        occurrences=[(file, "") for file in sorted(wanted.files)],
        flags=(["fuzzy"] if before.fuzzy else [])
        + (["python-format"] if gaps.NAMED.search(text + wanted.plural) else []),
    )
