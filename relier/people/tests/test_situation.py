"""Telling a situation on one page, reading its story; what is private stays behind its wall."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from relier.journal.models import Line
from relier.people import rules
from relier.people.actions import Said, record_situation
from relier.people.models import Fact, Situation
from tests import factories as make

DAY = date(2026, 11, 23)


def tell(house, facts, *, by=None, on=DAY, **more):
    author = make.actor(by or house.nour)
    return record_situation(house.awa, facts, on=on, by=author, **more)


def page_of(client, person, name="situation"):
    return client.get(reverse(f"people:{name}", args=[person.pk]))


def sent(client, page, **typed):
    """What a browser sends back: the page as it was shown, with what was typed over it."""
    form = page.context["form"]
    data = {}
    for field in form:
        value = field.value()
        if value not in (None, ""):
            data[field.html_name] = value() if callable(value) else value
    data.update(typed)
    return client.post(page.request["PATH_INFO"], {k: v for k, v in data.items() if v is not None})


def facts_of(person):
    return {fact.facet: fact for fact in Fact.objects.filter(person=person)}


def test_what_was_told_is_kept_with_its_day_and_who_says_so(house, enter):
    client = enter(house.nour)
    page = page_of(client, house.awa)

    sent(
        client, page, **{
            "equipment-has": ["smartphone"], "equipment-works": "badly",
            "equipment-words": "my son's", "told": "by_relative", "on": "2026-11-20",
        }
    )  # fmt: skip

    situation = Situation.objects.get()
    assert (situation.on, situation.told) == (date(2026, 11, 20), "by_relative")
    fact = facts_of(house.awa)[rules.EQUIPMENT]
    assert (fact.choices, fact.words) == ({"has": ["smartphone"], "works": "badly"}, "my son's")


def test_only_what_changed_is_added(house, enter):
    tell(house, {rules.EASE: Said({"how": "alone"}), rules.WISHES: Said({}, "to work")})
    client = enter(house.nour)

    sent(client, page_of(client, house.awa), **{"ease-how": "someone"})

    latest = Situation.objects.latest("recorded_at")
    assert [fact.facet for fact in latest.facts.all()] == [rules.EASE]
    assert Fact.objects.count() == 3


def test_nothing_changed_adds_nothing(house, enter):
    tell(house, {rules.EASE: Said({"how": "alone"}, "on my own")})
    client = enter(house.nour)

    sent(client, page_of(client, house.awa))

    assert Situation.objects.count() == 1


def test_not_asked_takes_an_answer_back_and_the_story_keeps_it(house, enter):
    tell(house, {rules.QUIET_PLACE: Said({"place": "yes"})})
    client = enter(house.nour)

    sent(client, page_of(client, house.awa), **{"quiet_place-place": ""})

    story = page_of(client, house.awa, "story").content.decode()
    assert "taken back" in story
    assert rules.current_facts(Fact.objects.of_file(house.awa)) == []


def test_three_languages_are_chosen_and_shown_again_in_their_order(house, enter):
    client = enter(house.nour)
    sent(
        client, page_of(client, house.awa),
        **{"languages-spoken_1": "ff", "languages-spoken_2": "fr", "languages-reading": "little"},
    )  # fmt: skip

    assert facts_of(house.awa)[rules.LANGUAGES].choices == {
        "spoken": ["ff", "fr"], "reading": "little",
    }  # fmt: skip
    shown = page_of(client, house.awa).context["form"]
    assert shown["languages-spoken_1"].value() == "ff"
    sent(client, page_of(client, house.awa))
    assert Situation.objects.count() == 1


def test_what_a_colleague_told_meanwhile_is_kept_too_and_shown(house, enter):
    client = enter(house.nour)
    page = page_of(client, house.awa)
    tell(house, {rules.EASE: Said({"how": "someone"}, "with my neighbour")}, by=house.bram)

    answer = sent(client, page, **{"ease-how": "alone"})

    story = client.get(answer.url).content.decode()
    assert "Two of you wrote at the same time. Both are kept." in story
    assert story.count("with my neighbour") >= 2
    assert Fact.objects.filter(facet=rules.EASE).count() == 2


def test_nothing_is_said_of_a_colleague_when_nobody_wrote_meanwhile(house, enter):
    client = enter(house.nour)

    answer = sent(client, page_of(client, house.awa), **{"ease-how": "alone"})

    assert answer.url == reverse("file", args=[house.awa.pk])


def test_a_form_sent_twice_is_kept_once(house, enter):
    client = enter(house.nour)
    page = page_of(client, house.awa)
    key = "6f7c1b9e-7a53-4b59-9d2e-0f7e6a1c2b3d"

    for _ in range(2):
        answer = sent(client, page, **{"ease-how": "alone", "form_key": key})

    assert answer.url == reverse("file", args=[house.awa.pk])
    assert Situation.objects.count() == 1


def test_a_day_to_come_is_refused_and_what_was_typed_stays(house, enter):
    client = enter(house.nour)
    tomorrow = timezone.localdate() + timedelta(days=1)

    answer = sent(
        client, page_of(client, house.awa), **{"wishes-words": "to work", "on": str(tomorrow)}
    )

    page = answer.content.decode()
    assert "still to come" in page
    assert "to work" in page
    assert Situation.objects.count() == 0


def test_nothing_and_a_smartphone_are_not_ticked_together(house, enter):
    client = enter(house.nour)

    answer = sent(client, page_of(client, house.awa), **{"equipment-has": ["none", "smartphone"]})

    assert "Keep one" in answer.content.decode()


# --- behind the wall ---


def test_someone_bound_tells_what_is_urgent_and_it_is_under_secrecy(house, enter):
    client = enter(house.nour)

    sent(client, page_of(client, house.awa), **{"urgent-words": "evicted on Friday"})

    assert facts_of(house.awa)[rules.URGENT].under_secrecy


def test_someone_not_bound_has_no_field_for_it_and_posts_none(house, enter):
    client = enter(house.bram)
    page = page_of(client, house.awa)

    sent(client, page, **{"urgent-words": "evicted", "private-words": "alone", "ease-how": "alone"})

    assert "urgent-words" not in page.content.decode()
    assert set(facts_of(house.awa)) == {rules.EASE}


def test_what_is_handed_over_is_read_by_those_bound_and_no_longer_by_its_author(house, enter):
    bram, nour = enter(house.bram), enter(house.nour)

    sent(bram, page_of(bram, house.awa), hand_over="she cried today")

    for name in ("situation", "story"):
        assert "she cried today" not in page_of(bram, house.awa, name).content.decode()
        assert "she cried today" in page_of(nour, house.awa, name).content.decode()


def test_a_page_is_the_same_with_and_without_secret_things(house, enter):
    bram = enter(house.bram)
    tell(house, {rules.EASE: Said({"how": "alone"})})

    def seen(name):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as asked:
            answer = page_of(bram, house.awa, name)
        text = answer.content.decode()
        for hidden in ("form_key", "csrfmiddlewaretoken"):
            text = without_value(text, hidden)
        return text, len(asked)

    seen("situation"), seen("story")  # the reading of the morning is one line
    before = seen("situation"), seen("story")
    tell(house, {rules.URGENT: Said({}, "evicted on Friday"), rules.PRIVATE: Said({}, "alone")})

    assert (seen("situation"), seen("story")) == before


def without_value(text, name):
    import re

    return re.sub(rf'(name="{name}"[^>]*?value=")[^"]*', r"\1", text)


def test_someone_not_bound_cannot_write_what_is_urgent_by_any_deed(house):
    from django.http import Http404

    with pytest.raises(Http404):
        tell(house, {rules.URGENT: Said({}, "evicted")}, by=house.bram)
    assert Situation.objects.count() == 0


def test_another_team_tells_nothing(house):
    from django.http import Http404

    with pytest.raises(Http404):
        tell(house, {rules.EASE: Said({"how": "alone"})}, by=house.coordinator)


def test_the_journal_does_not_say_which_facets_were_told(house):
    tell(house, {rules.URGENT: Said({}, "evicted on Friday")})

    line = Line.objects.get(kind="people.situation_told")
    assert line.details == {}


# --- the story ---


def test_the_story_shows_before_and_after_with_the_own_words(house, enter):
    tell(house, {rules.CONNECTION: Said({"kind": "none"})})
    tell(house, {rules.CONNECTION: Said({"kind": "good"}, "since Monday")}, on=date(2026, 11, 24))

    page = page_of(enter(house.bram), house.awa, "story").content.decode()

    assert "before: no connection" in page
    assert "<blockquote>since Monday</blockquote>" in page
    assert page.index("since Monday") < page.index("Monday 23 November 2026")


def test_an_empty_story_offers_the_first_gesture(house, enter):
    page = page_of(enter(house.bram), house.awa, "story").content.decode()

    assert reverse("people:situation", args=[house.awa.pk]) in page


def test_the_story_of_a_merged_file_holds_both(house, enter):
    alias = make.PersonFactory(centre=house.centre, root=house.awa, followed_by=house.team)
    situation = Situation.objects.create(person=alias, on=DAY, author=house.nour)
    Fact.objects.create(
        situation=situation, person=alias, facet=rules.WISHES, words="to work", under_secrecy=False
    )

    assert "to work" in page_of(enter(house.bram), house.awa, "story").content.decode()


@pytest.mark.parametrize("name", ["situation", "story"])
def test_the_pages_cost_the_same_however_long_the_story(house, enter, name):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = enter(house.nour)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            page_of(client, house.awa, name)
        return len(asked)

    for number in range(3):
        tell(house, {rules.WISHES: Said({}, f"wish {number}")})
    queries()
    few = queries()
    for number in range(30):
        tell(house, {rules.WISHES: Said({}, f"other wish {number}")})

    assert queries() == few


# --- felt and done ----------------------------------------------------------------------------


def test_what_is_felt_and_done_is_asked_behind_a_fold_and_never_filled_in(house, enter):
    tell(house, {rules.EASE: Said({"how": "alone", "felt": "good", "done": ["email"]})})

    form = page_of(enter(house.nour), house.awa).context["form"]
    ease = next(part for part in form.parts() if part.facet == rules.EASE)

    assert [one.name for one in ease.fields] == ["ease-how", "ease-words"]
    assert [(one.name, one.value()) for one in ease.more] == [
        ("ease-felt", None),
        ("ease-done", None),
    ]
    assert form["ease-how"].value() == "alone"


def test_uses_of_another_season_are_not_told_again_with_the_day_of_today(house, enter):
    tell(house, {rules.EASE: Said({"how": "alone", "done": ["email"]})}, on=DAY - timedelta(300))
    client = enter(house.nour)

    sent(client, page_of(client, house.awa), **{"ease-how": "someone"})

    assert Fact.objects.order_by("pk").last().choices == {"how": "someone"}


def test_felt_stands_beside_done_in_words_with_their_source_and_their_doubt(house, enter):
    client = enter(house.nour)
    sent(
        client, page_of(client, house.awa),
        **{"ease-felt": "gets_by", "ease-done": ["message", "photo"]},
    )  # fmt: skip

    page = page_of(client, house.awa, "felt_and_done").content.decode()

    assert "feels they get by, no more" in page
    assert "<li>took or sent a photo</li>" in page
    assert "Digital Wallonia barometer" in page
    assert "The list of uses is ours" in page


def test_none_of_these_and_something_else_are_not_both_kept(house, enter):
    client = enter(house.nour)

    answer = sent(client, page_of(client, house.awa), **{"ease-done": ["none", "email"]})

    assert "are both ticked" in answer.content.decode()
    assert not Situation.objects.exists()


def test_nothing_felt_or_done_says_what_will_stand_there(house, enter):
    page = page_of(enter(house.bram), house.awa, "felt_and_done").content.decode()

    assert "if they like to tell it" in page


def test_felt_and_done_is_not_found_by_another_team(house, enter):
    assert page_of(enter(house.zoe), house.awa, "felt_and_done").status_code == 404


def test_felt_and_done_costs_as_much_with_three_days_as_with_thirty(
    house, enter, django_assert_max_num_queries
):
    client = enter(house.nour)

    def told(day):
        tell(
            house, {rules.EASE: Said({"felt": "good", "done": ["email"]})}, on=DAY - timedelta(day)
        )

    for day in range(3):
        told(day)
    page_of(client, house.awa, "felt_and_done")
    with django_assert_max_num_queries(50) as few:
        page_of(client, house.awa, "felt_and_done")
    for day in range(3, 33):
        told(day)
    with django_assert_max_num_queries(len(few)):
        page = page_of(client, house.awa, "felt_and_done")

    assert page.content.decode().count("feels they know it well") == 20
