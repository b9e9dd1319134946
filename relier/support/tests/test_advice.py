"""Advice on the page: accepted in one gesture, adapted, or left without a trace; the walls."""

import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from relier.journal.models import Line
from relier.people.models import Fact, Situation
from relier.support.models import AgreedStep, Procedure
from tests import factories as make

from .pages import told

SECRET = "canary-heron"
LEND = "Borrow a computer, and a connection if it is missing"


def page_of(person):
    return reverse("support:advice", args=[person.pk])


def adapt(person, key):
    return reverse("support:advice_adapt", args=[person.pk]) + f"?piece={key}"


def tell(house, facet, words="", secret=False, by=None, **choices):
    """Awa told this to Nour today."""
    situation = Situation.objects.create(
        person=house.awa, on=timezone.localdate(), author=by or house.nour
    )
    return Fact.objects.create(
        situation=situation, person=house.awa, facet=facet, choices=choices, words=words,
        under_secrecy=secret,
    )  # fmt: skip


@pytest.fixture
def phone(house):
    return tell(house, "equipment", has=["smartphone"])


def due_soon(house, **more):
    soon = timezone.localdate() + timedelta(days=5)
    about = {"person": house.awa, "author": house.nour, "about": SECRET, "deadline": soon}
    return make.ProcedureFactory(**{**about, **more})


def keys(response):
    context = response.context
    return [piece.key for piece in [*context["pieces"], *context["more"]]]


