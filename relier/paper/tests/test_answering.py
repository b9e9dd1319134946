"""A sheet of a room on screen and by voice: the same answers as on paper, kept once, at the end."""

import re
from dataclasses import replace
from html import unescape
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from relier.paper.sheets import Occasion, registry

from .tray import NAME, sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("room")]

KEY = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
GIVEN = {"reply": "letter", "day": "2026-11-03", "words": "Je cherche un cours"}
END = {"walk-at": "3", "form_key": KEY}
SAID = {"fill": "send", "voice": "keep"}
CHANNELS = {"fill": "screen", "voice": "voice"}


@pytest.fixture
def nour(house, enter):
    return enter(house.nour)


@pytest.fixture(params=["fill", "voice"])
def way(request):
    return request.param


@pytest.fixture
def registered():
    """Registers a sheet of another room, until the end of the test."""
    names = []

    def register(name, **how):
        names.append(name)
        made = replace(sheet(), name=name)
        registry.register(name, build=lambda **of: made, example=lambda: made, **how)

    yield register
    for name in names:
        del registry._entries[name]


def address(way, name=NAME, /, **asked):
    asked = {key: str(value) for key, value in asked.items()}
    return reverse(f"paper:{way}", args=[name], query=asked)


def of_awa(house, way, name=NAME, **more):
    return address(way, name, person=house.awa.pk, **more)


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


def carried(answer):
    """What travels in the page, as a browser sends it again."""
    found = re.findall(r'<input type="hidden"[^>]* name="([^"]*)" value="([^"]*)"',
                       answer.content.decode())  # fmt: skip
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


# --- on screen -----------------------------------------------------------------------------------


def test_a_person_answers_one_question_a_page_and_the_room_receives_it(house, nour, room):
    url = of_awa(house, "fill")
    page = nour.get(url)
    given = {**carried(page), "form_key": KEY}

    for key, value in GIVEN.items():
        page = nour.post(url, {**given, key: value})
        given = carried(page)
    assert room.received == []
    answer = nour.post(url, {**given, "walk-go": "send"})

    assert answer.url == reverse("file", args=[house.awa.pk])
    (received,) = room.received
    assert received.answers["reply"] == "letter"
    assert received.answers["words"] == "Je cherche un cours"
    assert (received.channel, received.helper, str(received.form_key)) == ("screen", "", KEY)
    assert received.subject == house.awa.pk


def test_a_page_says_nothing_of_the_person_nor_of_the_house(house, nour):
    shown = nour.get(of_awa(house, "fill")).content.decode()

    assert "Awa" not in shown
    assert "Diallo" not in shown
    assert house.nour.name not in shown


def test_another_language_keeps_the_place_and_what_was_typed(house, nour, room):
    url = of_awa(house, "fill", language="fr")
    at = {"walk-at": "2", "reply": "phone", "words": "Une idée", "form_key": KEY}

    french = nour.post(url, {**at, "walk-go": "in-fr"})
    arabic = nour.post(url, {**at, "walk-go": "in-ar"})

    for page, language in ((french, "fr"), (arabic, "ar")):
        assert f'lang="{language}"' in page.content.decode()
        assert carried(page)["walk-at"] == "2"
        assert carried(page)["walk-language"] == language
        assert carried(page)["reply"] == "phone"
        assert "Une idée" in text(page)
    assert 'dir="rtl"' in arabic.content.decode()
    assert room.received == []


def test_a_sheet_that_was_not_translated_is_not_offered_in_that_language(house, enter):
    url = of_awa(house, "fill", "support.request", language="ar")

    page = enter(house.nour).get(url).content.decode()

    assert 'value="in-fr"' in page
    assert 'value="in-ar"' not in page
    assert '<html lang="ar"' not in page


def test_the_language_that_was_chosen_stays_on_the_next_page(house, nour):
    url = of_awa(house, "fill", language="fr")

    following = nour.post(url, {"walk-at": "0", "walk-language": "ar", "reply": "phone"})

    assert '<html lang="ar" dir="rtl">' in following.content.decode()


def test_what_the_room_refuses_is_said_in_place_and_nothing_is_lost(house, nour, room):
    room.refusal = ValidationError("Nothing is asked on this sheet.")

    page = nour.post(of_awa(house, "fill"), {**GIVEN, **END, "walk-go": "send"})

    assert "Nothing is asked on this sheet." in text(page)
    assert {**carried(page), **GIVEN} == carried(page)
    assert carried(page)["form_key"] == KEY


def test_a_worker_answers_on_one_page(house, nour, room):
    url = address("fill", "tests.count")
    wrong = nour.post(url, {"present": "many", "form_key": KEY})
    room.refusal = ValidationError({"present": "More than the room holds."})
    refused = nour.post(url, {"present": "12", "form_key": KEY})
    room.refusal = None

    kept = nour.post(url, {"present": "12", "form_key": KEY})

    assert 'value="many"' in wrong.content.decode()
    assert "More than the room holds." in text(refused)
    assert kept.url == reverse("paper:home")
    assert [(one.answers, one.channel) for one in room.received] == [({"present": 12}, "screen")]


def test_where_the_room_has_a_page_of_what_it_made_one_goes_there(house, nour, way, registered):
    registered(
        "tests.some",
        receive=lambda answered, by: answered.channel,
        leads_to=lambda made, by: f"/of/{made}/for/{by.id}/",
    )

    answer = nour.post(of_awa(house, way, "tests.some"), {**GIVEN, **END, "walk-go": SAID[way]})

    assert answer.url == f"/of/{CHANNELS[way]}/for/{house.nour.pk}/"


