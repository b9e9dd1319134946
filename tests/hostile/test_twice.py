"""The same form twice, and two people at once: nothing lost, nothing doubled, nothing locked.

The races run on a database that two connections share: a SQLite file as in an office, or the
PostgreSQL that the tests were given.
"""

from collections import Counter
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from relier.centres.models import Centre
from relier.competences.actions import positionings
from relier.journal.models import Line
from relier.people.models import Fact, Situation
from relier.privacy.models import Archive
from relier.support.models import AgreedStep
from tests import factories as make
from tests import house as houses
from tests.house import House
from tests.walls import MANDATE

from .filling import WRITTEN, Control, Form, encoded, forms_of
from .racing import alone, browser, faults, in_threads, rows

URLENCODED = "application/x-www-form-urlencoded"


def addresses(house: House) -> dict[str, str]:
    """Where each deed that has a key is done."""
    about = {"person": house.awa, "author": house.nour}
    # The register of BCSS consultations is a CPAS's.
    Centre.objects.filter(pk=house.centre.pk).update(kind=Centre.Kind.CPAS)
    awa = house.awa.pk
    return {
        "request": reverse("support:request_new"),
        "note": reverse("people:note_new", args=[awa]),
        "situation": reverse("people:situation", args=[awa]),
        "intervention": reverse("support:intervention_new") + f"?person={awa}",
        "step": reverse("support:steps", args=[awa]),
        "procedure": reverse("support:procedure_new", args=[awa]),
        "news": reverse("support:procedure", args=[make.ProcedureFactory(**about).pk]),
        "appointment": reverse("support:appointment_new", args=[awa]),
        "delay": reverse("support:delay_new", args=[awa]),
        "person": reverse("people:new"),
        "consent": reverse("people:consent_new", args=[awa, "contact"]),
        "moment": reverse("day"),
        "mandate": reverse("support:mandate_text", args=[awa]) + MANDATE,
        "consultation": reverse("support:consultations", args=[awa]),
        "list row": reverse("support:list_change") + "?list=families&row=tax",
        "term": reverse("people:consent_term") + "?term=contact",
        "annotation": reverse("competences:item", args=["digcomp-3.0", "1.1"]),
        "advice": reverse("support:advice_adapt", args=[awa]) + f"?piece={propose(house)}",
        "advice rule": reverse("support:advice_rule") + "?rule=lend",
        "advice number": reverse("support:advice_number") + "?number=deadline_before",
        "page noted": reverse("positioning:begin", args=[awa]) + "?how=page",
        **addresses_of_trust(house),
    }


def addresses_of_trust(house: House) -> dict[str, str]:
    """Rights, terms, archives, and whoever reads beyond the team."""
    awa, someone = house.awa.pk, {"centre": house.centre, "teams": []}
    note = make.NoteFactory(person=house.awa, author=house.nour, audience="secrecy")
    asked = make.HelpRequestFactory(person=house.awa, heard_by=house.nour, team=house.team)
    # First of the lists: whoever comes to replace, and whoever a note is shared with.
    make.MemberFactory(user__name="Abel", status="bound", **someone)
    archive = Archive.objects.create(
        centre=house.centre, subject=uuid4(), document_class="cisp_file",
        entered_on=date(2026, 11, 20), ends_on=date(2036, 11, 20), key_id="0", sealed=b"",
    )  # fmt: skip
    return {
        "right": reverse("rights:person", args=[awa]),
        "keeping term": reverse("rights:term") + "?term=answer",
        "opening": reverse("rights:archive", args=[archive.pk]),
        "entry": reverse("people:open", args=[awa]),
        "sharing": reverse("share", args=["note", note.pk]),
        "replacement": reverse("people:replacements"),
        "reply": reverse("support:request", args=[asked.pk]),
        "answer delay": reverse("centres:answer_delay"),
        "second factor rule": reverse("centres:second_factor_rule"),
    }


def propose(house: House) -> str:
    """A piece of advice that stands: Awa has a telephone and nothing else."""
    told = Situation.objects.create(person=house.awa, author=house.nour, on=date(2026, 11, 20))
    Fact.objects.create(
        situation=told, person=house.awa, facet="equipment", choices={"has": ["smartphone"]},
        under_secrecy=False,
    )  # fmt: skip
    return "lend"


