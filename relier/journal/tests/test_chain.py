"""Lines are chained: in the order of their numbers, with all that they say, under their key."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone

from relier.journal import actions, chain, checking, keys
from relier.journal.models import NOWHERE, Detail, Line
from relier.lib import keyring

from .stories import THING, write, write_and_fall, writer


@pytest.fixture
def nour(db):
    return writer()


def test_lines_of_a_centre_are_numbered_and_hold_each_other(nour):
    write(3, by=nour, fields=["name"])

    first, second, third = Line.objects.chain(nour.centre)
    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert second.seal == chain.seal(second, first.seal, keys.newest("journal"))
    assert checking.check(nour.centre).fault is None
    assert checking.check(nour.centre).lines == 3


def test_each_centre_has_its_chain_and_what_belongs_to_none_has_one_too(nour):
    zoe, system = writer(), writer(NOWHERE)

    for one in (nour, zoe, system, nour):
        write(1, by=one)

    numbers = {one.centre: [line.number for line in Line.objects.chain(one.centre)]
               for one in (nour, zoe, system)}  # fmt: skip
    assert numbers == {nour.centre: [1, 2], zoe.centre: [1], NOWHERE: [1]}


def test_the_order_rests_on_the_number_and_not_on_the_clock(nour, monkeypatch):
    write(1, by=nour)
    monkeypatch.setattr(timezone, "now", lambda: datetime(2020, 1, 1, tzinfo=UTC))
    write(1, by=nour)

    first, second = Line.objects.chain(nour.centre)

    assert first.at > second.at
    assert checking.check(nour.centre).fault is None


def test_what_is_rolled_back_leaves_no_line_and_no_gap(nour):
    with pytest.raises(ZeroDivisionError):
        write_and_fall(by=nour)
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError):
            write_and_fall(by=nour)
        write(1, by=nour)

    assert [line.number for line in Line.objects.chain(nour.centre)] == [1]


@pytest.mark.django_db(transaction=True)
def test_a_line_is_the_last_thing_its_transaction_writes():
    nour = writer()

    with transaction.atomic():
        write(2, by=nour)
        assert not Line.objects.exists()

    assert [line.number for line in Line.objects.chain(nour.centre)] == [1, 2]


@transaction.atomic
def open_a_centre():
    ContentType.objects.create(app_label="a centre", model="opened")
    write(1, by=writer())


@pytest.mark.django_db(transaction=True)
def test_without_keys_nothing_is_kept(settings, tmp_path):
    settings.KEYS_FILE = tmp_path / "lost.json"

    with pytest.raises(keyring.NoKeys):
        open_a_centre()

    assert not ContentType.objects.filter(app_label="a centre").exists()
    assert not Line.objects.exists()


def test_a_new_key_makes_and_the_old_one_still_verifies(nour, settings, tmp_path):
    settings.KEYS_FILE = tmp_path / "keys.json"
    ring = keyring.new_ring(at=timezone.now())
    keyring.write(ring, settings.KEYS_FILE)
    write(2, by=nour)
    keyring.write(ring.with_new("journal", at=timezone.now()), settings.KEYS_FILE)
    write(1, by=nour)

    assert len({line.key for line in Line.objects.chain(nour.centre)}) == 2
    assert checking.check(nour.centre).fault is None


# --- details -------------------------------------------------------------------------------------


def test_details_are_apart_under_a_salt(nour):
    write(2, by=nour, fields=["name"])

    first, second = Line.objects.chain(nour.centre)
    assert first.details == second.details == {"fields": ["name"]}
    assert first.proof != second.proof
    assert "name" not in str(Line.objects.filter(pk=first.pk).values())


def test_a_line_without_details_has_none(nour):
    write(1, by=nour)

    assert Line.objects.get().details == {}
    assert not Detail.objects.exists()


def test_a_reason_is_a_detail(nour):
    write(1, by=nour, reason="urgence à l’hôpital")

    assert Line.objects.get().details == {"reason": "urgence à l’hôpital"}


def test_forgotten_the_details_are_gone_and_the_chain_still_holds(nour):
    awa = uuid4()
    for subject in (awa, None, awa):
        actions.record("centres.changed", THING, by=nour, subject=subject, fields=["canary"])

    assert actions.forget_details([awa], by=nour) == 2

    lines = Line.objects.chain(nour.centre).select_related("detail")
    assert [line.details for line in lines] == [{}, {"fields": ["canary"]}, {}, {}]
    assert [line.kind for line in lines][-1] == "journal.details_forgotten"
    assert checking.check(nour.centre).fault is None


def test_what_the_person_did_is_forgotten_too(db):
    awa = writer()
    write(1, by=awa, reason="canary")

    actions.forget_details([awa.id], by=awa)

    assert not Detail.objects.exists()
    assert checking.check(awa.centre).fault is None


# --- readings ------------------------------------------------------------------------------------


def test_the_same_reading_is_one_line_in_fifteen_minutes(nour, monkeypatch):
    start = timezone.now()
    for minutes in (0, 14, 16):
        monkeypatch.setattr(timezone, "now", lambda m=minutes: start + timedelta(minutes=m))
        actions.read("desk.file_read", THING, by=nour)
        actions.read_list("desk.search", by=nour, shown=[nour.id], letters=3)
    actions.read_list("desk.search", by=nour, shown=[nour.id], letters=4)

    kinds = [line.kind for line in Line.objects.chain(nour.centre)]
    assert kinds.count("desk.file_read") == 2
    assert kinds.count("desk.search") == 3


def test_a_reading_read_again_asks_one_question(nour, django_assert_num_queries):
    actions.read("desk.file_read", THING, by=nour)

    with django_assert_num_queries(1):
        actions.read("desk.file_read", THING, by=nour)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL only: its lock")
@pytest.mark.django_db(transaction=True)
def test_the_lock_of_a_chain_is_let_go_at_the_commit():
    write(1, by=writer())

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
        )
        assert cursor.fetchone()[0] == 0
