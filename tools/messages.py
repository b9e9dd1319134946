"""The catalogues, without any system package.

    python tools/messages.py update [room…]    take over what the code says; nothing is guessed
    python tools/messages.py check [room…]     list what is missing or wrong; fails if anything is
    python tools/messages.py fix [room…]       put the typography of the translations right
    python tools/messages.py compile           write the .mo files
    python tools/messages.py signed            print what a reviewer of the own page signs

A room's catalogue is relier/<room>/locale/fr/LC_MESSAGES/django.po. English stands in the code, so
it has no catalogue. The person's own page speaks five more languages (tools/own_page.py), updated
and checked with the room `desk`: one text missing in one of them fails.

An official name may need a word that we refuse: say so in a comment above its entry,
`# allow bénéficiaire: name of the status in the decree`. Texts read aloud,
relier/<room>/texts/<name>.fr.txt and <name>.en.txt, are checked too; `fix` never touches them,
because people agreed to them as they are.
"""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a file, Python looks in tools/ only

from tools import french  # noqa: E402
from tools.catalogues import (  # noqa: E402
    catalogue_path,
    compile_all,
    forms,
    is_complete,
    own_page_catalogue,
    read,
    write,
)


def rooms(root: Path, names: Iterable[str] = ()) -> list[Path]:
    """The folders of relier/, or those named. A name that is not one ends the command."""
    house = root / "relier"
    every = sorted(path for path in house.iterdir() if path.is_dir() and path.name[0] not in "._")
    chosen = [house / name for name in names]
    if strangers := [room.name for room in chosen if room not in every]:
        sys.exit(f"No such room: {', '.join(strangers)}")
    return chosen or every


def update(root: Path, names: Iterable[str]) -> int:
    from tools import own_page  # here, because compiling must work without Babel
    from tools.updating import up_to_date

    for room in rooms(root, names):
        path = catalogue_path(room)
        old = read(path)
        new = up_to_date(room, old)
        if not new and not path.exists():
            continue
        write(path, new)
        current = {(e.msgctxt, e.msgid, e.msgid_plural) for e in new}
        for gone in (e for e in old if (e.msgctxt, e.msgid, e.msgid_plural) not in current):
            print(f"{room.name}: gone: {gone.msgid!r}, was {forms(gone)}")
        print(f"{room.name}: {len(new)} texts, {sum(not is_complete(e) for e in new)} to translate")
        if room.name == own_page.ROOM and own_page.wanted(root):
            update_own_page(root)
    return 0


def update_own_page(root: Path) -> None:
    from tools import own_page

    for language, name in own_page.LANGUAGES.items():
        path = own_page_catalogue(root, language)
        new = own_page.up_to_date(root, language, read(path))
        write(path, new)
        left = sum(not entry.msgstr for entry in new)
        print(f"own page, {name}: {len(new)} texts, {left} to translate")


def signed(root: Path, _names: Iterable[str]) -> int:
    from tools import own_page

    for language, name in own_page.LANGUAGES.items():
        print(f"{name}: {own_page.fingerprint(read(own_page_catalogue(root, language)))}")
    return 0


def check(root: Path, names: Iterable[str]) -> int:
    from tools import own_page  # as above
    from tools.checking import disagreements, read_aloud_faults, room_faults
    from tools.updating import Fault

    faults: list[Fault] = []
    catalogues = {}
    for room in rooms(root, names):
        path = catalogue_path(room)
        try:
            catalogues[room.name] = read(path)
        except (OSError, ValueError) as error:
            faults.append(Fault(path.relative_to(root).as_posix(), "", f"cannot be read: {error}"))
        else:
            faults += room_faults(room, catalogues[room.name])
        faults += read_aloud_faults(room)
        if room.name == own_page.ROOM:
            faults += own_page.faults(root)
    faults += disagreements(catalogues)
    for fault in faults:
        print(fault)
    texts = sum(map(len, catalogues.values()))
    print(f"{texts} texts in {len(catalogues)} rooms, {len(faults)} faults.")
    return 1 if faults else 0


def fix(root: Path, names: Iterable[str]) -> int:
    for room in rooms(root, names):
        catalogue = read(catalogue_path(room))
        mended = 0
        for entry in catalogue:
            before = forms(entry)
            entry.msgstr = french.mend(entry.msgstr)
            entry.msgstr_plural = {n: french.mend(t) for n, t in entry.msgstr_plural.items()}
            mended += before != forms(entry)
        if mended:
            write(catalogue_path(room), catalogue)
            print(f"{room.name}: {mended} translations mended")
    return 0


def compile_catalogues(root: Path, _names: Iterable[str]) -> int:
    print(f"{len(list(compile_all(root)))} catalogues compiled.")
    return 0


COMMANDS = {
    "update": update,
    "check": check,
    "fix": fix,
    "compile": compile_catalogues,
    "signed": signed,
}


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("rooms", nargs="*", metavar="room")
    given = parser.parse_args(arguments)
    return COMMANDS[given.command](root, given.rooms)


if __name__ == "__main__":
    sys.exit(main())
