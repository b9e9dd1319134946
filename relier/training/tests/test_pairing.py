"""Who may work with whom: pairs of what people shared, and a page of names that says nothing."""

from datetime import time
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from relier.competences import banks
from relier.competences.actions import positionings
from relier.competences.models import Positioning
from relier.people import actions
from relier.training.actions import sessions
from relier.training.rules.pairing import BOTH, Offer, in_pairs, worth
from relier.training.together import called
from tests import factories as make

from .test_entry_pages import page, text

ITEMS = st.frozensets(st.sampled_from("abcdef"))
OFFERS = st.lists(
    st.tuples(ITEMS, ITEMS).map(lambda sets: Offer(sets[0], sets[1] - sets[0])), max_size=9
)


def named(offers):
    return {uuid4(): offer for offer in offers}


@given(OFFERS, st.integers(0, 99))
def test_everyone_is_in_one_group_and_nobody_alone_where_there_is_someone_else(offers, turn):
    names = named(offers)

    groups = in_pairs(names, turn)

    assert sorted(name for group in groups for name in group) == sorted(names)
    assert len(names) == 1 or all(2 <= len(group) <= 3 for group in groups)
    assert sum(len(group) == 3 for group in groups) == (len(names) % 2 if len(names) > 1 else 0)
    assert in_pairs(names, turn) == groups


def test_those_who_have_something_to_show_each_other_meet():
    writes, sends = Offer(frozenset("w"), frozenset("s")), Offer(frozenset("s"), frozenset("w"))
    names = named([writes, writes, sends, sends])

    for group in in_pairs(names):
        assert worth(*(names[name] for name in group)) == BOTH


def test_nobody_shows_what_the_other_does_not_want_to_learn():
    assert Offer(frozenset("ab"), frozenset()).shows(Offer(frozenset("a"), frozenset("c"))) == set()


# --- the page ---


@pytest.fixture
def session(training):
    return sessions.plan_session(
        "Tableur", day=timezone.localdate(), starts_at=time(9), minutes=180,
        team=training.house.team, by=training.bram,
    )  # fmt: skip


def someone(training, name, said, *, shared=True):
    person = make.PersonFactory(
        centre=training.house.centre, followed_by=training.house.team, call_name=name
    )
    if said:
        made = positionings.note_on_a_page(
            person, said, channel=Positioning.Channel.PAGE, language="fr",
            evidence=Positioning.Evidence.FELT, on=timezone.localdate(), by=training.nour,
        )  # fmt: skip
        if shared:
            positionings.share(made, by=training.nour)
    return person


def expected(session, training, *people):
    sessions.expect(people, session, from_on=session.day, by=training.bram)


SENDS = {"take-photo": "yes", "keep-password": "could_learn"}
KEEPS = {"keep-password": "yes", "take-photo": "could_learn"}


def test_two_people_who_have_something_to_show_each_other_are_proposed(training, session, enter):
    awa = someone(training, "Awa", SENDS)
    idris = someone(training, "Idris", KEEPS)
    expected(session, training, awa, idris)

    html = text(enter(training.house.bram).get(page("together", session)))

    assert "Awa may show Idris: " in html
    assert "Idris may show Awa: " in html


def test_what_was_not_shared_is_neither_used_nor_hinted_at(training, session, enter):
    awa = someone(training, "Awa", SENDS, shared=False)
    idris = someone(training, "Idris", {})
    expected(session, training, awa, idris)
    # Nour made it with Awa and may read it; it was not shared with the team for all that.
    html = text(enter(training.house.nour).get(page("together", session)))

    assert "may show" not in html
    assert "Nobody shared what they can do with you yet." in html


def test_what_is_shown_to_the_group_holds_names_only(training, session, enter):
    expected(
        session, training, someone(training, "Awa", SENDS), someone(training, "Idris", KEEPS),
        someone(training, "Lucie", {}),
    )  # fmt: skip

    html = text(enter(training.house.bram).get(page("together_names", session)))

    assert "Awa · Idris" in html
    assert "Lucie" in html
    for item in banks.find("everyday").items:
        assert item.deed.en not in html


def test_two_people_called_alike_are_told_apart_before_the_group():
    awa, other, idris = (
        make.PersonFactory.build(call_name=name, family_name=family, root_id=uuid4())
        for name, family in (("Awa", "Diallo"), ("Awa", "Ndiaye"), ("Idris", "Bah"))
    )

    assert list(called([awa, other, idris]).values()) == ["Awa Diallo", "Awa Ndiaye", "Idris"]


def test_what_someone_has_at_home_stands_beside_their_name(training, session, enter):
    awa = someone(training, "Awa", {})
    expected(session, training, awa, someone(training, "Idris", {}))
    told = {"connection": actions.Said({"kind": "none"})}
    actions.record_situation(awa, told, on=timezone.localdate(), by=training.nour)

    html = text(enter(training.house.bram).get(page("together", session)))

    assert "no connection" in html
    assert "nothing was said of it" in html


def test_three_people_and_thirty_cost_the_same(training, session, enter):
    client = enter(training.house.bram)

    def counted(number):
        expected(
            session, training,
            *(someone(training, f"N{place}", (SENDS, KEEPS)[place % 2]) for place in range(number)),
        )  # fmt: skip
        client.get(page("together", session))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page("together", session)).status_code == 200
        return len(queries)

    assert counted(3) == counted(27)
