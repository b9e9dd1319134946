"""Agreed steps: one line is enough, nothing is overwritten, the order is theirs."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from relier.journal.models import Line
from relier.support.models import AgreedStep
from relier.support.rules.changes import compare, joined, plain
from relier.support.rules.steps import placed_after, placed_before
from tests import factories as make

from .pages import told


def plan_of(person):
    return reverse("support:steps", args=[person.pk])


def change_of(step):
    return reverse("support:step_change", args=[step.pk])


def words():
    return list(AgreedStep.objects.standing().values_list("words", flat=True))


@pytest.fixture
def plan(house):
    return [
        make.AgreedStepFactory(person=house.awa, author=house.nour, words=said, position=place)
        for place, said in enumerate(["I call.", "I wait.", "I go."], start=1)
    ]


# --- adding ---


def test_one_line_is_enough(house, enter):
    enter(house.nour).post(plan_of(house.awa), {"words": "I bring the letter."})

    step = AgreedStep.objects.get()
    assert (step.person, step.who, step.who_words) == (house.awa, "together", "Nour")
    assert step.agreed_on == timezone.localdate()


def test_a_new_step_comes_last(house, enter, plan):
    enter(house.nour).post(plan_of(house.awa), {"words": "I tell how it went."})

    assert words() == ["I call.", "I wait.", "I go.", "I tell how it went."]


def test_who_when_and_a_picture_may_be_said(house, enter):
    more = {
        "who": "other", "who_words": "my sister", "when_on": "2026-12-01",
        "when_words": "after school", "pictogram": "phone",
    }  # fmt: skip

    enter(house.nour).post(plan_of(house.awa), {"words": "She calls.", **more})

    page = told(enter(house.nour).get(plan_of(house.awa)))
    assert "my sister · Tuesday 1 December 2026, after school" in page


def test_a_form_sent_twice_adds_one_step(house, enter):
    nour = enter(house.nour)
    key = nour.get(plan_of(house.awa)).context["form"]["form_key"].value()

    for _time in range(2):
        nour.post(plan_of(house.awa), {"words": "Once.", "form_key": key})

    assert words() == ["Once."]


def test_a_trainer_of_the_team_works_on_the_same_plan(house, enter, plan):
    enter(house.bram).post(plan_of(house.awa), {"words": "I send a photo."})

    assert "I send a photo." in told(enter(house.nour).get(plan_of(house.awa)))


def test_strangers_find_no_plan(house, enter, plan):
    other = make.MemberFactory(centre=house.centre, teams=[house.other_team])

    for member in (other, house.zoe):
        assert enter(member).get(plan_of(house.awa)).status_code == 404
        assert enter(member).get(change_of(plan[0])).status_code == 404
        assert enter(member).post(change_of(plan[0]), {"gesture": "done"}).status_code == 404
    assert words() == ["I call.", "I wait.", "I go."]


# --- marking and moving ---


def test_a_step_is_done_put_back_and_left_aside(house, enter, plan):
    nour, step = enter(house.nour), plan[0]
    marks = []

    for gesture in ("done", "back", "left"):
        nour.post(change_of(step), {"gesture": gesture})
        step.refresh_from_db()
        marks.append((step.done_on, step.left_on))

    today = timezone.localdate()
    assert marks == [(today, None), (None, None), (None, today)]


def test_done_said_twice_counts_once(house, enter, plan):
    AgreedStep.objects.filter(pk=plan[0].pk).update(done_on=date(2026, 11, 1))

    enter(house.nour).post(change_of(plan[0]), {"gesture": "done"})

    plan[0].refresh_from_db()
    assert plan[0].done_on == date(2026, 11, 1)
    assert not Line.objects.filter(kind="support.step_marked").exists()


def test_a_step_moves_and_a_double_click_moves_it_once(house, enter, plan):
    nour = enter(house.nour)

    for _time in range(2):
        nour.post(change_of(plan[2]), {"gesture": f"before:{plan[1].pk}"})

    assert words() == ["I call.", "I go.", "I wait."]


def test_the_buttons_move_up_and_down(house, enter, plan):
    page = told(enter(house.nour).get(plan_of(house.awa)))

    assert page.count("Move up") == page.count("Move down") == 2
    assert f"before:{plan[0].pk}" in page


def test_a_step_does_not_move_among_those_of_someone_else(house, enter, plan):
    idris = make.PersonFactory(centre=house.centre, followed_by=house.team)
    other = make.AgreedStepFactory(person=idris, author=house.nour)

    enter(house.nour).post(change_of(plan[0]), {"gesture": f"after:{other.pk}"})

    assert [step.position for step in AgreedStep.objects.filter(person=house.awa)] == [1, 2, 3]


def test_the_order_is_plain_lists():
    assert placed_before("abc", "c", "b") == ["a", "c", "b"]
    assert placed_after("abc", "a", "b") == ["b", "a", "c"]
    assert placed_before("abc", "z", "b") == ["a", "b", "c"]
    assert placed_after(["b", "a", "c"], "a", "b") == ["b", "a", "c"]


# --- changing words ---


def sent_by(client, step, **changes):
    form = client.get(change_of(step)).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in {**typed, **changes}.items() if value}


def test_new_words_keep_those_before_readable(house, enter, plan):
    nour = enter(house.nour)

    nour.post(change_of(plan[1]), sent_by(nour, plan[1], words="I write."))

    step = AgreedStep.objects.get(words="I write.")
    assert words() == ["I call.", "I write.", "I go."]
    assert "I wait." in told(nour.get(change_of(step)))
    assert "I wait." not in told(nour.get(plan_of(house.awa)))


def test_new_words_sent_twice_are_kept_once(house, enter, plan):
    nour = enter(house.nour)
    sent = sent_by(nour, plan[1], words="I write.")

    for _time in range(2):
        nour.post(change_of(plan[1]), sent)

    assert AgreedStep.objects.filter(words="I write.").count() == 1


def test_a_colleague_may_reword_without_taking_it_over(house, enter):
    enter(house.nour).post(plan_of(house.awa), {"words": "We cal."})
    step, bram = AgreedStep.objects.get(), enter(house.bram)

    bram.post(change_of(step), sent_by(bram, step, words="We call."))

    assert "You and Nour" in told(bram.get(plan_of(house.awa)))


def test_two_who_change_a_step_are_both_kept_and_it_is_said(house, enter, plan):
    nour, bram = enter(house.nour), enter(house.bram)
    by_nour = sent_by(nour, plan[0], words="I call in the morning.")
    bram.post(change_of(plan[0]), sent_by(bram, plan[0], words="I ring.", when_words="Monday"))

    page = told(nour.post(change_of(plan[0]), by_nour, follow=True))

    stands = AgreedStep.objects.standing().get(position=1)
    assert (stands.words, stands.when_words) == ("I call in the morning.", "Monday")
    assert "Bram changed this step too" in page
    assert AgreedStep.objects.filter(words="I ring.").exists()


def test_marking_an_old_version_marks_the_one_that_stands(house, enter, plan):
    nour = enter(house.nour)
    nour.post(change_of(plan[0]), sent_by(nour, plan[0], words="I ring."))

    nour.post(change_of(plan[0]), {"gesture": "done"})

    assert AgreedStep.objects.get(words="I ring.").done_on == timezone.localdate()
    assert "I ring." not in words()


def test_moving_an_old_version_moves_the_one_that_stands(house, enter, plan):
    nour = enter(house.nour)
    nour.post(change_of(plan[0]), sent_by(nour, plan[0], words="I ring."))

    nour.post(change_of(plan[0]), {"gesture": f"after:{plan[1].pk}"})

    assert words() == ["I wait.", "I ring.", "I go."]


def test_a_step_that_is_empty_is_refused(house, enter, plan):
    nour = enter(house.nour)

    answer = nour.post(change_of(plan[0]), {**sent_by(nour, plan[0]), "words": " "})

    assert "words" in answer.context["form"].errors
    assert words()[0] == "I call."


# --- three versions of the same fields ---


def test_a_field_left_alone_keeps_what_a_colleague_wrote():
    shown, here = {"words": "a", "on": ""}, {"words": "a", "on": date(2026, 12, 1)}
    typed = {"words": "b", "on": None}

    changes = compare(shown, typed, here)

    assert changes.mine == {"words"}
    assert not changes.both
    assert joined(changes, typed, here) == {"words": "b", "on": date(2026, 12, 1)}


def test_both_is_what_two_changed_into_different_things():
    changes = compare({"a": 1, "b": 1, "c": 1}, {"a": 2, "b": 2, "c": 1}, {"a": 3, "b": 2, "c": 3})

    assert changes.mine == {"a", "b"}
    assert changes.both == {"a"}


def test_a_broken_memory_counts_what_is_typed_as_the_only_change():
    changes = compare({}, {"a": "new"}, {"a": "old"})

    assert (changes.mine, changes.both) == ({"a"}, frozenset())


def test_line_ends_and_orders_of_boxes_are_no_change():
    assert plain("one\r\ntwo ") == plain("one\ntwo")
    assert plain(["b", "a"]) == plain(("a", "b"))
    assert plain(None) == plain("")


# --- cost ---


def test_the_plan_costs_the_same_with_three_steps_and_with_forty(
    house, enter, django_assert_num_queries
):
    nour = enter(house.nour)

    def plant(count):
        make.AgreedStepFactory.create_batch(count, person=house.awa, author=house.nour)
        make.AgreedStepFactory.create_batch(
            count, person=house.awa, author=house.nour, done_on=date(2026, 11, 1)
        )

    plant(3)
    nour.get(plan_of(house.awa))
    with CaptureQueriesContext(connection) as few:
        nour.get(plan_of(house.awa))
    plant(37)

    with django_assert_num_queries(len(few)):
        nour.get(plan_of(house.awa))
