"""The main path of trust, as people live it: Nour makes Awa's card and prints it; Awa, on a
telephone, reads what is hers, sees who opened her file, takes back a part of a mandate and asks for
a change; Nour answers; Awa reads the answer and leaves nothing behind.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone, translation
from django.utils.translation import pgettext
from playwright.sync_api import Locator, expect

from relier.desk.own.languages import NAMES
from relier.support import lists
from relier.support.models import HelpRequest, Mandate

from .hands import Hands

pytestmark = pytest.mark.browser

CHANGE = "Ma fille s'appelle Aïcha, et non Aïssa."
ANSWER = "C'est corrigé. Merci de nous l'avoir dit."
PICTURES = ("House", "Bus", "Clock")
# What the mandate is for, and which part of it she takes back.
HEALTH, TAXES = "health", "tax"
SCREENS = [
    pytest.param("fr", 320, False, id="fr-320-no-script"),
    pytest.param("en", 1280, True, id="en-1280"),
]


class OnOwnPage(Hands):
    """Whose words are first those of the person's own page."""

    def say(self, english: str, **gaps: str) -> str:
        with translation.override(self.language):
            said = pgettext("own page", english)
        return said if said != english else super().say(english, **gaps)


@pytest.fixture
def sit(open_window, house) -> Callable[..., Any]:
    """Someone before a screen of this width: Nour at her own, Awa with a telephone."""

    def before(language: str, width: int, scripts: bool, *, hands: type[Hands] = Hands) -> Hands:
        house.nour.user.language = language
        house.nour.user.save()
        window = open_window(language, width=width, java_script_enabled=scripts)
        return hands(window, language)

    return before


def family(key: str, house: Any, language: str) -> str:
    """What a mandate is for, as the list of the centre says it on this screen."""
    known = lists.rows_of("families", house.centre.pk, on=timezone.localdate())
    return known[key].on_screen(language)


# --- Nour ----------------------------------------------------------------------------------------


def keeps_a_mandate_for(nour: Hands, *families: str) -> None:
    nour.follow("People")
    nour.follow("Awa Diallo")
    nour.follow("Talk about a mandate")
    for words in families:
        nour.choose(words)
    nour.press("Read the words")
    nour.press("Yes, I agree")
    nour.sees("The mandate is kept, with the words that were read.")
    nour.follow("Awa Diallo")
    nour.follow("Awa Diallo")


def prints_the_card(nour: Hands) -> str:
    """The code, which the paper and the screen bear, and neither bears a name."""
    nour.follow("Their card")
    nour.pick("In which language", NAMES[nour.language])
    nour.press("Make the card")
    code = nour.page.locator(".code").inner_text()
    paper = nour.fetch("Print the card", role="button")
    assert all(group in paper for group in code.split("-"))
    assert "Awa" not in paper
    assert "Diallo" not in paper
    return code


def turns_the_screen_for_the_pictures(nour: Hands) -> None:
    nour.follow("Then, choose the pictures")
    nour.sees("Only you see this. Your worker looks away.")
    for picture in PICTURES:
        nour.press(picture)
    nour.press("Keep these")
    nour.sees("The pictures are kept. Nobody can read them, you neither.")


def finds_the_change_in_her_day_and_answers(nour: Hands, taken_back: str) -> None:
    nour.sees(CHANGE)
    nour.follow("Awa Diallo", under="When you have time")
    nour.sees("Written on their own page, %(day)s.", day=nour.day(timezone.localdate()))
    nour.write("Your answer", ANSWER)
    nour.press("Answer", under="Answered on their own page")
    nour.sees(ANSWER)
    nour.follow("Awa Diallo", under="Who it is from")
    nour.sees(CHANGE)
    nour.follow("To act online in their name")
    row = nour.page.locator("li", has_text=taken_back)
    expect(row).to_contain_text(nour.say("taken back on %(day)s", day="").strip())


# --- Awa -----------------------------------------------------------------------------------------


def opens_her_page(awa: Hands, code: str) -> None:
    awa.page.goto("/me/")
    awa.write("Write the code of your card", code.lower().replace("-", " "))
    awa.press("Open my page")
    awa.sees("No appointment today.")
    awa.follow("Show my pictures")
    for picture in PICTURES:
        awa.press(picture)


def sees_who_opened_her_file(awa: Hands) -> None:
    awa.follow("Who opened my file")
    line = awa.page.locator("li", has_text="Nour").filter(has_text=awa.say("your whole file"))
    expect(line.first).to_be_visible()
    awa.follow("My page")


def takes_back_one_part(awa: Hands, gone: str, *, stays: str) -> None:
    awa.follow("What I said yes to")
    awa.go(part(awa, gone).get_by_role("button", name=awa.say("I no longer agree")))
    expect(part(awa, gone)).to_have_count(0)
    expect(part(awa, stays)).to_have_count(1)
    awa.follow("My page")


def part(awa: Hands, words: str) -> Locator:
    """One family of a mandate, by its title: the words that were read name them all."""
    return awa.page.locator("section", has=awa.page.get_by_role("heading", name=words))


def asks_for_a_change(awa: Hands) -> None:
    awa.follow("Ask something")
    awa.write("A question, or something to change in your file", CHANGE)
    awa.press("Send")
    awa.sees(CHANGE)


def reads_the_answer(awa: Hands) -> None:
    awa.follow("Ask something")
    awa.sees(CHANGE)
    awa.sees(ANSWER)
    awa.sees("Nour")


def leaves_nothing_behind(awa: Hands) -> None:
    awa.press("Leave")
    awa.sees("Nothing of it stays on this telephone.")
    assert "relier_card" not in {cookie["name"] for cookie in awa.page.context.cookies()}
    awa.page.go_back()
    assert not any(words in awa.source for words in (CHANGE, ANSWER, "Nour"))
    awa.page.goto("/me/ask/")
    assert awa.page.get_by_label(awa.say("Write the code of your card")).count() == 1


# --- the whole of it -----------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "width", "scripts"), SCREENS)
def test_someone_reads_what_is_theirs_takes_it_back_and_is_answered(
    sit, house, language, width, scripts
):
    screen = (language, width, scripts)
    health, taxes = (family(key, house, language) for key in (HEALTH, TAXES))
    nour = sit(*screen)
    nour.enter(house.nour)
    keeps_a_mandate_for(nour, health, taxes)
    code = prints_the_card(nour)
    turns_the_screen_for_the_pictures(nour)
    nour.leave()

    awa = sit(*screen, hands=OnOwnPage)
    opens_her_page(awa, code)
    sees_who_opened_her_file(awa)
    takes_back_one_part(awa, taxes, stays=health)
    asks_for_a_change(awa)
    leaves_nothing_behind(awa)

    nour = sit(*screen)
    nour.enter(house.nour)
    finds_the_change_in_her_day_and_answers(nour, taxes)
    nour.leave()

    awa = sit(*screen, hands=OnOwnPage)
    opens_her_page(awa, code)
    reads_the_answer(awa)
    leaves_nothing_behind(awa)

    asked = HelpRequest.objects.get()
    assert (asked.person, asked.words, asked.heard_by) == (house.awa, CHANGE, None)
    assert [scope.family for scope in Mandate.objects.get().left()] == [HEALTH]
