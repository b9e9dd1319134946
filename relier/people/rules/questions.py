"""The questions of the situation: facet by facet, what may be chosen and in which words.

Codes are kept in the database and never change their meaning; the words beside them may. A facet
without a question is told in words only. Nothing here is a scale: no answer is better than another
and none is ever counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

# Text, or text translated when it is read.
Words = Any
# The name of a question -> the code chosen, or the codes.
Choices = dict[str, str | list[str]]

EQUIPMENT = "equipment"
CONNECTION = "connection"
QUIET_PLACE = "quiet_place"
LANGUAGES = "languages"
EASE = "ease"
WISHES = "wishes"
URGENT = "urgent"
PRIVATE = "private"
# Behind the wall whoever writes them.
SECRET_FACETS = (URGENT, PRIVATE)

TITLES: dict[str, Words] = {
    EQUIPMENT: _("Equipment"),
    CONNECTION: _("Connection"),
    QUIET_PLACE: _("A quiet place"),
    LANGUAGES: _("Languages and reading"),
    EASE: _("Ease with digital things"),
    WISHES: _("What the person wants"),
    URGENT: _("What is urgent"),
    PRIVATE: _("What is private"),
}
PICTOGRAMS = {
    EQUIPMENT: "equipment",
    CONNECTION: "connection",
    QUIET_PLACE: "quiet-place",
    LANGUAGES: "language",
    EASE: "can",
    WISHES: "person",
    URGENT: "secrecy",
    PRIVATE: "secrecy",
}

# A mark that a worker who is not bound left words under secrecy: they add to what is there.
HANDED_OVER = "handed_over"

# Spoken around our counters; any other is told in words. ISO 639 codes.
SPOKEN: dict[str, Words] = {
    "fr": pgettext_lazy("spoken language", "French"),
    "en": pgettext_lazy("spoken language", "English"),
    "ar": pgettext_lazy("spoken language", "Arabic"),
    "ber": pgettext_lazy("spoken language", "Berber (Tamazight)"),
    "bg": pgettext_lazy("spoken language", "Bulgarian"),
    "bn": pgettext_lazy("spoken language", "Bengali"),
    "ckb": pgettext_lazy("spoken language", "Kurdish"),
    "de": pgettext_lazy("spoken language", "German"),
    "el": pgettext_lazy("spoken language", "Greek"),
    "es": pgettext_lazy("spoken language", "Spanish"),
    "fa": pgettext_lazy("spoken language", "Persian, Dari"),
    "ff": pgettext_lazy("spoken language", "Fula (Pulaar)"),
    "hy": pgettext_lazy("spoken language", "Armenian"),
    "it": pgettext_lazy("spoken language", "Italian"),
    "ka": pgettext_lazy("spoken language", "Georgian"),
    "ln": pgettext_lazy("spoken language", "Lingala"),
    "nl": pgettext_lazy("spoken language", "Dutch"),
    "pa": pgettext_lazy("spoken language", "Punjabi"),
    "pl": pgettext_lazy("spoken language", "Polish"),
    "ps": pgettext_lazy("spoken language", "Pashto"),
    "pt": pgettext_lazy("spoken language", "Portuguese"),
    "ro": pgettext_lazy("spoken language", "Romanian"),
    "rom": pgettext_lazy("spoken language", "Romani"),
    "ru": pgettext_lazy("spoken language", "Russian"),
    "rw": pgettext_lazy("spoken language", "Kinyarwanda, Kirundi"),
    "sfb": pgettext_lazy("spoken language", "French Belgian sign language"),
    "sh": pgettext_lazy("spoken language", "Serbian, Croatian, Bosnian"),
    "so": pgettext_lazy("spoken language", "Somali"),
    "sq": pgettext_lazy("spoken language", "Albanian"),
    "sw": pgettext_lazy("spoken language", "Swahili"),
    "th": pgettext_lazy("spoken language", "Thai"),
    "ti": pgettext_lazy("spoken language", "Tigrinya"),
    "tr": pgettext_lazy("spoken language", "Turkish"),
    "uk": pgettext_lazy("spoken language", "Ukrainian"),
    "ur": pgettext_lazy("spoken language", "Urdu"),
    "vi": pgettext_lazy("spoken language", "Vietnamese"),
    "wa": pgettext_lazy("spoken language", "Walloon"),
    "wo": pgettext_lazy("spoken language", "Wolof"),
    "zh": pgettext_lazy("spoken language", "Chinese"),
}


@dataclass(frozen=True)
class Question:
    """One thing that may be asked. `options`: code -> words that can be read alone.

    `within`: a sentence around the answer ("interpreter in %(answer)s"), where it needs one.
    `aside`: true of the day it is told only. It is never carried to another day, stands in the
    story and on a page of its own, and not among the facts that sum up a situation: it would
    soon be read as a label.
    """

    name: str
    label: Words
    options: Mapping[str, Words]
    several: bool = False
    within: Words = ""
    aside: bool = False


# Felt and done, as the Digital Wallonia barometer crosses what people feel with what they do.
# The four steps of `felt` are those of its edition of 2023 (competences/packages), said in
# plain words; it asks them of each task, we of digital things as a whole. The uses are ours.
FELT = Question(
    "felt",
    _("How they feel with digital things"),
    {
        "cannot": _("feels they do not know how"),
        "gets_by": _("feels they get by, no more"),
        "good": _("feels they know it well"),
        "expert": _("feels they know it very well"),
    },
    aside=True,
)
DONE = Question(
    "done",
    _("What they did in the last three months, alone or with someone"),
    {
        "message": _("wrote or spoke a message"),
        "video": _("called someone by video"),
        "email": _("read or wrote an e-mail"),
        "search": _("looked something up"),
        "travel": _("looked up a journey or a timetable"),
        "photo": _("took or sent a photo"),
        "listen": _("watched or listened to something"),
        "play": _("played, or learned something"),
        "buy": _("bought or sold something"),
        "bank": _("looked at their account, or paid"),
        "official": _("used the site of a public service"),
        "work": _("looked for work, or worked with it"),
        "none": _("none of these"),
    },
    several=True,
    within=_("in the last three months: %(answer)s"),
    aside=True,
)

QUESTIONS: dict[str, tuple[Question, ...]] = {
    EQUIPMENT: (
        Question(
            "has",
            _("What they can use"),
            {
                "smartphone": _("a smartphone"),
                "simple_phone": _("a telephone without internet"),
                "tablet": _("a tablet"),
                "computer": _("a computer"),
                "printer": _("a printer"),
                "none": pgettext_lazy("equipment", "nothing"),
            },
            several=True,
        ),
        Question(
            "shared",
            _("For whom"),
            {
                "own": _("for this person alone"),
                "family": _("shared with the family"),
                "others": _("shared with other people"),
                "lent": _("lent by someone, or by a centre"),
            },
        ),
        Question(
            "works",
            _("Does it work?"),
            {
                "well": _("works well"),
                "badly": _("works badly"),
                "broken": _("is broken"),
            },
        ),
    ),
    CONNECTION: (
        Question(
            "kind",
            _("Internet"),
            {
                "none": _("no connection"),
                "mobile": _("mobile data only"),
                "limited": _("a slow connection, or one that cuts"),
                "good": _("a good connection"),
            },
        ),
        Question(
            "where",
            _("Where"),
            {
                "home": _("at home"),
                "family": _("at the home of family or friends"),
                "centre": _("at the centre"),
                "public": _("in a library or another public place"),
                "elsewhere": _("elsewhere"),
            },
            several=True,
        ),
    ),
    QUIET_PLACE: (
        Question(
            "place",
            _("A place where one can concentrate"),
            {
                "yes": pgettext_lazy("quiet place", "yes"),
                "sometimes": pgettext_lazy("quiet place", "sometimes"),
                "no": pgettext_lazy("quiet place", "no"),
            },
        ),
    ),
    LANGUAGES: (
        Question("spoken", _("Languages they speak"), SPOKEN, several=True),
        Question(
            "reading",
            _("Reading in French"),
            {
                "easily": _("reads French easily"),
                "effort": _("reads French with effort"),
                "little": _("reads a little French"),
                "not": _("does not read French"),
            },
        ),
        Question(
            "interpreter",
            _("An interpreter"),
            {
                "no": _("without an interpreter"),
                "sometimes": _("an interpreter for what matters most"),
                "yes": _("an interpreter each time"),
            },
        ),
        Question(
            "interpreter_language",
            _("In which language"),
            SPOKEN,
            within=_("to interpret: %(answer)s"),
        ),
    ),
    EASE: (
        Question(
            "how",
            _("With digital things, most of the time"),
            {
                "alone": _("alone"),
                "someone": _("with someone"),
                "prefers_not": _("would rather do without"),
            },
        ),
        FELT,
        DONE,
    ),
    WISHES: (),
    URGENT: (),
    PRIVATE: (),
}


def clean(facet: str, choices: Mapping[str, Any]) -> Choices:
    """Choices as they are kept: known questions only, what was left blank left out, each code
    once, in the order given (the first language told is the first shown).

    Raises ValueError for a code that is no option of its question: an answer is never guessed.
    """
    kept: Choices = {}
    for question in QUESTIONS[facet]:
        given = choices.get(question.name) or []
        codes = [code for code in dict.fromkeys(given if is_list(given) else [given]) if code]
        if unknown := set(codes) - question.options.keys():
            raise ValueError(f"No such answer to {facet}.{question.name}: {sorted(unknown)}")
        if codes:
            kept[question.name] = codes if question.several else codes[0]
    return kept


def is_list(given: object) -> bool:
    return isinstance(given, list | tuple)


def carried(facet: str, choices: Mapping[str, Any]) -> Choices:
    """The choices that stand until something else is told: without what is aside."""
    aside = {question.name for question in QUESTIONS[facet] if question.aside}
    return {name: codes for name, codes in choices.items() if name not in aside}


def answers(question: Question, choices: Mapping[str, Any]) -> list[str]:
    """What was chosen in answer to one question, each in words; [] when it was not told."""
    given = choices.get(question.name) or []
    codes: list[str] = list(given) if is_list(given) else [str(given)]
    # A code kept by a later version, and unknown here, is shown as it is rather than lost.
    return [str(question.options.get(code, code)) for code in codes]


def in_words(facet: str, choices: Mapping[str, Any]) -> str:
    """What was chosen, in the language of the page: "a smartphone, a tablet; works badly"."""
    told = []
    for question in QUESTIONS[facet]:
        if answer := ", ".join(answers(question, choices)):
            told.append(str(question.within) % {"answer": answer} if question.within else answer)
    return pgettext("between two answers", "; ").join(told)
