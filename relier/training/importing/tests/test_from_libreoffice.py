"""Files as LibreOffice 7.4 wrote them in French (Belgium): one workbook of an invented centre, kept
as ODS, XLSX and CSV. Merged titles, two lines of headings, an empty column, days of the week above
the days, formulas that add up, a legend, a signature, a hidden sheet and three others."""

from pathlib import Path
from uuid import uuid4

import pytest

from relier.lib.spreadsheets import read
from relier.people.models import Person
from relier.training.importing import staged
from relier.training.importing.keeping import keep
from relier.training.importing.models import What

from .files import codes, looked

HERE = Path(__file__).parent / "from_libreoffice"
CODES = {"x": "present", "cm": "ground_1", "a": "missed", "d": "remote", "-": "nothing"}


def sent(form, actor):
    data = (HERE / f"centre.{form}").read_bytes()
    return staged.receive(data, name=f"centre.{form}", by=actor, form_key=uuid4())


@pytest.fixture
def with_people(training, coordinator):
    """The list of the same workbook, brought in."""
    file, checked = looked(sent("ods", coordinator), coordinator, sheet=3, heading=1, what="people",
                           columns=dict(enumerate(("family_name", "call_name", "born_on", "phone",
                                                   "track", "entered_on"))))  # fmt: skip
    assert codes(checked) == []
    keep(file, by=coordinator, plan=checked.digest)
    return training


def test_the_list_of_people_is_read_with_its_days_and_telephones(with_people):
    elif_ = Person.objects.get(family_name="Öztürk")

    assert (str(elif_.born_on), elif_.phone) == ("1978-11-30", "0470 00 00 00")


@pytest.mark.parametrize("form", ["ods", "xlsx", "csv"])
def test_the_sheet_by_day_says_the_same_in_each_form(with_people, coordinator, form):
    file = sent(form, coordinator)
    assert (file.what, file.sheet, file.heading) == (What.DAYS, 0, 5)
    assert file.columns == {"1": "full_name"}

    options = {"codes": CODES, "whole_day": 360, "make_sessions": True, "proofs_on": "2026-03-01"}
    _file, checked = looked(file, coordinator, options=options)

    assert codes(checked) == [(9, "", "total"), (13, "", "remark")]
    assert [tuple(one) for one in checked.people] == [
        (6, "Awa DIALLO", 5, 360 + 210 + 210, 720),
        (7, "Elif Öztürk", 4, 360 + 360 + 180, 360),
        (8, "Jean-Luc D'HAESE", 4, 456 + 360 + 360 + 360, 0),
    ]
    assert [(one.ground, one.from_on.day, one.until_on.day) for one in checked.drafts.absences] == [
        (1, 5, 6)
    ]


@pytest.mark.parametrize("form", ["ods", "xlsx"])
def test_a_hidden_sheet_is_known_and_never_proposed(form):
    book = read((HERE / f"centre.{form}").read_bytes())

    assert [(sheet.title, sheet.is_hidden) for sheet in book.sheets] == [
        ("Févr. 26", False), ("Mars 26", False), ("Listes", True), ("Stagiaires", False),
    ]  # fmt: skip
