"""Finding out together, as people do it: Awa answers on a screen, by voice with an interpreter, or
on a page beside Nour; Nour notes afterwards what she saw. The data are the same, and are Awa's.
"""

from typing import Any

import pytest
from django.urls import reverse

from relier.competences import banks
from relier.competences.models import Positioning
from tests import found_out

from . import measuring
from .hands import Hands, Keyboard
from .test_weights import Scales

pytestmark = pytest.mark.browser

HIDDEN = 404
A_TO_AAA = [*measuring.A_AND_AA, "wcag2aaa"]
ONE_BREATH, FIRST_VIEW = 10_240, 14_336
HELPER = "Mariam, la sœur"
SEEN = "Elle a appelé sa fille sans aide."
# Question after question: one is skipped, one is not understood.
PLAN = ["yes", "rather_not", "could_learn", "unclear", "yes", "no_need"]
WORDS = {
    "yes": "Yes, alone or with someone",
    "could_learn": "I could learn it",
    "no_need": "I have no need of it",
    "unclear": "I don't understand",
    "rather_not": "I'd rather not say",
}
SCREENS = [
    pytest.param("fr", {"width": 320}, id="fr-320"),
    pytest.param("en", {"width": 1280}, id="en-1280"),
    pytest.param("fr", {"width": 390, "java_script_enabled": False}, id="fr-390-no-script"),
]


@pytest.fixture
def nour_at(window_of, house):
    """Nour at a screen, who reads this language."""

    def sit(language: str, *, hands: type[Hands] = Hands, **more: Any) -> Hands:
        return hands(window_of(house.nour, language, **more), language)

    return sit


# --- the steps of the story ----------------------------------------------------------------------


def begins(nour: Hands, house: Any, how: str) -> None:
    """From the file; about the first part only, so that the questions end soon."""
    nour.page.goto(reverse("file", args=[house.awa.pk]))
    nour.follow("Begin, or read", under="Finding out together")
    nour.choose(how)
    nour.unfold("What about, and in which language")
    bank = banks.find("everyday")
    assert bank is not None
    nour.choose(bank.parts[0].title.told_in(nour.language))
    nour.press("Begin")


def item_asked(hands: Hands) -> str:
    assert "/questions/" in hands.page.url
    return hands.page.url.split("?")[0].rstrip("/").rpartition("/")[2]


def answers_on_screen(awa: Hands, says: str) -> None:
    if says == "unclear":
        # Said otherwise first; said again, it counts.
        awa.follow(WORDS[says])
        assert awa.page.url.endswith("?again")
    awa.press(WORDS[says])


def answers_to_the_end(awa: Hands, said: dict[str, str]) -> None:
    while "/questions/" in awa.page.url:
        item = item_asked(awa)
        said[item] = PLAN[len(said) % len(PLAN)]
        answers_on_screen(awa, said[item])


def finds_out_on_screen(nour: Hands, house: Any) -> dict[str, str]:
    begins(nour, house, "On this screen, turned to the person")
    nour.sees("You may say no. You may skip a question.")
    nour.press("Yes, let us begin")
    said: dict[str, str] = {}
    for says in PLAN[:4]:
        said[item_asked(nour)] = says
        answers_on_screen(nour, says)
    goes_back_and_forth(nour, said)
    nour.press("Stop here")
    nour.sees("We stop here. What you said is kept.")
    nour.follow("Give the screen back")
    nour.follow("Go on")
    answers_to_the_end(nour, said)
    nour.sees("That was the last question. What you said is kept.")
    return said


def goes_back_and_forth(awa: Hands, said: dict[str, str]) -> None:
    """The question before and on again, the browser's own way back, a reload: all harmless."""
    here = awa.page.url
    awa.follow("Back")
    assert item_asked(awa) == list(said)[-1]
    awa.follow("Go on")
    assert awa.page.url == here
    awa.page.go_back()
    awa.page.go_forward()
    awa.page.reload()
    assert awa.page.url == here


def finds_out_by_voice(nour: Hands, house: Any, said: dict[str, str]) -> None:
    begins(nour, house, "By voice")
    nour.write("Who interprets or helps", HELPER)
    nour.press("They agree: begin")
    while "/questions/" in nour.page.url:
        nour.press(WORDS[said[item_asked(nour)]])
    nour.sees("Read each line aloud. Nothing is kept before.")
    assert HELPER in nour.source
    nour.press("It is right: keep")
    nour.sees("What I can do")


def finds_out_on_a_page(nour: Hands, house: Any, said: dict[str, str]) -> None:
    begins(nour, house, "On one page, together")
    for item, says in said.items():
        nour.page.locator(f'[name="item-{item}"]').select_option(says)
    nour.press("Keep")
    nour.sees("What I can do")


def notes_what_was_seen(nour: Hands, house: Any, said: dict[str, str]) -> None:
    begins(nour, house, "Afterwards")
    for item, says in said.items():
        if says in {"yes", "could_learn"}:
            nour.page.locator(f'[name="item-{item}"]').select_option(says)
    nour.write("What was seen, in a few words", SEEN)
    nour.press("Keep")
    nour.sees(SEEN)


