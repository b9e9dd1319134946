"""What a centre makes of what comes before what: versions, kept and never overwritten."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.http import Http404

from relier.competences import banks, relations
from relier.competences.actions import relations as actions
from relier.competences.banks import Bank, BankItem, Need, Part
from relier.competences.frameworks import Reference, Words
from relier.competences.models import RelationVersion
from relier.competences.objections import Kind
from relier.competences.spaces import TooWide
from relier.journal.models import Line
from tests.factories import MemberFactory, actor

pytestmark = pytest.mark.django_db


def words(text):
    return Words(text, text)


def bank_of(*items, needs=(), version="1"):
    """A small bank: needs as "ab", a needs b."""
    return Bank(
        id="small", version=version, title=words("Small"), about=words("Small"),
        audience="citizens", parts=(Part("p", words("P"), "note"),),
        items=tuple(
            BankItem(i, "p", words(i), words(i), "note", Reference("digcomp", "3.0", "1.1"), "")
            for i in items
        ),
        needs=tuple(Need(a, b, words(f"{a} needs {b}")) for a, b in needs),
        frozen=date(2026, 11, 24),
    )  # fmt: skip


ABCD = bank_of(*"abcd", needs=["ba", "cb"])


def add(by, item, needed, *, bank=ABCD, on_top_of=0, **more):
    return actions.add_need(
        bank, item=item, needed=needed, because="So it is here.", on_top_of=on_top_of,
        form_key=more.pop("form_key", None) or uuid4(), by=actor(by), **more,
    )  # fmt: skip


def remove(by, item, needed, *, on_top_of=0):
    return actions.remove_need(
        ABCD, item=item, needed=needed, why="Not here.", on_top_of=on_top_of, form_key=uuid4(),
        by=actor(by),
    )  # fmt: skip


def take_back(by, number, *, on_top_of):
    return actions.take_back(
        ABCD, number=number, why="We talked.", on_top_of=on_top_of, form_key=uuid4(), by=actor(by)
    )


def now(member, bank=ABCD):
    return relations.current(actor(member), bank)


def test_without_a_change_the_relation_is_the_shipped_one(house):
    bank = banks.find("everyday")

    relation = relations.current(house.centre, "everyday")

    assert (relation.number, relation.needs) == (relations.SHIPPED, bank.needs)


def test_a_need_that_is_added_makes_a_version_on_top_of_the_others(house):
    add(house.bram, "d", "a")

    assert now(house.bram).number == 1
    assert now(house.bram).pairs == (("b", "a"), ("c", "b"), ("d", "a"))
    assert now(house.bram).need("d", "a").because.fr == "So it is here."


def test_another_centre_keeps_its_own(house):
    add(house.bram, "d", "a")

    assert now(house.zoe).number == relations.SHIPPED
    assert relations.versions(actor(house.zoe), ABCD) == []


def test_a_federation_reads_the_shipped_one_and_amends_nothing(house):
    federation = MemberFactory(of_federation=True)
    add(house.bram, "d", "a")

    assert now(federation).number == relations.SHIPPED
    with pytest.raises(Http404):
        add(federation, "d", "a")


def test_what_is_taken_out_is_gone_from_the_new_version_only(house):
    remove(house.nour, "c", "b")

    assert now(house.nour).pairs == (("b", "a"),)
    assert relations.at(house.centre, ABCD, 0).pairs == ABCD.pairs


def test_an_earlier_version_comes_back_as_a_new_one(house):
    add(house.bram, "d", "a")
    remove(house.nour, "d", "a", on_top_of=1)

    take_back(house.nour, 1, on_top_of=2)

    assert now(house.nour).number == 3
    assert now(house.nour).needs == relations.at(house.centre, ABCD, 1).needs


def test_the_shipped_one_comes_back_too(house):
    add(house.bram, "d", "a")

    take_back(house.nour, 0, on_top_of=1)

    assert now(house.nour).needs == ABCD.needs


def test_taking_back_what_stands_already_changes_nothing(house):
    with pytest.raises(actions.Objected) as answer:
        take_back(house.nour, 0, on_top_of=0)

    assert answer.value.objection.kind is Kind.SAME
    assert not RelationVersion.objects.exists()


@pytest.mark.parametrize(
    ("item", "needed", "kind", "chain"),
    [
        ("a", "a", Kind.ITSELF, ("a",)),
        ("b", "a", Kind.TWICE, ("b", "a")),
        ("a", "c", Kind.LOOP, ("c", "b", "a", "c")),
        ("c", "a", Kind.FOLLOWS, ("c", "b", "a")),
    ],
)
def test_what_cannot_be_added_is_said_with_the_items_it_is_about(house, item, needed, kind, chain):
    with pytest.raises(actions.Objected) as answer:
        add(house.bram, item, needed)

    assert (answer.value.objection.kind, answer.value.objection.chain) == (kind, chain)
    assert not RelationVersion.objects.exists()


def test_a_need_that_follows_from_others_is_kept_when_one_says_so(house):
    add(house.bram, "c", "a", although_it_follows=True)

    assert ("c", "a") in now(house.bram).pairs


def test_saying_that_it_follows_does_not_let_a_loop_through(house):
    with pytest.raises(actions.Objected):
        add(house.bram, "a", "c", although_it_follows=True)


def test_what_is_not_there_is_not_taken_out(house):
    with pytest.raises(actions.Objected) as answer:
        remove(house.bram, "d", "a")

    assert answer.value.objection.kind is Kind.ABSENT


def test_a_relation_too_entangled_to_be_computed_is_not_kept(house, monkeypatch):
    def too_wide(relation):
        raise TooWide(99)

    monkeypatch.setattr(relations, "space_of", too_wide)

    with pytest.raises(actions.Objected) as answer:
        add(house.bram, "d", "a")

    assert answer.value.objection.kind is Kind.TOO_WIDE
    assert not RelationVersion.objects.exists()


def test_the_same_form_sent_twice_makes_one_version(house):
    key = uuid4()

    versions = {add(house.bram, "d", "a", form_key=key).pk for _twice in range(2)}

    assert len(versions) == RelationVersion.objects.count() == 1


def test_the_second_of_two_colleagues_is_stopped_and_nothing_is_overwritten(house):
    add(house.nour, "d", "b")

    with pytest.raises(actions.Meanwhile):
        add(house.bram, "d", "a")

    assert [row.author for row in relations.since(actor(house.bram), ABCD, 0)] == [house.nour]


def test_the_second_at_the_same_instant_is_stopped_by_the_database(house, monkeypatch):
    # Both looked before either wrote: the number is free, then taken.
    stale = now(house.bram)
    add(house.nour, "d", "b")
    answers = iter([stale])
    real = relations.current
    monkeypatch.setattr(
        relations, "current", lambda whose, bank: next(answers, None) or real(whose, bank)
    )

    with pytest.raises(actions.Meanwhile):
        add(house.bram, "d", "a")

    assert RelationVersion.objects.count() == 1


def test_each_change_is_a_line_of_the_journal_with_codes_only(house):
    add(house.bram, "d", "a")
    take_back(house.nour, 0, on_top_of=1)

    added, taken_back = Line.objects.filter(kind__startswith="competences.relation").order_by("pk")
    assert (added.kind, added.actor) == ("competences.relation_added", house.bram.pk)
    assert added.details == {"bank": "small", "number": 1, "item": "d", "needed": "a"}
    assert taken_back.details == {"bank": "small", "number": 2, "taken_back": 0}


def test_a_version_that_does_not_exist_is_not_found(house):
    with pytest.raises(LookupError):
        relations.at(house.centre, ABCD, 7)
    with pytest.raises(LookupError):
        relations.current(house.centre, "no-such-bank")


def test_a_later_bank_brings_its_new_items_and_not_what_was_taken_out(house):
    remove(house.nour, "c", "b")
    later = bank_of(*"abce", needs=["ba", "cb", "ec"], version="2")

    assert now(house.nour, later).pairs == (("b", "a"), ("e", "c"))


def test_a_later_bank_makes_no_loop_with_what_a_centre_said(house):
    add(house.nour, "a", "d")
    later = bank_of(*"abcde", needs=["ba", "cb", "ea", "de"], version="2")

    pairs = now(house.nour, later).pairs

    assert ("a", "d") in pairs
    assert not {("e", "a"), ("d", "e")} <= set(pairs)


def test_a_space_is_built_once_for_the_same_needs(house):
    shipped = relations.shipped(ABCD)

    assert relations.space_of(shipped) is relations.space_of(replace(shipped, number=5))
    assert relations.space_of(shipped).is_feasible({"a", "b"})
    assert not relations.space_of(shipped).is_feasible({"b"})


def test_the_relation_in_use_costs_one_query(house, django_assert_num_queries):
    for number in range(3):
        add(house.nour, "d", "a", on_top_of=2 * number)
        remove(house.nour, "d", "a", on_top_of=2 * number + 1)

    with django_assert_num_queries(1):
        relations.current(house.centre, ABCD)
