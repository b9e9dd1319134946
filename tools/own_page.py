"""The catalogues of the person's own page: five languages that no other page speaks.

Its texts are those of the context "own page". Their French stands with the rest of their room's;
for each other language, relier/desk/own/locale/<language>/LC_MESSAGES/django.po holds them and
nothing else. None of them has a plural: Arabic has six, and a sentence without a count has none.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import polib

from tools import gaps
from tools.catalogues import HEADER, own_page_catalogue, read, rendered
from tools.updating import Fault, in_code

CONTEXT = "own page"
ROOM = "desk"
LANGUAGES = {"nl": "Dutch", "de": "German", "ar": "Arabic", "tr": "Turkish", "uk": "Ukrainian"}


def wanted(root: Path) -> dict[str, set[str]]:
    """Each text of the own page, and the files that say it."""
    found = in_code(root / "relier" / ROOM)[0]
    return {text: one.files for (context, text), one in found.items() if context == CONTEXT}


def up_to_date(root: Path, language: str, old: polib.POFile) -> polib.POFile:
    """The catalogue that fits the code, with the translations that still serve."""
    kept = {entry.msgid: entry for entry in old if not entry.obsolete}
    new = polib.POFile(wrapwidth=0)
    new.metadata = {**HEADER, "Language": language}
    del new.metadata["Plural-Forms"]
    texts = wanted(root)
    for text in sorted(texts, key=lambda text: (min(texts[text]), text.casefold(), text)):
        before = kept.get(text, polib.POEntry())
        flags = ["fuzzy"] * before.fuzzy + ["python-format"] * bool(gaps.NAMED.search(text))
        new.append(
            polib.POEntry(
                msgctxt=CONTEXT,
                msgid=text,
                msgstr=before.msgstr,
                tcomment=before.tcomment,
                occurrences=[(file, "") for file in sorted(texts[text])],
                flags=flags,
            )
        )
    return new


def faults(root: Path) -> Iterator[Fault]:
    """Everything missing or wrong, language by language."""
    texts = wanted(root)
    if not texts:
        return
    for language, name in LANGUAGES.items():
        path = own_page_catalogue(root, language)
        where = path.relative_to(root).as_posix()
        try:
            catalogue = read(path)
        except (OSError, ValueError) as error:
            yield Fault(where, "", f"cannot be read: {error}")
            continue
        said = {entry.msgid: entry for entry in catalogue if not entry.obsolete}
        for text in sorted(texts):
            yield from (Fault(where, text, advice) for advice in _wrong(said.get(text), text, name))
        for gone in sorted(said.keys() - texts.keys()):
            yield Fault(where, gone, "no code says this any more: run update")
        whole = said.keys() == texts.keys()
        if whole and path.read_text(encoding="utf-8") != rendered(
            up_to_date(root, language, catalogue)
        ):
            yield Fault(where, "", "its places, order or heading are out of date: run update")


def _wrong(entry: polib.POEntry | None, text: str, name: str) -> Iterator[str]:
    if entry is None or not entry.msgstr:
        yield f"missing in {name}: run update, then translate it"
    elif entry.fuzzy:
        yield "a guess (fuzzy): read it again, and remove the flag"
    else:
        yield from gaps.faults(text, entry.msgstr)


def fingerprint(catalogue: polib.POFile) -> str:
    """What a native speaker signs: as relier/desk/own/languages.py works it out."""
    lines = sorted(
        f"{entry.msgctxt}\x04{entry.msgid}\0{entry.msgstr}"
        for entry in catalogue.translated_entries()
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
