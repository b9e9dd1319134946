"""Notes: written, read with what they were before, corrected; and who reads them."""

from datetime import date, timedelta

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from relier.journal.models import Line
from relier.people.actions import AlreadyCorrected, correct_note, write_note
from relier.people.models import Audience, Note
from tests import factories as make

DAY = date(2026, 11, 23)


def new(client, person, words="She called.", **typed):
    return client.post(reverse("people:note_new", args=[person.pk]), {"words": words, **typed})


def read(client, note):
    return client.get(reverse("people:note", args=[note.pk]))


def correct(client, note, words, **typed):
    return client.post(reverse("people:note_correct", args=[note.pk]), {"words": words, **typed})


@pytest.mark.parametrize(("name", "audience"), [("nour", "secrecy"), ("bram", "team")])
def test_words_are_enough_and_the_usual_wall_is_there_by_default(house, enter, name, audience):
    answer = new(enter(getattr(house, name)), house.awa)

    note = Note.objects.get()
    assert answer.url == reverse("file", args=[house.awa.pk])
    assert (note.audience, note.on) == (audience, timezone.localdate())


def test_a_form_sent_twice_writes_one_note(house, enter):
    client = enter(house.nour)
    key = "6f7c1b9e-7a53-4b59-9d2e-0f7e6a1c2b3d"

    for _ in range(2):
        new(client, house.awa, form_key=key)

    assert Note.objects.count() == 1


def test_without_words_nothing_is_kept_and_the_rest_stays(house, enter):
    answer = new(enter(house.nour), house.awa, words="", audience="team", on="2026-11-20")

    page = answer.content.decode()
    assert "Something is to be corrected" in page
    assert 'value="2026-11-20"' in page
    assert Note.objects.count() == 0


def test_a_day_to_come_is_refused_kindly(house, enter):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()

    page = new(enter(house.nour), house.awa, on=tomorrow).content.decode()

    assert "still to come" in page
    assert "She called." in page


def test_someone_not_bound_hands_a_note_over_and_reads_it_no_longer(house, enter):
    bram = enter(house.bram)

    new(bram, house.awa, words="She cried.", audience="secrecy")

    note = Note.objects.get()
    assert read(bram, note).status_code == 404
    assert "She cried." in read(enter(house.nour), note).content.decode()


def test_only_someone_not_bound_is_offered_to_hand_over(house, enter):
    url = reverse("people:note_new", args=[house.awa.pk])

    assert "hand over under secrecy" in enter(house.bram).get(url).content.decode()
    assert "hand over under secrecy" not in enter(house.nour).get(url).content.decode()


def test_reading_a_note_is_a_line_of_the_journal(house, enter):
    note = make.NoteFactory(person=house.awa, author=house.nour)

    read(enter(house.nour), note)

    line = Line.objects.get(kind="people.note_read")
    assert (line.subject, line.thing_id) == (house.awa.pk, str(note.pk))


@pytest.mark.parametrize("name", ["zoe", "coordinator", "reception", "bram"])
def test_a_note_under_secrecy_is_not_found_by_the_others(house, enter, name):
    note = make.NoteFactory(person=house.awa, author=house.nour)
    client = enter(getattr(house, name))

    assert read(client, note).status_code == 404
    assert correct(client, note, "changed").status_code == 404
    assert Note.objects.count() == 1


# --- correcting ---


def test_a_correction_is_a_new_note_and_both_are_kept(house, enter):
    note = make.NoteFactory(
        person=house.awa, author=house.nour, audience=Audience.TEAM, words="At 10."
    )

    answer = correct(enter(house.bram), note, "At 11.", audience="team", on="2026-11-23")

    new_note = Note.objects.get(replaces=note)
    assert (new_note.words, new_note.author) == ("At 11.", house.bram)
    page = enter(house.nour).get(answer.url).content.decode()
    assert page.index("At 11.") < page.index("Before the correction") < page.index("At 10.")


