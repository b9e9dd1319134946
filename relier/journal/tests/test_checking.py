"""With the guards taken away by force, whatever is done to the lines is found."""

from uuid import uuid4

import pytest
from django.db import connection

from relier.journal import chain, checking
from relier.journal.anchor import Anchor
from relier.journal.checking import Wrong
from relier.journal.models import Detail, Line
from relier.lib import keyring

from .stories import by_force, write, writer

LINES = 30


@pytest.fixture
def nour(db):
    nour = writer()
    write(LINES, by=nour, fields=["name"])
    return nour


def found(by):
    fault = checking.check(by.centre).fault
    return fault and (fault.number, fault.wrong)


def line(by, number):
    return Line.objects.get(centre=by.centre, number=number)


def anchored(by, settings, number=LINES, seal=None):
    """As after the commit that these stories, told in one transaction, do not have."""
    path = settings.ANCHOR / f"{by.centre.hex}.anchor"
    path.parent.mkdir(parents=True)
    path.write_text(f"{number:020d} {seal or line(by, number).seal}\n")


def test_an_untouched_chain_holds(nour, settings):
    anchored(nour, settings)

    checked = checking.check(nour.centre)

    assert (checked.fault, checked.lines, checked.seal) == (None, LINES, line(nour, LINES).seal)


ALTERED = {
    "nature": "reading", "kind": "centres.changee", "at": "2020-01-01 00:00:00+00:00",
    "actor_kind": "person", "actor": uuid4(), "thing": "x", "thing_id": "x", "subject": uuid4(),
    "proof": "0" * 64, "seal": "0" * 64,
}  # fmt: skip


@pytest.mark.parametrize("column", ALTERED)
def test_every_column_is_covered(nour, column):
    value = ALTERED[column]
    if hasattr(value, "hex"):
        value = value if connection.vendor == "postgresql" else value.hex
    if column == "at" and connection.vendor == "sqlite":
        value = value.removesuffix("+00:00")

    by_force(f"UPDATE journal_line SET {column} = %s WHERE id = %s", value, line(nour, 7).pk)

    assert found(nour) == (7, Wrong.ALTERED)


def test_the_columns_that_a_seal_covers_are_all_there_are():
    left = {"id", "seal"}  # the row's own number, which must grow along a chain; the seal itself

    assert {f.attname for f in Line._meta.concrete_fields} == {*chain.COVERED, *left}


def test_one_byte_is_found(nour):
    by_force(
        "UPDATE journal_line SET kind = replace(kind, 'e', 'f') WHERE id = %s", line(nour, 20).pk
    )

    assert found(nour) == (20, Wrong.ALTERED)


def test_a_line_that_another_centre_took_is_found(nour):
    zoe = writer()
    write(19, by=zoe)
    centre = zoe.centre if connection.vendor == "postgresql" else zoe.centre.hex

    by_force("UPDATE journal_line SET centre = %s WHERE id = %s", centre, line(nour, 20).pk)

    assert found(nour) == (20, Wrong.MISSING)
    assert found(zoe)[0] == 20


def test_a_middle_line_that_is_gone_is_found(nour):
    by_force("DELETE FROM journal_line WHERE id = %s", line(nour, 12).pk)

    assert found(nour) == (12, Wrong.MISSING)


def test_a_middle_line_that_is_gone_with_the_others_numbered_anew_is_found(nour):
    gone = line(nour, 12)
    by_force("DELETE FROM journal_line WHERE id = %s", gone.pk)
    for number in range(13, LINES + 1):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE journal_line SET number = number - 1 WHERE id = %s",
                [line(nour, number).pk],
            )

    assert found(nour) == (12, Wrong.ALTERED)


def test_the_last_ten_that_are_cut_off_are_found_by_the_anchor(nour, settings):
    anchored(nour, settings)

    by_force("DELETE FROM journal_line WHERE number > %s", LINES - 10)

    assert found(nour) == (LINES - 9, Wrong.CUT)


