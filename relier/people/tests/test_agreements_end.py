"""Agreements over time: renewed, let end, printed again, withdrawn by the person themselves."""

import io
from datetime import timedelta

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from relier.accounts.actors import Actor, Kind
from relier.people.actions import merge, receive_agreement, withdraw_agreement
from relier.privacy import texts
from relier.privacy.models import Consent
from tests import factories as make

TODAY = timezone.localdate()


def given(house, person=None, *, ago=0, purpose="contact", **more):
    return receive_agreement(
        person or house.awa, texts.latest(purpose, "fr"), how="orally",
        on=TODAY - timedelta(days=ago), by=make.actor(house.nour), **more,
    )  # fmt: skip


def page(client, name, *arguments, **query):
    return client.get(reverse(f"people:{name}", args=arguments), query).content.decode()


def herself(person):
    return Actor(kind=Kind.PERSON, id=person.pk, centre=person.centre_id)


# --- in another language ---


def test_a_language_that_nobody_answers_for_helps_and_the_page_says_so(house, enter):
    client = enter(house.nour)
    address = reverse("people:consent_new", args=[house.awa.pk, "contact"]) + "?language=nl"

    shown = client.get(address)
    client.post(
        address, {"answer": "yes", "shown": shown.context["form"]["shown"].value(), "helper": "Jan"}
    )

    told = shown.content.decode()
    consent = Consent.objects.get()
    assert 'lang="nl"' in told
    assert "U kunt nee zeggen" in told
    assert "Personne n’a encore relu cette traduction." in told
    assert (consent.language, consent.read_in, consent.helper) == ("fr", "nl", "Jan")
    assert consent.text == texts.latest("contact", "fr").words


def test_words_that_nobody_answers_for_cannot_be_forged_into_an_agreement(house, enter):
    dutch = texts.latest("contact", "nl")
    address = reverse("people:consent_new", args=[house.awa.pk, "contact"]) + "?language=nl"

    enter(house.nour).post(address, {"answer": "yes", "shown": dutch.fingerprint})

    assert Consent.objects.get().language == "fr"


# --- over time ---


def test_near_its_end_the_page_asks_again_and_keeps_one(house, enter):
    ending = given(house, ago=360)
    client = enter(house.nour)

    told = page(client, "consent_new", house.awa.pk, "contact")
    client.post(reverse("people:consent_new", args=[house.awa.pk, "contact"]), {"answer": "yes"})

    assert "Do you still agree?" in told
    standing = Consent.objects.standing(on=TODAY).get()
    assert standing != ending
    assert standing.given_on == TODAY


def test_ended_it_says_so_and_is_offered_again(house, enter):
    consent = given(house, ago=400)
    client = enter(house.nour)

    assert "ended on" in page(client, "consents", house.awa.pk)
    assert reverse("people:consent_new", args=[house.awa.pk, "contact"]) in page(
        client, "consents", house.awa.pk
    )
    assert "The person withdraws it" not in page(client, "consent", consent.pk)


def test_on_the_day_of_the_worker_it_is_said_then_let_end_in_one_gesture(house, enter):
    ending = given(house, ago=360)
    client = enter(house.nour)

    before = client.get(reverse("day")).content.decode()
    client.post(reverse("people:consent_let_end", args=[ending.pk]))
    after = client.get(reverse("day")).content.decode()

    assert "talk about it again, or let it end" in before
    assert "talk about it again, or let it end" not in after


def test_the_day_of_a_colleague_who_is_not_their_worker_says_nothing(house, enter):
    given(house, ago=360)

    assert "Agreement of" not in enter(house.bram).get(reverse("day")).content.decode()


# --- the same words, years later ---


def test_what_was_agreed_prints_the_same_words_when_the_file_has_changed(house, enter, monkeypatch):
    consent = given(house)
    monkeypatch.setattr(texts, "texts", lambda: ())

    answer = enter(house.nour).get(reverse("people:consent_kept_paper", args=[consent.pk]))

    reader = PdfReader(io.BytesIO(answer.content))
    read = " ".join(" ".join(one.extract_text().split()) for one in reader.pages)
    for sentence in consent.text.split("\n"):
        assert sentence in read
    assert Consent.hash_of(consent.text) in (reader.metadata.keywords or "")


# --- who withdraws ---


def test_the_person_withdraws_their_own(house):
    consent = given(house)

    withdraw_agreement(consent, by=herself(house.awa))

    assert not Consent.objects.standing(on=TODAY).exists()


def test_the_person_withdraws_what_a_merged_file_agreed_to(house):
    twin = make.PersonFactory(centre=house.centre, followed_by=house.team)
    consent = given(house, twin)
    merge(house.awa, twin, by=make.actor(house.nour))

    withdraw_agreement(consent, by=herself(house.awa))

    consent.refresh_from_db()
    assert consent.withdrawn_at


def test_nobody_withdraws_what_another_agreed_to(house):
    lina = make.PersonFactory(centre=house.centre, followed_by=house.team)
    consent = given(house, lina)

    for stranger in (herself(house.awa), make.actor(house.zoe), make.actor(house.reception)):
        with pytest.raises(Http404):
            withdraw_agreement(consent, by=stranger)
    assert consent in Consent.objects.standing(on=TODAY)


def test_what_stops_and_what_stays_is_said_before(house, enter):
    told = page(enter(house.nour), "consent_withdraw", given(house).pk)

    assert "What will happen" in told
    assert "we cannot take it back" in told


# --- the settings ---


def test_the_coordinator_sees_who_answers_for_each_text_and_the_doubt(house, enter):
    told = page(enter(house.coordinator), "consent_terms")

    assert "the makers of Relier, not by a jurist" in told
    assert "it cannot be signed" in told
    assert "Not certain:" in told


def test_a_number_said_by_the_centre_is_signed_and_taken_back_in_one_gesture(house, enter):
    client = enter(house.coordinator)
    address = reverse("people:consent_term") + "?term=contact"

    client.post(address, {"value": "6", "from_on": TODAY.isoformat(), "source": "the team"})
    said = page(client, "consent_terms")
    client.post(address, {"shipped": "1"})

    assert "Colette, from" in said
    assert "Colette, from" not in page(client, "consent_terms")


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same(house, enter, count, django_assert_max_num_queries):
    for number in range(count):
        consent = Consent(
            subject=house.awa.subject, purpose="file", text="…", text_hash="0", text_version="1",
            language="fr", how="orally", received_by=house.nour,
            given_on=TODAY - timedelta(days=number), replaced_at=timezone.now(),
        )  # fmt: skip
        consent.save()
    client = enter(house.nour)
    page(client, "consents", house.awa.pk)

    with django_assert_max_num_queries(8):
        page(client, "consents", house.awa.pk)
