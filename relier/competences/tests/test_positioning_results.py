"""What comes of it: on screen and on paper, in both languages; theirs to share and to erase; in one
breath on a slow telephone."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from relier.competences import banks, result_pages, standing
from relier.competences.models import Positioning
from relier.competences.views.positionings import coming
from relier.journal.models import Line
from relier.paper.typeset import TypesetError
from tests import factories as make

from . import finding

ONE_BREATH = 10_240
FIRST_VIEW = 14_336
SCRIPT = 2_000
EVERYDAY = [item.id for item in banks.find("everyday").items]


@pytest.fixture
def nour(house, enter):
    return enter(house.nour)


@pytest.fixture
def told(house):
    """Awa sends photos, so she sends messages; she could learn to answer e-mail."""
    said = {
        "send-photo": "yes", "answer-email": "could_learn", "video-call": "no_need",
        "pay-bill": "unclear", "identify": "rather_not",
    }  # fmt: skip
    return finding.kept(house.awa, house.nour, said, helper="Mariam")


def url(name, positioning, query=""):
    return reverse(f"positioning:{name}", args=[positioning.pk]) + query


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def words_of(positioning):
    with translation.override("en"):
        return result_pages.result_page(positioning)


def on_paper(answer):
    reader = PdfReader(io.BytesIO(answer.content))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


# --- the words ---


def test_the_page_says_what_they_can_and_could_learn(nour, told):
    page = text(nour.get(url("result", told)))

    for words in (
        "What I can do", "You can…", "send a photo with a message", "You could learn, if you like",
        "We did not ask, or you skipped", "You have no need of it", "Mariam", "You said it.",
    ):  # fmt: skip
        assert words in page, words


def test_what_goes_with_it_has_its_reason(told):
    page = words_of(told)

    often = {one["words"]: one["because"] for one in page["often"]}
    assert often["send a short message, written or spoken"] == (
        "because you can send a photo with a message"
    )


def test_there_is_no_number_no_total_and_no_bar(told):
    page = words_of(told)
    page.pop("date")
    page["centre"] = page["labels"] = {}

    assert not any(letter.isdigit() for letter in str(page).replace("e-mail", ""))


def test_the_same_list_by_kinds(nour, told):
    by_part, by_kind = (text(nour.get(url("result", told, by))) for by in ("", "?by=kinds"))

    assert "Handling it" in by_kind
    assert "Handling it" not in by_part


@pytest.mark.parametrize(
    ("evidence", "words"),
    [("felt", "You said it."), ("shown", "You showed it."), ("observed", "A colleague saw it.")],
)
def test_felt_shown_and_observed_are_told_apart(nour, house, evidence, words):
    positioning = finding.kept(house.awa, house.nour, evidence=evidence)

    assert words in text(nour.get(url("result", positioning)))


@pytest.mark.parametrize(
    ("language", "words", "deed"),
    [
        ("en", "What I can do", "send a photo with a message"),
        ("fr", "Ce que je sais faire", "envoyer une photo avec un message"),
    ],
)
def test_screen_and_paper_speak_the_language_asked_for(nour, told, language, words, deed):
    screen = nour.get(url("result", told, f"?lang={language}"))
    paper = nour.get(url("result_pdf", told, f"?lang={language}"))

    assert f'<html lang="{language}"' in text(screen)
    for place in (text(screen), on_paper(paper)):
        assert words in place
        assert deed in place


def test_paper_is_tagged_and_has_no_name_outside_the_page(nour, told):
    answer = nour.get(url("result_pdf", told, "?lang=fr"))

    reader = PdfReader(io.BytesIO(answer.content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert answer["Content-Disposition"] == 'inline; filename="ce-que-je-sais-faire.pdf"'
    assert "Awa" not in str(reader.metadata)
    assert "Awa" in on_paper(answer)


def test_paper_that_cannot_be_made_leads_to_the_screen(nour, told, monkeypatch):
    def broken(*_args, **_kwargs):
        raise TypesetError("…")

    monkeypatch.setattr(coming, "typeset", broken)

    page = text(nour.get(url("result_pdf", told), follow=True))

    assert "Print this one instead." in page
    assert not Line.objects.filter(kind="competences.positioning_printed").exists()


def test_reading_and_printing_are_lines_of_the_journal(nour, house, told):
    nour.get(url("result", told))
    nour.get(url("result_pdf", told))

    kinds = (
        Line.objects.readings().about(house.awa.pk).order_by("pk").values_list("kind", flat=True)
    )
    assert list(kinds) == ["competences.positioning_read", "competences.positioning_printed"]


# --- theirs ---


def test_shared_in_one_gesture_and_taken_back_in_one(nour, house, enter, told):
    assert "Share it with the team?" in text(nour.get(url("share", told)))

    nour.post(url("share", told), {"wish": "share"})
    nour.post(url("share", told), {"wish": "share"})
    assert "What I can do" in text(enter(house.bram).get(url("result", told)))
    answer = enter(house.bram).post(url("share", told), {"wish": "close"})

    assert answer.url == reverse("positioning:person", args=[house.awa.pk])
    assert enter(house.bram).get(url("result", told)).status_code == 404


def test_erased_in_one_gesture_even_pressed_twice(nour, house, told):
    sent = {"whose": str(house.awa.pk)}
    assert "It cannot be brought back." in text(nour.get(url("erase", told)))

    first, second = (nour.post(url("erase", told), sent) for _time in range(2))

    assert first.url == second.url == reverse("positioning:person", args=[house.awa.pk])
    assert not Positioning.objects.exists()


# --- over time ---


def test_two_times_stand_side_by_side_in_words(nour, house):
    day = finding.ON
    finding.kept(house.awa, house.nour, {"send-photo": "could_learn"}, on=day.replace(month=9))
    finding.kept(house.awa, house.nour, {"send-photo": "yes"}, evidence="observed", on=day)

    page = text(nour.get(reverse("positioning:over_time", args=[house.awa.pk]) + "?lang=en"))

    assert page.index("I could learn it") < page.index("Did it, alone or with someone")
    assert "A colleague saw it." in page


def test_with_one_time_only_the_page_says_what_it_will_hold(nour, house):
    finding.kept(house.awa, house.nour)

    page = text(nour.get(reverse("positioning:over_time", args=[house.awa.pk])))

    assert "side by side" in page


# --- other rooms ---


def test_standing_is_the_latest_that_its_reader_may_read(house):
    finding.shared(house.awa, house.nour, {"call": "yes"}, on=finding.ON.replace(month=9))
    own = finding.kept(house.awa, house.nour, {"send-photo": "yes", "call": "could_learn"})
    finding.begun(house.awa, house.nour, channel="voice")

    for_nour = standing.standing(house.awa, make.actor(house.nour))
    for_bram = standing.standing(house.awa, make.actor(house.bram))

    assert for_nour.positioning == own.pk
    assert {"send-photo", "send-message"} <= for_nour.can
    assert for_nour.wanted == ("call",)
    assert "call" in for_bram.can
    assert len(for_nour.within_reach) == 3


def test_standing_is_empty_when_there_is_nothing(house):
    nothing = standing.standing(house.awa, make.actor(house.nour))

    assert not nothing
    assert (nothing.can, nothing.within_reach, nothing.wanted) == (frozenset(), (), ())


def test_the_file_shows_what_is_within_reach_to_those_who_may_read_it(house, nour, enter, told):
    address = reverse("file", args=[house.awa.pk])
    reach = words_of(told)["within_reach"][0]["words"]

    assert reach in text(nour.get(address))
    assert reach not in text(enter(house.bram).get(address))


# --- one's own craft ---


def test_one_s_own_craft_has_the_same_pages(house, nour, enter):
    begin = reverse("positioning:own_begin")
    answer = nour.post(f"{begin}?how=screen&language=en", {"answer": "yes"})
    nour.post(answer.url, {"says": "could_learn"})
    own = Positioning.objects.get()

    assert (own.person, own.member) == (None, house.nour)
    page = text(nour.get(url("result", own)))
    assert "Nobody else reads it, ever." in page
    assert reverse("positioning:share", args=[own.pk]) not in page
    assert "Nour" in on_paper(nour.get(url("result_pdf", own)))
    assert url("result", own) in text(nour.get(reverse("positioning:own")))
    for other in (house.bram, house.coordinator, house.zoe):
        assert enter(other).get(url("result", own)).status_code == 404
        assert str(own.pk) not in text(enter(other).get(reverse("positioning:own")))
    assert not Line.objects.exists()


def test_one_s_own_craft_on_one_page(house, nour):
    nour.post(reverse("positioning:own_begin") + "?how=page", {"item-set-aim": "yes"})

    assert Positioning.objects.get().member == house.nour
    bad = reverse("positioning:own_begin") + "?how=afterwards"
    assert nour.get(bad).url == reverse("positioning:own")


def test_a_federation_has_no_craft_to_look_at_here(db, enter):
    member = make.MemberFactory(of_federation=True)

    assert enter(member).get(reverse("positioning:own")).status_code == 404


# --- in one breath ---


def served(client, address):
    """As it travels: compressed by the house itself."""
    answer = client.get(address, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200
    assert answer["Content-Encoding"] == "gzip"
    return len(answer.content)


EXTREMES = {
    "all of it": dict.fromkeys(EVERYDAY, "yes"),
    "none of it": dict.fromkeys(EVERYDAY, "could_learn"),
    "no need of it": dict.fromkeys(EVERYDAY, "no_need"),
    "one thing": {EVERYDAY[-1]: "yes"},
    "a bit of each": dict(
        zip(EVERYDAY, ["yes", "could_learn", "no_need", "yes", "unclear"] * 99, strict=False)
    ),
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("said", EXTREMES)
def test_the_result_is_one_breath(nour, house, said, language):
    positioning = finding.kept(house.awa, house.nour, EXTREMES[said])

    for by in ("", "&by=kinds"):
        assert served(nour, url("result", positioning, f"?lang={language}{by}")) <= ONE_BREATH


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_of_the_questions_is_one_breath(nour, house, language):
    positioning = finding.begun(house.awa, house.nour, language=language)
    positioning = finding.say(positioning, positioning.next_item, "yes")
    begin = reverse("positioning:begin", args=[house.awa.pk])
    pages = [f"{begin}?how=screen&language={language}"]
    pages += [url(name, positioning) for name in ("pause", "share", "erase")]
    for item in EVERYDAY:
        pages.append(reverse("positioning:question", args=[positioning.pk, item]) + "?again")

    assert max(served(nour, page) for page in pages) <= ONE_BREATH


def test_times_side_by_side_are_one_breath(nour, house):
    for number, says in enumerate(["could_learn", "yes", "no_need", "yes"]):
        said = dict.fromkeys(EVERYDAY, says)
        finding.kept(house.awa, house.nour, said, on=timezone.localdate().replace(day=1 + number))

    address = reverse("positioning:over_time", args=[house.awa.pk])
    assert served(nour, address + "?lang=fr") <= ONE_BREATH


def test_the_one_script_is_small_and_optional():
    from django.contrib.staticfiles.finders import find

    with open(find("ui/listen.js"), "rb") as file:
        script = file.read()

    assert len(script) <= SCRIPT
    assert b"fetch(" not in script
    assert b"http" not in script
