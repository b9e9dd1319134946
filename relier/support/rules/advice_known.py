"""What advice may stand on: plain values, each with its day and in whose words it was told.

Unknown is a value of its own (None): what was never asked is not guessed. `Known` holds only what
its reader may see, so a rule cannot say more than they know. Nothing here is counted or ranked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import pgettext, pgettext_lazy

from relier.people import rules as situations
from relier.ui.dates import day

Words = Any


@dataclass(frozen=True)
class Said:
    """An answer as it was told: its codes, its day, who said it (a code of `Situation.Told`, or
    "file" and "positioning") and who wrote it down. `words`: their own words, if that is all."""

    codes: tuple[str, ...]
    on: date | None = None
    told: str = "by_person"
    author: str = ""
    words: str = ""
    secret: bool = False


@dataclass(frozen=True)
class Paper:
    """A procedure that is not over. `about`: in the words of whoever began it, on the day `on`.
    `news_on`: the day of the latest news of it."""

    id: UUID
    about: str
    deadline: date | None = None
    outcome: str = "open"
    obstacle: str = ""
    right_not_claimed: bool = False
    news_on: date | None = None
    on: date | None = None
    author: str = ""
    secret: bool = True


@dataclass(frozen=True)
class Offer:
    """Something the person could learn and would like to: within reach now, and wanted."""

    id: str
    deed: str
    on: date | None = None
    told: str = "positioning"


@dataclass(frozen=True)
class Known:
    """All that one reader knows of one person on the day `on`; None is unknown.

    `one`: the paper or the offer that a rule is asked about, where it is asked of each in turn.
    `numbers`: the settings that rules count with, by name.
    """

    on: date
    numbers: Mapping[str, int] = field(default_factory=dict)
    has: Said | None = None
    shared: Said | None = None
    works: Said | None = None
    connection: Said | None = None
    where: Said | None = None
    quiet: Said | None = None
    spoken: Said | None = None
    reading: Said | None = None
    interpreter: Said | None = None
    interpreter_language: Said | None = None
    ease: Said | None = None
    reach: Said | None = None
    urgent: Said | None = None
    learning: Said | None = None
    papers: tuple[Paper, ...] = ()
    offers: tuple[Offer, ...] = ()
    one: Paper | Offer | None = field(default=None, repr=False)

    def codes(self, name: str) -> frozenset[str]:
        """What was answered; nothing when it was never asked."""
        said: Said | None = getattr(self, name)
        return frozenset(said.codes) if said else frozenset()

    def says(self, name: str, *codes: str) -> bool:
        """Whether the answer is known, and one of these."""
        return bool(self.codes(name) & set(codes))

    def only(self, names: Iterable[str]) -> "Known":
        """The same with the other facts unknown: a rule sees what it says it looks at."""
        kept = set(names)
        hidden: dict[str, Any] = {name: None for name in SAID if name not in kept}
        return replace(self, papers=(), offers=(), **hidden)

    @property
    def paper(self) -> Paper:
        if not isinstance(self.one, Paper):
            raise TypeError("This rule is asked about a procedure.")
        return self.one

    @property
    def offer(self) -> Offer:
        if not isinstance(self.one, Offer):
            raise TypeError("This rule is asked about something to learn.")
        return self.one


SAID = tuple(f.name for f in fields(Known) if f.type == Said | None)

# The field of `Known` -> the facet and the question of the situation it comes from.
QUESTIONS: dict[str, tuple[str, str]] = {
    "has": (situations.EQUIPMENT, "has"),
    "shared": (situations.EQUIPMENT, "shared"),
    "works": (situations.EQUIPMENT, "works"),
    "connection": (situations.CONNECTION, "kind"),
    "where": (situations.CONNECTION, "where"),
    "quiet": (situations.QUIET_PLACE, "place"),
    "spoken": (situations.LANGUAGES, "spoken"),
    "reading": (situations.LANGUAGES, "reading"),
    "interpreter": (situations.LANGUAGES, "interpreter"),
    "interpreter_language": (situations.LANGUAGES, "interpreter_language"),
    "ease": (situations.EASE, "how"),
}


# --- in words, told to the person ----------------------------------------------------------------


@dataclass(frozen=True)
class Reason:
    """Why something is proposed: the fact (a field of `Known`, or "one"), what it says, its day
    and in whose words, as sentences."""

    fact: str
    words: str
    source: str = ""
    secret: bool = False


# One sentence for each answer, as it is told to the person whose answer it is.
ANSWERS: dict[str, dict[str, Words]] = {
    "has": {"none": pgettext_lazy("person", "You have no device.")},
    "shared": {
        "own": pgettext_lazy("person", "Your device is for you alone."),
        "family": pgettext_lazy("person", "You share your device with the family."),
        "others": pgettext_lazy("person", "You share your device with other people."),
        "lent": pgettext_lazy("person", "Your device is lent to you."),
    },
    "works": {
        "well": pgettext_lazy("person", "Your device works well."),
        "badly": pgettext_lazy("person", "Your device works badly."),
        "broken": pgettext_lazy("person", "Your device is broken."),
    },
    "connection": {
        "none": pgettext_lazy("person", "You have no internet."),
        "mobile": pgettext_lazy("person", "Your internet is that of the telephone only."),
        "limited": pgettext_lazy("person", "Your internet is slow, or it cuts."),
        "good": pgettext_lazy("person", "Your internet works well."),
    },
    "quiet": {
        "yes": pgettext_lazy("person", "You have a quiet place."),
        "sometimes": pgettext_lazy("person", "You sometimes have a quiet place."),
        "no": pgettext_lazy("person", "You have no quiet place."),
    },
    "reading": {
        "easily": pgettext_lazy("person", "You read French easily."),
        "effort": pgettext_lazy("person", "Reading French is an effort for you."),
        "little": pgettext_lazy("person", "You read a little French."),
        "not": pgettext_lazy("person", "You do not read French."),
    },
    "interpreter": {
        "no": pgettext_lazy("person", "You do without an interpreter."),
        "sometimes": pgettext_lazy("person", "An interpreter comes for what matters most."),
        "yes": pgettext_lazy("person", "An interpreter comes each time."),
    },
    "ease": {
        "alone": pgettext_lazy("person", "On a screen, you manage alone."),
        "someone": pgettext_lazy("person", "On a screen, you like someone beside you."),
        "prefers_not": pgettext_lazy("person", "You would rather do without a screen."),
    },
    "reach": {
        "phone": pgettext_lazy("person", "You like to be called."),
        "message": pgettext_lazy("person", "You like to receive text messages."),
        "letter": pgettext_lazy("person", "You like to receive letters."),
        "in_person": pgettext_lazy("person", "You like to be told face to face."),
    },
    "learning": {
        "nothing": pgettext_lazy("person", "You named nothing that you would like to learn."),
        "something": pgettext_lazy("person", "You named something that you would like to learn."),
    },
}
# Answers that are lists: the sentence around them.
LISTS: dict[str, Words] = {
    "has": pgettext_lazy("person", "You can use: %(answer)s."),
    "where": pgettext_lazy("person", "You have internet: %(answer)s."),
    "spoken": pgettext_lazy("person", "You speak: %(answer)s."),
    "interpreter_language": pgettext_lazy("person", "The language of the interpreter: %(answer)s."),
    "urgent": pgettext_lazy("person", "This cannot wait: “%(answer)s”"),
}
UNKNOWN: dict[str, Words] = {
    "has": pgettext_lazy("person", "We have not talked about what you can use."),
    "connection": pgettext_lazy("person", "We have not talked about internet at your home."),
    "quiet": pgettext_lazy("person", "We have not talked about a quiet place."),
}
SOURCES: dict[str, Words] = {
    "by_person": pgettext_lazy("person", "You told %(author)s, on %(day)s."),
    "observed": pgettext_lazy("person", "%(author)s saw it, on %(day)s."),
    "by_relative": pgettext_lazy("person", "Someone close told %(author)s, on %(day)s."),
    "file": pgettext_lazy("person", "It is written in your file."),
    "positioning": pgettext_lazy("person", "You said so on %(day)s."),
    "seen": pgettext_lazy("person", "It was seen on %(day)s."),
    "paper": pgettext_lazy("person", "%(author)s wrote it, on %(day)s."),
}


def reason(known: Known, name: str) -> Reason:
    """A fact as a reason, in the language of the page."""
    if name == "one":
        return _reason_of_paper(known) if isinstance(known.one, Paper) else _of_offer(known.offer)
    said: Said | None = getattr(known, name)
    if said is None:
        return Reason(name, str(UNKNOWN[name]))
    return Reason(name, _in_words(name, said), _source(said.told, said), said.secret)


def _in_words(name: str, said: Said) -> str:
    if len(said.codes) == 1 and said.codes[0] in ANSWERS.get(name, {}):
        return str(ANSWERS[name][said.codes[0]])
    if name not in QUESTIONS:
        return str(LISTS[name]) % {"answer": said.words}
    facet, question = QUESTIONS[name]
    options = next(q.options for q in situations.QUESTIONS[facet] if q.name == question)
    # A code kept by a later version, and unknown here, is shown as it is rather than lost.
    answer = ", ".join(str(options.get(code, code)) for code in said.codes)
    return str(LISTS.get(name, "%(answer)s")) % {"answer": answer}


def _source(told: str, said: Said) -> str:
    when = {"author": said.author, "day": day(said.on) if said.on else ""}
    return str(SOURCES[told]) % when


def _of_offer(offer: Offer) -> Reason:
    words = pgettext("person", "You could learn it, and it is within reach now.")
    return Reason("one", words, _source(offer.told, Said((), offer.on)))


def _reason_of_paper(known: Known) -> Reason:
    paper = known.paper
    source = _source("paper", Said((), paper.on, author=paper.author))
    return Reason("one", _paper_in_words(paper, known.on), source, paper.secret)


OBSTACLES: dict[str, Words] = {
    "counter_closed": pgettext_lazy("person", "The counter is closed, or by appointment only."),
    "no_answer": pgettext_lazy("person", "Nobody answers the telephone."),
    "no_device": pgettext_lazy("person", "A device that works is missing."),
    "no_connection": pgettext_lazy("person", "Internet is missing."),
    "no_account": pgettext_lazy("person", "An account on internet is missing."),
    "language": pgettext_lazy("person", "The letter is hard to understand."),
    "document": pgettext_lazy("person", "A paper is missing."),
    "money": pgettext_lazy("person", "It costs too much."),
    "refused": pgettext_lazy("person", "The answer was no."),
    "other": pgettext_lazy("person", "Something blocks it."),
}


def _paper_in_words(paper: Paper, on: date) -> str:
    """All that a rule may look at in a procedure, in short sentences."""
    told = []
    if paper.deadline:
        sentence = (
            pgettext("person", "The last day is %(day)s.")
            if paper.deadline >= on
            else pgettext("person", "The last day was %(day)s. It can often still be saved.")
        )
        told.append(sentence % {"day": day(paper.deadline)})
    if paper.outcome == "blocked":
        told.append(str(OBSTACLES.get(paper.obstacle, OBSTACLES["other"])))
    if paper.outcome == "blocked" and paper.news_on:
        told.append(pgettext("person", "Since %(day)s.") % {"day": day(paper.news_on)})
    if paper.right_not_claimed:
        told.append(pgettext("person", "You may have a right to it."))
    return " ".join(told) or pgettext("person", "It is under way.")
