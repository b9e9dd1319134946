"""The page to take home: the same on screen, aloud and on paper; nothing that is not theirs."""

import gzip
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst
from pypdf import PdfReader

from relier.centres.models import Member
from relier.journal.models import Line
from relier.paper.typeset import TypesetError
from relier.people.models import Following
from relier.support import taken_home
from relier.support.models import AgreedStep, Appointment
from relier.support.models.reception import midnight
from relier.support.views import steps
from relier.ui.dates import day
from tests import factories as make

from .pages import told

SECRET = "canary-heron"
ONE_BREATH = 10_240


def page_of(person, name="take_home", language="en"):
    return f"{reverse(f'support:{name}', args=[person.pk])}?lang={language}"


def on_paper(answer):
    reader = PdfReader(io.BytesIO(answer.content))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.fixture
def full(house):
    """Awa with something of each kind."""
    house.centre.opening = "Mondays"
    house.centre.save()
    Member.objects.filter(pk=house.nour.pk).update(reached_by="04 111 22 33")
    today = timezone.localdate()
    step = {"person": house.awa, "author": house.nour}
    make.AgreedStepFactory(words="I bring the letter.", who="person", pictogram="letter", **step)
    make.AgreedStepFactory(words="I found it.", done_on=today - timedelta(days=30), **step)
    make.AgreedStepFactory(words="Long ago.", done_on=today - timedelta(days=31), **step)
    make.AgreedStepFactory(words="Left aside.", left_on=today, **step)
    make.AppointmentFactory(
        person=house.awa, with_member=house.nour, bring="the letter", about=SECRET
    )
    make.ProcedureFactory(person=house.awa, author=house.nour, about=SECRET)
    make.NoteFactory(person=house.awa, author=house.nour, words=SECRET)
    make.InterventionFactory(person=house.awa, author=house.nour, words=SECRET)
    return house


EXPECTED = [
    "I bring the letter.", "I found it.", "Nour", "04 111 22 33", "04 000 00 00",
    "rue Inventée 1", "Mondays", "room 2", "the letter",
]  # fmt: skip
UNEXPECTED = [SECRET, "Long ago.", "Left aside.", "Diallo"]


def test_the_screen_says_what_is_theirs_and_nothing_else(full, enter):
    page = told(enter(full.nour).get(page_of(full.awa)))

    assert [text for text in EXPECTED if text not in page] == []
    assert [text for text in UNEXPECTED if text in page] == []


def test_paper_says_the_same(full, enter):
    answer = enter(full.nour).get(page_of(full.awa, "take_home_pdf"))

    text = on_paper(answer)
    assert [words for words in EXPECTED if words not in text] == []
    assert [words for words in UNEXPECTED if words in text] == []


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Your appointments"), ("fr", "Vos rendez-vous")]
)
def test_it_comes_in_the_language_asked_for(full, enter, language, words):
    nour = enter(full.nour)

    screen = nour.get(page_of(full.awa, language=language))
    paper = nour.get(page_of(full.awa, "take_home_pdf", language))

    with translation.override(language):
        today = capfirst(day(timezone.localdate()))
    assert words in told(screen)
    assert f'<html lang="{language}"' in told(screen)
    assert screen.headers["Content-Language"] == language
    assert words in on_paper(paper)
    assert today in on_paper(paper)


def test_an_unknown_language_is_that_of_whoever_is_signed_in(full, enter):
    assert "Your appointments" in told(enter(full.nour).get(page_of(full.awa, language="xx")))


def test_days_and_hours_are_in_full(full):
    at = timezone.localtime().replace(hour=10, minute=30) + timedelta(days=2)
    Appointment.objects.update(starts_at=at)

    with translation.override("fr"):
        page = taken_home.take_home(full.awa, on=at.date(), by=make.actor(full.nour))

    when = page["appointments"][0]["when"]
    assert re.fullmatch(r"[A-Z]\w+ \w+ \S+ \d{4}, à 10\u00a0h\u00a030", when)


def test_the_day_of_a_step_follows_who_does_it_without_a_capital(full, enter):
    step = AgreedStep.objects.get(words="I bring the letter.")
    AgreedStep.objects.filter(pk=step.pk).update(when_on=timezone.localdate())

    page = told(enter(full.nour).get(page_of(full.awa, language="fr")))

    with translation.override("fr"):
        assert f"Vous · {day(timezone.localdate())}" in page


def test_paper_has_no_name_outside_the_page(full, enter):
    answer = enter(full.nour).get(page_of(full.awa, "take_home_pdf", "fr"))

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="ma-feuille.pdf"'
    assert "Awa" not in str(PdfReader(io.BytesIO(answer.content)).metadata)


