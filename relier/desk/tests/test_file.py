"""A person's whole file: what stands now, what happened day after day, and nothing withheld."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from relier.desk import files
from relier.people import actions as people
from relier.people.models import Audience
from relier.support.models import Procedure
from tests import factories as make

LATER = date(2026, 12, 31)


@pytest.fixture
def file_of(house, enter):
    """The file as a member sees it: `file_of(house.nour)`, `file_of(house.nour, before="…")`."""

    def read(member, **asked):
        return enter(member).get(reverse("file", args=[house.awa.pk]), asked).context["file"]

    return read


def titles(file):
    return [(str(entry.title), entry.words) for entry in file.thread]


def test_what_happened_stands_in_one_thread_the_latest_first(house, file_of):
    by = {"person": house.awa, "author": house.nour}
    make.NoteFactory(words="A note.", on=date(2026, 11, 3), **by)
    make.InterventionFactory(words="A visit.", on=date(2026, 11, 5), **by)
    make.HelpRequestFactory(
        person=house.awa, heard_by=house.nour, words="A request.", received_on=date(2026, 11, 2)
    )
    make.AgreedStepFactory(words="A step.", done_on=date(2026, 11, 4), **by)

    assert [words for _, words in titles(file_of(house.nour))] == [
        "A visit.", "A step.", "A note.", "A request.",
    ]  # fmt: skip


def test_each_entry_is_signed_and_leads_to_its_page(house, file_of):
    note = make.NoteFactory(person=house.awa, author=house.nour)

    (entry,) = file_of(house.nour).thread

    assert (entry.author, entry.url) == ("Nour", reverse("people:note", args=[note.pk]))


def test_a_long_thread_is_cut_on_a_whole_day_and_goes_on_from_there(house, file_of):
    first = date(2026, 11, 20)
    for number in range(files.ENTRIES + 5):  # two a day
        day = first - timedelta(days=number // 2)
        make.NoteFactory(person=house.awa, author=house.nour, on=day, words=str(number))

    page = file_of(house.nour)
    rest = file_of(house.nour, before=page.earlier.isoformat())

    shown = [entry.words for entry in page.thread]
    assert len(shown) == files.ENTRIES + 1, "the second note of the last day is on the same page"
    assert {*shown, *(entry.words for entry in rest.thread)} == {str(n) for n in range(20)}
    assert rest.earlier is None


def test_a_day_that_is_none_shows_the_latest(house, file_of):
    make.NoteFactory(person=house.awa, author=house.nour)

    assert len(file_of(house.nour, before="yesterday").thread) == 1


def test_what_stands_today_is_shown_whatever_page_of_the_thread_is_read(house, file_of):
    make.AgreedStepFactory(person=house.awa, author=house.nour)

    assert len(file_of(house.nour, before="2020-01-01").steps) == 1


def test_a_procedure_that_is_over_is_only_in_the_thread(house, file_of):
    by = {"person": house.awa, "author": house.nour}
    over, under_way = make.ProcedureFactory(**by), make.ProcedureFactory(**by)
    make.ProcedureNewsFactory(procedure=over, outcome=Procedure.Outcome.DONE, words="It came.")

    file = file_of(house.nour)

    assert file.procedures == [under_way]
    assert "It came." in [words for _, words in titles(file)]


def test_someone_not_bound_reads_what_is_for_the_team_and_no_more(house, file_of):
    by = {"person": house.awa, "author": house.nour}
    make.NoteFactory(words="Ours.", audience=Audience.TEAM, **by)
    make.NoteFactory(words="Secret.", audience=Audience.SECRECY, **by)
    make.ProcedureFactory(**by)

    file = file_of(house.bram)

    assert [words for _, words in titles(file)] == ["Ours."]
    assert file.procedures == []


def test_merged_files_are_read_as_one(house, file_of):
    other = make.PersonFactory(centre=house.centre, followed_by=house.team)
    make.NoteFactory(person=other, author=house.nour, words="From the other file.")
    people.merge(kept=house.awa, gone=other, by=make.actor(house.nour))

    assert [words for _, words in titles(file_of(house.nour))] == ["From the other file."]


@pytest.mark.parametrize("many", [3, 300])
def test_it_costs_the_same_for_little_and_for_much(house, enter, many, django_assert_num_queries):
    client = enter(house.nour)
    address = reverse("file", args=[house.awa.pk])
    client.get(address)  # the reading is kept once in a quarter of an hour
    by = {"person": house.awa, "author": house.nour}
    for day in range(many):
        make.NoteFactory(on=timezone.localdate() - timedelta(days=day), **by)
        make.InterventionFactory(on=timezone.localdate() - timedelta(days=day), **by)
        make.MandateFactory(person=house.awa, received_by=house.nour)
    make.ProcedureNewsFactory(procedure=make.ProcedureFactory(**by))

    with django_assert_num_queries(25):
        client.get(address)


def test_a_colleague_of_another_team_reads_the_name_and_who_follows(house, enter):
    make.NoteFactory(person=house.awa, author=house.nour, audience=Audience.TEAM, words="Ours.")
    trainer = make.MemberFactory(centre=house.centre, role="trainer", teams=[house.other_team])

    answer = enter(trainer).get(reverse("file", args=[house.awa.pk]))

    assert "Accueil social" in answer.content.decode()
    assert "Ours." not in answer.content.decode()


def test_reception_is_led_to_what_the_counter_may_say(house, enter):
    answer = enter(house.reception).get(reverse("file", args=[house.awa.pk]))

    assert answer.url == reverse("support:counter_person", args=[house.awa.pk])


def test_a_stranger_finds_nothing(house, enter):
    assert enter(house.zoe).get(reverse("file", args=[house.awa.pk])).status_code == 404
