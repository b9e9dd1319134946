"""What stands on a person's own page: what is theirs, in their language, and nothing else."""

import gzip
import io
from random import Random
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from relier.centres.models import AnswerDelay, Member
from relier.desk.own import languages
from relier.journal import actions as journal
from relier.journal.models import Line
from relier.people.actions import merge
from relier.people.models import Note, Person
from relier.privacy import texts
from relier.privacy.actions import receive_consent
from relier.privacy.models import Card, Consent
from relier.support.actions import requests
from relier.support.models import HelpRequest, Reply
from tests import factories as make
from tests.found_out import plant

from .own import PICTURES, page, scan, show

SECRET = "canary-heron"
PAGES = (
    "home", "steps", "can_do", "procedures", "agreed", "readers", "beyond", "held", "ask",
)  # fmt: skip
BASICS = ["Nour", "room 2", "the gas bill", "04 111 22 33", "04 000 00 00", "Mondays"]
REST = ["I bring the letter.", "Heating allowance", "I need help.", "The centre keeps a file"]


@pytest.fixture
def full(house):
    """Awa with something of each kind."""
    house.centre.opening = "Mondays"
    house.centre.save()
    Member.objects.filter(pk=house.nour.pk).update(reached_by="04 111 22 33")
    by = {"person": house.awa, "author": house.nour}
    make.AppointmentFactory(
        person=house.awa, with_member=house.nour, bring="the gas bill", about=SECRET
    )
    make.AgreedStepFactory(words="I bring the letter.", **by)
    make.AgreedStepFactory(words="Left aside.", left_on=timezone.localdate(), **by)
    make.ProcedureFactory(about="Heating allowance", **by)
    make.HelpRequestFactory(person=house.awa, heard_by=house.nour, words="I need help.")
    make.NoteFactory(words=SECRET, **by)
    make.InterventionFactory(words=SECRET, **by)
    text = texts.latest("file", "fr")
    nour = make.actor(house.nour)
    receive_consent(house.awa.subject, text, how="orally", on=timezone.localdate(), by=nour)
    return house


def everything(phone):
    return "\n".join(page(phone, name) for name in PAGES)


def test_the_card_alone_shows_the_days_basics_and_no_name_of_theirs(full, phone):
    text = page(phone)

    assert [one for one in BASICS if one not in text] == []
    assert [one for one in [*REST, SECRET, "Awa", "Diallo"] if one in text] == []


def test_the_pictures_show_all_that_is_theirs_but_the_notes(full, knowing):
    text = everything(knowing)

    assert [one for one in [*BASICS, *REST] if one not in text] == []
    assert [one for one in [SECRET, "Left aside.", "Diallo"] if one in text] == []


def test_what_was_found_out_is_theirs_even_when_it_was_not_shared(full, knowing):
    plant(full.awa, full.nour)

    assert "You can" in page(knowing, "can_do")


def test_pictures_chosen_beside_someone_not_bound_leave_out_what_is_under_secrecy(full, phone):
    Card.objects.update(chosen_with_bound=False)
    make.ProcedureFactory(
        person=full.awa, author=full.nour, about="Opened on purpose", open_to_team=True
    )
    show(phone, PICTURES)

    text = page(phone, "procedures")
    assert "Opened on purpose" in text
    assert "Heating allowance" not in text


# --- who opened my file ---


def test_each_reading_is_told_by_name_hour_and_what(full, knowing, enter):
    enter(full.bram).get(reverse("file", args=[full.awa.pk]))

    text = page(knowing, "readers")

    assert "Bram" in text
    assert "your whole file" in text


def test_every_kind_of_reading_has_its_words(full, knowing):
    from relier.desk.own.words import opened

    for kind in ("desk.file_read", "people.note_read", "support.procedure_read"):
        assert opened(kind) != opened("unknown.kind")
    assert opened("unknown.kind") == str(opened(""))


def test_readings_come_page_by_page_and_cost_the_same_for_three_and_three_hundred(full, knowing):
    nour = make.actor(full.nour)

    def read(count):
        for _reading in range(count):  # each of another note
            journal.read("people.note_read", Note(pk=uuid4()), by=nour, subject=full.awa.pk)

    read(3)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(knowing, "readers")
    read(297)
    with CaptureQueriesContext(connection) as many:
        text = page(knowing, "readers")

    assert len(many) == len(few)
    assert text.count("<time>") == 20
    assert "Next page" in text
    assert "Page before" in page(knowing, "readers", page="2")


def test_a_list_costs_the_same_for_three_and_three_hundred_steps(full, knowing):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            page(knowing, "steps")
            page(knowing, "procedures")
            page(knowing, "ask")
        return len(asked)

    few = cost()
    for n in range(40):
        make.AgreedStepFactory(person=full.awa, author=full.nour, words=f"Step {n}")
        make.ProcedureFactory(person=full.awa, author=full.nour)
    assert cost() == few


