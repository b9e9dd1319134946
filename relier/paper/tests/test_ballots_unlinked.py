"""No row, file, order or hour leads from what a ballot says to its page, or to anyone."""

import random
import re
from dataclasses import replace

import cv2
import numpy as np
import pytest
from django.apps import apps
from django.db import connection, models, transaction

from relier.paper import actions
from relier.paper.actions import ballot_reading
from relier.paper.models import BallotCount, BallotDoubt, BallotFile, BallotSheet
from tests import factories as make

from .ballots import FRIDAY, MONDAY, ballot, opened, read
from .printed_sheets import pictures
from .tray import Told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("room", "in_english")]


class Drawn(Told):
    """Each doubtful page has a picture of its own: a shade of grey."""

    def read(self, number, find):
        answer = super().read(number, find)
        grey = np.full((1782, 1260), self.pages[number - 1].get("shade", 255), np.uint8)
        return replace(answer, picture=cv2.imencode(".jpg", grey)[1].tobytes())


def doubtful(count, shade):
    return {**ballot(count, sure=False), "shade": shade}


def shade_of(doubt):
    strip = cv2.imdecode(np.frombuffer(doubt.crop_content(), np.uint8), cv2.IMREAD_GRAYSCALE)
    return round(float(strip.mean()))


def in_the_order_of_the_table():
    """As someone finds them who reads the file of the database itself."""
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM paper_ballotdoubt ORDER BY {place}")
        ids = [row[0] for row in cursor.fetchall()]
    rows = {doubt.pk.hex: doubt for doubt in BallotDoubt.objects.all()}
    return [rows[getattr(one, "hex", one)] for one in ids]


# --- what the whole database says ----------------------------------------------------------------

DRAWN = re.compile(
    r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}|[0-9a-f]{32,}"
)


def everything():
    """Every row of every table, without what is drawn or sealed with a salt, nor the hour."""
    said = []
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy:
            found = list(model._base_manager.all())
            # Numbers given in turn: PostgreSQL goes on from those of the count that was undone.
            first = min((row.pk for row in found if isinstance(row.pk, int)), default=0)
            said.append((model._meta.label, sorted(told(row, first) for row in found)))
    return said


def told(row, first):
    values = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(field, models.BigAutoField):
            value -= first
        elif isinstance(field, models.DateTimeField):
            value = value and "…"
        elif isinstance(row, BallotDoubt) and field.name in ("crop", "crop_key"):
            value = shade_of(row)
        elif (
            (isinstance(row, BallotCount) and field.name == "identifier")
            or isinstance(field, models.BinaryField)
            or field.name in ("seal", "proof", "previous", "salt", "number", "sha256")
        ):
            value = "…"
        values[field.name] = DRAWN.sub("…", str(value))
    return str(sorted(values.items()))


def after(house, pages):
    """Everything that is in the database once these ballots were read."""
    with transaction.atomic():
        count = opened(house, printed=10, by_hand=8)
        read(house, count, *[page(count) for page in pages], reader=Drawn())
        said = everything()
        transaction.set_rollback(True)
    return said


def test_the_database_is_the_same_whichever_ballot_said_what(house):
    pages = [
        lambda count: ballot(count, MONDAY),
        lambda count: ballot(count, FRIDAY),
        lambda count: doubtful(count, 200),
        lambda count: doubtful(count, 120),
        lambda count: ballot(count, FRIDAY),
    ]
    swapped = list(pages)
    random.Random(2026).shuffle(swapped)
    assert swapped != pages

    assert after(house, pages) == after(house, swapped)
    # And the comparison does see one voice that is another.
    assert after(house, [*pages[1:], pages[1]]) != after(house, pages)


def test_strips_stand_in_an_order_that_is_drawn_anew_at_each_file(house, monkeypatch):
    monkeypatch.setattr(ballot_reading, "CHANCE", random.Random(20261126))
    count = opened(house, printed=10, by_hand=8)
    firsts, lasts = [], []
    for _turn in range(40):
        with transaction.atomic():
            read(house, count, doubtful(count, 60), doubtful(count, 130), reader=Drawn())
            read(house, count, doubtful(count, 200), ballot(count, MONDAY), reader=Drawn())
            table = [shade_of(doubt) for doubt in in_the_order_of_the_table()]
            firsts.append(table[0])
            lasts.append([shade_of(one) for one in count.doubts.to_look_at("two")][-1])
            transaction.set_rollback(True)

    # The strip that came last stands anywhere, in the table and on the page of a reader.
    for drawn in (firsts, lasts):
        assert {shade: drawn.count(shade) >= 5 for shade in (60, 130, 200)} == {
            60: True, 130: True, 200: True,
        }  # fmt: skip


def test_what_both_have_said_is_kept_when_another_file_is_shuffled_in(house):
    count = opened(house, printed=10, by_hand=8)
    read(house, count, doubtful(count, 60), reader=Drawn())
    (doubt,) = count.doubts.all()
    actions.say_vote(doubt, [FRIDAY], by=make.actor(house.nour))

    read(house, count, doubtful(count, 200), reader=Drawn())

    said = {shade_of(one): one.one_says for one in count.doubts.all()}
    assert said == {60: [FRIDAY], 200: None}
    assert doubt.pk not in set(count.doubts.values_list("pk", flat=True))


# --- what tables could say -----------------------------------------------------------------------


def test_no_row_of_a_ballot_has_an_hour_a_rank_or_an_author():
    for model in (BallotDoubt, BallotFile):
        for field in model._meta.concrete_fields:
            assert not isinstance(field, models.DateField | models.TimeField), field
            assert not isinstance(field, models.IntegerField) or field.primary_key, field
            if field.is_relation and field not in APART:
                assert field.related_model is BallotCount, field


# Empty but where a room makes rows of ballots (`BallotSheet`), and gone as its count is closed.
APART = {BallotDoubt._meta.get_field("ballot")}


def test_of_a_count_that_leaves_totals_nothing_says_which_ballot_a_strip_is_of(house):
    count = opened(house, printed=10, by_hand=8)
    read(house, count, doubtful(count, 60), ballot(count, MONDAY), reader=Drawn())
    actions.add_from_paper(count, by=make.actor(house.nour))

    assert {doubt.ballot_id for doubt in count.doubts.all()} == {None}
    assert not BallotSheet.objects.exists()


def test_no_key_leads_from_ballots_to_a_page_or_a_person():
    ballots = {BallotCount, BallotDoubt, BallotFile}
    led_to = {
        field.related_model._meta.label
        for model in ballots
        for field in model._meta.concrete_fields
        if field.is_relation and field not in APART
    }
    leading = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model in ballots
    }

    assert led_to == {
        "centres.Centre", "centres.Member", "paper.BallotCount", "paper.PrintedSheet"
    }  # fmt: skip
    assert leading == {"paper.BallotDoubt", "paper.BallotFile", "paper.BallotSheet"}


def test_every_ballot_is_printed_alike_to_the_last_dot(house):
    count = opened(house, printed=5)
    pdf = actions.print_ballots(count, 4, by=make.actor(house.coordinator))

    first, *others = pictures(pdf, 100)

    assert len(others) == 3
    assert all(np.array_equal(first, other) for other in others)
    again = pictures(actions.print_ballots(count, 1, by=make.actor(house.coordinator)), 100)
    assert np.array_equal(first, again[0])
