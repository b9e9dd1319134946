"""The rules of advice, read by everyone and changed by those who answer for the centre."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from relier.centres.models import Member
from relier.journal.models import Line
from relier.support.advice import known_of
from relier.support.models import AdviceNumberChange, AdviceRuleChange
from relier.support.rules.advice import NUMBERS, RULES
from tests import factories as make

from .pages import told
from .test_advice import LEND, due_soon, keys, page_of, phone  # noqa: F401 — phone is a fixture

RULES_PAGE = "/support/advice/rules/"
OURS = "Emprunter un ordinateur du centre"


def change(rule="lend"):
    return reverse("support:advice_rule") + f"?rule={rule}"


def number(name="deadline_before"):
    return reverse("support:advice_number") + f"?number={name}"


def switch_off(client, rule="lend", why="The cupboard is empty until January.", **more):
    return client.post(change(rule), {"state": "off", "why": why, **more})


# --- reading the rules ---


def test_every_member_reads_what_each_rule_does_why_and_from_where(house, enter):
    federation = make.MemberFactory(of_federation=True)

    for member in (house.bram, house.reception, federation):
        page = told(enter(member).get(RULES_PAGE))
        assert LEND in page
        assert "C.D.G.A.I." in page
        assert "Equipment · Ease with digital things" in page
        assert "What is not certain" not in page
    assert page.count("<details id") == len(RULES) + len(NUMBERS)


def test_only_those_who_set_see_where_to_change(house, enter):
    assert change() in told(enter(house.coordinator).get(RULES_PAGE))
    assert change() not in told(enter(house.nour).get(RULES_PAGE))


@pytest.mark.parametrize("who", ["nour", "bram", "reception", "zoe"])
def test_others_change_nothing(who, house, enter):
    client = enter(getattr(house, who))

    for address in (change(), number()):
        assert client.get(address).status_code == 404
        assert client.post(address, {"state": "off", "why": "No", "value": 3}).status_code == 404
    assert not AdviceRuleChange.objects.exists()


# --- changing a rule ---


def test_a_rule_switched_off_is_silent_here_and_says_why(house, enter, phone):  # noqa: F811
    switch_off(enter(house.coordinator))

    assert "lend" not in keys(enter(house.nour).get(page_of(house.awa)))
    page = told(enter(house.bram).get(RULES_PAGE))
    assert "Silent here" in page
    assert "The cupboard is empty until January." in page
    assert "Colette" in page


def test_a_rule_says_it_in_the_words_of_the_centre_in_each_language(house, enter, phone):  # noqa: F811
    enter(house.coordinator).post(
        change(), {"state": "on", "words_fr": OURS, "why": "Nous prêtons les nôtres."}
    )
    nour = enter(house.nour)

    in_english = told(nour.get(page_of(house.awa)))
    nour.post(reverse("set_language"), {"language": "fr"})
    in_french = told(nour.get(page_of(house.awa)))

    assert LEND in in_english
    assert OURS in in_french


def test_another_centre_keeps_its_rules(house, enter):
    switch_off(enter(house.coordinator))

    assert "Silent here" not in told(enter(house.zoe).get(RULES_PAGE))


def test_a_change_says_why_or_is_not_kept(house, enter):
    page = told(switch_off(enter(house.coordinator), why="", words_fr=OURS))

    assert "Say why, in a sentence" in page
    assert OURS in page
    assert not AdviceRuleChange.objects.exists()


def test_back_as_it_came_in_one_gesture_and_the_story_stays(house, enter, phone):  # noqa: F811
    colette = enter(house.coordinator)
    switch_off(colette)

    colette.post(change(), {"shipped": "1"})

    assert "lend" in keys(enter(house.nour).get(page_of(house.awa)))
    assert "Silent here" not in told(colette.get(RULES_PAGE))
    page = told(colette.get(change()))
    assert "The cupboard is empty until January." in page
    assert "As it came" in page


def test_a_change_sent_twice_is_kept_once(house, enter):
    colette = enter(house.coordinator)
    key = colette.get(change()).context["form"]["form_key"].value()

    for _time in range(2):
        switch_off(colette, form_key=key)

    assert AdviceRuleChange.objects.count() == 1


def test_changes_are_only_added(house, enter):
    switch_off(enter(house.coordinator))
    row = AdviceRuleChange.objects.get()

    with pytest.raises(TypeError):
        row.save()


def test_two_who_change_the_same_rule_are_told(house, enter):
    achille = enter(make.MemberFactory(centre=house.centre, role=Member.Role.ADMINISTRATOR))
    shown = achille.get(change()).context["seen"]
    switch_off(enter(house.coordinator))

    sent = {"state": "on", "words_en": "Ours", "why": "We lend ours.", "seen": shown}
    page = told(achille.post(change(), sent, follow=True))

    assert "Colette changed this rule too while you were writing." in page
    assert AdviceRuleChange.objects.count() == 2


def test_the_journal_says_which_rule_and_not_the_words(house, enter):
    switch_off(enter(house.coordinator))

    line = Line.objects.get(kind="support.advice_rule_changed")
    assert line.details == {"rule": "lend", "state": "off"}


def test_a_rule_that_is_not_there_is_not_found(house, enter):
    colette = enter(house.coordinator)

    for address in (change("nonsense"), change("<b>"), number("nonsense"), change("")):
        assert colette.get(address).status_code == 404


def test_hostile_words_are_shown_as_words(house, enter, phone):  # noqa: F811
    words = "<script>alert(1)</script> %(about)s {{ x }}"
    enter(house.coordinator).post(change(), {"state": "on", "words_en": words, "why": words})

    page = told(enter(house.nour).get(page_of(house.awa))) + told(enter(house.nour).get(RULES_PAGE))

    assert "<script>alert" not in page
    assert "%(about)s" in page


# --- changing a number ---


def test_a_number_counts_from_its_day_with_its_source(house, enter):
    due_soon(house)
    today = timezone.localdate()
    colette = enter(house.coordinator)

    colette.post(number(), {"value": 3, "from_on": today, "source": "Team meeting of Monday"})

    assert keys(enter(house.nour).get(page_of(house.awa))) == []
    page = told(enter(house.bram).get(RULES_PAGE))
    assert "Team meeting of Monday" in page
    assert "It came as 14." in page


def test_a_number_of_tomorrow_does_not_count_today(house, enter):
    tomorrow = timezone.localdate() + timedelta(days=1)
    sent = {"value": 3, "from_on": tomorrow, "source": "Team meeting"}

    enter(house.coordinator).post(number(), sent)

    by = make.actor(house.nour)
    assert known_of(house.awa, by=by, on=timezone.localdate()).numbers["deadline_before"] == 14
    assert known_of(house.awa, by=by, on=tomorrow).numbers["deadline_before"] == 3


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"value": 9999, "source": "x"}, "Choose a number from 0 to 365."),
        ({"value": -1, "source": "x"}, "0"),
        ({"value": "many", "source": "x"}, "number"),
        ({"value": 3, "source": ""}, "source"),
    ],
)
def test_a_number_that_makes_no_sense_is_not_kept(sent, said, house, enter):
    page = told(enter(house.coordinator).post(number(), {"from_on": timezone.localdate(), **sent}))

    assert said in page
    assert not AdviceNumberChange.objects.exists()


def test_a_number_goes_back_as_it_came_in_one_gesture(house, enter):
    colette = enter(house.coordinator)
    today = timezone.localdate()
    colette.post(number(), {"value": 3, "from_on": today, "source": "Team meeting"})

    colette.post(number(), {"shipped": "1"})

    assert "It came as 14." not in told(colette.get(RULES_PAGE))
    assert AdviceNumberChange.objects.count() == 2


def test_the_rules_cost_the_same_however_often_they_changed(house, enter):
    colette = enter(house.coordinator)
    switch_off(colette)
    colette.get(RULES_PAGE)
    few = queries(colette)

    for rule in RULES:
        switch_off(colette, rule)

    assert queries(colette) == few


def queries(client):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(RULES_PAGE).status_code == 200
    return len(captured)


def test_whoever_may_change_the_rules_finds_them_among_what_the_centre_decides(house, enter):
    settings_page = reverse("centres:team_settings")

    assert RULES_PAGE in told(enter(house.coordinator).get(settings_page))
    assert enter(house.bram).get(settings_page).status_code == 404