def test_the_readings_of_both_files_of_a_merge_are_theirs(full, code, enter):
    twin = make.PersonFactory(centre=full.centre, call_name="Awa", followed_by=full.team)
    enter(full.bram).get(reverse("file", args=[twin.pk]))
    merge(twin, gone=full.awa, by=make.actor(full.nour))
    phone = Client()
    scan(phone, code)
    show(phone, PICTURES)

    assert "Bram" in page(phone, "readers")
    assert "I bring the letter." in page(phone, "steps")


WORDS = (
    "aide allocation banque bureau caisse carte chauffage commune contrat courrier dossier droit "
    "enfant facture famille formulaire gaz guichet impôt jeudi lettre logement loyer mardi "
    "numéro papier pension photo police prime quartier rendez-vous salle santé travail voisin"
).split()


def writing(length, seed):
    """Words that a compressor does not know beforehand, as many letters as a field takes."""
    chance = Random(seed)
    return " ".join(chance.choices(WORDS, k=length // 5)).capitalize()[:length]


def test_pages_full_to_the_brim_still_arrive_in_one_breath(full, knowing):
    by = {"person": full.awa, "author": full.nour}
    for n in range(25):
        make.AgreedStepFactory(words=writing(200, n), who="other", who_words=writing(80, n), **by)
        make.ProcedureFactory(about=writing(200, n), institution=writing(120, n), **by)
        asked = make.HelpRequestFactory(person=full.awa, heard_by=full.nour, words=writing(2000, n))
        Reply.objects.create(request=asked, author=full.nour, words=writing(1000, n))
    for n in range(8):
        make.AppointmentFactory(
            person=full.awa, with_member=full.nour, place=writing(120, n), bring=writing(200, n)
        )
        make.EntryFactory(person=full.awa, member=full.nour, reason=writing(500, n))
        make.SharingFactory(person=full.awa, sharer=full.nour, interest=writing(300, n))
        make.ConsultationFactory(
            person=full.awa, begun_by=full.nour, text=writing(2000, n), done=True
        )
    plant(full.awa, full.nour)

    for language in languages.NAMES:
        knowing.cookies[languages.COOKIE] = language
        for name in PAGES:
            answer = knowing.get(reverse(f"own:{name}"))
            headers = sum(len(name) + len(value) + 4 for name, value in answer.items())
            weight = len(gzip.compress(answer.content, 6)) + headers
            assert weight <= 10_240, (language, name, weight)


# --- what they agreed to ---


def test_an_agreement_is_withdrawn_in_one_gesture_and_its_effects_are_told_first(full, knowing):
    consent = Consent.objects.get()
    assert "If you say no" in page(knowing, "agreed")

    knowing.post(reverse("own:withdraw", args=[consent.pk]))
    knowing.post(reverse("own:withdraw", args=[consent.pk]))

    consent.refresh_from_db()
    assert consent.withdrawn_at
    line = Line.objects.get(kind="privacy.consent_withdrawn")
    assert (line.actor_kind, line.actor) == ("person", full.awa.pk)


def test_the_agreement_of_someone_else_is_not_there(full, knowing):
    other = make.PersonFactory(centre=full.centre, followed_by=full.team)
    text = texts.latest("contact", "fr")
    nour = make.actor(full.nour)
    consent = receive_consent(other.subject, text, how="orally", on=timezone.localdate(), by=nour)

    assert knowing.post(reverse("own:withdraw", args=[consent.pk])).status_code == 404
    consent.refresh_from_db()
    assert consent.withdrawn_at is None


def test_one_family_of_a_mandate_is_taken_back_and_the_others_run_on(full, knowing):
    mandate = make.MandateFactory(
        person=full.awa, received_by=full.nour, families=["health", "tax"]
    )
    assert "your tax" in page(knowing, "agreed")

    knowing.post(reverse("own:revoke", args=[mandate.pk, "tax"]))

    text = page(knowing, "agreed")
    assert "your health" in text
    assert "your tax" not in text
    line = Line.objects.get(kind="support.mandate_revoked")
    assert (line.actor_kind, line.actor) == ("person", full.awa.pk)


def test_the_mandate_of_someone_else_is_not_there(full, knowing):
    other = make.PersonFactory(centre=full.centre, followed_by=full.team)
    mandate = make.MandateFactory(person=other, received_by=full.nour, families=["tax"])

    assert knowing.post(reverse("own:revoke", args=[mandate.pk, "tax"])).status_code == 404
    assert not Line.objects.filter(kind="support.mandate_revoked").exists()


# --- asking ---


def ask(phone, words, key=None):
    return phone.post(reverse("own:ask"), {"words": words, "form_key": key or uuid4()})


def test_a_question_goes_to_their_worker_and_is_seen_in_the_day(full, knowing, enter):
    ask(knowing, "When do I get my money?")

    asked = HelpRequest.objects.get(heard_by=None)
    assert (asked.followed_by, asked.team) == (full.nour, full.team)
    day = enter(full.nour).get(reverse("day")).content.decode()
    assert "When do I get my money?" in day
    file = enter(full.nour).get(reverse("file", args=[full.awa.pk])).content.decode()
    assert "When do I get my money?" in file
    read = enter(full.nour).get(reverse("support:request", args=[asked.pk])).content.decode()
    assert "Written on their own page" in read
    line = Line.objects.get(kind="support.request_asked")
    assert (line.actor_kind, line.actor) == ("person", full.awa.pk)


def test_a_question_sent_twice_is_kept_once_and_with_other_words_is_given_back(full, knowing):
    key = uuid4()
    ask(knowing, "When?", key)
    ask(knowing, "When?", key)
    answer = ask(knowing, "When, and where?", key)

    assert HelpRequest.objects.filter(heard_by=None).count() == 1
    assert "When, and where?" in answer.content.decode()
    assert "Your first question is kept." in answer.content.decode()


@pytest.mark.parametrize("words", ["", "  ", "x" * 2001])
def test_nothing_and_too_much_are_said_to_be(full, knowing, words):
    answer = ask(knowing, words)

    assert "Write a few words" in answer.content.decode()
    assert not HelpRequest.objects.filter(heard_by=None).exists()


def test_a_copy_of_everything_is_asked_for_in_one_gesture(full, knowing):
    knowing.post(reverse("own:ask"), {"copy": "1", "form_key": uuid4()})

    assert "a copy of all" in HelpRequest.objects.get(heard_by=None).words


def test_a_day_is_promised_only_where_the_centre_has_said_it(full, knowing):
    HelpRequest.objects.all().delete()
    ask(knowing, "When?")
    assert "Call us." in page(knowing, "ask")

    AnswerDelay.objects.create(
        centre=full.centre, working_days=5, source="team meeting", author=full.nour
    )
    assert "You will have an answer by" in page(knowing, "ask")


def test_the_answer_of_a_worker_is_read_there(full, knowing, enter):
    HelpRequest.objects.all().delete()
    ask(knowing, "When?")
    asked = HelpRequest.objects.get()
    form = {"do": "reply", "reply": "On Monday.", "form_key": uuid4()}
    worker = enter(full.nour)
    worker.post(reverse("support:request", args=[asked.pk]), form)
    worker.post(reverse("support:request", args=[asked.pk]), form)

    assert Reply.objects.get().author == full.nour
    text = page(knowing, "ask")
    assert "On Monday." in text
    assert "Call us." not in text


def test_what_someone_asked_on_their_page_is_nobody_elses(full, knowing):
    from relier.support.access import Refused

    ask(knowing, "When?")
    other = make.PersonFactory(centre=full.centre, followed_by=full.team)
    with pytest.raises(Refused):
        requests.attach(
            HelpRequest.objects.get(heard_by=None), to=other, by=make.actor(full.nour),
            shown=full.awa.pk,
        )  # fmt: skip


def test_someone_whom_nobody_follows_asks_and_it_waits_for_the_coordinator(full, knowing):
    Person.objects.get(pk=full.awa.pk).followings.update(ended_on=timezone.localdate())
    ask(knowing, "When?")

    waiting = HelpRequest.objects.waiting_in(full.centre.pk)
    assert waiting.filter(heard_by=None).exists()


# --- on paper, and in their language ---


def test_paper_says_what_the_screen_says(full, knowing):
    answer = knowing.get(reverse("own:print"))
    reader = PdfReader(io.BytesIO(answer.content))
    text = " ".join(" ".join(one.extract_text() for one in reader.pages).split())

    assert answer.headers["Content-Type"] == "application/pdf"
    assert "Awa" not in answer.headers["Content-Disposition"]
    for one in [*BASICS, *REST]:
        assert one.replace(" ", "") in text.replace(" ", "").replace("\xa0", ""), one
    assert SECRET not in text


@pytest.mark.parametrize("language", languages.NAMES)
def test_every_page_speaks_each_language_and_says_which(full, knowing, language):
    knowing.cookies[languages.COOKIE] = language
    for name in PAGES:
        answer = knowing.get(reverse(f"own:{name}"))
        text = answer.content.decode()
        assert answer.headers["Content-Language"] == language
        assert f'<html lang="{language}"' in text
        assert ('dir="rtl">' in text.split("<head>")[0]) == (language == "ar")
        if language != "en":
            with translation.override("en"):
                assert "Leave</button>" not in text
    assert knowing.get(reverse("own:print")).content[:5] == b"%PDF-"


def test_the_language_chosen_stays_until_one_leaves(code):
    phone = Client(headers={"accept-language": "de-AT,fr;q=0.5"})
    assert 'lang="de"' in page(phone)
    phone.post(reverse("own:language"), {"language": "uk"})
    assert 'lang="uk"' in page(phone)
    phone.post(reverse("own:language"), {"language": "xx"})
    assert 'lang="uk"' in page(phone)

    phone.get(reverse("own:closed"))
    assert 'lang="de"' in page(phone)


def test_other_pages_do_not_speak_the_languages_of_this_one(house):
    visitor = Client(headers={"accept-language": "nl"})

    assert visitor.get(reverse("account_login")).headers["Content-Language"] == "fr"
