"""Where the catalogues stand, how they are read and written, and how they become .mo files.

Shared by `tools/messages.py` and by `hatch_build.py`, which builds the wheel in an environment that
holds polib and nothing else of ours. English is written in the code itself, so a catalogue exists
for each other language only. The .mo files are never committed.
"""

from collections.abc import Iterator
from pathlib import Path

import polib

PATTERNS = (
    "relier/*/locale/*/LC_MESSAGES/django.po",
    "relier/desk/own/locale/*/LC_MESSAGES/django.po",
)
HEADER = {
    "Project-Id-Version": "Relier",
    "Language": "fr",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}
PLURALS = [0, 1]


def catalogue_path(room: Path) -> Path:
    """The French catalogue of a room, whether it exists yet or not."""
    return room / "locale/fr/LC_MESSAGES/django.po"


def own_page_catalogue(root: Path, language: str) -> Path:
    """The catalogue of the person's own page in one of its other languages (tools/own_page.py)."""
    return root / "relier/desk/own/locale" / language / "LC_MESSAGES/django.po"


def catalogue_files(root: Path) -> list[Path]:
    """Every catalogue of the rooms under `root`, in a stable order."""
    return sorted(path for pattern in PATTERNS for path in root.glob(pattern))


def compile_all(root: Path) -> Iterator[Path]:
    """Write each catalogue's .mo file beside it, and give its path.

    What is empty or fuzzy is left out: English shows instead.
    """
    for source in catalogue_files(root):
        target = source.with_suffix(".mo")
        read(source).save_as_mofile(str(target))
        yield target


def new_catalogue() -> polib.POFile:
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = dict(HEADER)
    return catalogue


def read(path: Path) -> polib.POFile:
    """A catalogue, empty where there is no file. Raises OSError where it is not well formed."""
    if not path.exists():
        return new_catalogue()
    return polib.pofile(path.read_text(encoding="utf-8"), wrapwidth=0)


def rendered(catalogue: polib.POFile) -> str:
    """The text of the file that holds this catalogue."""
    return f"{catalogue}\n"


def write(path: Path, catalogue: polib.POFile) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(rendered(catalogue), encoding="utf-8", newline="\n")


def forms(entry: polib.POEntry) -> list[str]:
    """The translations of an entry: one, or one for each plural that is written."""
    if not entry.msgid_plural:
        return [entry.msgstr]
    return [entry.msgstr_plural[form] for form in sorted(entry.msgstr_plural)]


def is_complete(entry: polib.POEntry) -> bool:
    """Whether every form that French needs is written."""
    return all(forms(entry)) and (not entry.msgid_plural or sorted(entry.msgstr_plural) == PLURALS)
