"""What somebody sends who holds a card and means harm, or whose telephone does: words that are
none, and words that are a program. A clear answer, nothing published, nothing lost; what is kept
is shown as words everywhere.
"""

import csv
import io
import json
from dataclasses import replace
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from relier.deliberation.actions import objections, statements, voices
from relier.deliberation.actions.sentences import put_away
from relier.deliberation.models import Ballot, Objection, Sentence, Statement, WritingPlace
from relier.deliberation.rules.lines import on_one_line, says_something
from relier.deliberation.tests.stories import STATEMENTS, opened, pile, telephone, tickets
from relier.deliberation.tickets import Ticket
from tests import decisions_planted, questions_asked, walls
from tests import factories as make
from tests.test_walls import address
from tests.walls import PAGES

from .hostile import IMAGE, RAW, SCRIPT
from .wrong_words import DISTURBED, NOTHING, is_told, proposing, saying


@pytest.fixture
def question(house):
    return opened(house.nour)


@pytest.fixture
def client(house, question):
    return telephone(pile(question, house.nour)[0])


# --- words that are none --------------------------------------------------------------------------


@pytest.mark.parametrize("words", NOTHING.values(), ids=NOTHING)
def test_what_says_nothing_is_said_to_be_so_and_kept_nowhere(house, question, client, words):
    refused = statements.propose(question, "On a soif.", language="fr", form_key=uuid4())
    statements.refuse(refused, why="elsewhere", by=make.actor(house.nour))

    assert is_told(proposing(client, words), "Write a few words")
    assert is_told(saying(client, words), "Write a few words")
    contested = client.post(f"/voice/refused/{refused.pk}/", {"words": words})
    assert is_told(contested, 'role="alert"')
    assert question.statements.count() == len(STATEMENTS) + 1
    assert not Sentence.objects.exists()
    assert not WritingPlace.objects.exists()
    refused.refresh_from_db()
    assert refused.appeal == ""


@pytest.mark.parametrize(("typed", "kept"), DISTURBED.items(), ids=ascii)
def test_what_nobody_types_on_purpose_is_taken_out_and_the_words_stay(client, typed, kept):
    assert proposing(client, typed).url == "/voice/thanks/idea/"
    assert saying(client, typed).url == "/voice/thanks/sentence/"

    assert Statement.objects.get(state="waiting").words == kept
    assert Sentence.objects.get().words == kept


@pytest.mark.parametrize("sent", ["%ED%A0%BD%ED%A0", "%FF%FE%80abc", "ab%00c", "abc%E2%80%AE"])
def test_bytes_that_are_no_text_break_no_page(client, sent):
    for at, rest in (
        ("/voice/propose/", ""),
        ("/voice/sentence/", "&aspect=try"),
        ("/voice/s/1/", "&answer=" + sent),
        ("/voice/aloud/1/", "&said=" + sent),
        ("/voice/", "&code=" + sent),
    ):
        answer = client.post(
            at, f"words={sent}{rest}", content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code in {200, 302}, at

    for row in (*Statement.objects.all(), *Sentence.objects.all()):
        assert row.words == on_one_line(row.words)
        row.words.encode()  # no half of a sign
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    "address", ["/voice/propose/", "/voice/sentence/", "/voice/s/1/", "/voice/"]
)
def test_ten_megabytes_are_refused_before_they_are_read(client, address):
    client.raise_request_exception = False
    client.post("/voice/s/2/", {"answer": "agree"})

    answer = client.post(address, {"words": "x" * 10_000_000, "aspect": "try"})

    assert answer.status_code in {400, 413}
    assert "<h1" in answer.content.decode()
    assert "xxxx" not in answer.content.decode()
    assert not Statement.objects.filter(state="waiting").exists()
    assert not Sentence.objects.exists()
    # What was answered before is still on the telephone.
    assert client.post("/voice/review/").url == "/voice/given/"


