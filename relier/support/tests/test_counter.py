"""The counter: the answers people come for, aloud, and nothing that is not the counter's."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from relier.centres.models import Member
from relier.journal.models import Line
from relier.people.models import FACETS, Fact, Following, Merge, Situation
from relier.people.search import rebuild_name_keys
from relier.support.answers import answers
from relier.support.models import Appointment, Delay
from tests import factories as make

from .pages import told
from .reception import SECRET, cost, here, planned, today_at, whole

COUNTER = reverse("support:counter")


def page_of(person):
    return reverse("support:counter_person", args=[person.pk])


def paper_of(person):
    return f"{page_of(person)}?paper"


def in_days(count):
    return timezone.localdate() + timedelta(days=count)


def words(page):
    """The text of a page, as it is read aloud."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


# --- the day of the centre ---------------------------------------------------------------------


def test_the_day_holds_the_whole_centre_in_the_order_of_the_hours(house, enter):
    idris = make.PersonFactory(centre=house.centre, call_name="Idris")
    planned(house, starts_at=today_at(14))
    planned(house, person=idris, with_member=house.bram, starts_at=today_at(9))
    planned(house, starts_at=here(in_days(1), 9), person=make.PersonFactory(call_name="Tomorrow"))

    page = words(told(enter(house.reception).get(COUNTER)))

    assert page.index("Idris") < page.index("Awa Diallo")
    assert "Tomorrow" not in page


def test_another_day_is_one_gesture_away(house, enter):
    planned(house, starts_at=here(in_days(1)))

    page = told(enter(house.reception).get(COUNTER, {"day": in_days(1).isoformat()}))

    assert "Awa Diallo" in page
    assert enter(house.reception).get(COUNTER, {"day": "not a day"}).status_code == 200


def test_anyone_of_the_centre_is_found_and_nobody_else(house, enter):
    zoes = make.PersonFactory(call_name="Awatif")
    rebuild_name_keys([house.awa, zoes])

    page = told(enter(house.reception).get(COUNTER, {"q": "awa"}))

    assert page_of(house.awa) in page
    assert "Awatif" not in page


def test_the_counter_of_the_centre_is_for_reception_and_coordination(house, enter):
    assert enter(house.coordinator).get(COUNTER).status_code == 200
    for member in (house.nour, house.bram):
        assert enter(member).get(COUNTER).status_code == 404, member.name
    assert "Awa" not in told(enter_reception_elsewhere(enter).get(COUNTER))


def enter_reception_elsewhere(enter):
    return enter(make.MemberFactory(role=Member.Role.RECEPTION))


def test_what_was_typed_is_not_journaled(house, enter):
    rebuild_name_keys([house.awa])

    enter(house.reception).get(COUNTER, {"q": "diallo"})

    line = Line.objects.get(kind="support.counter")
    assert line.details["criteria"]["letters"] == 6
    assert line.details["shown"] == [str(house.awa.pk)]
    assert "diallo" not in str(line.details)


# --- the answers of one person -----------------------------------------------------------------


def test_who_is_my_worker_and_how_to_reach_them(house, enter):
    house.nour.reached_by = "04 000 00 12, in the morning"
    house.nour.save()

    page = words(told(enter(house.reception).get(page_of(house.awa))))

    assert "Your worker is Nour." in page
    assert "To reach Nour: 04 000 00 12, in the morning" in page
    assert "Team: Accueil social" in page


def test_a_worker_who_left_is_not_named(house, enter):
    Member.objects.filter(pk=house.nour.pk).update(left_on=date(2026, 11, 1))

    page = words(told(enter(house.reception).get(page_of(house.awa))))

    assert "Nour" not in page
    assert "You have no worker yet. This team answers you." in page


def test_when_am_i_received_where_and_what_to_bring(house, enter):
    planned(house, place="room 2", bring="the letter")
    planned(
        house, starts_at=here(in_days(2), 10), state=Appointment.State.CANCELLED, place="room 9"
    )

    page = words(told(enter(house.reception).get(paper_of(house.awa))))

    assert "With Nour Where: room 2 Bring: the letter" in page
    assert "room 9" not in page


def test_that_a_request_waits_and_since_when_but_not_what(house, enter):
    make.HelpRequestFactory(
        person=house.awa, centre=house.centre, heard_by=house.nour, words=SECRET, urgent=True
    )

    page = words(told(enter(house.reception).get(page_of(house.awa))))

    assert "You asked something on Monday 23 November 2026. It still waits for a worker." in page
    assert SECRET not in page
    assert "rgent" not in page


@pytest.fixture
def speaking(house):
    """Awa told which languages she speaks, and said more in her own words."""
    situation = Situation.objects.create(person=house.awa, on=date(2026, 11, 2), author=house.nour)
    return Fact.objects.create(
        situation=situation,
        person=house.awa,
        facet=FACETS.LANGUAGES,
        choices={"spoken": ["fr", "ff"], "interpreter": "sometimes", "reading": "little"},
        words=SECRET,
        under_secrecy=False,
    )


def test_how_to_talk_together_without_what_she_said_of_it(house, enter, speaking):
    page = words(told(enter(house.reception).get(page_of(house.awa))))

    assert "French, Fula (Pulaar); an interpreter for what matters most" in page
    assert "reads" not in page
    assert SECRET not in page


