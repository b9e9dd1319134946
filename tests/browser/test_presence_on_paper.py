"""Presence on paper, whole: the list of a session is printed, ticked and signed by twelve people,
scanned on a poor glass, read, checked with the keyboard where it is doubtful, and handed over. The
ledger is then, minute by minute, that of the same session taken on screen.
"""

from datetime import time
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from relier.paper import actions as paper
from relier.paper.models import Copy, Scan
from relier.paper.settling import settled
from relier.training.actions import sessions
from relier.training.models import Difference, LedgerEntry, Presence, PresenceList
from relier.training.tests import stories
from tests import filled

from .hands import Hands, Keyboard
from .test_paper import hands_over
from .test_presence import NAMES, says

pytestmark = pytest.mark.browser

TICKED = {
    "Abdou": "in_person", "Bintou": "in_person", "Cem": "remote", "Dina": "in_person",
    "Elif": "remote", "Fatou": "in_person", "Goran": "in_person", "Hawa": "away",
    "Ivana": "away", "Jean": "in_person", "Kadija": "in_person", "Lino": "in_person",
}  # fmt: skip
# Two rows that a machine cannot tell: a box blackened before another was crossed, and two crosses.
CORRECTED, DOUBLE = "Dina", "Goran"
WHO_CROSSES = 2  # a hand of the bench; of one that fills its boxes, a page of two marks is doubtful


@pytest.fixture
def twelve(house):
    """Twelve people of a track, expected today at two sessions that are alike."""
    training = stories.begin(house)
    people = [training.another().person for _name in NAMES]
    for person, name in zip(people, NAMES, strict=True):
        person.call_name, person.family_name = name, ""
        person.save()
    training.people = dict(zip(NAMES, people, strict=True))
    training.on_paper, training.on_screen = (planned(training, people) for _way in range(2))
    return training


def planned(training: Any, people: list[Any]) -> Any:
    session = sessions.plan_session(
        "Tableur", day=timezone.localdate(), starts_at=time(9), minutes=180, by=training.bram,
        team=training.house.team, track=training.track,
    )  # fmt: skip
    sessions.expect(people, session, from_on=session.day, by=training.bram)
    return session


def prints(bram: Hands, session: Any) -> PresenceList:
    bram.page.goto(reverse("training:session", args=[session.pk]))
    bram.follow("Print the list to sign")
    bram.press("Make the list")
    text = bram.fetch("The list (PDF)")
    assert all(name in text for name in NAMES)
    return PresenceList.objects.get()


def keys_of(printed: PresenceList) -> dict[str, str]:
    return {line.person.call_name: f"l{line.number}" for line in printed.lines.all()}


def scanned(printed: PresenceList, level: str) -> list[bytes]:
    """Each page: ticked by one hand, signed by many, through the degradations of the bench."""
    keys = keys_of(printed)
    layout = printed.printing.sheet.as_layout
    answers = {f"{keys[name]}_how": how for name, how in TICKED.items()}
    odd = {f"{keys[CORRECTED]}_how": filled.CORRECTED, f"{keys[DOUBLE]}_how": filled.DOUBLE}
    # Whoever is at a distance cannot sign.
    signed = {f"{keys[name]}_signed" for name, how in TICKED.items() if how == "in_person"}
    files = []
    for number, picture in enumerate(filled.drawn(paper.pdf_of(printed.printing))):
        page = layout.page(number + 1)
        filled.fill(picture, page, answers, odd, seed=WHO_CROSSES)
        for room in page.rooms:
            if room.question in signed | {"trainer"}:
                filled.sign(picture, room, seed=len(files) * 100 + int(room.y))
        files.append(filled.degraded(picture, level, number, upside_down=number == 1))
    return files


def brings_back(bram: Hands, files: list[bytes]) -> None:
    """From the page of the list: the pages are scanned, and read."""
    bram.follow("It is scanned: read it")
    sent = [
        {"name": f"page-{number}.jpg", "mimeType": "image/jpeg", "buffer": data}
        for number, data in enumerate(files)
    ]
    bram.page.locator('input[type="file"]').set_input_files(sent)  # type: ignore[arg-type]
    with bram.page.expect_navigation(timeout=60_000):
        bram.page.get_by_role("button", name=bram.say("Keep and read")).click()
    for _second in range(120):
        if not Scan.objects.to_read().exists():
            return
        bram.page.wait_for_timeout(1_000)
    raise AssertionError("The pages were never read.")


