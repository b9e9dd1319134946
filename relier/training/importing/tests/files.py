"""What the tests of an import do again and again."""

from uuid import uuid4

from relier.lib.tests.sheets_made import csv_of, xlsx_of
from relier.training.importing import staged
from relier.training.importing.columns import as_columns

__all__ = ["codes", "csv_of", "looked", "sent", "xlsx_of"]


def sent(data, actor, **more):
    """Received, its columns as they were guessed, looked at: the file and what was found."""
    file = staged.receive(data, name="essai.xlsx", by=actor, form_key=uuid4())
    return looked(file, actor, **more)


def looked(file, actor, **more):
    columns = more.pop("columns", None) or as_columns(file.columns)
    said = {"what": file.what, "sheet": file.sheet, "heading": file.heading, **more}
    options = said.pop("options", {})
    file = staged.say_columns(file, columns=columns, options=options, by=actor, **said)
    checked = staged.look(file, by=actor)
    file.refresh_from_db()
    return file, checked


def codes(checked):
    return [(one.line, one.column, one.code) for one in checked.problems]
