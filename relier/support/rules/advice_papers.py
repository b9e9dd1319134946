"""Rules about procedures: what comes before a course, what unblocks, a right to ask for.

Each is asked of one procedure at a time, among those that the reader may see and that are not
over. Where the procedure is under secrecy, the plan says nothing of it (`advice_pieces.NEUTRAL`).
"""

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import advice_sources as sources
from .advice_known import Known
from .advice_pieces import Book, Kind

book = Book()
DEADLINE_FAR = pgettext_lazy("person", "It is done, or the last day is far away.")
UNBLOCKED = pgettext_lazy("person", "Nothing blocks it any more.")


@book.rule(
    Kind.FIRST,
    "deadline",
    proposal=pgettext_lazy("person", "Do these papers first, before a course"),
    why=_(
        "A course does not wait for a right, and a right does not wait for a course. Papers that "
        "are due are secured first, apart, with someone bound by secrecy: not in the classroom."
    ),
    source=sources.INQUIRY,
    each="papers",
    otherwise=[(DEADLINE_FAR, ("one",))],
    urgent=True,
    numbers=("deadline_before", "deadline_after"),
)
def secure_first(known: Known) -> Iterable[str]:
    """A deadline is near, or has just passed.

    Booklet, chapter 6: problems to be solved online interfere with training "lorsque leurs besoins
    de résoudre des problèmes administratifs en ligne sont plus urgents".
    """
    deadline, on = known.paper.deadline, known.on
    if deadline is None:
        return ()
    first = on - timedelta(days=known.numbers["deadline_after"])
    last = on + timedelta(days=known.numbers["deadline_before"])
    return ("one",) if first <= deadline <= last else ()


@book.rule(
    Kind.FIRST,
    "deadline",
    proposal=pgettext_lazy("person", "Begin with what cannot wait"),
    why=_("What someone calls urgent comes before what we had planned."),
    source=sources.INQUIRY,
    looks_at=("urgent",),
    otherwise=[(pgettext_lazy("person", "Nothing is urgent any more."), ("urgent",))],
    urgent=True,
)
def what_presses(known: Known) -> Iterable[str]:
    """Something urgent was told, and was not taken back since. Always under secrecy."""
    return ("urgent",) if known.urgent and known.urgent.words else ()


def blocked_by(known: Known, *obstacles: str) -> Iterable[str]:
    paper = known.paper
    return ("one",) if paper.outcome == "blocked" and paper.obstacle in obstacles else ()


@book.rule(
    Kind.FIRST,
    "procedure",
    proposal=pgettext_lazy("person", "Look at the letter again together: a “no” can be contested"),
    why=_(
        "A refusal can be contested for a time only. The letter says before whom and until when: "
        "it is read together before anything else."
    ),
    source=sources.CHARTER_OF_THE_INSURED,
    each="papers",
    otherwise=[(pgettext_lazy("person", "The time to contest is over, or you agree."), ("one",))],
    urgent=True,
    numbers=("appeal_days",),
)
def contest(known: Known) -> Iterable[str]:
    """Refused, and the time to contest is not over: law of 11 April 1995, article 23."""
    since = known.paper.news_on
    late = since is None or known.on - since > timedelta(days=known.numbers["appeal_days"])
    return () if late else blocked_by(known, "refused")


@book.rule(
    Kind.FIRST,
    "computer",
    proposal=pgettext_lazy("person", "Do this here, together, on our computer"),
    why=_(
        "What stops at a screen, at a connection or at an account is done here, together. The "
        "person keeps the codes."
    ),
    source=sources.INQUIRY,
    each="papers",
    otherwise=[(UNBLOCKED, ("one",))],
)
def do_it_here(known: Known) -> Iterable[str]:
    """Blocked for want of a device, of a connection or of an account."""
    return blocked_by(known, "no_device", "no_connection", "no_account")


@book.rule(
    Kind.FIRST,
    "letter",
    proposal=pgettext_lazy("person", "Write a letter with its date, and keep a copy"),
    why=_(
        "Where doors are closed and telephones ring in vain, a dated letter proves the request, "
        "and the day from which the answer is due."
    ),
    source=sources.CLOSED_DOORS,
    each="papers",
    otherwise=[(UNBLOCKED, ("one",))],
)
def write_to_them(known: Known) -> Iterable[str]:
    """Blocked by a closed counter or an unanswered telephone."""
    return blocked_by(known, "counter_closed", "no_answer")


@book.rule(
    Kind.FIRST,
    "interpreter",
    proposal=pgettext_lazy("person", "Read this together, slowly or with an interpreter"),
    why=_("A procedure is blocked by its language: it is the letter that is hard, not the person."),
    source=sources.NOT_READING,
    each="papers",
    otherwise=[(UNBLOCKED, ("one",))],
)
def read_it_together(known: Known) -> Iterable[str]:
    """Blocked by the language or the writing."""
    return blocked_by(known, "language")


@book.rule(
    Kind.FIRST,
    "rights",
    proposal=pgettext_lazy("person", "Ask for this right"),
    why=_(
        "Rights that nobody asks for are lost in silence, most of all behind a screen. It is "
        "offered; the person decides."
    ),
    source=sources.NON_TAKE_UP,
    each="papers",
    otherwise=[
        (pgettext_lazy("person", "It is asked for already, or you do not want it."), ("one",))
    ],
)
def ask_for_a_right(known: Known) -> Iterable[str]:
    """A right not claimed until now, and not on the way: chapter 3, « le non-recours aux droits »
    (Brotcorne and Mariën, 2020)."""
    paper = known.paper
    return ("one",) if paper.right_not_claimed and paper.outcome == "open" else ()