def checks(hands: Hands, printed: PresenceList) -> list[str]:
    """With the keyboard alone, what waits: the row, then the answer that a human reads."""
    keys = {f"{key}_how": name for name, key in keys_of(printed).items()}
    hands.page.goto(reverse("paper:check", args=[printed.printing.sheet_id]))
    seen = []
    while hands.page.locator("form[data-keys]").count():
        question = hands.page.locator('input[name="place"]').input_value().split(":")[1]
        seen.append(question)
        right = hands.page.locator(f'[value="choose:{TICKED[keys[question]]}"]')
        shortcuts = (right.get_attribute("aria-keyshortcuts") or "").split()
        with hands.page.expect_navigation():
            hands.page.keyboard.press("Enter" if "Enter" in shortcuts else shortcuts[0])
        assert len(seen) < 20, question
    return [keys[question] for question in seen]


def takes_on_screen(bram: Hands, session: Any) -> None:
    bram.page.goto(reverse("training:presence", args=[session.pk]))
    ways = {"in_person": "here", "remote": "at a distance", "away": "not here"}
    for name, how in TICKED.items():
        says(bram, name, ways[how])
    bram.press("Keep")


def presences(session: Any) -> list[tuple[Any, ...]]:
    rows = Presence.objects.current().filter(session=session)
    named = rows.values_list(
        "person__call_name", "minutes", "missed", "modality", "from_where", "equipment",
        "placement", "enrolment",
    )  # fmt: skip
    return sorted(named)


def ledger(session: Any) -> list[tuple[Any, ...]]:
    """What was posted of a session: entry after entry, by trainee, in minutes."""
    posted = LedgerEntry.objects.filter(
        source__in=Presence.objects.filter(session=session).values("pk")
    )
    rows = posted.values_list(
        "trainee", "day", "account", "ground", "carrier", "minutes", "is_late", "posting__cause"
    )
    return sorted(rows, key=str)


@pytest.mark.parametrize("level", ["S1", "P2"])
def test_a_list_that_was_signed_makes_the_same_ledger_as_the_screen(
    house, twelve, window_of, level
):
    bram = Hands(window_of(house.bram, "fr"), "fr")
    bram.page.set_default_timeout(20_000)
    printed = prints(bram, twelve.on_paper)

    bram.page.goto(reverse("training:session", args=[twelve.on_paper.pk]))
    bram.sees("Printed, not back yet")
    bram.page.goto(reverse("training:list", args=[printed.pk]))
    brings_back(bram, scanned(printed, level))
    bram.page.goto(reverse("training:list", args=[printed.pk]))
    bram.sees("Back: some lines wait for someone to look")
    waiting = [
        key for scan in Scan.objects.standing().select_related("page__copy__printing__sheet")
        for key, one in settled(scan).items() if one.answers is None
    ]  # fmt: skip
    print(level, "waits:", waiting)

    keyboard = Keyboard(window_of(house.bram, "fr"), "fr")
    checked = checks(keyboard, printed)
    assert set(checked) >= {CORRECTED, DOUBLE}
    assert len(checked) == 2 or level != "S1"
    hands_over(bram, Copy.objects.get())
    bram.sees("Handed over: it counts")
    bram.page.goto(reverse("training:list", args=[printed.pk]))
    bram.sees(
        "At a distance, so without a signature: %(names)s. Keep what shows that they were "
        "connected.", names="Cem, Elif",
    )  # fmt: skip

    takes_on_screen(bram, twelve.on_screen)
    assert presences(twelve.on_paper) == presences(twelve.on_screen)
    assert len(presences(twelve.on_paper)) == 12
    assert ledger(twelve.on_paper) == ledger(twelve.on_screen) != []
    assert not Difference.objects.exists()
