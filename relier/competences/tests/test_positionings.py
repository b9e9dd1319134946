"""A positioning is theirs: who reads it, what is kept, shared, erased; what the journal says."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from relier.accounts.actors import SYSTEM
from relier.centres.access import Refused
from relier.competences.actions import positionings as actions
from relier.competences.models import Answer, Positioning
from relier.journal.models import Line
from relier.people import actions as people
from relier.privacy import actions as privacy
from tests import factories as make

from . import finding


def seen_by(member):
    return set(Positioning.objects.visible_to(make.actor(member)))


# --- who reads it ---


def test_only_whoever_made_it_with_them_reads_it(house):
    positioning = finding.kept(house.awa, house.nour)

    assert seen_by(house.nour) == {positioning}
    for other in (house.bram, house.reception, house.coordinator, house.zoe):
        assert seen_by(other) == set()


def test_shared_it_is_read_by_the_team_and_by_nobody_else(house):
    positioning = finding.shared(house.awa, house.nour)

    assert seen_by(house.bram) == {positioning}
    for other in (house.reception, house.coordinator, house.zoe):
        assert seen_by(other) == set()


def test_it_is_no_longer_read_when_it_is_no_longer_shared(house):
    positioning = finding.shared(house.awa, house.nour)

    actions.stop_sharing(positioning, by=make.actor(house.bram))

    assert seen_by(house.bram) == set()
    assert seen_by(house.nour) == {positioning}


def test_a_team_that_no_longer_follows_reads_nothing(house):
    finding.shared(house.awa, house.nour)
    house.awa.followings.update(ended_on=timezone.localdate())

    assert seen_by(house.nour) == seen_by(house.bram) == set()


def test_a_federation_and_nobody_read_nothing(house):
    finding.shared(house.awa, house.nour)

    assert not Positioning.objects.visible_to(None).exists()
    assert seen_by(make.MemberFactory(of_federation=True)) == set()


def test_it_follows_the_file_that_was_kept(house):
    gone = make.PersonFactory(centre=house.centre, followed_by=house.team)
    positioning = finding.kept(gone, house.nour)
    people.merge(house.awa, gone, by=make.actor(house.nour))
    house.awa.refresh_from_db()

    assert positioning in Positioning.objects.visible_to(make.actor(house.nour)).of_file(house.awa)
    gone.refresh_from_db()
    assert finding.kept(gone, house.nour).person == house.awa


# --- answers ---


def test_answers_are_only_added_and_the_later_stands(house):
    positioning = finding.begun(house.awa, house.nour)
    finding.say(positioning, "send-photo", "unclear")
    finding.say(positioning, "send-message", "yes")
    finding.say(positioning, "send-photo", "yes")

    assert positioning.answers.count() == 3
    assert list(finding.answers(positioning).items()) == [
        ("send-photo", "yes"),
        ("send-message", "yes"),
    ]


def test_an_answer_is_never_changed(house):
    positioning = finding.kept(house.awa, house.nour)
    answer = positioning.answers.first()

    with pytest.raises(TypeError):
        answer.save()


def test_the_next_question_is_kept_when_an_answer_arrives(house):
    positioning = finding.begun(house.awa, house.nour)
    first = positioning.next_item

    positioning = finding.say(positioning, first, "yes")

    assert positioning.next_item not in {"", first}
    assert Positioning.objects.get().next_item == positioning.next_item


@pytest.mark.parametrize("says", ["yes", "rather_not", "no_need"])
def test_the_questions_end_by_themselves_and_none_comes_twice(house, says):
    positioning = finding.begun(house.awa, house.nour, parts=["access"])
    asked = []

    while positioning.next_item:
        asked.append(positioning.next_item)
        positioning = finding.say(positioning, positioning.next_item, says)

    assert len(asked) == len(set(asked))
    assert asked


def test_only_what_was_chosen_is_asked(house):
    positioning = finding.begun(house.awa, house.nour, parts=["access"])

    with pytest.raises(Refused):
        finding.say(positioning, "send-photo", "yes")
    with pytest.raises(Refused):
        finding.say(positioning, "unlock", "perhaps")


def test_a_form_sent_twice_is_one_answer(house):
    positioning = finding.begun(house.awa, house.nour)
    key = positioning.form_key  # any key will do

    for _time in range(2):
        actions.answer(positioning, "send-photo", "yes", by=make.actor(house.nour), form_key=key)

    assert Answer.objects.count() == 1


def test_only_whoever_makes_it_goes_on_with_it(house):
    positioning = finding.begun(house.awa, house.nour)
    finding.say(positioning, "send-photo", "yes")
    actions.share(positioning, by=make.actor(house.nour))

    with pytest.raises(Refused):
        finding.say(positioning, "send-message", "yes", house.bram)


# --- stopping, keeping ---


def test_stopping_before_a_word_leaves_nothing(house):
    positioning = finding.begun(house.awa, house.nour)

    assert actions.stop(positioning, by=make.actor(house.nour)) is None

    assert not Positioning.objects.exists()
    assert not Line.objects.exists()


def test_what_was_closed_without_a_word_goes_by_itself(house):
    silent = finding.begun(house.awa, house.nour)
    said = finding.say(finding.begun(house.awa, house.nour), "call", "yes")
    yesterday = timezone.now() - timedelta(days=2)
    Positioning.objects.update(started_at=yesterday)

    fresh = finding.begun(house.awa, house.nour)

    assert set(Positioning.objects.all()) == {said, fresh}
    assert silent not in Positioning.objects.all()


def test_stopping_keeps_what_was_said_and_another_day_goes_on(house):
    positioning = finding.begun(house.awa, house.nour)
    positioning = finding.say(positioning, positioning.next_item, "yes")
    stopped = actions.stop(positioning, by=make.actor(house.nour))
    assert stopped.stopped_at
    assert stopped.may_go_on

    positioning = finding.say(stopped, stopped.next_item, "could_learn")

    assert positioning.stopped_at is None
    assert len(finding.answers(positioning)) == 2


def test_by_voice_nothing_is_kept_before_it_is_read_back(house):
    by = make.actor(house.nour)
    positioning = finding.begun(house.awa, house.nour, channel="voice", helper="Mariam")
    positioning = finding.say(positioning, "send-photo", "yes")
    assert not positioning.is_kept
    with pytest.raises(Refused):
        actions.share(positioning, by=by)

    positioning = actions.keep_read_back(positioning, by=by)

    assert positioning.read_back_at == positioning.kept_at
    with pytest.raises(Refused):
        finding.say(positioning, "send-message", "yes")


def test_a_page_is_corrected_by_adding(house):
    positioning = finding.kept(house.awa, house.nour)

    actions.change_page(
        positioning, {"send-message": "yes", "call": "yes"}, seen="", helper="Mariam",
        by=make.actor(house.nour),
    )  # fmt: skip

    assert finding.answers(positioning) == {
        "send-message": "yes", "send-photo": "rather_not", "call": "yes",
    }  # fmt: skip
    assert positioning.answers.count() == 4
    assert Positioning.objects.get().helper == "Mariam"


# --- the journal, rights ---


def test_the_journal_names_deeds_and_never_answers(house):
    by = make.actor(house.nour)
    positioning = finding.begun(house.awa, house.nour)
    finding.say(positioning, "send-photo", "could_learn")
    actions.stop(positioning, by=by)
    actions.share(positioning, by=by)
    actions.stop_sharing(positioning, by=by)
    actions.erase(positioning, by=by)

    lines = Line.objects.about(house.awa.pk).order_by("pk")
    assert [line.kind.removeprefix("competences.positioning_") for line in lines] == [
        "begun", "stopped", "shared", "no_longer_shared", "erased",
    ]  # fmt: skip
    assert all(line.details == {} for line in lines)


def test_erased_its_rows_are_gone(house):
    positioning = finding.shared(house.awa, house.nour)

    actions.erase(positioning, by=make.actor(house.bram))

    assert not Positioning.objects.exists()
    assert not Answer.objects.exists()


def test_it_is_handed_over_and_erased_with_all_the_rest(house):
    finding.kept(house.awa, house.nour, helper="Mariam")

    held = privacy.hand_over([house.awa.pk], by=SYSTEM)

    assert held["competences.Positioning"]["rows"][0]["helper"] == "Mariam"
    assert {row["says"] for row in held["competences.Answer"]["rows"]} == {"yes", "could_learn"}
    privacy.erase([house.awa.pk], by=SYSTEM)
    assert not Positioning.objects.exists()


def test_of_a_person_or_of_a_member_and_never_of_both(house):
    row = {"centre": house.centre, "author": house.nour, "bank": "everyday", "language": "fr"}

    for wrong in ({}, {"person": house.awa, "member": house.nour}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Positioning.objects.create(**row, **wrong)


# --- one's own craft ---


def test_nobody_else_ever_sees_a_worker_s_own_craft(house):
    own = finding.kept(None, house.nour, {"set-aim": "yes"})

    assert own.bank == "craft"
    assert seen_by(house.nour) == {own}
    for other in (house.bram, house.coordinator, house.reception, house.zoe):
        assert seen_by(other) == set()


def test_the_journal_does_not_know_of_it(house):
    positioning = finding.begun(None, house.nour)
    positioning = finding.say(positioning, positioning.next_item, "could_learn")
    actions.stop(positioning, by=make.actor(house.nour))
    actions.erase(positioning, by=make.actor(house.nour))

    assert not Line.objects.exists()


def test_it_is_shared_with_nobody_even_by_mistake(house):
    own = finding.kept(None, house.nour, {"set-aim": "yes"})

    with pytest.raises(Refused):
        actions.share(own, by=make.actor(house.nour))
    with pytest.raises(IntegrityError), transaction.atomic():
        Positioning.objects.update(shared_at=timezone.now())
