"""Nothing is compulsory: one sentence is enough, a refusal leaves no trace."""

import pytest
from django.urls import reverse

from relier.accounts.actors import SYSTEM
from relier.journal.models import Line
from relier.people.models import Note, Person
from relier.privacy import actions as privacy
from relier.privacy.models import Consent
from relier.support.models import AgreedStep, HelpRequest, Intervention, Procedure
from tests import factories as make
from tests.crawl import text_of, without_keys

from .canaries import found_out


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


# --- whoever refuses everything ------------------------------------------------------------------

PAGES_OF_ALL = [
    "file", "people:story", "people:situation", "people:consents", "support:steps",
    "support:take_home", "support:advice", "positioning:person", "positioning:over_time",
]  # fmt: skip
WAYS_TO_ASK = ["screen", "voice", "page", "afterwards"]


@pytest.fixture
def nobody_asked(house):
    """Someone to whom nothing was ever proposed: the same name, so that only a refusal differs."""
    return make.PersonFactory(
        centre=house.centre, call_name="Awa", family_name="Diallo", followed_by=house.team,
        followed_by__worker=house.nour,
    )  # fmt: skip


def refuse_everything(nour, person):
    """Everything is opened and proposed, and the answer is no, or nothing at all."""
    for name in ("positioning:person", "positioning:over_time"):
        nour.get(reverse(name, args=[person.pk]))
    for how in WAYS_TO_ASK:
        address = reverse("positioning:begin", args=[person.pk], query={"how": how})
        nour.get(address)
        assert nour.post(address, {"answer": "no"}).status_code == 200
    begun = nour.post(
        reverse("positioning:begin", args=[person.pk], query={"how": "screen"}), {"answer": "yes"}
    )
    nour.get(begun.url)
    stop = begun.url.split("questions/")[0] + "pause/"
    assert nour.post(stop, {"whose": str(person.pk)}).status_code == 200  # not one answer


def told_of(client, person):
    """Every page about them, and the words handed over, without what is theirs by nature: ids and
    the keys of forms."""
    pages = {}
    for name in PAGES_OF_ALL:
        answer = client.get(reverse(name, args=[person.pk]))
        assert answer.status_code == 200, name
        pages[name] = without_keys(answer.content.decode()).replace(str(person.pk), "…")
    pages["paper"] = text_of(client.get(reverse("support:take_home_pdf", args=[person.pk])))
    return pages


def rows_of(person):
    """How many rows each table hands over about them, and what the journal knows."""
    held = privacy.hand_over([person.pk], by=SYSTEM)
    return (
        {model: len(table["rows"]) for model, table in held.items()},
        [
            (line.nature, line.kind, line.details)
            for line in Line.objects.about(person.pk).order_by("pk")
        ],
    )


def help_as_anyone(nour, person):
    """A request, a step: no door is closed."""
    asked = nour.post(
        reverse("support:request_new"), {"words": "One sentence.", "person": str(person.pk)}
    )
    agreed = nour.post(reverse("support:steps", args=[person.pk]), {"words": "I bring the letter."})
    assert (asked.status_code, agreed.status_code) == (302, 302)


def test_whoever_refuses_everything_is_like_everyone_else(house, enter, nobody_asked):
    nour, refuses = enter(house.nour), house.awa

    refuse_everything(nour, refuses)

    assert rows_of(refuses) == rows_of(nobody_asked)
    assert told_of(nour, refuses) == told_of(nour, nobody_asked)
    assert told_of(enter(house.bram), refuses) == told_of(enter(house.bram), nobody_asked)
    for person in (refuses, nobody_asked):
        help_as_anyone(nour, person)
    assert rows_of(refuses) == rows_of(nobody_asked)


def test_what_was_found_out_changes_no_page_but_its_own(house, enter, nobody_asked):
    # Whoever has a positioning and whoever has none leave with the same papers and requests.
    bram = enter(house.bram)
    found_out(house, seen="only for Nour")

    assert told_of(bram, house.awa) == told_of(bram, nobody_asked)
