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


def test_no_query_adds_up_what_a_worker_did():
    # Durations and kinds are optional; nothing sums them, nothing groups rows by their author.
    for module in PACKAGE.rglob("*.py"):
        if "tests" in module.parts or "migrations" in module.parts:
            continue
        text = module.read_text("utf-8")
        assert not re.search(r"\b(Sum|Avg)\(", text), module
        grouped = re.findall(
            r"values\([^)]*\"(author|heard_by|with_member|followed_by)[^)]*\)", text
        )
        assert not (grouped and "annotate(" in text), module


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
