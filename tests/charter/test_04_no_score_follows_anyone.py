"""No score follows anyone: no total, rank or average of a person exists, and none of a worker."""

import re

import pytest
from django.apps import apps
from django.db import models

from tests.crawl import crawl
from tests.test_house import PACKAGE

from .canaries import plant

SCORES = re.compile(r"score|rank|average|total|percent|points|note_moyenne", re.IGNORECASE)


def test_04_no_score_follows_anyone():
    for model in apps.get_models():
        if model.__module__.startswith("relier."):
            for field in model._meta.get_fields():
                assert not SCORES.search(field.name), f"{model._meta.label}.{field.name}"


# Where hours of training are added up, as the law asks: by track, month and trainee.
ADDS_UP = {"training/figures.py", "training/posting.py"}
# What would lead from an amount to whoever gave, wrote or signed it.
LEADS_TO_A_WORKER = re.compile(r"\b(posting__)?(author|trainers|with_member|written_by)(__|\b)")


def test_no_query_adds_up_what_a_worker_did():
    # Durations and kinds are optional; nothing sums them, nothing groups rows by their author.
    for module in PACKAGE.rglob("*.py"):
        if "tests" in module.parts or "migrations" in module.parts:
            continue
        text = module.read_text("utf-8")
        if module.relative_to(PACKAGE).as_posix() not in ADDS_UP:
            assert not re.search(r"\b(Sum|SUM|Avg|AVG)\(", text), module
        grouped = re.findall(
            r"values\([^)]*\"(author|heard_by|with_member|followed_by)[^)]*\)", text
        )
        assert not (grouped and "annotate(" in text), module


def test_hours_are_never_added_up_by_worker():
    for name in ADDS_UP:
        text = (PACKAGE / name).read_text("utf-8")
        assert "Sum(" in text, name
        for grouped in re.findall(r"\.values(?:_list)?\(([^)]*)\)", text):
            assert not LEADS_TO_A_WORKER.search(grouped), (name, grouped)


def test_nothing_says_whose_hours_of_supervision_they_were(house):
    """One number for a team and a day: no author, no moment of writing, no earlier version; and the
    journal has the track and nothing else."""
    from datetime import date

    from relier.journal.models import Line
    from relier.training.actions.sessions import note_preparation, say_supervision
    from relier.training.models import PreparationNote, SupervisionHours
    from relier.training.tests.stories import begin
    from tests import factories as make

    for model in (SupervisionHours, PreparationNote):
        for field in model._meta.get_fields():
            related = getattr(field, "related_model", None)
            assert related is None or related._meta.label not in WORKERS, field
            assert not isinstance(field, models.DateTimeField), field
    training = begin(house)
    for minutes in (120, 300):
        say_supervision(training.track, date(2026, 1, 5), minutes=minutes, by=training.coordinator)
    session = training.session(0)
    note_preparation(session, minutes=90, words="three sheets", by=make.actor(house.bram))

    assert SupervisionHours.objects.get().minutes == 300
    lines = Line.objects.filter(
        kind__in=["training.supervision_said", "training.preparation_noted"]
    )
    assert lines.count() == 3
    assert all(line.details == {} for line in lines)
    assert {line.thing for line in lines} == {"training.Track", "training.Session"}


WORKERS = {"centres.Member", "accounts.User"}


@pytest.mark.once
def test_no_page_shows_a_percentage_or_a_bar(house, enter):
    plant(house)

    for address, page in crawl(enter(house.coordinator)).items():
        assert "<progress" not in page, address
        assert "<meter" not in page, address
        words = re.sub(r"<style.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)
        assert not re.search(r"\d\s?%", words), address


def test_duration_and_kind_are_optional():
    from relier.support.models import Intervention

    for name in ("kind", "channel", "minutes", "themes", "redirected_to"):
        field = Intervention._meta.get_field(name)
        assert isinstance(field, models.Field)
        assert field.blank, name
