"""The rights of a person, on the pages of those who work with them."""

import json
from datetime import date, timedelta
from io import BytesIO, StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from relier.accounts.actors import SYSTEM
from relier.centres.models import Member
from relier.journal.models import Line
from relier.people.models import Following, Note, Person
from relier.people.search import likely_same, search_people
from relier.privacy import actions as privacy
from relier.privacy import disk, held, tombstones
from relier.privacy.models import Archive, Purge, RightsRequest
from tests import factories as make
from tests.charter.canaries import plant
from tests.crawl import without_keys

What = RightsRequest.What


def address(name, person):
    return reverse(f"rights:{name}", args=[person.pk])


@pytest.fixture
def asked(house):
    """Awa asked for everything: to have it, and to be erased."""
    nour = make.actor(house.nour)
    return {
        what: privacy.ask_right(house.awa.subject, what, on=date(2026, 11, 20), by=nour)
        for what in (What.HAND_OVER, What.ERASE)
    }


# --- asking --------------------------------------------------------------------------------------


def test_whoever_hears_it_notes_it_and_an_answer_is_due_in_a_month(house, enter):
    said = {"what": "erase", "asked_on": "2026-11-20"}
    for _ in range(2):
        enter(house.bram).post(address("person", house.awa), said)

    request = RightsRequest.objects.get()
    assert (request.answer_by, request.heard_by) == (date(2026, 12, 20), house.bram)
    assert "20 December 2026" in enter(house.nour).get(
        reverse("file", args=[house.awa.pk])
    ).content.decode().replace("Dec.", "December")


def test_an_answer_is_kept_once(house, enter, asked):
    url = reverse("rights:answer", args=[asked[What.HAND_OVER].pk])
    enter(house.nour).post(url, {"answer": "explained"})
    enter(house.nour).post(url, {"answer": "done"})

    asked[What.HAND_OVER].refresh_from_db()
    assert asked[What.HAND_OVER].answer == "explained"
    assert Line.objects.filter(kind="privacy.right_answered").count() == 1


def test_the_page_of_someone_not_bound_is_the_same_whatever_is_held(
    house, enter, asked, django_assert_num_queries
):
    bram = enter(house.bram)
    bram.get(address("person", house.awa))
    before = without_keys(bram.get(address("person", house.awa)).content.decode())
    plant(house)

    after = without_keys(bram.get(address("person", house.awa)).content.decode())

    assert after == before
    for name in ("hand_over", "hand_over_pdf", "hand_over_json", "erase"):
        assert bram.get(address(name, house.awa)).status_code == 404


@pytest.mark.parametrize("name", ["hand_over", "hand_over_pdf", "hand_over_json", "erase"])
def test_nothing_is_prepared_before_the_person_asks(house, enter, name):
    answer = enter(house.nour).get(address(name, house.awa))

    assert answer.status_code == 302
    assert answer.url == address("person", house.awa)


# --- all that is held ----------------------------------------------------------------------------


def test_it_is_read_before_it_leaves_in_plain_words(house, enter, asked):
    planted = plant(house)

    page = enter(house.nour).get(address("hand_over", house.awa)).content.decode()

    assert not [w for w in planted.secret + planted.content + planted.names if w not in page]
    for column in ("call_name", "under_secrecy", "starts_at", "redirected_to", "created_at"):
        assert column not in page
    assert Line.objects.readings().filter(kind="desk.hand_over_read").count() == 1
    assert not Line.objects.filter(kind="privacy.handed_over").exists()


def test_on_paper_it_says_the_same(house, enter, asked):
    planted = plant(house)

    answer = enter(house.nour).get(address("hand_over_pdf", house.awa))

    reader = PdfReader(BytesIO(answer.content))
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    assert not [w for w in planted.secret + planted.content if w not in text]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert Line.objects.filter(kind="privacy.handed_over").count() == 1


def test_as_a_file_it_is_open_and_documented(house, enter, asked):
    plant(house)

    told = json.loads(enter(house.nour).get(address("hand_over_json", house.awa)).content)

    assert (told["format"], told["format_version"]) == ("relier-hand-over", 1)
    notes = next(table for table in told["tables"] if table["name"] == "people.Note")
    assert len(notes["rows"]) == Note.objects.count()
    assert notes["words"]["words"]
    assert notes["why"]
    assert set(told["left_out"]) == {"journal.Line", "privacy.CardVisit"}


def test_the_files_that_were_joined_are_handed_over_together(house):
    from relier.people import actions as people

    twin = make.PersonFactory(centre=house.centre, call_name="Awa", followed_by=house.team)
    make.NoteFactory(person=twin, author=house.nour, words="from the other file")
    people.merge(house.awa, twin, by=make.actor(house.coordinator))
    awa = Person.objects.get(pk=house.awa.pk)

    assert "from the other file" in str(held.tables(awa.file_ids))