def everything():
    """Every row of every table, as it stands."""
    return {
        model._meta.label: sorted(map(str, model._base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
    }


# --- reading ---


def test_the_page_says_what_and_why_in_whose_words(house, enter, phone):
    page = told(enter(house.nour).get(page_of(house.awa)))

    assert LEND in page
    assert "You can use: a smartphone." in page
    assert "You told Nour, on " in page
    assert "You have a computer or a tablet." in page


def test_a_reading_is_a_line_of_the_journal_and_names_no_advice(house, enter, phone):
    enter(house.nour).get(page_of(house.awa))

    line = Line.objects.get(kind="support.advice_read")
    assert (line.nature, line.subject, line.details) == ("reading", house.awa.pk, {})


def test_with_nothing_told_the_page_offers_to_talk_about_it(house, enter):
    page = told(enter(house.nour).get(page_of(house.awa)))

    assert "Nothing to propose for now." in page
    assert reverse("people:situation", args=[house.awa.pk]) in page


def test_five_are_shown_and_the_rest_is_folded(house, enter, phone):
    tell(house, "connection", kind="mobile")
    tell(house, "languages", spoken=["ar"], reading="not", interpreter="yes")
    tell(house, "ease", how="someone")

    response = enter(house.nour).get(page_of(house.awa))

    assert len(response.context["pieces"]) == 5
    assert response.context["more"]
    assert "Other things that could help" in told(response)


def test_strangers_find_nothing(house, enter, phone):
    other = make.MemberFactory(centre=house.centre, teams=[house.other_team])

    for member in (other, house.zoe, house.reception):
        for address in (page_of(house.awa), adapt(house.awa, "lend")):
            assert enter(member).get(address).status_code == 404
            assert enter(member).post(address, {"gesture": "accept:lend"}).status_code == 404
    assert not AgreedStep.objects.exists()


def test_the_page_costs_the_same_however_much_was_told(house, enter, phone):
    nour = enter(house.nour)
    nour.get(page_of(house.awa))
    few = queries(nour, page_of(house.awa))
    for number in range(30):
        due_soon(house, about=f"Paper {number}")
        tell(house, "connection", kind="mobile")
        make.AgreedStepFactory(person=house.awa, author=house.nour, advice=f"x:{number}")

    assert queries(nour, page_of(house.awa)) == few


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


# --- accepting ---


def test_accepting_is_one_gesture_and_makes_a_step_of_its_words(house, enter, phone):
    answer = enter(house.nour).post(page_of(house.awa), {"gesture": "accept:lend"})

    step = AgreedStep.objects.get()
    assert (step.words, step.advice, step.person) == (LEND, "lend", house.awa)
    assert "lend" not in keys(answer)
    assert f"It is in the plan: {LEND}" in told(answer)


def test_accepting_twice_makes_one_step(house, enter, phone):
    nour = enter(house.nour)
    sent = {"gesture": "accept:lend", "form_key": str(uuid.uuid4())}

    for _time in range(2):
        assert "It is in the plan" in told(nour.post(page_of(house.awa), sent))

    assert AgreedStep.objects.count() == 1


def test_accepted_by_two_people_it_is_one_step(house, enter, phone):
    for member in (house.nour, house.bram):
        page = told(enter(member).post(page_of(house.awa), {"gesture": "accept:lend"}))

    assert AgreedStep.objects.count() == 1
    assert "This is in the plan already, or no longer fits." in page


def test_two_pieces_of_one_page_are_two_steps(house, enter, phone):
    nour = enter(house.nour)
    page_key = nour.get(page_of(house.awa)).context["form"]["form_key"].value()

    for key in ("lend", "write_here"):
        nour.post(page_of(house.awa), {"gesture": f"accept:{key}", "form_key": page_key})

    assert set(AgreedStep.objects.values_list("advice", flat=True)) == {"lend", "write_here"}


def test_it_is_proposed_again_once_the_step_is_left_aside_and_not_before(house, enter, phone):
    nour = enter(house.nour)
    nour.post(page_of(house.awa), {"gesture": "accept:lend"})
    step = AgreedStep.objects.get()
    change = reverse("support:step_change", args=[step.pk])

    nour.post(change, {"words": "I borrow a computer on Friday."})
    reworded = keys(nour.get(page_of(house.awa)))
    newest = AgreedStep.objects.get(correction=None)
    nour.post(reverse("support:step_change", args=[newest.pk]), {"gesture": "left"})

    assert "lend" not in reworded
    assert "lend" in keys(nour.get(page_of(house.awa)))


def test_what_no_longer_fits_is_not_accepted(house, enter, phone):
    tell(house, "equipment", has=["computer"])

    page = told(enter(house.nour).post(page_of(house.awa), {"gesture": "accept:lend"}))

    assert "no longer fits" in page
    assert not AgreedStep.objects.exists()


# --- adapting ---


def test_adapting_opens_the_step_with_its_words(house, enter, phone):
    nour = enter(house.nour)
    page = told(nour.get(adapt(house.awa, "lend")))

    answer = nour.post(adapt(house.awa, "lend"), {"words": "My sister lends me hers."})

    assert f'value="{LEND}"' in page
    assert answer.url == reverse("support:steps", args=[house.awa.pk])
    step = AgreedStep.objects.get()
    assert (step.words, step.advice) == ("My sister lends me hers.", "lend")


def test_adapting_without_words_keeps_what_was_typed(house, enter, phone):
    sent = {"words": "", "who_words": "my sister"}

    page = told(enter(house.nour).post(adapt(house.awa, "lend"), sent))

    assert "Write the step in one line." in page
    assert "my sister" in page
    assert not AgreedStep.objects.exists()


def test_what_no_longer_stands_is_not_adapted(house, enter):
    answer = enter(house.nour).post(adapt(house.awa, "lend"), {"words": "Anything"})

    assert answer.url == page_of(house.awa)
    assert not AgreedStep.objects.exists()


# --- leaving ---


def test_leaving_changes_nothing_anywhere(house, enter, phone):
    nour = enter(house.nour)
    nour.get(page_of(house.awa))
    before = everything()

    answer = nour.post(page_of(house.awa), {"gesture": "leave:lend"})

    assert "lend" not in keys(answer)
    assert LEND not in told(answer)
    assert everything() == before


def test_who_leaves_without_having_opened_the_page_reads_it_and_no_more(house, enter, phone):
    nour, bram = enter(house.nour), enter(house.bram)
    nour.post(page_of(house.awa), {"gesture": "leave:lend"})
    bram.get(page_of(house.awa))

    left, opened = Line.objects.filter(kind="support.advice_read").order_by("at")
    same = ("nature", "kind", "thing", "thing_id", "subject", "details")
    assert [getattr(left, name) for name in same] == [getattr(opened, name) for name in same]
    assert Line.objects.deeds().count() == 0


def test_several_are_left_one_after_the_other_and_stay_left(house, enter, phone):
    nour = enter(house.nour)
    first = nour.post(page_of(house.awa), {"gesture": "leave:lend"})

    second = nour.post(
        page_of(house.awa), {"gesture": "leave:write_here", "left": first.context["left"]}
    )
    third = nour.post(
        page_of(house.awa), {"gesture": "accept:in_person", "left": second.context["left"]}
    )

    assert {"lend", "write_here", "in_person"}.isdisjoint(keys(third))
    assert {"lend", "write_here"} <= set(keys(nour.get(page_of(house.awa))))


@pytest.mark.parametrize(
    "sent",
    [
        {"gesture": "accept"},
        {"gesture": "accept:"},
        {"gesture": "accept:<script>"},
        {"gesture": "accept:" + "x" * 5000},
        {"gesture": "leave:<b>'\"\x00"},
        {"gesture": "dance:lend"},
        {"gesture": "accept:secure_first:not-a-uuid"},
        {"left": ["<script>alert(1)</script>"] * 200},
        {"form_key": "nonsense", "gesture": "accept:nothing"},
    ],
    ids=str,
)
def test_forged_gestures_do_nothing_and_show_the_page(sent, house, enter, phone):
    response = enter(house.nour).post(page_of(house.awa), sent)

    assert "<script>" not in told(response)
    assert LEND in told(response)
    assert not AgreedStep.objects.exists()


# --- walls ---


def test_someone_not_bound_sees_the_same_page_with_and_without_secrets(house, enter, phone):
    due_soon(house, about="Bus pass", open_to_team=True)
    bram = enter(house.bram)
    bram.get(page_of(house.awa))
    with CaptureQueriesContext(connection) as before:
        without = told(bram.get(page_of(house.awa)))

    due_soon(house)
    tell(house, "urgent", words=SECRET, secret=True)
    with CaptureQueriesContext(connection) as after:
        with_secrets = told(bram.get(page_of(house.awa)))

    assert with_secrets == without
    assert len(after) == len(before)
    assert "Bus pass" in without


def test_someone_bound_sees_what_is_due_and_the_plan_does_not_tell_it(house, enter):
    due_soon(house)
    tell(house, "urgent", words="The rent", secret=True)
    nour = enter(house.nour)
    pieces = nour.get(page_of(house.awa)).context["pieces"]

    for piece in pieces:
        nour.post(page_of(house.awa), {"gesture": f"accept:{piece.key}"})

    assert {piece.rule for piece in pieces} == {"secure_first", "what_presses"}
    in_plan = set(AgreedStep.objects.values_list("words", "when_on"))
    assert in_plan == {("Take a moment together", None)}
    assert SECRET not in told(enter(house.bram).get(reverse("support:steps", args=[house.awa.pk])))


def test_the_page_of_someone_not_bound_does_not_change_when_a_secret_piece_is_accepted(
    house, enter, phone
):
    paper = due_soon(house)
    bram = enter(house.bram)
    before = told(bram.get(page_of(house.awa)))

    enter(house.nour).post(page_of(house.awa), {"gesture": f"accept:secure_first:{paper.pk}"})

    assert AgreedStep.objects.count() == 1
    assert told(bram.get(page_of(house.awa))) == before


def test_someone_not_bound_cannot_accept_what_they_do_not_see(house, enter):
    paper = due_soon(house)
    sent = {"gesture": f"accept:secure_first:{paper.pk}"}

    page = told(enter(house.bram).post(page_of(house.awa), sent))

    assert "no longer fits" in page
    assert not AgreedStep.objects.exists()


def test_adapting_what_leans_on_a_secret_warns_that_the_team_reads(house, enter):
    paper = due_soon(house)

    page = told(enter(house.nour).get(adapt(house.awa, f"secure_first:{paper.pk}")))

    assert "The reason is under secrecy" in page
    assert 'value="Take a moment together"' in page


def test_a_fact_under_secrecy_is_known_to_those_bound_only(house, enter):
    tell(house, "equipment", secret=True, has=["smartphone"])

    assert "lend" in keys(enter(house.nour).get(page_of(house.awa)))
    assert keys(enter(house.bram).get(page_of(house.awa))) == []


def test_what_is_over_asks_for_nothing(house, enter):
    paper = due_soon(house)
    make.ProcedureNewsFactory(procedure=paper, outcome=Procedure.Outcome.DONE)

    assert keys(enter(house.nour).get(page_of(house.awa))) == []


def test_the_file_leads_to_what_could_help(house, enter):
    page = told(enter(house.nour).get(reverse("file", args=[house.awa.pk])))

    assert page_of(house.awa) in page


def test_two_files_of_one_person_give_one_advice(house, enter, phone):
    twin = make.PersonFactory(centre=house.centre, followed_by=house.team)
    twin.root = house.awa
    twin.save()

    assert "lend" in keys(enter(house.nour).get(page_of(twin)))