def test_the_address_of_an_older_version_leads_to_the_latest(house, enter):
    first = make.NoteFactory(person=house.awa, author=house.nour)
    second = make.NoteFactory(person=house.awa, author=house.nour, replaces=first)
    latest = make.NoteFactory(person=house.awa, author=house.nour, replaces=second)
    client = enter(house.nour)

    assert read(client, first).url == reverse("people:note", args=[latest.pk])
    url = reverse("people:note_correct", args=[first.pk])
    assert client.get(url).url == reverse("people:note_correct", args=[latest.pk])


def test_two_corrections_at_once_are_both_kept_one_after_the_other(house, enter):
    note = make.NoteFactory(person=house.awa, author=house.nour, audience=Audience.TEAM)
    correct(enter(house.bram), note, "Said by Bram.", audience="team")

    answer = correct(enter(house.nour), note, "Said by Nour.", audience="team")

    page = answer.content.decode()
    assert "Bram has just corrected this note" in page
    assert "Said by Bram." in page
    assert "Said by Nour." in page
    theirs = Note.objects.get(replaces=note)
    assert f'action="{reverse("people:note_correct", args=[theirs.pk])}"' in page
    correct(enter(house.nour), theirs, "Said by Nour.", audience="team")
    assert Note.objects.get(replaces=theirs).words == "Said by Nour."


def test_a_correction_sent_twice_is_kept_once(house):
    note = make.NoteFactory(person=house.awa, author=house.nour)
    nour = make.actor(house.nour)
    key = make.NoteFactory.build().form_key

    first = correct_note(note, "At 11.", on=DAY, by=nour, form_key=key)

    assert correct_note(note, "At 11.", on=DAY, by=nour, form_key=key) == first
    with pytest.raises(AlreadyCorrected):
        correct_note(note, "At 12.", on=DAY, by=nour)


def test_put_under_secrecy_since_none_of_its_versions_is_found_by_those_not_bound(house, enter):
    note = make.NoteFactory(person=house.awa, author=house.bram, audience=Audience.TEAM)
    bram = enter(house.bram)

    answer = correct(bram, note, "She cried.", audience="secrecy")

    assert answer.url == reverse("file", args=[house.awa.pk])
    assert read(bram, note).status_code == 404
    assert read(bram, Note.objects.get(replaces=note)).status_code == 404
    assert Note.objects.visible_to(make.actor(house.bram)).current().count() == 0


def test_opened_to_the_team_since_its_secret_version_leaves_no_hint(house, enter):
    secret = make.NoteFactory(person=house.awa, author=house.nour, words="In secret.")
    opened = make.NoteFactory(
        person=house.awa, author=house.nour, audience=Audience.TEAM, replaces=secret
    )

    page = read(enter(house.bram), opened).content.decode()

    assert "In secret." not in page
    assert "Before the correction" not in page
    assert "In secret." in read(enter(house.nour), opened).content.decode()


def test_what_a_colleague_wrote_under_secrecy_is_opened_wider_by_its_author_only(house, enter):
    note = make.NoteFactory(person=house.awa, author=house.nour)
    other = make.MemberFactory(centre=house.centre, teams=[house.team])

    with pytest.raises(Http404):
        correct_note(note, "x", on=DAY, by=make.actor(other), audience=Audience.TEAM)
    page = enter(other).get(reverse("people:note_correct", args=[note.pk])).content.decode()

    assert 'value="team"' not in page
    correct_note(note, "x", on=DAY, by=make.actor(house.nour), audience=Audience.TEAM)


def test_a_note_is_written_in_the_file_that_was_kept(house):
    alias = make.PersonFactory(centre=house.centre, root=house.awa)

    note = write_note(alias, "x", on=DAY, by=make.actor(house.nour))

    assert note.person == house.awa


def test_a_stranger_writes_no_note(house):
    for member in (house.zoe, house.coordinator):
        with pytest.raises(Http404):
            write_note(house.awa, "x", on=DAY, by=make.actor(member))
