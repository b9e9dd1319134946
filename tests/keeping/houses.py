"""A house that was begun by its first page, and what is kept in it."""

import json
from pathlib import Path
from uuid import uuid4

from tests.offices import HOUSE, Browser, Office

CANARY = "canari du matin"


def settled(office: Office) -> Browser:
    """A served house with its first member, signed in."""
    office.start()
    browser = Browser(office)
    browser.get("/centre/welcome/")
    assert browser.post("/centre/welcome/", HOUSE) == 302
    browser.get("/support/requests/new/")
    return browser


def keep(browser: Browser, words: str) -> None:
    sent = {"words": words, "form_key": str(uuid4())}
    assert browser.post("/support/requests/new/", sent) == 302


def backups_of(office: Office) -> list[Path]:
    return sorted(Path(office.settings["RELIER_BACKUPS"]).glob("*.relier-backup"))


def kept_words(office: Office) -> list[str]:
    """Words are sealed in the database: Relier itself reads them there."""
    program = (
        "import json\nfrom relier.support.models import HelpRequest\n"
        "print(json.dumps([request.words for request in HelpRequest.objects.all()]))"
    )
    words: list[str] = json.loads(office.asked(program))
    return words