def test_half_a_sign_from_a_device_of_the_room_stops_nothing_of_what_it_sends(house, enter):
    from relier.deliberation.tests.test_meetings import at, begun

    meeting = begun(opened(house.nour), house.nour)
    said = {
        "by": str(house.nour.pk), "session": "s", "aspect": "try", "language": "fr",
        "statement": "",
    }  # fmt: skip
    entries = [
        {**said, "key": str(uuid4()), "words": words}
        for words in ("Un ordi \ud83d de plus", "\ud83d\ud83d\ud83d", "Trop vite", "a\x00bcd")
    ]
    body = json.dumps({"entries": entries})  # escaped, as a script would send them
    answer = enter(house.nour).post(
        at("meeting_send", meeting), body, content_type="application/json"
    )

    assert [one["is"] for one in answer.json()["answers"]] == ["kept", "refused", "kept", "kept"]
    kept = set(Sentence.objects.values_list("words", flat=True))
    assert kept == {"Un ordi de plus", "Trop vite", "abcd"}


def test_a_heading_of_signs_that_nobody_types_is_a_plain_one(house, enter, question):
    for number, ticket in enumerate(tickets(question, house.nour, count=5)):
        voices.give_sentence(
            ticket, f"Sentence {number}", aspect="try", language="fr", may_be_published=True
        )
    address = reverse("deliberation:sentences", args=[question.pk])
    nour = enter(house.nour)
    nour.get(address)
    one = Sentence.objects.first()

    nour.post(address, {"sentence": one.pk, "state": "shown", "heading": "Le\x00 \u202efroid\n"})

    one.refresh_from_db()
    assert (one.state, one.heading.words) == ("shown", "Le froid")


@pytest.mark.parametrize(("typed", "kept"), DISTURBED.items(), ids=ascii)
def test_a_statement_of_a_member_is_kept_as_one_with_a_card_is(house, enter, question, typed, kept):
    address = reverse("deliberation:statement_new", args=[question.pk])
    told = {"words": typed, "language": "fr", "pictogram": "", "form_key": str(uuid4())}

    assert enter(house.nour).post(address, told).status_code in {200, 302}
    assert Statement.objects.filter(question=question, words=kept, is_seed=True).exists()


def test_a_line_is_read_as_it_is_kept():
    for typed in (*NOTHING.values(), *DISTURBED):
        assert on_one_line(on_one_line(typed)) == on_one_line(typed)
    assert says_something("ቤት")
    assert says_something("3")
    assert not says_something("👍🏽")


# --- words that are a program ---------------------------------------------------------------------

FORMULAS = ["=cmd|'/C calc'!A0", "+1+1", "-2", "@SUM(A1)", "\t=1", "＝1+1"]
PROGRAM = SCRIPT + IMAGE
WORDS_OF_IT = "&lt;script&gt;alert("
PAPER = '#panic("x") $ ] * _ @a <b> `c`'
# What no page shows as words: marks, names of pictures and of languages, addresses.
OTHER = {"language", "pictogram", "code_mac", "address_mac", "mac", "receipt", "brought_from"}


def written_everywhere(words):
    """Whatever anybody wrote in this room, all of it now says this."""
    for model in apps.get_app_config("deliberation").get_models():
        fields = [
            field
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField)
            and not field.choices
            and field.name not in OTHER
        ]
        for field in fields:
            said = model._base_manager.exclude(**{field.name: ""})
            said.update(**{field.name: words[: field.max_length]})


@pytest.fixture
def planted(house):
    """A question answered, one decided, one asked again, one in a room: what pages are about."""
    question, left = questions_asked.plant_answered(house.nour)
    by = make.actor(house.nour)
    for number, one in enumerate(Sentence.objects.all()):
        put_away(one, state="shown", heading=f"Heading {number % 3}", by=by)
    refused = question.statements.filter(why="unclear").get()
    statements.contest(refused, "It is clear.")
    statements.uphold(refused, "Not to us.", by=make.actor(house.bram))
    things = {**questions_asked.plant(house.nour), **decisions_planted.plant(house.nour)}
    things["answered"] = question
    over = things["over_question"]
    objections.treat(
        Objection.objects.get(key=things["objection"].pk), "We put it elsewhere.", by=by
    )
    assert over.proposals.exists()
    return things, left[0]


def pages_of_the_room(things):
    """(page, address) of each page of a member that is read; with the questions that differ."""
    nobody = SimpleNamespace(pk=0)
    for page in PAGES:
        if not page.name.startswith("deliberation:") or page.read == walls.NO_GET:
            continue
        abouts = [page.about]
        if page.about == "question":
            abouts += ["answered", "over_question", "asked_again"]
        for about in abouts:
            yield page, address(replace(page, about=about), {**things, "person": nobody})