def test_printing_and_reading_are_lines_of_the_journal(full, enter):
    nour = enter(full.nour)

    nour.get(page_of(full.awa))
    nour.get(page_of(full.awa, "take_home_pdf"))

    lines = Line.objects.readings().about(full.awa.pk).order_by("pk")
    assert [line.kind for line in lines] == [
        "support.take_home_read",
        "support.take_home_printed",
    ]


def test_a_trainer_of_the_team_prints_the_very_same_page(full, enter):
    by_nour = told(enter(full.nour).get(page_of(full.awa)))

    assert told(enter(full.bram).get(page_of(full.awa))) == by_nour


def test_strangers_find_nothing(full, enter):
    other = make.MemberFactory(centre=full.centre, teams=[full.other_team])

    for member in (other, full.zoe):
        for name in ("take_home", "take_home_pdf"):
            assert enter(member).get(page_of(full.awa, name)).status_code == 404


def test_with_nothing_agreed_the_page_says_so_and_whom_to_call(house, enter):
    page = told(enter(house.nour).get(page_of(house.awa)))
    paper = enter(house.nour).get(page_of(house.awa, "take_home_pdf"))

    assert "No appointment for now." in page
    assert "Nothing is agreed for now." in on_paper(paper)
    assert house.centre.phone in page


def test_whom_to_ask_for_is_the_worker_of_the_team_that_prints(house):
    karim = make.MemberFactory(user__name="Karim", centre=house.centre, teams=[house.other_team])
    Following.objects.create(person=house.awa, team=house.other_team, worker=karim)

    assert taken_home.worker_of(house.awa, make.actor(house.nour)) == house.nour
    assert taken_home.worker_of(house.awa, make.actor(karim)) == karim


def test_a_worker_who_has_left_is_not_named(house):
    Member.objects.filter(pk=house.nour.pk).update(left_on=timezone.localdate())

    assert taken_home.worker_of(house.awa, make.actor(house.bram)) is None


def test_appointments_of_a_merged_file_are_on_the_page(house):
    gone = make.PersonFactory(centre=house.centre, followed_by=house.team)
    gone.root = house.awa
    gone.save()
    make.AppointmentFactory(person=gone, with_member=house.nour, place="room 7")

    page = taken_home.take_home(house.awa, on=timezone.localdate(), by=make.actor(house.nour))

    assert page["appointments"][0]["where"] == "room 7"


def appointments_told(house):
    page = taken_home.take_home(house.awa, on=timezone.localdate(), by=make.actor(house.nour))
    return [one["where"] for one in page["appointments"]]


def test_an_appointment_of_today_stays_on_the_page_until_midnight(house):
    first_hour = midnight(timezone.localdate())
    about = {"person": house.awa, "with_member": house.nour}
    make.AppointmentFactory(starts_at=first_hour, place="this morning", **about)
    make.AppointmentFactory(starts_at=first_hour - timedelta(minutes=1), **about)

    assert appointments_told(house) == ["this morning"]


@pytest.mark.parametrize("state", ["cancelled", "seen", "missed"])
def test_an_appointment_that_is_over_is_not_on_the_page(house, state):
    make.AppointmentFactory(person=house.awa, with_member=house.nour, state=state)

    assert appointments_told(house) == []


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("who", AgreedStep.Who.values)
@pytest.mark.parametrize("name", ["", "Bram"])
def test_who_does_it_is_always_said(house, who, name, language):
    step = AgreedStep(who=who, who_words=name)

    with translation.override(language):
        assert taken_home.who_does(step)


def test_paper_that_cannot_be_made_leads_to_the_screen(full, enter, monkeypatch):
    def broken(*_args, **_kwargs):
        raise TypesetError(SECRET)

    monkeypatch.setattr(steps, "typeset", broken)

    answer = enter(full.nour).get(page_of(full.awa, "take_home_pdf"), follow=True)

    assert "Print this one instead." in told(answer)
    assert not Line.objects.filter(kind="support.take_home_printed").exists()


def test_the_page_is_one_breath_on_a_slow_telephone(full, enter):
    page = enter(full.nour).get(page_of(full.awa, language="fr"))

    assert len(gzip.compress(page.content)) <= ONE_BREATH


def test_the_page_costs_the_same_with_three_steps_and_with_forty(
    house, enter, django_assert_num_queries
):
    nour = enter(house.nour)

    def plant(count):
        make.AgreedStepFactory.create_batch(count, person=house.awa, author=house.nour)
        make.AppointmentFactory.create_batch(count, person=house.awa, with_member=house.nour)

    plant(3)
    nour.get(page_of(house.awa))
    with CaptureQueriesContext(connection) as few:
        nour.get(page_of(house.awa))
    plant(37)

    with django_assert_num_queries(len(few)):
        nour.get(page_of(house.awa))