def test_all_that_is_content_or_secret_leaves_the_page_as_it_was(house, enter):
    appointment, reception = planned(house), enter(house.reception)
    reception.get(page_of(house.awa))
    quiet = whole(reception, page_of(house.awa))

    about = {"person": house.awa, "author": house.nour}
    make.rewrite(appointment, about=SECRET)
    make.NoteFactory(**about, words=SECRET)
    make.ProcedureFactory(**about, about=SECRET)
    make.AgreedStepFactory(**about, words=SECRET)
    make.InterventionFactory(**about, words=SECRET)

    assert whole(reception, page_of(house.awa)) == quiet


def test_what_is_noted_of_a_merged_file_is_said_with_the_one_that_was_kept(house, enter):
    twin = make.PersonFactory(centre=house.centre, call_name="Hawa")
    planned(house, person=twin, place="room 5")
    Merge.objects.create(kept=house.awa, gone=twin, by=house.nour)
    twin.root = house.awa
    twin.save()
    reception = enter(house.reception)

    page = told(reception.get(page_of(twin), follow=True))

    assert "room 5" in page
    assert "Awa Diallo" in page


# --- who may -----------------------------------------------------------------------------------


def test_a_team_sees_the_counter_of_those_it_follows_and_of_no_other(house, enter):
    idris = make.PersonFactory(centre=house.centre, followed_by=house.other_team)
    bram = enter(house.bram)

    assert bram.get(page_of(house.awa)).status_code == 200
    assert bram.get(page_of(idris)).status_code == 404
    assert enter(house.zoe).get(page_of(house.awa)).status_code == 404


def test_reception_of_another_centre_finds_nobody(house, enter):
    assert enter_reception_elsewhere(enter).get(page_of(house.awa)).status_code == 404


def test_opening_the_answers_is_a_reading_of_that_person(house, enter):
    enter(house.reception).get(page_of(house.awa))

    line = Line.objects.get(kind="support.counter_person")
    assert (line.subject, line.actor) == (house.awa.pk, house.reception.pk)


# --- for the person ----------------------------------------------------------------------------


def everything(house):
    """A counter with one of each thing to say."""
    planned(house, place="salle 2", bring="la lettre")
    make.HelpRequestFactory(person=house.awa, centre=house.centre, heard_by=house.nour)
    for side in Delay.Side:
        make.DelayFactory(person=house.awa, author=house.nour, side=side)
    for what in Delay.What:
        make.DelayFactory(
            person=house.awa, author=house.nour, what=what, expected_on=date(2026, 11, 20)
        )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_for_the_person_says_one_idea_a_sentence(house, enter, language):
    everything(house)
    house.reception.user.language = language
    house.reception.user.save()
    page = told(enter(house.reception).get(paper_of(house.awa)))
    main = page[page.index("<main") : page.index("</main>")]

    lines = re.sub(r"</p>|</h\d>|<br>", ".", main)
    sentences = re.split(r"[.?:] ?", re.sub(r"<[^>]+>", " ", lines))
    spoken = [sentence for sentence in sentences if sentence.strip()]

    assert max((len(sentence.split()), sentence) for sentence in spoken)[0] <= 15
    assert len(spoken) > 30


def test_the_page_for_the_person_arrives_in_one_breath(house, enter):
    everything(house)

    page = enter(house.reception).get(paper_of(house.awa), headers={"accept-encoding": "gzip"})

    assert len(page.content) <= 10_240
    assert b"<script" not in page.content


def test_the_page_for_the_person_has_no_gesture_and_no_telephone_of_theirs(house, enter):
    house.awa.phone = "0470 11 11 11"
    house.awa.save()

    page = told(enter(house.reception).get(paper_of(house.awa)))
    main = page[page.index("<main") : page.index("</main>")]

    assert "<form" not in main
    assert "0470" not in main


# --- how much it costs -------------------------------------------------------------------------


def test_the_day_costs_the_same_with_three_as_with_thirty(house, enter):
    reception = enter(house.reception)

    def several(count):
        for _number in range(count):
            someone = make.PersonFactory(centre=house.centre)
            planned(house, person=someone, starts_at=today_at(10))

    several(3)
    few = cost(reception, COUNTER)
    several(30)

    assert cost(reception, COUNTER) == few


def test_the_answers_cost_the_same_however_much_there_is_to_say(house, enter):
    reception = enter(house.reception)
    planned(house)
    few = cost(reception, page_of(house.awa))

    for _number in range(3):
        everything(house)

    assert cost(reception, page_of(house.awa)) == few


def test_the_answers_are_said_in_the_language_of_the_page(house):
    with translation.override("fr"):
        said = answers(house.awa, make.actor(house.reception), on=timezone.localdate())

    assert said.worker == house.nour
    assert said.languages == ""


def test_someone_whom_nobody_follows_is_told_so(house, enter):
    Following.objects.update(ended_on=date(2026, 11, 1))

    page = words(told(enter(house.reception).get(paper_of(house.awa))))

    assert "You have no worker yet. We will tell you who it is." in page


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-31", "demain"])
def test_a_day_without_a_day_beside_it_is_today(house, enter, day):
    page = enter(house.reception).get(reverse("support:counter"), {"day": day})

    assert page.context["on"] == timezone.localdate()
