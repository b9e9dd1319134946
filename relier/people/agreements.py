"""An agreement in words and on paper: its title, its paragraphs, the page to sign."""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from relier.centres.models import Centre
from relier.paper.sheets import Answered
from relier.paper.sheets.declared import Text
from relier.paper.typeset import DOCUMENT, Language, typeset
from relier.privacy.models import Consent
from relier.privacy.texts import ORIGINALS, ConsentText
from relier.ui import dates

from .models import Person


def title_of(purpose: str) -> str:
    """What it is about, as the person reads it, in the language of the page."""
    return {
        Consent.Purpose.FILE: pgettext("person", "A file about you"),
        Consent.Purpose.CONTACT: pgettext("person", "Talking about you with another service"),
        Consent.Purpose.IMAGE: pgettext("person", "Your photo or your voice"),
    }[Consent.Purpose(purpose)]


def paper_of(
    person: Person, text: ConsentText, *, centre: Centre, received_by: str, made_at: datetime
) -> bytes:
    """The text to read and to sign, as a PDF in the language of the text (the active one). The
    words are those it is given: of a text read years ago, the words of that day.

    To sign is to say yes. There is no box for a no: a no is not kept, on paper either.
    """
    answer = [
        pgettext("person", "You agree? Sign this page."),
        pgettext("person", "You say no? Do not sign."),
        pgettext("person", "We help you all the same."),
    ]
    sign = pgettext("person", "Date and signature")
    data = {
        "title": title_of(text.purpose),
        "centre": {"name": centre.name, "phone": centre.phone},
        "date": capfirst(dates.day(made_at)),
        "intro": [{"term": pgettext("person", "For"), "value": person.name}],
        "paragraphs": ["\n".join(sentences) for sentences in [*text.paragraphs, answer]],
        "signatures": [
            {"who": person.call_name, "note": sign},
            {"who": received_by, "note": sign},
        ],
        "fingerprint": {"label": _("Fingerprint of the text"), "value": text.fingerprint},
        "labels": {"page": _("Page %(page)s of %(pages)s")},
    }
    language: Language = "fr" if (get_language() or "").startswith("fr") else "en"
    return typeset(DOCUMENT, data, language=language, made_at=made_at)


# --- on a sheet that is read back ----------------------------------------------------------------


def paragraphs_of(text_in: Callable[[str], ConsentText]) -> tuple[Text, ...]:
    """A text as the introduction of a sheet, each paragraph in the language in which it is read.

    `text_in`: language -> the text to sign. A sheet has as many paragraphs in each language: the
    last one holds what is left.
    """
    count = min(len(text_in(language).paragraphs) for language in ORIGINALS)

    def paragraph(place: int) -> str:
        parts = text_in((get_language() or "en")[:2]).paragraphs
        some = parts[place:] if place == count - 1 else parts[place : place + 1]
        return "\n".join(sentence for part in some for sentence in part)

    return tuple(lazy(paragraph, str)(place) for place in range(count))


HOW = {
    "paper": Consent.How.PAPER,
    "screen": Consent.How.SCREEN,
    "voice": Consent.How.ORALLY,
}


def signed_how(answered: Answered) -> str:
    """How a yes was given. To sign is to say yes; a no is not kept, so what is not signed is
    refused: ValidationError."""
    if not answered.answers["signed"]:
        raise ValidationError(
            _("Nobody signed: nothing is kept, not even that it was asked. Put the page aside."),
            code="unsigned",
        )
    return HOW[answered.channel]
