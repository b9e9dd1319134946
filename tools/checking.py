"""What is missing or wrong in the catalogues."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import polib

from tools import french, gaps
from tools.catalogues import PLURALS, catalogue_path, forms, is_complete, rendered
from tools.updating import Fault, Key, in_code, up_to_date

OTHER = {"en": "fr", "fr": "en"}
ALLOWANCE = re.compile(r"^allow (\S+): \S", re.MULTILINE)


def room_faults(room: Path, catalogue: polib.POFile) -> Iterator[Fault]:
    """Everything wrong in one room's code and catalogue."""
    wanted, faults = in_code(room)
    yield from faults
    path = catalogue_path(room)
    where = path.relative_to(room.parents[1]).as_posix()
    seen: set[Key] = set()
    behind = []
    for entry in catalogue:
        key = (entry.msgctxt or "", entry.msgid)
        if entry.obsolete or key not in wanted:
            behind.append(Fault(where, entry.msgid, "no code says this any more: run update"))
        elif key in seen:
            behind.append(Fault(where, entry.msgid, "written twice in this catalogue: keep one"))
        elif entry.msgid_plural != (plural := wanted[key].plural):
            advice = f"its plural in the code is {plural!r}: run update"
            behind.append(Fault(where, entry.msgid, advice))
        else:
            yield from (Fault(where, entry.msgid, advice) for advice in entry_faults(entry))
        seen.add(key)
    for key in (key for key in wanted if key not in seen):
        advice = "missing in French: run update, then translate it"
        behind.append(Fault(min(wanted[key].files), key[1], advice))
    if not behind and path.exists() and _differs(path, up_to_date(room, catalogue)):
        behind = [Fault(where, "", "its places, order or heading are out of date: run update")]
    yield from behind


def read_aloud_faults(room: Path) -> Iterator[Fault]:
    """What is wrong in a room's texts read aloud, texts/<name>.fr.txt and <name>.en.txt; a text in
    another language needs those two beside it."""
    for path in sorted(room.glob("texts/*.txt")):
        where = path.relative_to(room.parents[1]).as_posix()
        language = path.name.split(".")[-2]
        beside = OTHER.get(language, "fr")
        other = path.with_name(path.name.replace(f".{language}.txt", f".{beside}.txt"))
        if not other.exists():
            yield Fault(where, "", f"{other.name} is missing")
        elif language == "fr":
            text, english = path.read_text(encoding="utf-8"), other.read_text(encoding="utf-8")
            for advice in [*gaps.faults(english, text), *french.faults(text)]:
                yield Fault(where, "", advice)


def _differs(path: Path, catalogue: polib.POFile) -> bool:
    return path.read_text(encoding="utf-8") != rendered(catalogue)


def entry_faults(entry: polib.POEntry) -> Iterator[str]:
    """What is wrong in one entry, in words."""
    if entry.fuzzy:
        yield "a guess (fuzzy): read it again, and remove the flag"
    if not is_complete(entry):
        needed = f" in its {len(PLURALS)} forms, msgstr[0] and msgstr[1]"
        yield "not translated" + (needed if entry.msgid_plural else "")
        return
    allowed = frozenset(word.lower() for word in ALLOWANCE.findall(entry.tcomment))
    for text in forms(entry):
        # In French 0 takes the first form too, so both forms need the gaps of the English plural.
        yield from gaps.faults(entry.msgid_plural or entry.msgid, text)
        yield from french.faults(text, allowed)


def disagreements(rooms: Mapping[str, polib.POFile]) -> Iterator[Fault]:
    """One English text with two French translations, in two of these rooms' catalogues.

    Django joins all catalogues, so one of the two would never show.
    """
    said: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for room, catalogue in rooms.items():
        for entry in filter(is_complete, catalogue):
            key = (entry.msgctxt or "", entry.msgid, entry.msgid_plural)
            said[key].setdefault(" / ".join(forms(entry)), room)
    for (_, text, _), translations in said.items():
        if len(translations) > 1:
            both = "; ".join(f"{room}: {french}" for french, room in translations.items())
            advice = f"two translations: agree on one, or give one a context ({both})"
            yield Fault("between rooms", text, advice)
