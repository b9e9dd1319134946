"""The words of a mandate and of an agreement to consult: assembled, read aloud, printed, signed.

    offer = offer_for(centre, [row, row], "six_months", starts_on, language="fr")
    offer.text.words   what is read, kept and hashed, to the letter

And which mandate covers what is done in someone's name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from relier.accounts.actors import Actor
from relier.centres.models import Centre
from relier.paper.typeset import DOCUMENT, Language, typeset
from relier.people.models import Person
from relier.privacy import texts
from relier.privacy.texts import ConsentText
from relier.ui import dates

from .lists import ListRow
from .models import Acted, Mandate, MandateScope
from .models.mandates import DoneOnline
from .rules.mandates import last_day


@dataclass(frozen=True)
class Offer:
    """A mandate as it may be given: what for, from when to when, and the very words."""

    families: tuple[ListRow, ...]
    duration: str
    starts_on: date
    ends_on: date
    template: ConsentText
    text: ConsentText


def signed_languages(purpose: str) -> list[str]:
    """The languages in which this text was read again by someone who answers for it."""
    found = texts.languages_of(purpose)
    return [one for one in found if texts.review_of(texts.latest(purpose, one))]


def offer_for(
    centre: Centre, families: Iterable[ListRow], duration: str, starts_on: date, *, language: str
) -> Offer:
    template = texts.latest("mandate", language)
    return offer_in(template, centre.name, families, duration, starts_on)


def offer_in(
    template: ConsentText, centre: str, families: Iterable[ListRow], duration: str, starts_on: date
) -> Offer:
    """The same in the words of any version of the text. Each family has words in its language."""
    rows, ends_on = tuple(families), last_day(starts_on, duration)
    with translation.override(template.language):
        values = {
            "centre": centre,
            "families": "\n".join(f"– {row.in_language(template.language)}" for row in rows),
            "starts": dates.day(starts_on),
            "ends": dates.day(ends_on),
        }
    return Offer(rows, duration, starts_on, ends_on, template, template.filled(values))


def consultation_text(purpose: ListRow, *, language: str) -> tuple[ConsentText, ConsentText]:
    """The text of an agreement to consult: as it was reviewed, and with its reason."""
    template = texts.latest("bcss", language)
    words = f"– {purpose.in_language(language)}"
    return template, template.filled({"purpose": words})


# --- on paper ------------------------------------------------------------------------------------


def title_of(purpose: str) -> str:
    """The title that the person reads, in the language of the page."""
    if purpose == "bcss":
        return pgettext("person", "Reading data about you")
    return pgettext("person", "I allow the centre to act for me")


def paper_of(
    person: Person, text: ConsentText, *, centre: Centre, received_by: str, made_at: datetime
) -> bytes:
    """The page to sign, in large print, in the language of the text. To sign is to say yes: there
    is no box for a no, which is kept nowhere."""
    language: Language = "fr" if text.language == "fr" else "en"
    with translation.override(language):
        answer = [
            pgettext("person", "You agree? Sign this page."),
            pgettext("person", "You say no? Do not sign."),
        ]
        # What one may refuse stands beside where to sign, on the same page: the last words of the
        # text say that help goes on.
        *before, last = text.paragraphs
        sign = pgettext("person", "Date and signature")
        data = {
            "title": title_of(text.purpose),
            "centre": {"name": centre.name, "phone": centre.phone},
            "date": capfirst(dates.day(made_at)),
            "intro": [{"term": pgettext("person", "For"), "value": person.name}],
            "paragraphs": ["\n".join(sentences) for sentences in [*before, last + answer]],
            "signatures": [
                {"who": person.call_name, "note": sign},
                {"who": received_by, "note": sign},
            ],
            "fingerprint": {"label": _("Fingerprint of the text"), "value": text.fingerprint},
            "labels": {"page": _("Page %(page)s of %(pages)s")},
        }
        return typeset(DOCUMENT, data, language=language, made_at=made_at)


# --- what covers what was done -------------------------------------------------------------------


def covering(person: Person, family: str, *, on: date) -> MandateScope | None:
    """What allowed the centre to act for someone in a family of procedures on a day, if anything
    did: of several, the one that runs longest."""
    rows = MandateScope.objects.filter(
        mandate__person__in=person.file_ids,
        family=family,
        mandate__starts_on__lte=on,
        mandate__ends_on__gte=on,
    )
    rows = rows.select_related("mandate").order_by("-mandate__ends_on", "pk")
    return next((scope for scope in rows if scope.covers(on=on)), None)


def hints(person: Person, families: Iterable[ListRow], actor: Actor, *, on: date) -> dict[str, str]:
    """Family -> what to know before acting: until when a mandate runs, of those that the reader
    may see. That there is none is said to those bound only, or it would hint at the others."""
    rows = Mandate.objects.visible_to(actor).of_file(person.file_ids).standing(on=on)
    until = {
        scope.family: _("Mandate until %(day)s") % {"day": dates.short_day(mandate.ends_on)}
        for mandate in rows.with_scopes().order_by("ends_on", "pk")
        for scope in mandate.left()
    }
    without = _("No mandate yet") if actor.bound else ""
    return {row.key: until.get(row.key, without) for row in families}


def told(done: DoneOnline, names: dict[str, ListRow], actor: Actor, *, language: str) -> str:
    """In whose name it was done, for whoever reads the row; the mandate, for whoever reads that."""
    if not done.acted:
        return ""
    who = str(Acted(done.acted).label)
    row = names.get(done.family)
    what = f" ({row.on_screen(language)})" if row else ""
    scope = done.covered_by
    if done.acted != Acted.FOR_PERSON:
        return f"{who}."
    if scope and (actor.bound or scope.mandate.open_to_team):
        until = {"day": dates.short_day(scope.mandate.ends_on)}
        return f"{who}{what}. " + _("Covered by the mandate until %(day)s.") % until
    if actor.bound:
        return f"{who}{what}. " + _("No mandate covered it that day.")
    return f"{who}{what}."