def takes_it_home(nour: Hands, said: dict[str, str]) -> None:
    paper = " ".join(nour.fetch("Take it home, in large letters").split())
    assert nour.say("What I can do") in paper
    assert "Awa" in paper
    bank = banks.find("everyday")
    assert bank is not None
    for item, says in said.items():
        found = bank.item(item)
        if says == "yes" and found is not None:
            assert found.deed.told_in(nour.language) in paper


def kept(channel: str) -> Positioning:
    return Positioning.objects.get(channel=channel, kept_at__isnull=False)


def answers(positioning: Positioning) -> dict[str, str]:
    return dict(sorted(positioning.answers.all().standing().items()))


# --- the whole of it -----------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "more"), SCREENS)
def test_one_person_positioned_in_each_way_gives_the_same_data(nour_at, house, language, more):
    nour = nour_at(language, **more)
    said = finds_out_on_screen(nour, house)
    nour.follow("See what I can do")
    takes_it_home(nour, said)
    finds_out_by_voice(nour, house, said)
    finds_out_on_a_page(nour, house, said)
    notes_what_was_seen(nour, house, said)

    everything = dict(sorted(said.items()))
    assert {"rather_not", "unclear"} <= set(said.values())
    for channel in ("screen", "voice", "page"):
        assert answers(kept(channel)) == everything, channel
        assert kept(channel).evidence == "felt"
    telling = {item: says for item, says in everything.items() if says in {"yes", "could_learn"}}
    assert answers(kept("afterwards")) == telling
    assert kept("afterwards").evidence == "observed"
    assert kept("voice").helper == HELPER
    assert kept("voice").read_back_at is not None


def test_nothing_of_it_appears_to_a_colleague_until_it_is_shared(nour_at, house, window_of):
    nour = nour_at("fr")
    said = finds_out_on_screen(nour, house)
    nour.follow("See what I can do")
    address = nour.page.url
    bram = Hands(window_of(house.bram, "fr", expected=(HIDDEN,)), "fr")

    def pages_of_bram() -> str:
        found = []
        for name in ("file", "positioning:person", "positioning:over_time", "support:take_home"):
            bram.page.goto(reverse(name, args=[house.awa.pk]))
            found.append(bram.page.locator("main").inner_text())
        return "\n".join(found)

    bank = banks.find("everyday")
    assert bank is not None
    deeds = [bank.item(item).deed.fr for item in said]
    before = pages_of_bram()
    assert not [deed for deed in deeds if deed in before]
    answer = bram.page.goto(address)
    assert answer is not None
    assert answer.status == HIDDEN

    nour.follow("Share it with the team")
    nour.press("Share it")
    bram.page.goto(address)
    bram.sees("What I can do")
    bram.follow("No longer share it")
    bram.press("No longer share it")
    assert pages_of_bram() == before

    nour.page.goto(address)
    nour.follow("Erase it")
    nour.press("Erase it for good")
    nour.sees("It is erased.")
    assert not Positioning.objects.exists()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_needs_no_mouse(nour_at, house, language):
    awa = nour_at(language, hands=Keyboard)
    begins(awa, house, "On this screen, turned to the person")
    awa.press("Yes, let us begin")
    for says in PLAN[:4]:
        answers_on_screen(awa, says)
    awa.press("Stop here")

    assert sorted(answers(kept("screen")).values()) == sorted(PLAN[:4])


def test_a_no_is_a_no(nour_at, house):
    nour = nour_at("fr")
    begins(nour, house, "On this screen, turned to the person")
    nour.press("No, thank you")

    nour.sees("Nothing is written down.")
    assert not Positioning.objects.exists()
    nour.follow("Give the screen back")
    assert nour.page.url.endswith(reverse("file", args=[house.awa.pk]))


# --- what is measured ----------------------------------------------------------------------------


def person_pages(house: Any, made: dict[str, Positioning], own: Positioning) -> list[str]:
    """Every page that Awa reads, and those of one's own craft that look the same."""
    pk, item = made["positioning"].pk, made["positioning"].next_item
    question = reverse("positioning:question", args=[pk, item])
    begin = reverse("positioning:begin", args=[house.awa.pk])
    names = ("pause", "result", "share", "erase")
    return [
        f"{begin}?how=screen",
        question,
        f"{question}?again",
        reverse("positioning:question", args=[pk, next(iter(answers(made["positioning"])))]),
        *(reverse(f"positioning:{name}", args=[pk]) for name in names),
        reverse("positioning:result", args=[made["noted"].pk]),
        reverse("positioning:result", args=[pk]) + "?by=kinds",
        reverse("positioning:over_time", args=[house.awa.pk]),
        reverse("positioning:own_begin"),
        reverse("positioning:result", args=[own.pk]),
        reverse("support:advice", args=[house.awa.pk]),
    ]