# --- by voice ------------------------------------------------------------------------------------


def test_nothing_is_kept_before_it_was_read_back_and_agreed_to(house, nour, room):
    url = of_awa(house, "voice")
    noted = {**GIVEN, "voice-helper": "Sara, interprète", "form_key": KEY, "walk-go": "read-back"}

    back = nour.post(url, noted)

    assert room.received == []
    assert "Comment vous répondre ? You said: Par lettre." in text(back) or (
        "Vous avez dit" in text(back)
    )
    assert "Sara, interprète" in text(back)
    kept = nour.post(url, {**carried(back), "walk-go": "keep"})
    assert kept.url == reverse("file", args=[house.awa.pk])
    (received,) = room.received
    assert (received.channel, received.helper) == ("voice", "Sara, interprète")
    assert str(received.form_key) == KEY


def test_voice_and_screen_give_the_room_the_same_answers(house, nour, room):
    nour.post(of_awa(house, "voice"), {**GIVEN, "form_key": uuid4(), "walk-go": "keep"})
    nour.post(of_awa(house, "fill"), {**GIVEN, **END, "walk-go": "send"})

    by_voice, on_screen = room.received

    assert by_voice.answers == on_screen.answers
    assert by_voice.sheet == on_screen.sheet == sheet()
    assert by_voice.subject == on_screen.subject


def test_what_is_to_be_changed_is_there_again_with_the_rest(house, nour, room):
    url = of_awa(house, "voice")
    back = nour.post(url, {**GIVEN, "voice-helper": "Sara", "walk-go": "read-back"})

    again = nour.post(url, {**carried(back), "walk-go": "change-words"})

    assert 'formaction="#question-3"' in back.content.decode()
    assert 'id="question-3"' in again.content.decode()
    shown = again.content.decode()
    assert 'value="letter" required' in shown or re.search(r'value="letter"[^>]* checked', shown)
    assert "Je cherche un cours" in shown
    assert 'value="Sara"' in shown
    assert room.received == []


def test_an_answer_that_is_wrong_is_not_read_back(house, nour, room):
    url = of_awa(house, "voice")

    for go in ("read-back", "keep"):
        page = nour.post(url, {**GIVEN, "day": "31/02/2026", "walk-go": go})
        assert 'class="summary"' in page.content.decode()
        assert "Je cherche un cours" in text(page)

    assert room.received == []


def test_what_the_room_refuses_by_voice_is_said_where_it_was_noted(house, nour, room):
    room.refusal = ValidationError("Nothing is asked on this sheet.")

    page = nour.post(of_awa(house, "voice"), {**GIVEN, "walk-go": "keep"})

    assert "Nothing is asked on this sheet." in text(page)
    assert "Je cherche un cours" in text(page)


def test_another_language_is_said_with_ones_own_beside_it(house, nour):
    url = of_awa(house, "voice", language="ar")

    page = nour.get(url).content.decode()
    back = nour.post(url, {"reply": "letter", "walk-language": "ar", "walk-go": "read-back"})

    said = re.findall(r'<blockquote lang="ar" dir="rtl">.*?</blockquote>', page, re.DOTALL)
    assert len(said) == 1 + 3
    assert "قل" in said[-1]  # say it with your words
    assert "قلت" in text(back)
    assert text(back).count("Par lettre") == 3  # said, in own words, and to whoever listens


def test_nothing_said_is_asked_back_as_it_is(house, nour):
    back = nour.post(of_awa(house, "voice"), {"walk-go": "read-back"})

    assert 'name="walk-go" value="keep"' in back.content.decode()
    assert '<ul class="rows">' not in back.content.decode()


# --- walls ---------------------------------------------------------------------------------------


def test_nobody_beyond_reach_of_the_person_answers_for_them(house, enter, way):
    url = of_awa(house, way)

    for member in (house.coordinator, house.reception, house.zoe):
        assert enter(member).get(url).status_code == 404
        assert enter(member).post(url, GIVEN).status_code == 404
    assert enter(house.bram).get(url).status_code == 200


def test_what_is_not_there_is_not_found(house, nour, way):
    for url in (
        of_awa(house, way, "tests.unknown"),
        of_awa(house, way, "tests.ballot"),
        of_awa(house, way, occasion=1),
        of_awa(house, way, occasion=-1),
        of_awa(house, way, occasion="²"),
        address(way, person="somebody"),
        address(way, person=uuid4()),
    ):
        assert nour.get(url).status_code == 404, url


def test_a_sheet_of_a_worker_is_not_said_aloud(nour):
    assert nour.get(address("voice", "tests.count")).status_code == 404


def test_a_room_says_on_which_occasions_and_to_whom(house, nour, room, way, registered):
    registered(
        "tests.some",
        receive=room.receive,
        occasions=lambda by, subject: [Occasion({"of": str(n)}) for n in range(2) if subject],
    )
    second = of_awa(house, way, "tests.some", occasion=1)

    assert nour.get(second).status_code == 200
    assert nour.get(of_awa(house, way, "tests.some", occasion=2)).status_code == 404
    assert nour.get(address(way, "tests.some")).status_code == 404
    nour.post(second, {**GIVEN, **END, "walk-go": SAID[way]})
    assert [one.occasion for one in room.received] == [{"of": "1"}]