DEEDS = [
    "request", "note", "situation", "intervention", "step", "procedure", "news", "appointment",
    "delay", "person", "consent", "moment", "annotation", "mandate", "consultation", "list row",
    "term", "advice", "advice rule", "advice number", "page noted", "right", "keeping term",
    "opening", "entry", "sharing", "replacement", "reply", "answer delay", "second factor rule",
]  # fmt: skip
# Done by whoever changes the rules here; the others by Nour.
BY_COORDINATOR = {
    "advice rule", "advice number", "list row", "term", "keeping term", "entry", "replacement",
    "answer delay", "second factor rule",
}  # fmt: skip
# These stand once, however many ask: a consent, a moment of the same minute, a right until it is
# answered, a file while it is open.
ONE_FOR_ALL = {"consent", "moment", "right", "entry"}
# Nothing is written there that could be lost.
WORDLESS = {"replacement"}
# Two who accept the same advice agree on one step, whatever each wrote of it.
STANDS_ONCE = {*ONE_FOR_ALL, "advice"}
DEEDS_OF = {"procedure": 2}  # it is begun, and its first news told


def who_does(deed: str, house: House):
    return house.coordinator if deed in BY_COORDINATOR else house.nour


# What whoever shares something declares.
DECLARED = {"same_mission", "necessary"}


def form_with_key(client: Client, address: str) -> Form:
    page = client.get(address)
    assert page.status_code == 200, address
    forms = forms_of(address, page.content.decode())
    return next(form for form in forms if "form_key" in form.controls)


def filled(form: Form, key: str) -> dict[str, str]:
    """An ordinary answer, and a box ticked where there is nothing but boxes."""

    def how(control: Control) -> str:
        if control.name == "form_key":
            return key
        if control.name in {"q", "warned", "instead_of"}:
            return ""
        if control.name in DECLARED:
            return "on"
        if control.name == "until_on":
            return timezone.localdate().isoformat()
        return control.ordinary()

    *_others, pressed = form.pressed()  # "yes" comes after "no"
    return {**form.filled(how), **({} if any(not b.name for b in form.buttons) else pressed)}


def post(client: Client, form: Form, key: str) -> int:
    """Sent as the page says, and confirmed where the page asks to look twice."""
    answer = client.post(form.action, encoded(filled(form, key)), content_type=URLENCODED)
    # A colleague's own appointment may have come between the warning and the second look.
    for _look in range(3):
        if answer.status_code != 200:
            break
        again = [
            f for f in forms_of(form.action, answer.content.decode()) if "form_key" in f.controls
        ]
        values = {
            **filled(again[0], key),
            "warned": again[0].controls.get("warned", Control("", "")).value,
        }
        answer = client.post(form.action, encoded(values), content_type=URLENCODED)
    return answer.status_code


@pytest.mark.parametrize("deed", DEEDS)
def test_a_form_sent_twice_is_kept_once(deed, house):
    client = browser(who_does(deed, house))
    form = form_with_key(client, addresses(house)[deed])
    before, key = rows(), str(uuid4())

    assert post(client, form, key) == 302
    once = rows()
    assert post(client, form, key) == 302

    assert once - before
    assert (once - before)["deeds"] >= 1
    assert rows() == once


def written_otherwise(form: Form, key: str) -> dict[str, str]:
    """The same answer, with more in what is written."""
    written = {name for name, control in form.controls.items() if control.kind in WRITTEN}
    return {
        name: f"{value}, autrement" if name in written and value else value
        for name, value in filled(form, key).items()
    }


@pytest.mark.parametrize("deed", [deed for deed in DEEDS if deed not in ONE_FOR_ALL | WORDLESS])
def test_sent_again_with_other_words_the_page_gives_them_back(deed, house):
    client = browser(who_does(deed, house))
    form = form_with_key(client, addresses(house)[deed])
    key = str(uuid4())
    post(client, form, key)
    before = rows()

    answer = client.post(form.action, written_otherwise(form, key))

    assert answer.status_code == 409
    assert ", autrement" in answer.content.decode()
    assert "What is kept is the first version" in answer.content.decode()
    assert rows() == before


@pytest.mark.parametrize("deed", DEEDS)
def test_the_key_of_a_colleague_is_answered_and_shows_nothing(deed, house):
    """A page left open by one, sent again by the next who signs in on the same computer."""
    first, bram = browser(who_does(deed, house)), browser(house.bram)
    form = form_with_key(first, addresses(house)[deed])
    key = str(uuid4())
    post(first, form, key)

    assert post(bram, form, key) in {200, 302, 404}


# --- at the same instant -------------------------------------------------------------------------


