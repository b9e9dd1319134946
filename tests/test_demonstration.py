"""The invented houses, as whoever tries Relier meets them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from relier.accounts.models import User
from relier.centres.middleware import actor_of
from relier.centres.models import Member
from relier.config.planting.demo import plant_houses
from relier.deliberation.models import Meeting
from relier.inquiry.models import Problem
from relier.paper import counts
from relier.paper.models import Scan, State
from relier.paper.settling import settled
from relier.people.models import Person
from relier.threads.telling import told


@pytest.fixture
def planted(db):
    plant_houses()


def test_everyone_who_is_invented_has_a_password_that_nobody_knows(planted):
    assert User.objects.count() > 5
    assert all(user.has_usable_password() for user in User.objects.all())


def test_an_invented_member_opens_the_pages_about_the_password(planted, client):
    client.force_login(User.objects.earliest("email"))

    for page in ("account_change_password", "account_reauthenticate"):
        assert client.get(reverse(page)).status_code == 200


def test_a_page_of_paper_came_back_and_waits_while_others_are_out(planted, client):
    scan = Scan.objects.get()
    nour = actor_of(Member.objects.get(user__name__startswith="Nour"))

    assert Person.objects.get(pk=scan.subject_id).call_name == "Idris"
    assert scan.state == State.READ
    stands = settled(scan)
    assert stands["reply"].answers == ("message",)  # the machine is sure of it
    assert [key for key, one in stands.items() if one.answers is None] == ["words", "on"]
    out = {name: one.out for name, one in counts.counted_by_sheet(nour).items()}
    assert out == {"support.request": 2, "competences.positioning": 3}
    client.force_login(Member.objects.get(pk=nour.id).user)
    for page in ("home", "tray"):
        assert client.get(reverse(f"paper:{page}")).status_code == 200


def test_a_problem_has_its_thread_and_says_what_was_decided(planted, client):
    nour = actor_of(Member.objects.get(user__name__startswith="Nour"))
    problem = Problem.objects.get(title__startswith="Des demandes")

    stages = {stage.name: stage.knots for stage in told(problem, nour)}

    assert all(stages.values())
    assert stages["question"][0].notes[0].startswith("15 voi")
    assert len(stages["decision"][0].notes) == 1
    alone = Problem.objects.get(title__startswith="Nous apprenons")
    missing = {stage.name for stage in told(alone, nour) if not stage.knots}
    assert {"question", "decision"} <= missing
    assert stages["lived"][0].words.startswith("Je suis revenue trois fois")
    assert "voisine" in stages["changed"][0].words
    assert Problem.objects.visible_to(nour).exclude(opening="").count() == 1


def test_a_meeting_is_prepared_for_some_days_ahead_with_its_agenda(planted, client):
    meeting = Meeting.objects.get()

    assert meeting.day > timezone.localdate()
    assert not meeting.is_held
    assert sum(one.minutes for one in meeting.items.all()) == 90
    client.force_login(meeting.prepared_by.user)
    listed = client.get(reverse("deliberation:meetings", args=[meeting.question_id]))
    assert reverse("deliberation:meeting", args=[meeting.pk]) in listed.content.decode()
    for page in ("meeting", "meeting_edit", "facilitate", "screen", "meeting_paper"):
        answer = client.get(reverse(f"deliberation:{page}", args=[meeting.pk]))
        assert answer.status_code == 200, page
