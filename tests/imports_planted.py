"""A spreadsheet that waits, checked, with a name that may be someone's and a line that is stopped;
and one that was imported: what pages of an import are about."""

from uuid import uuid4

from relier.lib.spreadsheets import read
from relier.training.importing import staged
from relier.training.importing.columns import as_columns
from relier.training.importing.keeping import keep

from .entries_planted import coordinator_of

HEADINGS = "Nom;Prénom;Date de naissance;GSM"


def plant(person, member):
    """Of the centre of `member`, by a coordinator."""
    by = coordinator_of(member)
    alike = f"{person.family_name};{person.call_name};;"
    waiting, _ = checked([alike, "Marchal;Lucie;31/02/1990;470123456"], by)
    kept, found = checked(["Vandenberghe;Zélie;;"], by)
    return {
        "import_waiting": waiting,
        "import_kept": keep(kept, by=by, plan=found.digest),
    }


def checked(lines, by):
    book = read("\r\n".join([HEADINGS, *lines]).encode())
    file = staged.keep_book(book, name="liste 2019.csv", by=by, form_key=uuid4())
    file = staged.say_columns(
        file,
        what=file.what,
        sheet=0,
        heading=1,
        columns=as_columns(file.columns),
        options={},
        by=by,
    )
    found = staged.look(file, by=by)
    file.refresh_from_db()
    return file, found
