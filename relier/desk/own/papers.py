"""The person's own page on paper: the card to cut out; in large print, all that the screen shows.

Neither bears a name: a card is lost, and a file stays on a telephone.
"""

import re
from datetime import date
from typing import Any, cast
from urllib.parse import quote

import segno
from django.utils import timezone
from django.utils.translation import pgettext

from relier.paper.typeset import CARD, DOCUMENT, Language, typeset
from relier.people.models import Person
from relier.privacy.cards import in_groups

from . import reading, words
from .door import Visit

MOST_READINGS = 200


def card_sheet(
    person: Person, code: str, *, address: str, door: str, until: date, language: str
) -> bytes:
    """The card of someone, in the language in force. `address` holds the code and is drawn as a QR
    code only; `door` is where the code can be written by hand."""
    centre = person.centre
    call = pgettext("own page", "Help: %(phone)s") % {"phone": in_one_piece(centre.phone)}
    data = {
        "title": pgettext("own page", "My page"),
        "sentence": pgettext("own page", "With this card you read your page on a telephone."),
        "code": in_groups(code).split("-"),
        "qr": modules(address),
        "qr_alt": pgettext("own page", "A square to scan: it opens my page"),
        "address": door,
        "help": [
            *([call] if centre.phone else []),
            pgettext("own page", "Lost? Tell us: we stop the card at once."),
        ],
        "until": pgettext("own page", "Until %(day)s") % {"day": words.day(until)},
        "how": {
            "title": pgettext("own page", "How to use it"),
            "points": [
                pgettext("own page", "Scan the square with the camera of a telephone."),
                pgettext("own page", "Or open the address, and write the code."),
                pgettext("own page", "No e-mail, no password."),
                pgettext("own page", "To read all that is yours, show your three pictures."),
                pgettext("own page", "Tell them to nobody. We do not know them either."),
                pgettext("own page", "When you have read, press Leave."),
            ],
        },
        "date": words.the_day(timezone.localdate()),
        "labels": {
            "cut": pgettext("own page", "Cut along the line."),
            "page": pgettext("own page", "Page %(page)s of %(pages)s"),
        },
    }
    made_at = timezone.localtime()
    return typeset(CARD, data, language=cast(Language, language), made_at=made_at)


def modules(address: str) -> list[str]:
    """The rows of the QR code; its quiet zone is the white of the card."""
    drawn = segno.make(address, error="m", micro=False, boost_error=False)
    return ["".join("1" if module else "0" for module in row) for row in drawn.matrix]


def own_pages(visit: Visit, *, language: str) -> bytes:
    """All that the screen shows, one matter after another."""
    person = visit.person
    today = timezone.localdate()
    parts: list[object] = []

    def add(title: str, points: list[str]) -> None:
        parts.append({"heading": title})
        nothing = pgettext("own page", "Nothing for now.")
        parts.append({"points": points} if points else nothing)

    basics = reading.basics(person, on=today)
    add(pgettext("own page", "My appointments"), appointments(basics))
    add(pgettext("own page", "To reach us"), contacts(basics))
    steps = reading.steps(person)
    add(
        pgettext("own page", "What we agreed"),
        [line(one["words"], one["done"] or one["who"], "" if one["done"] else one["when"])
         for one in steps],
    )  # fmt: skip
    add(pgettext("own page", "What I can do"), deeds(person))
    add(
        pgettext("own page", "My procedures"),
        [line(one["about"], one["institution"], one["stands"], one["deadline"])
         for one in reading.procedures(visit)],
    )  # fmt: skip
    add(
        pgettext("own page", "What I said yes to"),
        [line(one["words"], one["given"]) for one in reading.agreements(person)],
    )
    add(
        pgettext("own page", "The centre does this online in your name:"),
        [line(one["what"], one["given"], one["until"]) for one in reading.mandates(visit)],
    )
    asked = reading.requests(person, on=today)
    add(
        pgettext("own page", "What I asked"),
        [line(one["words"], one["on"], *(said["words"] for said in one["replies"]), one["comes"])
         for one in asked],
    )  # fmt: skip
    days = reading.latest_readings(person, MOST_READINGS)
    add(
        pgettext("own page", "Who opened my file"),
        [f"{day['on']}, {one['at']}: {one['who']}, {one['what']}"
         for day in days for one in day["lines"]],
    )  # fmt: skip
    data: dict[str, Any] = {
        "title": pgettext("own page", "My page"),
        "centre": {"name": person.centre.name, "phone": in_one_piece(person.centre.phone)},
        "date": words.the_day(today),
        "paragraphs": parts,
        "labels": {"page": pgettext("own page", "Page %(page)s of %(pages)s")},
    }
    made_at = timezone.localtime()
    return typeset(DOCUMENT, data, language=cast(Language, language), made_at=made_at)


def named(name: str) -> str:
    """The name of a file to download, in whatever script."""
    return f"inline; filename*=UTF-8''{quote(name)}.pdf"


def in_one_piece(words: str) -> str:
    """Numbers that hold together: between two digits, a plain space would let a line read from the
    right turn the groups of a telephone number round."""
    return re.sub(r"(?<=\d) (?=\d)", "\N{NO-BREAK SPACE}", words)


def line(*said: str) -> str:
    """What is said of one thing, each part on its line."""
    return in_one_piece("\n".join(part for part in said if part))


def appointments(basics: reading.Basics) -> list[str]:
    return [
        line(one["when"], one["where"], one["with"], one["bring"])
        for one in (*basics.today, *basics.next)
    ]


def contacts(basics: reading.Basics) -> list[str]:
    centre = basics.centre
    worker = line(basics.worker, basics.reach)
    house = line(centre["name"], centre["phone"], centre["address"], centre["opening"])
    return [part for part in (worker, house) if part]


def deeds(person: Person) -> list[str]:
    found = reading.can_do(person)
    if found is None:
        return []
    return [one["words"] for group in found["can"] for one in group["items"]]
