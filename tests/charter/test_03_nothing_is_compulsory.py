"""Nothing is compulsory: one sentence is enough, a refusal leaves no trace."""

import pytest
from django.urls import reverse

from relier.journal.models import Line
from relier.people.models import Note, Person
from relier.privacy.models import Consent
from relier.support.models import AgreedStep, HelpRequest, Intervention, Procedure


@pytest.mark.parametrize(
    ("name", "model", "field"),
    [
        ("support:request_new", HelpRequest, "words"),
        ("people:note_new", Note, "words"),
        ("support:procedure_new", Procedure, "about"),
    ],
)
def test_03_nothing_is_compulsory(name, model, field, house, enter):
    about = [] if name == "support:request_new" else [house.awa.pk]

    response = enter(house.nour).post(reverse(name, args=about), {field: "One sentence."})

    assert response.status_code == 302
    assert getattr(model.objects.get(), field) == "One sentence."


def test_an_intervention_asks_for_words_and_with_whom(house, enter):
    response = enter(house.nour).post(
        reverse("support:intervention_new"),
        {"person": str(house.awa.pk), "words": "One sentence."},
    )

    assert response.status_code == 302
    assert Intervention.objects.get().person == house.awa


def test_a_step_asks_for_its_words(house, enter):
    address = reverse("support:steps", args=[house.awa.pk])

    enter(house.nour).post(address, {"words": "I bring the letter.", "add": "1"})

    assert AgreedStep.objects.get().words == "I bring the letter."


def test_a_person_needs_a_name_to_be_called_by_and_nothing_else(house, enter):
    enter(house.nour).post(reverse("people:new"), {"call_name": "Idris"})

    assert Person.objects.filter(call_name="Idris").exists()


def test_a_refusal_leaves_no_trace(house, enter):
    nour = enter(house.nour)
    address = reverse("people:consent_new", args=[house.awa.pk, "contact"])
    nour.get(address)
    before = Line.objects.deeds().count()

    nour.post(address, {"answer": "no"})

    assert not Consent.objects.exists()
    assert Line.objects.deeds().count() == before
