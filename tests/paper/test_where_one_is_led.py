"""Whoever keeps a sheet, by any way, is led to the page of what it made, where they may open it."""

from datetime import time

import pytest
from django.urls import reverse
from django.utils import timezone

from relier.competences import standing
from relier.competences.sheets import POSITIONING, key_of
from relier.inquiry.sheets import TESTIMONY
from relier.inquiry.taking_back import seal_of
from relier.paper import sheets
from relier.paper.leading import address_after
from relier.people.sheets import CONSENT, SITUATION
from relier.support.lists import offered
from relier.support.sheets import MANDATE, REQUEST, STEPS, mandate_occasion
from relier.training.actions import lists, sessions
from relier.training.sheets import SHEET as PRESENCE
from tests import factories as make
from tests.answering import answered

pytestmark = pytest.mark.django_db

BANK = standing.bank_for_people()
SIGNED = {"signed": "signed"}
# Sheet -> what is answered, and where it leads: its address, and of what.
MADE = {
    REQUEST: ({"words": "Un cours le matin"}, "support:request", lambda made: made.pk),
    SITUATION: ({"internet": "mobile"}, "people:story", lambda made: made.person_id),
    CONSENT: (SIGNED, "people:consent", lambda made: made.pk),
    MANDATE: (SIGNED, "support:mandate", lambda made: made.pk),
    STEPS: ({"step_1": "Appeler", "step_2": "Écrire"}, "support:steps",
            lambda made: made[0].person_id),
    PRESENCE: ({"l1_how": "in_person", "l1_signed": "signed"}, "training:list",
               lambda made: made.pk),
    POSITIONING: ({key_of(BANK.items[0]): "yes"}, "positioning:result", lambda made: made.pk),
    TESTIMONY: ({"words": "Rien ne marche.", "agreed": "yes"}, "inquiry:given",
                lambda made: seal_of(made.pk)),
}  # fmt: skip
every_sheet = pytest.mark.parametrize("name", MADE)


def occasion_of(name, house):
    if name == MANDATE:
        today = timezone.localdate()
        rows = offered("families", house.centre.pk, on=today)[:1]
        return mandate_occasion(house.centre, rows, "six_months", today).values
    if name == PRESENCE:
        return {"list": str(printed_for(house).pk)}
    return {
        CONSENT: {"purpose": "file", "version": "2026-11"},
        POSITIONING: {"bank": BANK.id, "version": BANK.version, "parts": BANK.items[0].part},
    }.get(name, {})


def printed_for(house):
    """The list of a session of today at which Awa is expected."""
    nour = make.actor(house.nour)
    session = sessions.plan_session(
        "Tableur", day=timezone.localdate(), starts_at=time(9), minutes=180, team=house.team,
        by=nour,
    )  # fmt: skip
    sessions.expect([house.awa], session, from_on=session.day, by=nour)
    return lists.print_list(session, by=nour)


def kept(name, house):
    """What the room makes of this sheet of Awa's, given to Nour."""
    said, occasion = MADE[name][0], occasion_of(name, house)
    one = answered(name, said, person=house.awa, occasion=occasion)
    return sheets.receive(one, by=make.actor(house.nour))


def led(name, made, house, member):
    return address_after(name, made, subject=house.awa.pk, by=make.actor(member))


def test_every_sheet_of_the_rooms_says_where_it_leads():
    assert {one for one in sheets.names() if sheets.entry(one).example().kind != "ballot"} == {
        *MADE
    }


@every_sheet
def test_one_is_led_to_the_page_of_what_was_made_and_it_opens(name, house, enter):
    made = kept(name, house)

    address = led(name, made, house, house.nour)

    _given, page, of = MADE[name]
    assert address == reverse(page, args=[of(made)])
    assert enter(house.nour).get(address).status_code == 200


@every_sheet
def test_whoever_may_not_open_that_page_is_led_where_they_may(name, house, enter):
    made = kept(name, house)

    for member in (house.bram, house.reception, house.coordinator, house.zoe):
        address = led(name, made, house, member)
        assert enter(member).get(address).status_code == 200, (member, address)
    assert led(name, made, house, house.zoe) == reverse("paper:home")


def test_what_is_under_secrecy_leads_who_is_not_bound_to_the_file(house):
    mandate = kept(MANDATE, house)

    assert led(MANDATE, mandate, house, house.bram) == reverse("file", args=[house.awa.pk])


def test_a_sheet_that_changed_nothing_leads_to_the_file(house):
    kept(SITUATION, house)
    again = kept(SITUATION, house)

    assert again is None
    assert led(SITUATION, again, house, house.nour) == reverse("file", args=[house.awa.pk])


def test_a_sheet_of_nobody_leads_to_the_first_page_of_paper_or_of_the_day(house):
    of_nobody = {"made": None, "subject": None}
    elsewhere = make.MemberFactory(of_federation=True)

    nour = address_after(REQUEST, by=make.actor(house.nour), **of_nobody)
    whoever_does_not_receive = address_after(REQUEST, by=make.actor(elsewhere), **of_nobody)

    assert (nour, whoever_does_not_receive) == (reverse("paper:home"), reverse("day"))
