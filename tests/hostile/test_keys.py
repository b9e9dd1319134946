"""The file of keys is lost while people work: nothing is told, nothing is lost, and it is said."""

import logging

from django.urls import reverse
from django.utils import timezone

from relier.centres.models import Member
from relier.people.models import Note
from tests import factories as make


def test_what_was_written_is_given_back_and_nothing_is_kept(
    house, enter, settings, tmp_path, caplog
):
    settings.KEYS_FILE = tmp_path / "lost.json"
    nour = enter(house.nour)
    words = "canary-wren told me why she left."

    with caplog.at_level(logging.ERROR):
        answer = nour.post(
            reverse("people:note_new", args=[house.awa.pk]),
            {"words": words, "on": "2026-11-20", "audience": "secrecy"},
        )

    assert answer.status_code == 503
    assert words in answer.content.decode()
    assert not Note.objects.exists()
    assert "lost.json" in caplog.text
    assert "wren" not in caplog.text


def test_names_and_appointments_are_still_there(house, enter, settings, tmp_path):
    make.AppointmentFactory(
        person=house.awa, with_member=house.nour, about="canary-crow", starts_at=timezone.now()
    )
    settings.KEYS_FILE = tmp_path / "lost.json"

    page = enter(house.nour).get(reverse("day")).content.decode()

    assert "Awa" in page
    assert "crow" not in page


def test_who_administers_reads_where_the_keys_are_and_nobody_else(house, enter, settings, tmp_path):
    administrator = make.MemberFactory(centre=house.centre, role=Member.Role.ADMINISTRATOR)
    url = reverse("centres:team_settings")

    page = enter(administrator).get(url).content.decode()

    assert str(settings.KEYS_FILE) in page
    assert "No recovery kit printed yet" in page
    assert str(settings.KEYS_FILE) not in enter(house.coordinator).get(url).content.decode()
    settings.KEYS_FILE = tmp_path / "lost.json"
    assert "nothing under secrecy can be read" in enter(administrator).get(url).content.decode()
