"""The files are written anew once nobody reads what was there before."""

import pytest
from django.db import connection

from relier.privacy import disk
from relier.privacy.models import Subject
from tests import factories as make


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL only: its snapshots")
@pytest.mark.django_db(transaction=True)
def test_rows_that_someone_still_sees_are_cleaned_the_next_time():
    for _ in range(20):
        make.PersonFactory()
    reader = connection.copy()
    with reader.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT 1")  # from now on it sees what there was
    disk.to_clean()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET call_name = 'Someone'")

    assert disk.clean_if_needed() is False

    reader.close()
    assert disk.clean_if_needed() is True
    assert Subject.objects.count() == 20


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL only: its snapshots")
@pytest.mark.django_db(transaction=True)
def test_a_transaction_in_another_database_of_the_server_holds_the_cleaning_back(monkeypatch):
    elsewhere = connection.copy()
    elsewhere.settings_dict = {**connection.settings_dict, "NAME": "template1"}
    with elsewhere.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT pg_current_xact_id()")  # it writes: what it sees is held for it
    disk.to_clean()
    make.PersonFactory()
    monkeypatch.setattr(disk, "PATIENCE", 0.2)

    assert disk.clean_if_needed() is False

    elsewhere.close()
    monkeypatch.undo()
    assert disk.clean_if_needed() is True