def plant(house: Any, language: str) -> tuple[dict[str, Positioning], Positioning]:
    from relier.centres.middleware import actor_of
    from relier.competences.actions import positionings as actions

    by = actor_of(house.nour)
    own = actions.begin(None, channel="screen", language=language, by=by)
    own = actions.answer(own, own.next_item, "could_learn", by=by)
    return found_out.plant(house.awa, house.nour, language=language), own


@pytest.mark.parametrize("language", ["fr", "en"])
def test_axe_finds_nothing_up_to_aaa_on_the_person_s_pages(house, window_of, language):
    addresses = person_pages(house, *plant(house, language))
    page = window_of(house.nour, language, width=390).new_page()
    faults: list[str] = []

    for address in addresses:
        page.goto(address)
        measuring.unfold_everything(page)
        faults += [f"{address}: {fault}" for fault in measuring.violations(page, A_TO_AAA)]
        page.set_viewport_size({"width": 320, "height": 800})
        faults += [f"{address}: too wide: {fault}" for fault in measuring.too_wide(page)]
        faults += [f"{address}: too small: {one}" for one in too_small(page)]
        page.set_viewport_size({"width": 390, "height": 844})

    assert faults == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_axe_finds_nothing_on_the_worker_s_pages(house, window_of, language):
    made, _own = plant(house, language)
    begin = reverse("positioning:begin", args=[house.awa.pk])
    page = window_of(house.nour, language, width=390).new_page()
    faults: list[str] = []

    for address in (
        reverse("positioning:person", args=[house.awa.pk]),
        reverse("positioning:take_up", args=[house.awa.pk]),
        f"{begin}?how=voice",
        f"{begin}?how=page",
        f"{begin}?how=afterwards",
        reverse("positioning:question", args=[made["spoken"].pk, "call"]),
        reverse("positioning:read_back", args=[made["spoken"].pk]),
        reverse("positioning:page_change", args=[made["noted"].pk]),
        reverse("positioning:own"),
    ):
        page.goto(address)
        measuring.unfold_everything(page)
        faults += [f"{address}: {fault}" for fault in measuring.violations(page)]
        page.set_viewport_size({"width": 320, "height": 800})
        faults += [f"{address}: too wide: {fault}" for fault in measuring.too_wide(page)]
        page.set_viewport_size({"width": 390, "height": 844})

    assert faults == []


def too_small(page: Any) -> list[str]:
    """What a finger would miss: 44 pixels each way, for what is not within a sentence."""
    found: list[str] = page.evaluate("""() => [...document.querySelectorAll(
        'main a, main button, header a, header button, summary')]
        .filter(one => one.checkVisibility())
        .filter(one => !one.closest('.skip') && one.getBoundingClientRect().height < 43.5)
        .filter(one => getComputedStyle(one).display !== 'inline')
        .map(one => one.outerHTML.slice(0, 120))""")
    return found


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_whole_first_view_is_light(house, window_of, language):
    addresses = person_pages(house, *plant(house, language))
    page = window_of(house.nour, language, width=390).new_page()
    scales = Scales(page)
    heavy = {}

    for address in addresses:
        scales.weigh(address)
        html = sum(scales.weights[one] for one, kind in scales.kinds.items() if kind == "Document")
        whole = sum(scales.weights.values())
        print(f"{address}: {html:,} of HTML, {whole:,} in {len(scales.weights)} requests")
        if html > ONE_BREATH or whole > FIRST_VIEW or len(scales.weights) > 3:
            heavy[address] = (html, whole, len(scales.weights))

    assert len(addresses) > 10
    assert heavy == {}


# --- aloud ---------------------------------------------------------------------------------------

# A browser with one voice; what it says is written down in `window.said`.
VOICE = """
window.said = [];
window.SpeechSynthesisUtterance = function (words) { this.words = words; };
Object.defineProperty(window, 'speechSynthesis', {value: {
    speaking: false,
    getVoices: () => [{lang: '%s', localService: %s, name: 'One'}],
    speak: one => window.said.push([one.words, one.lang]),
    cancel: () => {},
    addEventListener: () => {},
}});
"""


@pytest.mark.parametrize(
    ("lang", "local", "offered"),
    [("fr-BE", "true", True), ("fr_FR", "true", True), ("fr-BE", "false", False),
     ("en-GB", "true", False)],
)  # fmt: skip
def test_listen_is_there_only_where_it_can_read_these_words(house, window_of, lang, local, offered):
    made, _own = plant(house, "fr")
    window = window_of(house.nour, "fr", width=390)
    window.add_init_script(VOICE % (lang, local))
    page = window.new_page()

    page.goto(reverse("positioning:question", args=[made["positioning"].pk, "send-photo"]))

    button = page.get_by_role("button", name="Écouter")
    assert button.count() == int(offered)
    if offered:
        button.click()
        said = page.evaluate("window.said")
        assert said[0] == ["Je sais envoyer une photo avec un message.", lang]
        assert [words for words, _lang in said][1:] == [
            "Oui, avec ou sans aide", "Je pourrais l’apprendre", "Je n’en ai pas besoin",
        ]  # fmt: skip
        assert measuring.violations(page, A_TO_AAA) == []