@pytest.mark.parametrize("rows", [3, 60])
def test_it_costs_the_same_for_little_and_for_much(house, rows, django_assert_max_num_queries):
    for _ in range(rows):
        make.NoteFactory(person=house.awa, author=house.nour)
        make.AppointmentFactory(person=house.awa, with_member=house.nour)

    # One for each table about someone, and a few for names.
    with django_assert_max_num_queries(54):
        held.tables([house.awa.pk])


# --- being erased --------------------------------------------------------------------------------


def test_the_preview_says_what_goes_what_stays_and_until_when(house, enter, asked):
    make.NoteFactory(person=house.awa, author=house.nour)
    Following.objects.update(started_on=date(2020, 5, 4))

    page = enter(house.nour).get(address("erase", house.awa)).content.decode()

    assert "Notes" in page
    assert "4 May 2030" in page
    assert Person.objects.filter(pk=house.awa.pk).exists()


def test_it_asks_for_a_second_gesture(house, enter, asked):
    answer = enter(house.nour).post(address("erase", house.awa), {"entered_on": "2020-05-04"})

    assert answer.status_code == 200
    assert Person.objects.filter(pk=house.awa.pk).exists()


def test_looking_again_with_another_day_erases_nothing(house, enter, asked):
    said = {"entered_on": "2019-03-02", "sure": "on", "look": "1"}

    page = enter(house.nour).post(address("erase", house.awa), said).content.decode()

    assert "2 March 2029" in page
    assert Person.objects.filter(pk=house.awa.pk).exists()


def test_erased_it_says_where_the_archive_is_and_sent_twice_it_says_it_again(house, enter, asked):
    nour, url = enter(house.nour), address("erase", house.awa)
    said = {"entered_on": "2020-05-04", "sure": "on"}

    first = nour.post(url, said, follow=True)
    second = nour.post(url, said, follow=True)

    archive = Archive.objects.get()
    assert archive.ends_on == date(2030, 5, 4)
    for page in (first, second):
        assert archive.reference in page.content.decode()
    assert enter(make.MemberFactory(centre=house.centre)).post(url, said).status_code == 404
    assert not Note.objects.filter(person=house.awa.pk).exists()


def test_files_that_are_busy_are_cleaned_the_next_time(house, db):
    # A test runs inside a transaction: as good as someone who reads at that moment.
    privacy.erase([house.awa.pk], by=SYSTEM)

    assert disk.clean_if_needed() is False


# --- clearing out --------------------------------------------------------------------------------

LONG_AGO = date(2020, 1, 6)


@pytest.fixture
def administrator(house):
    return make.MemberFactory(
        centre=house.centre, role=Member.Role.ADMINISTRATOR, status=Member.Status.DISCRETION
    )


@pytest.fixture
def idris(house):
    """Nobody has followed Idris for years."""
    person = make.PersonFactory(centre=house.centre, call_name="Idris", followed_by=house.team)
    Following.objects.filter(person=person).update(started_on=LONG_AGO, ended_on=LONG_AGO)
    make.NoteFactory(person=person, author=house.nour)
    return person


def proposed(enter, member, *people):
    page = enter(member)
    answer = page.post(reverse("rights:over"), {"file": [str(person.pk) for person in people]})
    return Purge.objects.get(), answer.url


def test_files_past_their_time_are_listed_with_the_reason(house, enter, idris):
    page = enter(house.coordinator).get(reverse("rights:over")).content.decode()

    assert "Idris" in page
    assert "6 Jan. 2020" in page
    assert "Awa" not in page.split("<main")[1]


@pytest.mark.parametrize("why", ["followed", "appointment", "request", "lately"])
def test_a_file_that_still_lives_is_not(house, enter, idris, why):
    if why == "followed":
        Following.objects.create(person=idris, team=house.team)
    if why == "appointment":
        make.AppointmentFactory(person=idris, with_member=house.nour)
    if why == "request":
        make.HelpRequestFactory(person=idris, heard_by=house.nour)
    if why == "lately":
        Following.objects.filter(person=idris).update(ended_on=timezone.localdate())

    page = enter(house.coordinator).get(reverse("rights:over")).content.decode()

    assert "Idris" not in page


def test_someone_nobody_ever_followed_counts_from_the_day_they_came(house, enter):
    idris = make.PersonFactory(centre=house.centre, call_name="Idris")
    Person.objects.filter(pk=idris.pk).update(created_at=timezone.now() - timedelta(days=1200))

    assert "Idris" in enter(house.coordinator).get(reverse("rights:over")).content.decode()


