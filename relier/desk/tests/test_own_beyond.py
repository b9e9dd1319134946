"""Who reads beyond her team, on her own page; and what she takes away by herself."""

import io
import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from relier.journal.models import Line
from relier.people.models import Audience
from relier.privacy import held
from relier.privacy.models import Card
from tests import factories as make

from .own import page

REASON = "She is at the door and her worker is ill."
INTEREST = "So that the housing worker does not ask her twice."


@pytest.fixture
def beside_someone_not_bound(knowing):
    Card.objects.update(chosen_with_bound=False)
    return knowing


@pytest.fixture
def entry(house):
    lucas = make.MemberFactory(user__name="Lucas", centre=house.centre)
    return make.EntryFactory(person=house.awa, member=lucas)


@pytest.fixture
def sharing(house):
    return make.SharingFactory(
        person=house.awa, sharer=house.nour, recipient__user__name="Mila",
        recipient__centre=house.centre,
    )  # fmt: skip


def lines(kind):
    return [(one.actor_kind, one.actor) for one in Line.objects.filter(kind=kind)]


# --- a file opened with a reason, a thing that was shared ---


def test_she_reads_who_opened_her_file_why_and_until_when(entry, knowing):
    text = page(knowing, "beyond")

    assert "Lucas opened your file on" in text
    assert REASON in text
    assert "It closes on" in text


def test_she_reads_what_was_shared_with_whom_and_why(sharing, knowing):
    text = page(knowing, "beyond")

    assert "Nour shared a note about you with Mila." in text
    assert INTEREST in text
    assert "Mila can read it until" in text


def test_she_closes_the_file_in_one_gesture(house, entry, knowing):
    for _turn in range(2):
        knowing.post(reverse("own:close_entry", args=[entry.pk]))

    entry.refresh_from_db()
    assert entry.ended_at
    assert "It is closed again." in page(knowing, "beyond")
    assert lines("people.entry_ended") == [("person", house.awa.pk)]


def test_she_ends_a_sharing_in_one_gesture(house, sharing, knowing, enter):
    for _turn in range(2):
        knowing.post(reverse("own:stop_sharing", args=[sharing.pk]))

    assert "can no longer read it" in page(knowing, "beyond")
    assert (
        enter(sharing.recipient).get(reverse("shared_read", args=[sharing.pk])).status_code == 404
    )
    assert lines("people.sharing_ended") == [("person", house.awa.pk)]


def test_what_is_of_someone_else_she_neither_sees_nor_ends(house, knowing):
    other = make.PersonFactory(centre=house.centre, call_name="Idris")
    entry, sharing = make.EntryFactory(person=other), make.SharingFactory(person=other)

    assert "Nobody else, for now." in page(knowing, "beyond")
    for name, thing in (("close_entry", entry), ("stop_sharing", sharing)):
        assert knowing.post(reverse(f"own:{name}", args=[thing.pk])).status_code == 404
        thing.refresh_from_db()
        assert thing.ended_at is None


def test_pictures_chosen_beside_someone_not_bound_show_who_opened_and_nothing_under_secrecy(
    entry, sharing, beside_someone_not_bound
):
    phone = beside_someone_not_bound
    text = page(phone, "beyond")

    assert "Lucas opened your file on" in text
    assert [one for one in (REASON, INTEREST, "Mila") if one in text] == []
    assert phone.post(reverse("own:stop_sharing", args=[sharing.pk])).status_code == 404
    phone.post(reverse("own:close_entry", args=[entry.pk]))
    assert "It is closed again." in page(phone, "beyond")


def test_what_stands_comes_before_what_is_over(house, knowing):
    old = timezone.now() - timedelta(days=30)
    make.EntryFactory(person=house.awa, begun_at=old, until=old + timedelta(days=60))
    make.EntryFactory(person=house.awa, ended_at=timezone.now())

    text = page(knowing, "beyond")

    assert text.index("It closes on") < text.index("It is closed again.")