def test_a_whole_chain_that_is_gone_is_found_by_the_anchor(nour, settings):
    anchored(nour, settings)

    by_force("DELETE FROM journal_line")

    assert [checked.fault.wrong for checked in checking.check_all()] == [Wrong.CUT]


def test_two_lines_that_changed_places_are_found(nour):
    one, other = line(nour, 5), line(nour, 6)
    by_force("UPDATE journal_line SET number = 1000 WHERE id = %s", one.pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_line SET number = 5 WHERE id = %s", [other.pk])
        cursor.execute("UPDATE journal_line SET number = 6 WHERE id = %s", [one.pk])

    assert found(nour) == (5, Wrong.MOVED)


def made_anew(by, key):
    """Every line sealed again from the first, one of them changed on the way."""
    with connection.cursor() as cursor:
        previous = ""
        for one in Line.objects.chain(by.centre):
            one.key = key.id
            one.kind = "centres.opened" if one.number == 9 else one.kind
            one.seal = previous = chain.seal(one, previous, key)
            cursor.execute(
                "UPDATE journal_line SET kind = %s, key = %s, seal = %s WHERE id = %s",
                [one.kind, one.key, one.seal, one.pk],
            )


def test_a_full_recomputation_under_another_key_is_found(nour):
    by_force("SELECT 1")
    forged = keyring.new_ring(at=line(nour, 1).at).newest("journal")
    made_anew(nour, forged)

    assert found(nour) == (1, Wrong.UNKNOWN_KEY)


def test_a_full_recomputation_under_another_key_with_our_name_is_found(nour):
    by_force("SELECT 1")
    ours = line(nour, 1).key
    made_anew(nour, keyring.Key("journal", ours, "", b"0" * 32))

    assert found(nour) == (1, Wrong.ALTERED)


def test_a_full_recomputation_with_the_key_is_found_by_the_anchor(nour, settings):
    from relier.journal import keys

    anchored(nour, settings)
    by_force("SELECT 1")
    made_anew(nour, keys.newest("journal"))

    assert found(nour) == (LINES, Wrong.NOT_ANCHORED)


def test_a_line_forged_at_the_end_is_found(nour, settings):
    anchored(nour, settings)
    last = Line.objects.filter(pk=line(nour, LINES).pk).values().get()
    del last["id"]

    Line.objects.bulk_create([Line(**{**last, "number": LINES + 1})])

    assert found(nour) == (LINES + 1, Wrong.ALTERED)


def test_details_that_were_altered_are_found(nour):
    by_force("UPDATE journal_detail SET said = '{}' WHERE proof = %s", line(nour, 8).proof)

    assert found(nour) == (8, Wrong.DETAIL_ALTERED)


def test_details_that_nobody_asked_to_forget_are_missed(nour):
    Detail.objects.filter(pk=line(nour, 8).proof).delete()

    assert found(nour) == (8, Wrong.DETAIL_TAKEN)


def test_an_anchor_that_lags_is_no_fault(nour, settings):
    anchored(nour, settings, number=LINES - 4)

    assert found(nour) is None


def test_a_printed_head_is_looked_for(nour):
    seal = line(nour, 10).seal

    assert checking.check(nour.centre, also={10: seal[:20]}).fault is None
    assert checking.check(nour.centre, also={10: "0" * 20}).fault.wrong == Wrong.NOT_ANCHORED
    assert checking.check(nour.centre, also={LINES + 1: seal[:20]}).fault.wrong == Wrong.CUT


def test_a_fault_says_its_number_and_its_day(nour):
    by_force("DELETE FROM journal_line WHERE id = %s", line(nour, 12).pk)

    fault = checking.check(nour.centre).fault

    assert str(fault).startswith("line 12 (the line before it is of 20")


def test_an_anchor_that_cannot_be_read_is_none(nour, settings):
    from relier.journal import anchor

    anchored(nour, settings, seal="0" * 64)
    assert anchor.read(nour.centre) == Anchor(LINES, "0" * 64)

    (settings.ANCHOR / f"{nour.centre.hex}.anchor").write_text("")

    assert anchor.read(nour.centre) is None
