"""What is late: said honestly, said anew beside what was said before, settled and undone."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from relier.centres.models import Member
from relier.journal.models import Line
from relier.support.actions import reception as deeds
from relier.support.actions.requests import Overtaken
from relier.support.models import Delay
from tests import factories as make

from .pages import told


def new_for(person):
    return reverse("support:delay_new", args=[person.pk])


def page_of(delay):
    return reverse("support:delay", args=[delay.pk])


def settle(delay):
    return reverse("support:delay_settle", args=[delay.pk])


def counter_of(person):
    return reverse("support:counter_person", args=[person.pk])


def heard(client, person):
    """What is said at the counter, as it is read aloud."""
    page = told(client.get(counter_of(person)))
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def typed(**more):
    return {"what": "payment", "since": "2026-11-16", "side": "unknown", **more}


@pytest.fixture
def late(house):
    return make.DelayFactory(person=house.awa, author=house.nour, why="The list was sent late.")


# --- noting it ---------------------------------------------------------------------------------


def test_what_and_since_when_are_enough(house, enter):
    answer = enter(house.reception).post(
        new_for(house.awa), {"what": "payment", "since": "2026-11-16"}
    )

    kept = Delay.objects.get()
    assert answer.url == counter_of(house.awa)
    assert (kept.person, kept.side, kept.since) == (house.awa, "unknown", date(2026, 11, 16))


def test_sent_twice_it_is_kept_once(house, enter):
    nour, sent = enter(house.nour), typed(form_key=str(uuid4()))

    nour.post(new_for(house.awa), sent)
    nour.post(new_for(house.awa), sent)

    assert Delay.objects.count() == 1


def test_what_is_still_to_come_is_not_late(house, enter):
    tomorrow = timezone.localdate() + timedelta(days=1)
    sent = typed(since=tomorrow.isoformat(), why="The bank was closed.")

    page = enter(house.nour).post(new_for(house.awa), sent)

    assert Delay.objects.count() == 0
    assert "since" in page.context["form"].errors
    assert "The bank was closed." in page.content.decode()


# --- saying it ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("side", "sentence"),
    [
        ("centre", "The cause is on our side. It is not your mistake."),
        ("institution", "The cause is at another service. It is not your mistake."),
        ("person", "We still need something from you."),
        ("nobody", "It is nobody’s mistake."),
        ("unknown", "We do not know yet where the mistake is."),
    ],
)
def test_where_the_mistake_is(house, enter, late, side, sentence):
    Delay.objects.update(side=side)

    assert sentence in heard(enter(house.reception), house.awa)


def test_what_is_late_since_when_and_why(house, enter, late):
    said = heard(enter(house.reception), house.awa)

    assert "Your payment is late. It should have come on Monday 16 November 2026." in said
    assert "The list was sent late." in said


def test_nobody_knows_yet_is_said_honestly(house, enter, late):
    assert "Nobody knows yet when it will come." in heard(enter(house.reception), house.awa)


def test_a_day_that_passed_is_not_promised_again(house, enter, late):
    Delay.objects.update(expected_on=date(2026, 11, 20))

    said = heard(enter(house.reception), house.awa)

    assert "We expected it on Friday 20 November 2026. It has not come." in said
    assert "Nobody knows the new day yet." in said


# --- saying it anew ----------------------------------------------------------------------------


def test_said_anew_it_stands_beside_what_was_said_before(house, enter, late):
    reception = enter(house.reception)

    reception.post(page_of(late), typed(side="institution", why="The bank has it."))

    said = heard(reception, house.awa)
    assert Delay.objects.current().count() == 1
    assert said.index("The bank has it.") < said.index("The list was sent late.")
    assert Delay.objects.get(pk=late.pk).why == "The list was sent late."


def test_said_again_as_it_was_adds_nothing(house, enter, late):
    enter(house.nour).post(page_of(late), typed(why="The list was sent late."))

    assert Delay.objects.count() == 1


def test_an_old_address_leads_to_what_is_said_now(house, enter, late):
    nour = enter(house.nour)
    nour.post(page_of(late), typed(side="centre"))

    answer = nour.get(page_of(late))

    assert answer.url == page_of(Delay.objects.current().get())


def test_two_say_something_new_and_the_second_sees_both(house, enter, late):
    nour, form = enter(house.nour), typed(why="On Friday, says the bank.")
    enter(house.reception).post(page_of(late), typed(why="The bank has it."))

    page = nour.post(page_of(late), form)
    told_again = page.content.decode()
    nour.post(page.context["address"], form)

    assert "The bank has it." in told_again
    assert 'value="On Friday, says the bank."' in told_again
    assert Delay.objects.current().get().why == "On Friday, says the bank."
    assert Delay.objects.count() == 3


def test_said_anew_twice_by_the_same_click_it_is_said_once(house, late):
    key, nour = uuid4(), make.actor(house.nour)
    said = {
        "what": "payment",
        "since": late.since,
        "side": "centre",
        "why": "",
        "expected_on": None,
    }

    first = deeds.say_anew(late, **said, by=nour, form_key=key)
    second = deeds.say_anew(late, **said, by=nour, form_key=key)

    assert first == second
    assert Delay.objects.count() == 2


# --- settling ----------------------------------------------------------------------------------


def test_settled_in_one_gesture_and_undone_in_another(house, enter, late):
    reception = enter(house.reception)

    reception.post(settle(late))
    settled = heard(reception, house.awa)
    reception.post(settle(late), {"again": "1"})

    assert "Your payment is late." not in settled
    assert "no longer late since" in settled
    assert "Your payment is late." in heard(reception, house.awa)


def test_opened_by_its_address_it_asks_before_settling(house, enter, late):
    page = enter(house.reception).get(settle(late))

    late.refresh_from_db()
    assert page.status_code == 200
    assert late.settled_on is None


def test_what_was_said_anew_meanwhile_is_not_settled_unseen(house, late):
    nour = make.actor(house.nour)
    deeds.say_anew(
        late, what="payment", since=late.since, side="centre", why="", expected_on=None, by=nour
    )

    with pytest.raises(Overtaken):
        deeds.settle(late, by=nour)


def test_what_was_settled_long_ago_is_no_longer_on_the_page(house, enter, late):
    Delay.objects.update(settled_on=timezone.localdate() - timedelta(days=15))

    assert "no longer late since" not in heard(enter(house.reception), house.awa)


# --- walls -------------------------------------------------------------------------------------


def test_strangers_find_nothing_late(house, enter, late):
    elsewhere = make.MemberFactory(centre=house.centre, teams=[house.other_team])

    for member in (house.zoe, elsewhere):
        client = enter(member)
        assert client.get(page_of(late)).status_code == 404, member.name
        assert client.post(settle(late)).status_code == 404, member.name
        assert client.post(new_for(house.awa), typed()).status_code == 404, member.name


def test_an_administrator_says_nothing_of_what_is_late_but_that_it_has_come(house, enter, late):
    client = enter(
        make.MemberFactory(centre=house.centre, role=Member.Role.ADMINISTRATOR, teams=[house.team])
    )

    assert client.get(page_of(late)).status_code == 200
    assert client.post(page_of(late), typed(side="centre")).status_code == 404
    assert client.post(settle(late)).status_code == 302


def test_the_journal_says_what_kind_of_thing_and_not_why(house, enter):
    nour = enter(house.nour)
    nour.post(new_for(house.awa), typed(why="canary"))
    nour.post(settle(Delay.objects.get()))

    lines = Line.objects.filter(kind__startswith="support.delay", nature=Line.Nature.DEED)
    assert {line.kind for line in lines} == {"support.delay_noted", "support.delay_settled"}
    assert {line.subject for line in lines} == {house.awa.pk}
    assert "canary" not in str([line.details for line in lines])