@pytest.mark.parametrize("people", [3, 40])
def test_the_list_costs_the_same_for_little_and_for_much(
    house, enter, people, django_assert_num_queries
):
    for _ in range(people):
        person = make.PersonFactory(centre=house.centre, followed_by=house.team)
        Following.objects.filter(person=person).update(started_on=LONG_AGO, ended_on=LONG_AGO)
    browser = enter(house.coordinator)
    browser.get(reverse("rights:over"))

    with django_assert_num_queries(8):
        browser.get(reverse("rights:over"))


def test_who_proposes_does_not_confirm(house, enter, idris):
    purge, url = proposed(enter, house.coordinator, idris)

    answer = enter(house.coordinator).post(url, {"confirm": "1"})

    purge.refresh_from_db()
    assert answer.status_code == 404
    assert purge.confirmed_at is None


def test_confirmed_by_another_it_is_out_of_sight_and_undone_it_is_as_it_was(
    house, enter, idris, administrator
):
    purge, url = proposed(enter, house.coordinator, idris)
    nour = enter(house.nour)
    before = Person.objects.filter(pk=idris.pk).values().get()
    enter(administrator).post(url, {"confirm": "1"})

    assert nour.get(reverse("file", args=[idris.pk])).status_code == 404
    assert not search_people(make.actor(house.nour), "Idris")
    assert not likely_same(make.actor(house.nour), "Idris")

    enter(house.coordinator).post(url, {"undo": "1"})

    assert Person.objects.filter(pk=idris.pk).values().get() == before
    assert nour.get(reverse("file", args=[idris.pk])).status_code == 200
    purge.refresh_from_db()
    assert purge.undone_by == house.coordinator


def test_erased_for_good_on_its_day_and_not_before(house, enter, idris, administrator):
    purge, url = proposed(enter, house.coordinator, idris)
    enter(administrator).post(url, {"confirm": "1"})
    idris_id = idris.pk

    call_command("tidy", stdout=StringIO())
    assert Person.objects.filter(pk=idris_id).exists()

    Purge.objects.update(erased_on=timezone.localdate())
    for erased in ("People erased: 1,", "People erased: 0,"):
        told = StringIO()
        call_command("tidy", stdout=told)
        assert erased in told.getvalue()

    purge.refresh_from_db()
    assert purge.done_at
    assert not Person.objects.filter(pk=idris_id).exists()
    # Six years after the entry, the law still keeps a part of it.
    assert Archive.objects.get().entered_on == LONG_AGO
    assert [stone.id for stone in tombstones.read()] == [idris_id]
    enter(house.coordinator).post(url, {"undo": "1"})
    purge.refresh_from_db()
    assert purge.undone_at is None


def test_proposed_twice_by_one_gesture_it_is_proposed_once(house, enter, idris):
    from uuid import uuid4

    browser, said = enter(house.coordinator), {"file": [str(idris.pk)], "form_key": str(uuid4())}

    for _ in range(2):
        answer = browser.post(reverse("rights:over"), said)

    assert Purge.objects.count() == 1
    assert answer.url == reverse("rights:purge", args=[Purge.objects.get().pk])


def test_a_file_of_another_centre_is_not_cleared_out(house, enter, idris):
    stranger = make.MemberFactory(centre=house.zoe.centre, role=Member.Role.COORDINATOR)

    enter(stranger).post(reverse("rights:over"), {"file": [str(idris.pk)]})

    assert not Purge.objects.exists()


# --- sealed archives -----------------------------------------------------------------------------


def test_an_archive_is_opened_by_two_on_screen(house, enter):
    archive = privacy.erase([house.awa.pk], by=SYSTEM).archive
    url = reverse("rights:archive", args=[archive.pk])
    enter(house.nour).post(url, {"reason": "an inspection asks for it"})
    opening = archive.openings.get()

    enter(house.coordinator).post(reverse("rights:agree", args=[opening.pk]))
    page = enter(house.nour).get(reverse("rights:opened", args=[opening.pk])).content.decode()

    assert "Diallo" in page
    unbound = enter(house.coordinator).get(reverse("rights:opened", args=[opening.pk]))
    assert unbound.status_code == 404
    assert "Diallo" not in enter(house.nour).get(url).content.decode()


@pytest.mark.parametrize("rows", [3, 60])
def test_the_list_of_archives_costs_one_query_more_than_its_reader(
    house, enter, rows, django_assert_num_queries
):
    one = privacy.erase([house.awa.pk], by=SYSTEM).archive
    told = {"centre": house.centre, "document_class": one.document_class, "key_id": one.key_id}
    days = {"entered_on": one.entered_on, "ends_on": one.ends_on}
    Archive.objects.bulk_create(
        Archive(subject=uuid4(), sealed=one.sealed, **told, **days) for _ in range(rows - 1)
    )
    browser = enter(house.nour)
    browser.get(reverse("rights:archives"))

    with django_assert_num_queries(5):
        browser.get(reverse("rights:archives"))
    assert Archive.objects.count() == rows
