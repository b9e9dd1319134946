"""The list of those erased: a chain, on the disk before the rows go, refused when it is wrong."""

import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from relier.accounts.actors import SYSTEM
from relier.privacy import actions, tombstones
from relier.privacy.actions import rights
from relier.privacy.models import Subject
from relier.privacy.tombstones import NoTombstones
from tests import factories as make


@pytest.fixture
def three_erased(house):
    """Three people erased one after the other, and the lines that say so."""
    for _ in range(3):
        actions.erase([make.PersonFactory(centre=house.centre).pk], by=SYSTEM)
    return tombstones.list_file().read_text().splitlines()


def rewrite(lines):
    tombstones.list_file().write_text("".join(f"{line}\n" for line in lines))


def test_each_is_listed_with_their_centre_and_nothing_that_names_them(house):
    awa = house.awa.pk
    actions.erase([awa], by=SYSTEM)

    (stone,) = tombstones.read()

    assert (stone.id, stone.centre) == (awa, house.centre.pk)
    assert "Awa" not in tombstones.list_file().read_text()


def test_the_files_of_one_person_share_one_deed(house):
    alias = make.PersonFactory(centre=house.centre, root=house.awa)
    actions.erase([house.awa.pk, alias.pk], by=SYSTEM)

    assert len({stone.deed for stone in tombstones.read()}) == 1
    assert len(tombstones.read()) == 2


def test_a_list_that_was_never_begun_is_refused(db):
    with pytest.raises(NoTombstones):
        tombstones.read()


def test_a_new_copy_begins_with_an_empty_list(db):
    assert tombstones.begin()
    assert tombstones.read() == []
    assert not tombstones.begin()


def test_a_list_that_is_gone_is_not_begun_again(three_erased):
    tombstones.list_file().unlink()
    tombstones.head_file().unlink()

    with pytest.raises(NoTombstones):
        tombstones.begin()


@pytest.mark.parametrize("what", ["list", "head"])
def test_one_file_without_the_other_is_refused(three_erased, what):
    {"list": tombstones.list_file, "head": tombstones.head_file}[what]().unlink()

    with pytest.raises(NoTombstones):
        tombstones.read()


def altered(line):
    said = json.loads(line)
    return json.dumps({**said, "until": "2000-01-01"}, sort_keys=True)


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines[:-1],
        lambda lines: lines[1:],
        lambda lines: [lines[0], lines[2]],
        lambda lines: [lines[1], lines[0], lines[2]],
        lambda lines: [altered(lines[0]), *lines[1:]],
        lambda lines: [*lines, lines[0]],
        lambda lines: [*lines, "{"],
        lambda lines: [],
    ],
    ids=["tail cut", "head cut", "middle gone", "swapped", "altered", "repeated", "torn", "empty"],
)
def test_a_list_that_was_cut_or_altered_is_refused_and_nobody_is_erased(
    three_erased, change, house
):
    rewrite(change(three_erased))

    with pytest.raises(NoTombstones):
        tombstones.read()
    with pytest.raises(NoTombstones):
        actions.erase([house.awa.pk], by=SYSTEM)
    assert Subject.objects.filter(pk=house.awa.pk).exists()


def test_an_older_list_with_its_older_head_is_found_out_by_the_journal(house, three_erased):
    older = tombstones.list_file().read_text(), tombstones.head_file().read_text()
    actions.erase([house.awa.pk], by=SYSTEM)
    tombstones.list_file().write_text(older[0])
    tombstones.head_file().write_text(older[1])

    with pytest.raises(NoTombstones, match="journal"):
        tombstones.read()


def test_a_cut_between_the_list_and_its_head_loses_nobody(house, three_erased, monkeypatch):
    head = tombstones.head_file().read_text()
    actions.erase([house.awa.pk], by=SYSTEM)

    tombstones.head_file().write_text(head)

    assert len(tombstones.read()) == 4


def test_the_power_is_cut_before_the_rows_go_and_they_go_the_next_time(house, monkeypatch):
    def cut(*_args, **_kwargs):
        raise RuntimeError("the power is cut")

    awa = house.awa.pk
    with monkeypatch.context() as power:
        power.setattr(rights.tallies, "keep_numbers", cut)
        with pytest.raises(RuntimeError):
            actions.erase([awa], by=SYSTEM)
    assert Subject.objects.filter(pk=awa).exists()
    assert [stone.id for stone in tombstones.read()] == [awa]

    assert actions.erase_again(by=SYSTEM) == 1

    assert not Subject.objects.filter(pk=awa).exists()
    assert len(tombstones.read()) == 1
    assert actions.erase_again(by=SYSTEM) == 0


def test_nobody_is_listed_outside_of_an_erasure(transactional_db):
    with pytest.raises(transaction.TransactionManagementError):
        tombstones.append([], like=None)


def test_those_older_than_any_backup_are_forgotten_and_the_list_still_holds(three_erased):
    kept = tombstones.read()[1:]

    assert tombstones.forget_before(kept[0].at) == 1

    assert [stone.id for stone in tombstones.read()] == [stone.id for stone in kept]
    assert tombstones.forget_before(timezone.now() - timedelta(days=1)) == 0


def test_a_cut_while_forgetting_leaves_a_list_that_holds(three_erased, monkeypatch):
    # The list is rewritten, its last head is not: both heads are in the one that was left.
    middle = tombstones.read()[1].at
    writes = []
    real = tombstones.write_whole

    def cut_at_the_third(path, text):
        writes.append(path)
        if len(writes) == 3:
            raise RuntimeError("the power is cut")
        real(path, text)

    monkeypatch.setattr(tombstones, "write_whole", cut_at_the_third)
    with pytest.raises(RuntimeError):
        tombstones.forget_before(middle)

    assert len(tombstones.read()) == 2
