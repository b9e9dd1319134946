"""What a person agrees to: shown, given, printed, withdrawn. A no leaves no trace."""

import hashlib
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst
from pypdf import PdfReader

from relier.journal.models import Line
from relier.people.actions import merge, receive_agreement
from relier.privacy import texts
from relier.privacy.models import Consent
from relier.ui.dates import day
from tests import factories as make

FILE = Consent.Purpose.FILE


def address(person, name="consent_new", purpose=FILE):
    return reverse(f"people:{name}", args=[person.pk, purpose])


def given(house, purpose=FILE, **more):
    return receive_agreement(
        house.awa, texts.latest(purpose, "fr"), how="orally", on=date(2026, 11, 23),
        by=make.actor(house.nour), **more,
    )  # fmt: skip


def say(client, person, answer, **typed):
    return client.post(address(person), {"answer": answer, **typed})


def test_the_text_is_shown_as_it_is_read_aloud_in_the_language_chosen(house, enter):
    client = enter(house.nour)

    english = client.get(address(house.awa)).content.decode()
    french = client.get(address(house.awa), {"language": "fr"}).content.decode()

    assert "You can say no, or change your mind later." in english
    assert '<html lang="fr"' in french
    assert "Si vous dites non, nous vous aidons quand même." in french


def test_yes_and_no_are_as_easy_as_each_other(house, enter):
    page = enter(house.nour).get(address(house.awa)).content.decode()

    yes, no = page.index('name="answer" value="yes"'), page.index('name="answer" value="no"')
    assert page[yes - 8 : yes] == page[no - 8 : no] == "<button "


def test_a_yes_keeps_the_very_text_with_who_received_it(house, enter):
    client = enter(house.nour)
    page = client.get(address(house.awa), {"language": "fr"})
    shown = page.context["form"]["shown"].value()

    say(client, house.awa, "yes", shown=shown, how="screen", helper="her sister", on="2026-11-20")

    consent = Consent.objects.get()
    words = texts.latest("file", "fr").words
    assert (consent.text, consent.language) == (words, "fr")
    assert consent.text_hash == hashlib.sha256(words.encode()).hexdigest() == shown
    assert (consent.how, consent.helper, consent.given_on) == (
        "screen", "her sister", date(2026, 11, 20),
    )  # fmt: skip
    assert consent.received_by == house.nour


def test_nothing_but_yes_is_needed(house, enter):
    say(enter(house.nour), house.awa, "yes")

    consent = Consent.objects.get()
    assert (consent.how, consent.given_on) == ("orally", timezone.localdate())


def test_a_no_says_that_help_goes_on_and_leaves_no_trace(house, enter):
    client = enter(house.nour)
    client.get(address(house.awa))
    lines = Line.objects.count()

    answer = say(client, house.awa, "no", helper="her sister")

    assert answer.status_code == 200
    assert "We help you all the same." in answer.content.decode()
    assert Consent.objects.count() == 0
    assert Line.objects.count() == lines


def test_given_twice_it_is_kept_once(house, enter):
    client = enter(house.nour)

    say(client, house.awa, "yes")
    say(client, house.awa, "yes")

    assert Consent.objects.count() == 1
    assert "You said yes already." in client.get(address(house.awa)).content.decode()


def test_a_day_to_come_is_refused_and_the_rest_stays(house, enter):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()

    page = say(enter(house.nour), house.awa, "yes", on=tomorrow, helper="her sister")

    assert "still to come" in page.content.decode()
    assert "her sister" in page.content.decode()
    assert Consent.objects.count() == 0


@pytest.mark.parametrize("name", ["bram", "nour"])
def test_the_whole_team_reads_what_was_agreed(house, enter, name):
    consent = given(house, helper="her sister")
    client = enter(getattr(house, name))

    listed = client.get(reverse("people:consents", args=[house.awa.pk])).content.decode()
    page = client.get(reverse("people:consent", args=[consent.pk])).content.decode()

    assert reverse("people:consent", args=[consent.pk]) in listed
    assert consent.text_hash in page
    assert "her sister" in page
    assert "Nous vous accompagnons." in page


def test_a_purpose_not_agreed_to_is_offered_and_one_agreed_to_is_not(house, enter):
    given(house)

    page = enter(house.nour).get(reverse("people:consents", args=[house.awa.pk])).content.decode()

    assert address(house.awa, purpose="contact") in page
    assert address(house.awa, purpose="image") in page
    assert address(house.awa, purpose="file") not in page


def test_withdrawing_is_explained_then_done_and_may_be_given_again(house, enter):
    consent = given(house)
    client = enter(house.nour)
    url = reverse("people:consent_withdraw", args=[consent.pk])

    asked = client.get(url).content.decode()
    client.post(url)

    assert "Help goes on as before." in asked
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    say(client, house.awa, "yes")
    assert Consent.objects.standing(on=timezone.localdate()).count() == 1
    assert client.get(url).status_code == 302


@pytest.mark.parametrize("name", ["zoe", "coordinator", "reception"])
def test_agreements_are_not_found_outside_the_team(house, enter, name):
    consent = given(house)
    client = enter(getattr(house, name))
    urls = [
        reverse("people:consent", args=[consent.pk]),
        reverse("people:consent_withdraw", args=[consent.pk]),
        address(house.awa, purpose="contact"),
        address(house.awa, "consent_paper"),
    ]

    assert {client.get(url).status_code for url in urls} == {404}
    assert {client.post(url).status_code for url in urls} == {404}


def test_a_purpose_that_does_not_exist_is_not_found(house, enter):
    client = enter(house.nour)

    assert client.get(address(house.awa, purpose="everything")).status_code == 404
    assert client.get(address(house.awa, "consent_paper", "everything")).status_code == 404


def test_what_a_merged_file_agreed_to_is_not_asked_again(house, enter):
    twin = make.PersonFactory(centre=house.centre, followed_by=house.team)
    receive_agreement(
        twin, texts.latest(FILE, "fr"), how="paper", on=date(2026, 11, 2),
        by=make.actor(house.nour),
    )  # fmt: skip
    merge(house.awa, twin, by=make.actor(house.nour))

    page = enter(house.nour).get(reverse("people:consents", args=[house.awa.pk])).content.decode()

    assert address(house.awa, purpose="file") not in page
    assert "on paper, signed" in page


@pytest.mark.parametrize(
    ("language", "sentence", "no"),
    [
        ("fr", "Vous pouvez dire non", "Vous dites non ? Ne signez pas."),
        ("en", "You can say no", "You say no? Do not sign."),
    ],
)
def test_the_paper_holds_the_same_text_and_to_sign_it_is_to_say_yes(
    house, enter, language, sentence, no
):
    answer = enter(house.nour).get(address(house.awa, "consent_paper"), {"language": language})

    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.content))
    read = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert sentence in read
    assert "Awa" in read
    assert no in read.replace("\u00a0", " ")
    with translation.override(language):
        assert capfirst(day(timezone.localdate())) in read
    assert Line.objects.get(kind="people.agreement_printed").details == {"purpose": "file"}
    assert texts.latest("file", language).fingerprint in (reader.metadata.keywords or "")
