"""The lists of every session of a day: printed in one press, one file, each with its own codes."""

from datetime import time
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from relier.paper import actions as paper
from relier.paper.models import PrintedPage
from relier.paper.reading.identifiers import as_printed
from relier.paper.tests.reading import opened, page_texts, read_aloud
from relier.training.actions import lists, sessions
from relier.training.models import PresenceList
from tests import factories as make

DAY = "training:day_lists"


@pytest.fixture
def today():
    return timezone.localdate()


def planned(training, hour, name="Tableur", **more):
    made = sessions.plan_session(
        name, day=timezone.localdate(), starts_at=time(hour), minutes=180, by=training.bram,
        **{"team": training.house.team, "track": training.track, **more},
    )  # fmt: skip
    sessions.expect([training.house.awa], made, from_on=made.day, by=training.bram)
    return made


@pytest.fixture
def full_day(training):
    """Of one team, in another order than that of the hours."""
    return [planned(training, 13, "Texte"), planned(training, 9), planned(training, 16, "Images")]


def asks(client, full_day, **more):
    ticked = [str(one.pk) for one in full_day]
    said = {"sessions": ticked, "blank": "1", "remote": "on", "language": "fr", **more}
    return client.post(reverse(DAY), said)


def test_one_press_prints_a_list_for_each_session_in_the_order_of_the_day(
    training, full_day, enter
):
    client = enter(training.house.bram)

    pdf = client.get(asks(client, full_day)["Location"]).content

    afternoon, morning, evening = full_day
    texts = page_texts(pdf)
    assert ["Tableur" in texts[0], "Texte" in texts[1], "Images" in texts[2]] == [True] * 3
    for text, session in zip(texts, [morning, afternoon, evening], strict=True):
        page = PrintedPage.objects.get(copy__printing=session.lists.get().printing)
        assert as_printed(page.short) in text
        assert training.house.awa.name in text


def test_each_list_in_the_file_is_the_one_that_is_printed_alone(training, full_day, enter):
    client = enter(training.house.bram)

    whole = client.get(asks(client, full_day)["Location"]).content

    ordered = PresenceList.objects.order_by("starts_at")
    alone = [paper.pdf_of(one.printing) for one in ordered]
    assert page_texts(whole) == [text for one in alone for text in page_texts(one)]
    assert read_aloud(whole) == [tag for one in alone for tag in read_aloud(one)]
    assert opened(whole).metadata.title.startswith("Listes de présence")


def test_only_what_is_ticked_is_printed(training, full_day, enter):
    asks(enter(training.house.bram), full_day[:1])

    assert PresenceList.objects.get().session == full_day[0]


def test_sent_twice_each_list_is_kept_once(training, full_day, enter):
    client, key = enter(training.house.bram), str(uuid4())

    first = asks(client, full_day, form_key=key)
    again = asks(client, full_day, form_key=key)

    assert PresenceList.objects.count() == 3
    assert first["Location"] == again["Location"]


def test_a_half_day_offers_its_own_sessions(training, full_day, enter):
    client = enter(training.house.bram)

    morning = client.get(f"{reverse(DAY)}?part=morning").context
    afternoon = client.get(f"{reverse(DAY)}?part=afternoon").context

    assert [one.name for one in morning["sessions"]] == ["Tableur"]
    assert [one.name for one in afternoon["sessions"]] == ["Texte", "Images"]


def test_a_list_that_is_out_is_said_and_not_ticked_by_itself(training, full_day, enter):
    lists.print_list(full_day[1], by=training.bram)

    answer = enter(training.house.bram).get(reverse(DAY))

    ticked = answer.context["form"]["sessions"].value()
    assert set(ticked) == {str(full_day[0].pk), str(full_day[2].pk)}
    assert "These lists once more (PDF)" in answer.text


@pytest.mark.parametrize("address", ["?day=x&team=x&part=x", "?day=0001-01-01&team=999999999999"])
def test_an_address_that_makes_no_sense_is_a_page_all_the_same(training, enter, address):
    assert enter(training.house.bram).get(reverse(DAY) + address).status_code == 200


def test_a_session_called_off_or_of_another_team_has_no_list_here(training, full_day, enter):
    other = training.house.other_team
    elsewhere = sessions.plan_session(
        "Ailleurs", day=timezone.localdate(), starts_at=time(9), minutes=60, team=other,
        by=training.coordinator,
    )  # fmt: skip
    sessions.change_session(full_day[0], {"called_off": True}, by=training.bram)
    shown = enter(training.house.bram).get(reverse(DAY)).context["sessions"]

    asked = asks(enter(training.house.bram), [elsewhere])

    assert {one.name for one in shown} == {"Tableur", "Images"}
    assert asked.status_code == 200
    assert not PresenceList.objects.exists()


def test_a_list_that_one_may_not_print_alone_comes_in_no_file(training, full_day, enter):
    mine = lists.print_list(full_day[0], by=training.bram)
    address = reverse("training:day_lists_pdf", args=[mine.pk])
    other = make.MemberFactory(centre=training.house.centre, teams=[training.house.other_team])
    hidden = sessions.plan_session(
        "Ailleurs", day=timezone.localdate(), starts_at=time(9), minutes=60,
        team=training.house.other_team, by=training.coordinator,
    )  # fmt: skip
    theirs = lists.print_list(hidden, by=training.coordinator)
    bram = enter(training.house.bram)

    assert bram.get(address).status_code == 200
    assert bram.get(f"{address}?and={theirs.pk}").status_code == 404
    assert bram.get(f"{address}?and={uuid4()}").status_code == 404
    assert enter(other).get(address).status_code == 404


def test_a_list_is_printed_again_by_whoever_printed_it_and_by_the_coordinator(
    training, full_day, enter
):
    mine = lists.print_list(full_day[0], by=training.bram)
    address = reverse("training:day_lists_pdf", args=[mine.pk])
    house = training.house

    for member, may in ((house.bram, True), (house.coordinator, True), (house.nour, False)):
        client = enter(member)
        assert (client.get(address).status_code == 200) is may
        assert ("These lists once more" in client.get(reverse(DAY)).text) is may


def test_a_list_that_changed_since_leads_to_printing_a_new_one(training, full_day, enter):
    mine = lists.print_list(full_day[0], by=training.bram)
    PresenceList.objects.filter(pk=mine.pk).update(blank=9)

    answer = enter(training.house.bram).get(reverse("training:day_lists_pdf", args=[mine.pk]))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse(DAY))


def test_the_week_leads_to_the_lists_of_a_day_of_several_sessions(training, full_day, enter):
    client, home = enter(training.house.bram), reverse("training:home")
    link = f"{reverse(DAY)}?day={timezone.localdate():%Y-%m-%d}"

    assert link in client.get(home).text
    for one in full_day[1:]:
        sessions.change_session(one, {"called_off": True}, by=training.bram)
    assert link not in client.get(home).text


def test_a_day_of_three_sessions_and_of_thirty_cost_the_same(
    training, enter, django_assert_max_num_queries
):
    client = enter(training.house.bram)

    def cost(number):
        for _ in range(number):
            planned(training, 9)
        client.get(reverse(DAY))
        with django_assert_max_num_queries(40) as asked:
            client.get(reverse(DAY))
        return len(asked)

    assert cost(3) == cost(27)