def test_a_program_is_words_on_every_page_of_a_member(enter, house, planted):
    things, _ticket = planted
    written_everywhere(PROGRAM)
    nour, shown = enter(house.nour), []
    for page, at in pages_of_the_room(things):
        answer = nour.get(at)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        said = answer.content.decode()
        assert not [raw for raw in RAW if raw in said], page.name
        shown += [page.name] if WORDS_OF_IT in said else []

    assert {
        "deliberation:question", "deliberation:results", "deliberation:sentences",
        "deliberation:proposed", "deliberation:deciding", "deliberation:decision",
        "deliberation:proposal_read", "deliberation:meeting", "deliberation:facilitate",
        "deliberation:screen", "deliberation:hands", "deliberation:round",
    } <= set(shown)  # fmt: skip


def test_a_program_is_words_on_every_page_of_a_voice(planted):
    things, ticket = planted
    answered, over = things["answered"], things["over_question"]
    put = Ticket(over.pk, over.round, "accompanied", "en", ticket.code)
    written_everywhere(PROGRAM)
    shown = set()
    for held in (ticket, put):
        client = Client(headers={"accept-language": "en"})
        client.cookies[settings.VOICE_COOKIE_NAME] = held.signed()
        for number in (1, 2):
            client.post(f"/voice/s/{number}/", {"answer": "agree"})
        ats = ["/voice/s/1/", "/voice/aloud/1/", "/voice/sentence/?s=1"]
        ats += [reverse("voice:object", args=[things["put"].pk])]
        ats += [f"/voice/refused/{one.pk}/" for one in answered.statements.filter(state="refused")]
        ats += [
            reverse(page.name)
            for page in PAGES
            if page.name.startswith("voice:") and not page.about and page.read != walls.NO_GET
        ]
        for at in ats:
            answer = client.get(at)
            said = answer.content.decode()
            assert not [raw for raw in RAW if raw in said], at
            if WORDS_OF_IT in said:
                shown.add(at)

    assert {"/voice/", "/voice/s/1/", "/voice/aloud/1/", "/voice/all/", "/voice/review/",
            "/voice/results/", "/voice/proposed/", "/voice/refused/"} <= shown  # fmt: skip


@pytest.mark.parametrize("name", ["wall", "meeting_paper", "notice", "cards"])
@pytest.mark.parametrize("words", [PAPER, PROGRAM], ids=["typst", "script"])
def test_a_program_is_words_on_paper(enter, house, planted, name, words):
    things, _ticket = planted
    written_everywhere(words)
    of = {"wall": "answered", "meeting_paper": "meeting", "notice": "decision", "cards": "question"}
    at, nour = reverse(f"deliberation:{name}", args=[things[of[name]].pk]), enter(house.nour)
    if name == "cards":
        given = {"kind": "worker", "count": 5, "language": "fr", "form_key": str(uuid4())}
        answer = nour.post(at, given)
    else:
        answer = nour.get(at)

    assert answer["Content-Type"] == "application/pdf"
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "".join(words.split())[:20] in "".join(said.split())


@pytest.mark.parametrize("words", FORMULAS)
def test_a_formula_is_words_in_every_file_that_leaves(enter, house, planted, words):
    things, ticket = planted
    written_everywhere(words)
    pk, nour = things["answered"].pk, enter(house.nour)
    client = Client()
    client.cookies[settings.VOICE_COOKIE_NAME] = ticket.signed()
    files = [
        nour.get(reverse("deliberation:results_csv", args=[pk])),
        nour.get(reverse("deliberation:releases_csv", args=[pk])),
        client.get(reverse("voice:releases")),
    ]
    for answer in files:
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        assert len(rows) > 3
        for cell in (cell for row in rows for cell in row):
            assert cell.strip()[:1] not in tuple("=+-@＝"), cell
    assert f"'{words}" in files[0].content.decode("utf-8-sig")

    found = json.loads(nour.get(reverse("deliberation:results_json", args=[pk])).content)
    assert found["question"] == words
    assert {one["words"] for one in found["statements"]} == {words}
