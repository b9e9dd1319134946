"""A pile printed from a question and read by two; and answering aloud, by keys and by words, with a
script and without. In both languages, on a narrow telephone: axe finds nothing to say."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from relier.deliberation.models import Ballot
from relier.deliberation.sheets import NAME
from relier.deliberation.tests.stories import opened, pile
from relier.paper import actions
from relier.paper.models import BallotCount
from tests import factories as make
from tests.paper_voices import close, pages_of, read, says

from . import measuring
from .hands import Hands

pytestmark = pytest.mark.browser

LANGUAGES = ["fr", "en"]
SHOWN = os.environ.get("RELIER_SHOWN", "")


@pytest.fixture
def question(house: Any, transactional_db: None) -> Any:
    return opened(house.nour)


def look(page: Page, name: str) -> None:
    assert measuring.violations(page) == [], name
    assert measuring.too_wide(page) == [], name
    if SHOWN:
        page.screenshot(path=Path(SHOWN) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_a_pile_is_printed_from_its_question_and_followed_to_its_end(
    house, question, window_of, language, width
):
    nour = Hands(window_of(house.nour, language, width=width), language)
    at = f"{language}-{width}"
    nour.page.goto(reverse("deliberation:question", args=[question.pk]))
    address = reverse("paper:ballot_pile_new", args=[NAME, question.pk])
    nour.go(nour.page.locator(f'a[href="{address}"]'))
    look(nour.page, f"pile-new-{at}")
    nour.page.locator('input[name="kind"][value="worker"]').check(force=True)
    nour.page.locator('select[name="one"]').select_option(str(house.nour.pk))
    nour.page.locator('select[name="two"]').select_option(str(house.bram.pk))
    nour.press("Make the sheets")
    look(nour.page, f"pile-{at}")

    count = BallotCount.objects.get()
    nour.page.goto(reverse("paper:ballot", args=[count.pk]))
    look(nour.page, f"count-{at}")
    for reader in (house.nour, house.bram):
        actions.swear(count, by=make.actor(reader))
    nour.page.goto(reverse("paper:ballot_scan", args=[count.pk]))
    look(nour.page, f"by-hand-{at}")
    actions.say_by_hand(count, 5, by=make.actor(house.nour))
    nour.page.goto(reverse("paper:ballot_scan", args=[count.pk]))
    look(nour.page, f"scan-{at}")
    count.refresh_from_db()
    read(house, count, *[says(one, {1: 1}) for one in pages_of(count)[:5]])
    nour.page.goto(reverse("paper:ballot_close", args=[count.pk]))
    look(nour.page, f"close-{at}")
    close(count, house)
    nour.page.goto(reverse("paper:ballot", args=[count.pk]))
    look(nour.page, f"closed-{at}")
    nour.page.goto(reverse("deliberation:question", args=[question.pk]))
    look(nour.page, f"question-{at}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("script", [True, False])
def test_one_answers_aloud_with_keys_and_with_words(house, question, open_window, language, script):
    code = pile(question, house.nour, language=language)[0]
    page = open_window(language, width=320, java_script_enabled=script).new_page()
    page.goto(reverse("voice:exchange", args=[code]))
    page.goto(reverse("voice:aloud"))
    if script:
        look(page, f"aloud-{language}")
        with page.expect_navigation():
            page.keyboard.press("2")
    else:
        with page.expect_navigation():
            page.locator('button[value="2"]').click()
    page.locator("#said").fill("oui" if language == "fr" else "yes")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("#said").fill("…")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    if script:
        look(page, f"aloud-wrong-{language}")
    with page.expect_navigation():
        page.locator('button[value="0"]').click()
    page.goto(reverse("voice:aloud_back"))
    if script:
        look(page, f"aloud-back-{language}")
    with page.expect_navigation():
        page.locator("main form button").first.click()

    assert sorted(Ballot.objects.get().answers.values()) == [-1, 1]
