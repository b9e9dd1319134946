"""The sheets about a person: their situation, and what they agree to. Their answers go where those
of the screen go, through the same deeds: the walls, the rules and the journal are theirs."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from relier.accounts.actors import Actor
from relier.paper.access import Wall, say_wall
from relier.paper.sheets import (
    Answered,
    Choice,
    Date,
    Line,
    NotASheet,
    Occasion,
    OneChoice,
    Several,
    Sheet,
    Signature,
    register,
)
from relier.privacy import texts
from relier.privacy.actions import NotReviewed
from relier.privacy.models import Consent

from . import rules
from .access import may_handle_consent
from .actions import Said, receive_agreement, record_situation
from .agreements import paragraphs_of, signed_how, title_of
from .answered import day_said, read_in, whose
from .models import Fact, Person, Situation

SITUATION, CONSENT = "people.situation", "people.consent"
TODAY = Date("on", pgettext_lazy("person", "Which day is it today?"), pictogram="calendar")

# --- the situation -------------------------------------------------------------------------------

# Of the languages of `rules.SPOKEN`, those that fit on a page; any other is written.
SPOKEN = ("fr", "nl", "en", "ar", "ber", "es", "it", "tr", "fa", "ps", "so", "ti", "uk", "ru")
# The screen has room for three; the others are told in words.
MOST_LANGUAGES = 3

HAS = (
    Choice("smartphone", pgettext_lazy("person", "A smartphone"), pictogram="smartphone"),
    Choice(
        "simple_phone",
        pgettext_lazy("person", "A telephone without internet"),
        pictogram="phone",
    ),
    Choice("tablet", pgettext_lazy("person", "A tablet"), pictogram="tablet"),
    Choice("computer", pgettext_lazy("person", "A computer"), pictogram="computer"),
    Choice("printer", pgettext_lazy("person", "A printer"), pictogram="document"),
    Choice("none", pgettext_lazy("person", "Nothing of all this"), pictogram="no-need"),
)
INTERNET = (
    Choice("good", pgettext_lazy("person", "Yes, it works well"), pictogram="connection"),
    Choice("limited", pgettext_lazy("person", "Yes, but it is slow or it cuts")),
    Choice("mobile", pgettext_lazy("person", "Only on my telephone"), pictogram="mobile-data"),
    Choice("none", pgettext_lazy("person", "No"), pictogram="no-connection"),
)
READING = (
    Choice("easily", pgettext_lazy("person", "Yes, easily")),
    Choice("effort", pgettext_lazy("person", "Yes, with effort")),
    Choice("little", pgettext_lazy("person", "A little")),
    Choice("not", pgettext_lazy("person", "No")),
)
INTERPRETER = (
    Choice("yes", pgettext_lazy("person", "Yes, each time")),
    Choice("sometimes", pgettext_lazy("person", "For what matters most")),
    Choice("no", pgettext_lazy("person", "No")),
)
# Question of the sheet -> facet and question of the situation.
CHOSEN = {
    "has": (rules.EQUIPMENT, "has"),
    "internet": (rules.CONNECTION, "kind"),
    "spoken": (rules.LANGUAGES, "spoken"),
    "reading": (rules.LANGUAGES, "reading"),
    "interpreter": (rules.LANGUAGES, "interpreter"),
}
WRITTEN = {"other_language": rules.LANGUAGES, "wishes": rules.WISHES}


def _named(code: str) -> str:
    if code == "ber":  # the words of the screen are too long for a column
        return capfirst(pgettext("spoken language", "Berber"))
    return capfirst(str(rules.SPOKEN[code]))


language_named = lazy(_named, str)


def situation_sheet() -> Sheet:
    return Sheet(
        name=SITUATION,
        version="1",
        title=pgettext_lazy("person", "You today"),
        introduction=(
            pgettext_lazy("person", "Say what you like. You can leave a question empty."),
            pgettext_lazy("person", "The team that helps you reads this page."),
        ),
        questions=(
            Several(
                "has",
                pgettext_lazy("person", "What can you use?"),
                pictogram="equipment",
                choices=HAS,
            ),
            OneChoice(
                "internet",
                pgettext_lazy("person", "Do you have internet?"),
                pictogram="connection",
                choices=INTERNET,
            ),
            Several(
                "spoken",
                pgettext_lazy("person", "Which languages do you speak?"),
                hint=pgettext_lazy("person", "Three at most. Write the others below."),
                pictogram="language",
                choices=tuple(Choice(code, language_named(code)) for code in SPOKEN),
            ),
            Line("other_language", pgettext_lazy("person", "Another language?"), longest=200),
            OneChoice(
                "reading",
                pgettext_lazy("person", "Do you read French?"),
                pictogram="reading",
                choices=READING,
            ),
            OneChoice(
                "interpreter",
                pgettext_lazy("person", "Do you want an interpreter?"),
                pictogram="interpreter",
                choices=INTERPRETER,
            ),
            Line(
                "wishes",
                pgettext_lazy("person", "What do you want to be able to do?"),
                pictogram="idea",
                lines=3,
            ),
            TODAY,
        ),
    )


def receive_situation(answered: Answered, by: Actor) -> Situation | None:
    """A dated addition: what is said anew of each facet, beside what was known and was not asked
    or not answered. None where nothing changes, as on screen."""
    person, answers = whose(answered, by), answered.answers
    _refuse_what_does_not_go_together(answers)
    if not any(answers[key] for key in (*CHOSEN, *WRITTEN)):
        raise ValidationError(_("Nothing is answered on this sheet: there is nothing to keep."))
    said = said_anew(person, answers, by)
    if not said:
        return None
    return record_situation(
        person, said, on=day_said(answers["on"]), form_key=answered.form_key, by=by
    )


def page_of_situation(made: Situation, by: Actor) -> str:
    """What the person said, chapter after chapter."""
    seen = Person.objects.followed_by(by).filter(pk=made.person_id).exists()
    return reverse("people:story", args=[made.person_id]) if seen else ""


def _refuse_what_does_not_go_together(answers: Mapping[str, Any]) -> None:
    """The rules of the page on screen."""
    if "none" in (answers["has"] or ()) and len(answers["has"]) > 1:
        raise ValidationError(_("“Nothing” and something else are both ticked. Keep one."))
    if len(answers["spoken"] or ()) > MOST_LANGUAGES:
        raise ValidationError(
            _("Keep three languages at most, and write the others as another language.")
        )


def said_anew(person: Person, answers: Mapping[str, Any], by: Actor) -> dict[str, Said]:
    """Facet -> what is now said of it, where it differs from what this member knows."""
    facts = Fact.objects.of_file(person).visible_to(by)
    now = rules.current(facts)
    chosen: dict[str, dict[str, Any]] = {}
    for key, (facet, question) in CHOSEN.items():
        if answers[key]:
            chosen.setdefault(facet, {})[question] = answers[key]
    written = {facet: answers[key] for key, facet in WRITTEN.items() if answers[key]}
    said = {}
    for facet in {**chosen, **written}:
        known = now.get(facet)
        before = rules.carried(facet, known.choices) if known else {}
        choices = rules.clean(facet, {**before, **chosen.get(facet, {})})
        words = written.get(facet) or (known.words if known else "")
        if rules.changed(known, choices, words):
            said[facet] = Said(choices, words)
    return said


# --- an agreement --------------------------------------------------------------------------------


def consent_sheet(purpose: str, version: str) -> Sheet:
    """`version`: of the text, so that the words that were signed are known for ever."""
    if purpose not in Consent.Purpose.values:
        raise NotASheet(f"There is no agreement about {purpose!r}.")

    def text_in(language: str) -> texts.ConsentText:
        try:
            return texts.of_version(purpose, version, language)
        except LookupError as missing:
            raise NotASheet(str(missing)) from None

    return Sheet(
        name=CONSENT,
        version=f"1-{version}",
        title=lazy(title_of, str)(purpose),
        introduction=paragraphs_of(text_in),
        keeps="signed",
        questions=(
            Signature(
                "signed",
                pgettext_lazy("person", "You agree? Sign here."),
                hint=pgettext_lazy("person", "You say no? Do not sign."),
                pictogram="consent",
            ),
            TODAY,
        ),
    )


def consent_occasions(_by: Actor, _subject: UUID | None) -> list[Occasion]:
    """The latest text about each thing, where someone answers for its words in each language."""
    found = []
    for purpose in Consent.Purpose:
        latest = [texts.latest(purpose, language) for language in texts.ORIGINALS]
        if all(texts.review_of(text) for text in latest):
            values = {"purpose": purpose.value, "version": latest[0].version}
            found.append(Occasion(values, title_of(purpose)))
    return found


def receive_consent(answered: Answered, by: Actor) -> Consent:
    person, how = whose(answered, by), signed_how(answered)
    occasion = answered.occasion
    text = texts.of_version(occasion["purpose"], occasion["version"], read_in(answered))
    try:
        return receive_agreement(
            person,
            text,
            how=how,
            on=day_said(answered.answers["on"]),
            helper=answered.helper,
            by=by,
        )
    except NotReviewed:
        raise ValidationError(_("Nobody answers for these words any more: sign anew.")) from None


def page_of_consent(made: Consent, by: Actor) -> str:
    return reverse("people:consent", args=[made.pk]) if may_handle_consent(by, made) else ""


def consent_example() -> Sheet:
    return consent_sheet(purpose=Consent.Purpose.FILE, version="2026-11")


register(SITUATION, build=situation_sheet, receive=receive_situation, leads_to=page_of_situation)
say_wall(SITUATION, Wall.TEAM)
register(
    CONSENT,
    build=consent_sheet,
    receive=receive_consent,
    example=consent_example,
    occasions=consent_occasions,
    leads_to=page_of_consent,
)
say_wall(CONSENT, Wall.TEAM)
