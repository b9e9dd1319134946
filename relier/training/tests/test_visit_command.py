"""`relier training`: the visit from the command line, and a federation planted to measure with."""

import json
import random
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from relier.centres.models import Centre
from relier.training import planting
from relier.training.models import Enrolment, LedgerEntry, Presence
from relier.training.planting import Size, federation, tables
from relier.training.rules import Rulebook

from .stories import begin


@pytest.fixture
def training(house):
    training = begin(house)
    for week in range(6):
        training.follows(7 * week)
    return training


def inspect(*arguments):
    out = StringIO()
    call_command("training", "inspect", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def plant_one(until=date(2026, 1, 1)):
    size = Size(1, 1, last=2025, until=until)
    house = federation.new_house(0, size)
    return federation.plant_year(house, 2025, until, Rulebook(), random.Random(1))


# --- inspect ---


def test_the_same_seed_shows_the_same_visit_again(training):
    asked = ("--centre", training.house.centre.name, "--year", "2026", "--seed", "7")

    assert inspect(*asked) == inspect(*asked)
    assert "seed 7" in inspect(*asked)


def test_what_is_not_known_is_said_before_the_rate(training):
    said = inspect(
        "--centre", training.house.centre.name, "--year", "2026", "--seed", "7", "--draws", "0"
    )

    assert said.index("signed lists: 12 h 00 in the weeks drawn, 36 h 00 in the year") < said.index(
        "rate:"
    )


def test_the_whole_visit_is_written_as_json(training, tmp_path):
    out = tmp_path / "visit.json"
    inspect(
        "--centre", training.house.centre.name, "--year", "2026", "--seed", "7", "--json", str(out)
    )

    told = json.loads(out.read_text(encoding="utf-8"))
    assert told["format"] == "relier-visit/1"
    assert told["visit"]["seed"] == 7
    assert told["unknown"]["minutes_without_list_in_year"] == 6 * 360
    assert training.house.awa.call_name not in json.dumps(told)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--centre", "Nulle part", "--year", "2026", "--seed", "7"), "No centre is called"),
        (("--centre", "HERE", "--year", "2019", "--seed", "7"), "No hour counts in 2019"),
        (("--centre", "HERE", "--year", "2999", "--seed", "7"), "has not begun"),
        (("--centre", "HERE", "--year", "2026", "--seed", "-1"), "is not between"),
        (("--centre", "HERE", "--year", "2026", "--seed", "1", "--draws", "-1"), "draws"),
        (
            ("--centre", "HERE", "--year", "2026", "--seed", "1", "--json", "/nowhere/at/all"),
            "cannot be written",
        ),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_sentence(training, asked, said):
    named = [training.house.centre.name if one == "HERE" else one for one in asked]

    with pytest.raises(CommandError, match=said):
        inspect(*named)


def test_several_centres_are_named_to_choose_from(training):
    Centre.objects.create(name="Ailleurs", kind="cisp")

    with pytest.raises(CommandError, match="Say which centre"):
        inspect("--year", "2026", "--seed", "7")


# --- planting ---


def test_the_planted_ledger_is_what_a_posting_would_write(db):
    rows = plant_one()

    assert rows == Presence.objects.count() > 5_000
    assert LedgerEntry.objects.exists()
    assert planting.check(20, seed=1) == []


def test_the_check_finds_a_file_that_does_not_stand_as_posted(db):
    plant_one()
    one = Enrolment.objects.order_by("pk")[0]
    first = LedgerEntry.objects.of([one]).values().first()
    del first["id"]

    tables.write(LedgerEntry, [{**first, "minutes": 15}])

    assert planting.check(Enrolment.objects.count(), seed=1) == [one.pk]


def test_nothing_is_planted_on_a_day_that_has_not_come(db):
    plant_one(until=date(2025, 3, 1))

    assert not LedgerEntry.objects.filter(day__gte=date(2025, 3, 1)).exists()


def test_a_federation_is_planted_in_an_empty_database_only_and_when_it_is_said(house):
    with pytest.raises(CommandError, match="Say that nobody"):
        call_command("training", "plant-federation", stdout=StringIO())
    with pytest.raises(CommandError, match="people in this database already"):
        call_command(
            "training", "plant-federation", "--centres", "1", "--years", "1",
            "--this-database-is-empty", stdout=StringIO(),
        )  # fmt: skip


def test_progress_is_said_with_what_is_left():
    from relier.training.management.commands.training import Progress

    out = StringIO()
    Progress(out).told(2, 2, 20_000)

    assert out.getvalue().startswith("2 of 2 years of a centre, 20000 rows")
    assert timezone.localdate().year > 2025
