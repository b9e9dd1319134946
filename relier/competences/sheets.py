"""The sheet of a positioning: deeds of the everyday bank, each with its picture. Its answers go
where those of a page noted together go, through the same deed."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.paper.access import Wall, say_wall
from relier.paper.sheets import (
    Answered,
    Choice,
    Date,
    NotASheet,
    Occasion,
    OneChoice,
    Sheet,
    register,
)
from relier.people.answered import day_said, read_in, whose

from . import banks, standing, wording
from .actions.positionings import note_on_a_page
from .banks import Bank, BankItem
from .models import Positioning
from .results import COULD_LEARN, NO_NEED, UNCLEAR, YES

POSITIONING = "competences.positioning"
Channel, Evidence = Positioning.Channel, Positioning.Evidence
CHANNELS: Final = {"screen": Channel.SCREEN, "voice": Channel.VOICE, "paper": Channel.PAPER}


def answer_in_words(says: str) -> str:
    """In the language in force."""
    return wording.answers_of(Evidence.FELT)[says]


def i_can_in_words(item: BankItem) -> str:
    """In the language in force, or whole in the one that stands for it."""
    return wording.i_can(item, language_of((get_language() or settings.LANGUAGE_CODE)[:2]))


in_words, i_can = lazy(answer_in_words, str), lazy(i_can_in_words, str)
# "I'd rather not answer" stands on every sheet, and is no answer.
ANSWERS = (
    Choice(YES, in_words(YES), pictogram="can"),
    Choice(COULD_LEARN, in_words(COULD_LEARN), pictogram="within-reach"),
    Choice(NO_NEED, in_words(NO_NEED), pictogram="no-need"),
    Choice(UNCLEAR, in_words(UNCLEAR), pictogram="question"),
)


def positioning_sheet(bank: str, version: str, parts: str = "", items: str = "") -> Sheet:
    """`parts`, `items`: ids with commas; the items that are named, else those of the parts, else
    all. What was printed keeps its version of the bank, and with it its words. Raises NotASheet."""
    found = bank_of(bank, version)
    asked = items_of(found, parts=ids(parts), items=ids(items))
    return Sheet(
        name=POSITIONING,
        version=f"1-{version}",
        title=pgettext_lazy("person", "What I can do"),
        introduction=(
            pgettext_lazy("person", "Answer as you like. No answer is wrong."),
            pgettext_lazy("person", "Only the person who gives you this page reads it."),
        ),
        questions=(
            *(
                OneChoice(key_of(item), i_can(item), pictogram=item.pictogram, choices=ANSWERS)
                for item in asked
            ),
            Date("on", pgettext_lazy("person", "Which day is it today?"), pictogram="calendar"),
        ),
    )


def bank_of(bank: str, version: str) -> Bank:
    found = banks.of_version(bank, version)
    if found is None or found.id != standing.EVERYDAY:
        raise NotASheet(f"There is no bank {bank!r} of the version {version!r} to print.")
    return found


def ids(told: str) -> list[str]:
    return [one for one in told.split(",") if one]


def items_of(bank: Bank, *, parts: Iterable[str], items: Iterable[str]) -> list[BankItem]:
    """Those that are asked, in the order of the bank."""
    parts, items = set(parts), set(items)
    unknown = (parts - {part.id for part in bank.parts}) | (items - {one.id for one in bank.items})
    if unknown:
        raise NotASheet(f"{bank.id} {bank.version} does not hold: {', '.join(sorted(unknown))}.")
    if items:
        return [item for item in bank.items if item.id in items]
    return [item for item in bank.items if not parts or item.part in parts]


def key_of(item: BankItem) -> str:
    """The key of its question: letters, figures and _ only, a letter first."""
    return f"i_{item.id.replace('-', '_')}"


def positioning_occasions(_by: Actor, _subject: UUID | None) -> list[Occasion]:
    """Each part of the bank, the first ones first; then all of it."""
    bank = standing.bank_for_people()
    language = get_language() or settings.LANGUAGE_CODE
    of = {"bank": bank.id, "version": bank.version}
    each = [Occasion({**of, "parts": one.id}, one.title.told_in(language)) for one in bank.parts]
    return [*each, Occasion(of, _("All of it"))]


def receive_positioning(answered: Answered, by: Actor) -> Positioning:
    """As a page noted together: what the person says, and nothing of what they left blank."""
    person, occasion = whose(answered, by), answered.occasion
    bank = bank_of(occasion["bank"], occasion["version"])
    parts, items = ids(occasion.get("parts", "")), ids(occasion.get("items", ""))
    asked = items_of(bank, parts=parts, items=items)
    said = {item.id: answered.answers[key_of(item)] or "" for item in asked}
    if not any(said.values()):
        raise ValidationError(_("Nothing is answered on this sheet: there is nothing to keep."))
    return note_on_a_page(
        person,
        said,
        channel=CHANNELS[answered.channel],
        evidence=Evidence.FELT,
        language=language_of(read_in(answered)),
        parts=sorted({item.part for item in asked}) if items else parts,
        on=day_said(answered.answers["on"]),
        helper=answered.helper,
        version=bank.version,
        form_key=answered.form_key,
        by=by,
    )


def page_of_positioning(made: Positioning, by: Actor) -> str:
    seen = Positioning.objects.visible_to(by).filter(pk=made.pk).exists()
    return reverse("positioning:result", args=[made.pk]) if seen else ""


def language_of(read: str) -> str:
    """The bank speaks French and English; in another language, a sheet has the words of the first
    one, as all that has no translation."""
    return read if read in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def positioning_example() -> Sheet:
    bank = standing.bank_for_people()
    return positioning_sheet(bank=bank.id, version=bank.version, parts=bank.parts[0].id)


register(
    POSITIONING,
    build=positioning_sheet,
    receive=receive_positioning,
    example=positioning_example,
    occasions=positioning_occasions,
    leads_to=page_of_positioning,
)
say_wall(POSITIONING, Wall.PRINTER)
