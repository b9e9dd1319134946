"""What stands on a person's own page, in words for someone who reads with difficulty.

Plain values in, sentences out, in the language in force. Every text here is of this page alone
(context "own page"): it is written in seven languages, so there are few of them and they are short.
"""

from datetime import date, datetime

from django.utils.text import capfirst
from django.utils.translation import pgettext, pgettext_lazy

from relier.privacy.models import Consent
from relier.support.models import AgreedStep, Consultation, Procedure
from relier.ui.dates import day, hour

Outcome = Procedure.Outcome

# Where a procedure stands.
STANDS = {
    Outcome.OPEN: pgettext_lazy("own page", "We are working on it."),
    Outcome.WAITING: pgettext_lazy("own page", "We wait for an answer."),
    Outcome.DONE: pgettext_lazy("own page", "It is done."),
    Outcome.BLOCKED: pgettext_lazy("own page", "It is blocked for now."),
    Outcome.DROPPED: pgettext_lazy("own page", "We stopped, as you wished."),
}
# What was agreed to, and what changes when it no longer is.
AGREED = {
    Consent.Purpose.FILE: pgettext_lazy("own page", "The centre keeps a file about you."),
    Consent.Purpose.CONTACT: pgettext_lazy(
        "own page", "The centre talks about you with other services."
    ),
    Consent.Purpose.IMAGE: pgettext_lazy("own page", "The centre uses your photo or your voice."),
}
WITHDRAWN = {
    Consent.Purpose.FILE: pgettext_lazy(
        "own page", "If you say no: your worker talks with you about what happens to your file."
    ),
    Consent.Purpose.CONTACT: pgettext_lazy(
        "own page", "If you say no: the centre no longer talks about you with other services."
    ),
    Consent.Purpose.IMAGE: pgettext_lazy(
        "own page", "If you say no: the centre no longer uses your photo or your voice."
    ),
}
OTHER_AGREEMENT = pgettext_lazy("own page", "You said yes to something else.")
OTHER_WITHDRAWN = pgettext_lazy("own page", "If you say no: the centre stops from now on.")
# What someone opened: by the first word of the line of the journal that fits.
OPENED = (
    ("desk.file", pgettext_lazy("own page", "your whole file")),
    ("desk.card", pgettext_lazy("own page", "the page of your card")),
    ("people.note", pgettext_lazy("own page", "a note about you")),
    ("people.reach", pgettext_lazy("own page", "how to reach you")),
    ("desk.hand_over", pgettext_lazy("own page", "your whole file")),
    ("people.agreement", pgettext_lazy("own page", "what you agreed to")),
    ("support.mandate", pgettext_lazy("own page", "what you agreed to")),
    ("support.consultation", pgettext_lazy("own page", "what you agreed to")),
    ("desk.rights", pgettext_lazy("own page", "what you asked")),
    ("people.beyond", pgettext_lazy("own page", "another part of your file")),
    ("people.", pgettext_lazy("own page", "your situation")),
    ("competences.", pgettext_lazy("own page", "what you can do")),
    ("support.appointment", pgettext_lazy("own page", "an appointment")),
    ("support.step", pgettext_lazy("own page", "what we agreed")),
    ("support.take_home", pgettext_lazy("own page", "your page to take home")),
    ("support.request", pgettext_lazy("own page", "what you asked")),
    ("support.procedure", pgettext_lazy("own page", "a procedure")),
    ("support.counter", pgettext_lazy("own page", "what the counter may see")),
    ("support.delay", pgettext_lazy("own page", "something that is late")),
    ("support.intervention", pgettext_lazy("own page", "a meeting or a call")),
    ("", pgettext_lazy("own page", "another part of your file")),
)


def moment(at: datetime) -> str:
    return capfirst(
        pgettext("own page", "%(day)s, at %(hour)s") % {"day": day(at), "hour": hour(at)}
    )


def the_day(on: date) -> str:
    return capfirst(day(on))


def opened(kind: str) -> str:
    return str(next(words for beginning, words in OPENED if kind.startswith(beginning)))


def agreed(purpose: str) -> str:
    return str(AGREED.get(purpose, OTHER_AGREEMENT))  # type: ignore[call-overload]


def withdrawn(purpose: str) -> str:
    return str(WITHDRAWN.get(purpose, OTHER_WITHDRAWN))  # type: ignore[call-overload]


def until(on: date) -> str:
    return pgettext("own page", "Until %(day)s") % {"day": day(on)}


def consulted(one: Consultation) -> str:
    """Of a consultation that took place, read with who did it."""
    if not (one.consulted_by and one.consulted_on):
        return ""
    said = pgettext("own page", "%(name)s did it on %(day)s.")
    return said % {"name": one.consulted_by.name, "day": day(one.consulted_on)}


def who_does(step: AgreedStep) -> str:
    """Who does a step, told to the person; a name is said as it was written."""
    if step.who == AgreedStep.Who.PERSON:
        return pgettext("own page", "You")
    if step.who == AgreedStep.Who.TOGETHER:
        return pgettext("own page", "You and us")
    if step.who_words:
        return step.who_words
    if step.who == AgreedStep.Who.WORKER:
        return pgettext("own page", "Us")
    return pgettext("own page", "Someone else")


def answer_comes(*, by_day: date, promised: bool, on: date) -> str:
    """When an answer comes: a day is promised only where the centre has said how long it takes."""
    if on > by_day:
        return pgettext("own page", "You still have no answer? Call us.")
    said = (
        pgettext("own page", "You will have an answer by %(day)s.")
        if promised
        else pgettext("own page", "No answer on %(day)s? Call us.")
    )
    return said % {"day": day(by_day)}
