"""What this room prints: cards, and what people think, for the wall.

Cards to cut out, several on a page: the address as a square to scan, the code for a hand, the
receipt, three plain sentences. No name, no number that tells one card from another but its code."""

from collections.abc import Sequence
from html import unescape
from typing import Any, cast
from urllib.parse import urljoin

import segno
from django.utils import timezone
from django.utils.translation import pgettext

from relier.journal import keys
from relier.lib import keyring
from relier.paper.typeset import DOCUMENT, Language, Template, typeset
from relier.ui import dates

from .models import CardBatch, KindOfVoice, Question
from .opinions.page import Told, unknown
from .results import Results, sentences
from .rules import codes
from .told_hands import counts_of
from .told_hands import unknown as unknown_of_hands

CARDS = Template("deliberation/typst/voice_cards.typ")


def cards(question: Question, batch: CardBatch, drawn: Sequence[str], *, door: str) -> bytes:
    """The pile, in the language in force. `door`: the address where a code is written."""
    data = {
        "title": pgettext("person", "Say what you think"),
        "reader": "worker",
        "question": question.words,
        "for": _for_whom(batch.kind),
        "points": [
            pgettext("person", "Scan the square, or write the code here:"),
            pgettext("person", "Nobody knows which card is yours."),
            pgettext("person", "Tell your code to nobody."),
            pgettext("person", "Keep the card: you can answer again with it."),
        ],
        "until": pgettext("person", "Until %(day)s") % {"day": dates.day(question.closes_on)},
        "door": door.split("://", 1)[-1],
        "cards": [_card(code, door) for code in drawn],
        "qr_alt": pgettext("person", "A square to scan: it opens the question"),
        "labels": {
            "cut": pgettext("person", "Cut along the lines."),
            "receipt": pgettext("person", "Your number to check:"),
            "page": pgettext("person", "Page %(page)s of %(pages)s"),
        },
    }
    language = cast(Language, batch.language)
    return typeset(CARDS, data, language=language, made_at=timezone.localtime())


def _for_whom(kind: str) -> str:
    if kind == KindOfVoice.WORKER:
        return pgettext("person", "Card of a worker")
    return pgettext("person", "Card of someone who comes here")


def _card(code: str, door: str) -> dict[str, object]:
    key = codes.key_of(code, keys.ring().of(keyring.CARDS))
    if key is None:  # between two lines of one request, never
        raise LookupError("The key of this code is not here.")
    return {
        "qr": _modules(urljoin(door, f"c/{code}/")),
        "code": codes.in_groups(code),
        "receipt": codes.in_groups(codes.receipt_of(key, code)),
    }


def _modules(address: str) -> list[str]:
    """The rows of the QR code; its quiet zone is the white of the card."""
    drawn = segno.make(address, error="m", micro=False, boost_error=False)
    return ["".join("1" if module else "0" for module in row) for row in drawn.matrix]


# --- for the wall ---------------------------------------------------------------------------------

MOST_ON_THE_WALL = 6


def wall(results: Results) -> bytes:
    """One sheet in large print, in the language of the page: what everyone agrees on, what divides,
    what is not known yet, some sentences."""
    question = results.question
    parts: list[object] = [question.words]
    if results.document is None:
        parts.append(pgettext("person", "We cannot say anything yet."))
    else:
        parts += found(results, results.document)
    parts += hands(results)
    data = {
        "title": pgettext("person", "What people think"),
        "centre": {"name": question.centre.name, "phone": question.centre.phone},
        "date": dates.day(timezone.localdate()),
        "paragraphs": parts,
        "labels": {"page": pgettext("person", "Page %(page)s of %(pages)s")},
    }
    language = cast(Language, results.page_language)
    return typeset(DOCUMENT, data, language=language, made_at=timezone.localtime())


def found(results: Results, document: dict[str, Any]) -> list[object]:
    """What may be told, in words: text, {"heading"} and {"points"}, one after another."""
    told, texts = Told(results.page_language), results.texts

    def say(key: str, **values: object) -> str:
        return unescape(told(key, **values))

    def listed(some: list[dict[str, Any]]) -> list[str]:
        return [texts.get(one["id"], one["id"]) for one in some[:MOST_ON_THE_WALL]]

    every = document["statements"]
    groups, least = len(document["groups"]), document["smallest_group"]
    parts: list[object] = [say(document["verdict"], groups=groups, least=least)]
    for key, some in (
        ("agree_label", [one for one in every if one["consensus"] == "agree"]),
        ("disagree_label", [one for one in every if one["consensus"] == "disagree"]),
        ("divides", [one for one in every if one["divisive"]]),
        ("unknown", [one for one in unknown(document) if not one.get("word")]),
    ):
        if some:
            parts += [{"heading": say(key)}, {"points": listed(some)}]
    said = [one.words for group in sentences(results) for one in group.sentences]
    if said:
        parts += [
            {"heading": pgettext("person", "In their own words")},
            {"points": said[:MOST_ON_THE_WALL]},
        ]
    return parts


def hands(results: Results) -> list[object]:
    """Hands that were raised, beside the rest, with what they leave unknown."""
    counted = [one for one in counts_of(results.question) if one.is_standing]
    if not counted:
        return []
    texts = results.texts
    lines = [
        f"{texts.get(str(one.count.statement.number), '')}\n{one.words}"
        for one in counted[:MOST_ON_THE_WALL]
    ]
    return [
        {"heading": pgettext("person", "Hands raised in a room")},
        {"points": lines},
        " ".join([pgettext("person", "They are not added to the voices."), *unknown_of_hands()]),
    ]