def test_the_page_costs_the_same_for_three_and_three_hundred(house, knowing):
    def cost(count):
        make.EntryFactory.create_batch(count, person=house.awa)
        make.SharingFactory.create_batch(count, person=house.awa)
        with CaptureQueriesContext(connection) as asked:
            page(knowing, "beyond")
        return len(asked)

    assert cost(3) == cost(30)


# --- consultations of the BCSS ---


def test_she_reads_that_the_bcss_was_consulted_when_by_whom_and_why(house, knowing):
    about = {"person": house.awa, "begun_by": house.nour}
    make.ConsultationFactory(purpose_words="living wage", done=True, **about)
    make.ConsultationFactory(purpose_words="only begun", **about)

    text = page(knowing, "agreed")

    assert "Nour did it on Monday 23 November 2026." in text
    assert "living wage" in text
    assert "only begun" not in text


def test_beside_someone_not_bound_the_register_stays_closed(house, beside_someone_not_bound):
    make.ConsultationFactory(
        person=house.awa, begun_by=house.nour, purpose_words="living wage", done=True
    )

    assert "living wage" not in page(beside_someone_not_bound, "agreed")


# --- all that is held ---


@pytest.fixture
def kept(house, entry, sharing):
    by = {"person": house.awa, "author": house.nour}
    make.NoteFactory(words="Her brother owes money.", audience=Audience.TEAM, **by)
    make.InterventionFactory(words="Her neighbour was there.", **by)
    make.ProcedureFactory(about="Heating allowance", **by)


SPEAKS_OF_OTHERS = ("Her brother owes money.", "Her neighbour was there.")


def test_she_prints_all_that_is_held_but_what_speaks_of_others_too(house, kept, knowing):
    answer = knowing.get(reverse("own:held_print"))
    read = PdfReader(io.BytesIO(answer.content)).pages
    text = "".join("".join(one.extract_text() for one in read).split())

    assert "Awa" not in answer.headers["Content-Disposition"]
    for words in ("Heating allowance", REASON, INTEREST, "Ask for them"):
        assert words.replace(" ", "") in text, words
    assert [one for one in SPEAKS_OF_OTHERS if one.replace(" ", "") in text] == []
    assert lines("privacy.handed_over") == [("person", house.awa.pk)]


def test_she_takes_it_as_a_file_that_says_what_it_leaves_out(house, kept, knowing):
    answer = knowing.get(reverse("own:held_file"))
    document = json.loads(answer.content)

    text = answer.content.decode()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="relier.json"'
    assert "Heating allowance" in text
    assert [one for one in SPEAKS_OF_OTHERS if one in text] == []
    left_out = {"people.Note", "support.Intervention", "training.ImportedFile"}
    assert set(document["left_out"]) == left_out
    assert lines("privacy.handed_over") == [("person", house.awa.pk)]


def test_who_opened_her_file_leaves_with_her_and_with_no_colleague(house, knowing, enter):
    enter(house.bram).get(reverse("file", args=[house.awa.pk]))

    with translation.override("en"):
        hers = held.tables([house.awa.pk], alone=True)
        prepared = held.tables([house.awa.pk])

    title = "Who opened the file, and what was done"
    assert title in [table.title for table in hers]
    assert title not in [table.title for table in prepared]


def test_beside_someone_not_bound_it_is_asked_for_and_not_taken(kept, beside_someone_not_bound):
    phone = beside_someone_not_bound
    text = page(phone, "held")

    assert "Ask for a copy of all" in text
    assert reverse("own:held_print") not in text
    for name in ("held_print", "held_file"):
        assert phone.get(reverse(f"own:{name}")).status_code == 404
    assert lines("privacy.handed_over") == []


def test_with_the_card_alone_nothing_of_it_opens(kept, phone):
    for name in ("beyond", "held", "held_print", "held_file"):
        assert phone.get(reverse(f"own:{name}")).url == reverse("own:pictures")


def test_the_days_of_a_consultation_are_those_of_her_language(house, knowing):
    knowing.cookies["relier_own_language"] = "nl"
    make.ConsultationFactory(
        person=house.awa, begun_by=house.nour, consulted_on=date(2026, 11, 23),
        consulted_by=house.nour, quality="asked",
    )  # fmt: skip

    assert "23 november 2026" in page(knowing, "agreed")