@pytest.mark.parametrize("deed", DEEDS)
def test_two_browsers_at_once_neither_lose_nor_double(deed, shared, caplog):
    house = alone(houses.build)
    address = alone(lambda: addresses(house)[deed])
    clients = [alone(lambda: browser(who_does(deed, house))) for _turn in range(2)]
    form = alone(lambda: form_with_key(clients[0], address))
    before, key, others = alone(rows), str(uuid4()), [str(uuid4()), str(uuid4())]

    same = in_threads(*(lambda c=c: post(c, form, key) for c in clients))
    after_same = alone(rows)
    different = in_threads(
        *(lambda c=c, k=k: post(c, form, k) for c, k in zip(clients, others, strict=True))
    )
    after_all = alone(rows)

    assert [same, different] == [[302, 302], [302, 302]], faults(caplog)
    one, two = after_same - before, after_all - after_same
    assert one["deeds"] == DEEDS_OF.get(deed, 1)
    if deed not in STANDS_ONCE:
        assert two == Counter({table: 2 * count for table, count in one.items()})
    assert "locked" not in faults(caplog)


# --- answers and advice: buttons, without a word to write ----------------------------------------


def question_of(house: House) -> str:
    """The address of a first question, asked on the screen and not answered yet."""
    begun = positionings.begin(
        house.awa, channel="screen", language="en", by=make.actor(house.nour)
    )
    return reverse("positioning:question", args=[begun.pk, begun.next_item])


def test_beginning_twice_begins_once(house):
    client, key = browser(house.nour), str(uuid4())
    address = reverse("positioning:begin", args=[house.awa.pk], query={"how": "screen"})

    sent = [client.post(address, {"answer": "yes", "form_key": key}) for _turn in range(2)]

    assert sent[0].url == sent[1].url
    assert rows()["competences.Positioning"] == 1


def test_an_answer_pressed_twice_is_kept_once(house):
    client, key, address = browser(house.nour), str(uuid4()), question_of(house)

    sent = [client.post(address, {"says": "yes", "form_key": key}) for _turn in range(2)]

    assert sent[0].url == sent[1].url
    assert rows()["competences.Answer"] == 1


def test_answers_at_the_same_instant_are_all_kept_and_the_questions_go_on(shared, caplog):
    house = alone(houses.build)
    address = alone(lambda: question_of(house))
    clients = [alone(lambda: browser(house.nour)) for _turn in range(2)]
    told = [{"says": says, "form_key": str(uuid4())} for says in ("yes", "could_learn")]

    answers = in_threads(
        *(lambda c=c, t=t: c.post(address, t) for c, t in zip(clients, told, strict=True))
    )

    assert [answer.status_code for answer in answers] == [302, 302], faults(caplog)
    assert alone(rows)["competences.Answer"] == 2
    assert alone(lambda: browser(house.nour).get(answers[-1].url).status_code) == 200


def test_advice_accepted_at_the_same_instant_is_one_step(shared, caplog):
    house = alone(houses.build)
    key = alone(lambda: propose(house))
    address = alone(lambda: reverse("support:advice", args=[house.awa.pk]))
    clients = [alone(lambda m=m: browser(m)) for m in (house.nour, house.bram)]

    answers = in_threads(
        *(lambda c=c: c.post(address, {"gesture": f"accept:{key}"}) for c in clients)
    )

    assert [answer.status_code for answer in answers] == [200, 200], faults(caplog)
    assert alone(lambda: AgreedStep.objects.filter(advice=key).count()) == 1


def test_what_waits_is_taken_up_by_one_however_many_press(shared, caplog):
    house = alone(houses.build)
    alone(lambda: note_with_someone_who_leaves(house))
    address = alone(lambda: reverse("positioning:take_up", args=[house.awa.pk]))
    clients = [alone(lambda m=m: browser(m)) for m in (house.nour, house.bram)]

    answers = in_threads(*(lambda c=c: c.post(address) for c in clients))

    assert [answer.status_code for answer in answers] == [302, 302], faults(caplog)
    deeds = Line.objects.filter(kind="competences.positioning_taken_up")
    assert alone(deeds.count) == 1


def note_with_someone_who_leaves(house: House) -> None:
    gone = make.MemberFactory(centre=house.centre, teams=[house.team])
    positionings.note_on_a_page(
        house.awa, {"call": "yes"}, channel="page", evidence="felt", language="en",
        on=date(2026, 11, 20), by=make.actor(gone),
    )  # fmt: skip
    gone.teams.clear()
