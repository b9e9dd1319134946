"""Rules about devices, connection and place: what to borrow, what to do here, what may be done
from a distance. A loan is offered, never imposed; distance is never the first answer."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import advice_sources as sources
from .advice_known import Known
from .advice_pieces import Book, Kind

book = Book()

# What carries a course, a CV or a long form.
CARRIES = ("computer", "tablet")
WEAK = ("none", "mobile", "limited")
NO_SCREEN = pgettext_lazy("person", "You would rather do without a screen.")
HAS_ONE = pgettext_lazy("person", "You have a computer or a tablet.")
GOOD_INTERNET = pgettext_lazy("person", "You have a good internet.")
NO_LEARNING = pgettext_lazy("person", "You want no course: that is your right.")


def without(known: Known) -> bool:
    """Would rather do without digital things: nothing of it is proposed again."""
    return known.says("ease", "prefers_not")


def carries_nothing(known: Known) -> bool:
    """What they can use is known, and nothing of it carries a course."""
    return known.has is not None and not known.says("has", *CARRIES)


# --- to borrow -----------------------------------------------------------------------------------


@book.rule(
    Kind.LOAN,
    "loan",
    proposal=pgettext_lazy("person", "Borrow a computer, and a connection if it is missing"),
    why=_(
        "A smartphone alone does not carry a course, a CV or a long form. The loan is offered, "
        "with its connection; without it, nothing else closes."
    ),
    source=sources.SMARTPHONE,
    looks_at=("has", "ease"),
    otherwise=[(HAS_ONE, ("has",)), (NO_SCREEN, ("ease",))],
)
def lend(known: Known) -> Iterable[str]:
    """Nothing, or telephones only. Booklet, chapter 6; barometer 2024."""
    return ("has",) if carries_nothing(known) and not without(known) else ()


@book.rule(
    Kind.LOAN,
    "repair",
    proposal=pgettext_lazy("person", "Have your device repaired, and borrow another meanwhile"),
    why=_("A device that does not work is no device: it is repaired; another is lent meanwhile."),
    source=sources.LOANS,
    looks_at=("has", "works", "ease"),
    otherwise=[
        (pgettext_lazy("person", "Your device works again, or you have none."), ("works", "has")),
        (NO_SCREEN, ("ease",)),
    ],
)
def lend_meanwhile(known: Known) -> Iterable[str]:
    """A computer or a tablet that is broken or works badly."""
    if without(known) or not known.says("has", *CARRIES):
        return ()
    return ("has", "works") if known.says("works", "badly", "broken") else ()


@book.rule(
    Kind.LOAN,
    "loan",
    proposal=pgettext_lazy("person", "Borrow a computer for yourself alone"),
    why=_("A device shared by a family is rarely free at the hours of a course, nor private."),
    source=sources.LOANS,
    looks_at=("has", "shared", "works", "ease"),
    otherwise=[
        (pgettext_lazy("person", "You have a device for you alone, or none."), ("shared", "has")),
        (pgettext_lazy("person", "Your device does not work."), ("works",)),
        (NO_SCREEN, ("ease",)),
    ],
)
def lend_alone(known: Known) -> Iterable[str]:
    """A computer or a tablet shared with others, that works: a broken one has its own rule."""
    if without(known) or not known.says("has", *CARRIES) or known.says("works", "badly", "broken"):
        return ()
    return ("has", "shared") if known.says("shared", "family", "others") else ()


@book.rule(
    Kind.LOAN,
    "connection",
    proposal=pgettext_lazy("person", "Borrow a connection for your device"),
    why=_("A computer without a connection stays in its bag; the subsidies never provided for it."),
    source=sources.LOANS,
    looks_at=("has", "connection", "ease"),
    otherwise=[
        (
            pgettext_lazy("person", "You have a good internet, or no computer."),
            ("connection", "has"),
        ),
        (NO_SCREEN, ("ease",)),
    ],
)
def lend_connection(known: Known) -> Iterable[str]:
    """A device that carries a course, on a connection that does not."""
    if without(known) or not known.says("has", *CARRIES):
        return ()
    return ("has", "connection") if known.says("connection", *WEAK) else ()


# --- here, from a distance, or both --------------------------------------------------------------


@book.rule(
    Kind.FORMAT,
    "computer",
    proposal=pgettext_lazy("person", "Write long things here, on a computer: CV, e-mail, form"),
    why=_(
        "Long writing on a small screen discourages, and teaches that one is not able. A computer "
        "here, for an hour, is enough to do it."
    ),
    source=sources.SMARTPHONE,
    looks_at=("has", "ease"),
    otherwise=[(HAS_ONE, ("has",)), (NO_SCREEN, ("ease",))],
)
def write_here(known: Known) -> Iterable[str]:
    """A smartphone, and nothing larger: not a CV, not an e-mail course, not long reading."""
    small = known.says("has", "smartphone") and carries_nothing(known)
    return ("has",) if small and not without(known) else ()


@book.rule(
    Kind.FORMAT,
    "in-person",
    proposal=pgettext_lazy("person", "If you follow a course: here, and not from a distance"),
    why=_(
        "Distance needs a device, a connection, a quiet place and the wish for it. One that is "
        "missing is enough to come here instead."
    ),
    source=sources.DISTANCE,
    looks_at=("has", "connection", "quiet", "ease", "learning"),
    otherwise=[
        (
            pgettext_lazy("person", "You have a computer, a good internet and a quiet place."),
            (
                "has",
                "connection",
                "quiet",
            ),
        ),
        (NO_LEARNING, ("ease", "learning")),
    ],
)
def in_person(known: Known) -> Iterable[str]:
    """At least one thing that distance needs is missing, for what is known."""
    if without(known) or known.says("learning", "nothing"):
        return ()
    missing = {
        "has": carries_nothing(known),
        "connection": known.says("connection", *WEAK),
        "quiet": known.says("quiet", "no"),
    }
    return tuple(name for name, lacks in missing.items() if lacks)


EQUIPPED = ("has", "shared", "works", "connection", "where")


def equipped(known: Known) -> bool:
    """A device of one's own that works, and a good connection at home: all of it known."""
    return (
        known.says("has", *CARRIES)
        and known.says("shared", "own", "lent")
        and known.says("works", "well")
        and known.says("connection", "good")
        and known.says("where", "home")
    )


@book.rule(
    Kind.FORMAT,
    "house",
    proposal=pgettext_lazy("person", "Follow a course from home, if you would like that"),
    why=_(
        "All that distance needs is there, apart from the wish for it: only the person says it. "
        "Coming here stays as open as before."
    ),
    source=sources.DISTANCE,
    looks_at=(*EQUIPPED, "quiet", "ease", "learning"),
    otherwise=[
        (pgettext_lazy("person", "You would rather come here, with the others."), ()),
        (
            pgettext_lazy("person", "A device, internet or a quiet place is missing."),
            (
                *EQUIPPED,
                "quiet",
            ),
        ),
        (NO_LEARNING, ("ease", "learning")),
    ],
    who="person",
)
def from_home(known: Known) -> Iterable[str]:
    """Equipped, with a quiet place. What was never asked is not guessed: it is silent then."""
    if without(known) or known.says("learning", "nothing"):
        return ()
    return (*EQUIPPED, "quiet") if equipped(known) and known.says("quiet", "yes") else ()


@book.rule(
    Kind.FORMAT,
    "house",
    proposal=pgettext_lazy("person", "Follow a part from home, if you like, and the rest here"),
    why=_("A quiet place at certain hours: what is done at a distance is kept to those hours."),
    source=sources.DISTANCE,
    looks_at=(*EQUIPPED, "quiet", "ease", "learning"),
    otherwise=[
        (pgettext_lazy("person", "You would rather come here, with the others."), ()),
        (pgettext_lazy("person", "A device or internet is missing."), EQUIPPED),
        (pgettext_lazy("person", "You always have a quiet place, or never."), ("quiet",)),
        (NO_LEARNING, ("ease", "learning")),
    ],
)
def hybrid(known: Known) -> Iterable[str]:
    """Equipped, with a quiet place sometimes."""
    if without(known) or known.says("learning", "nothing"):
        return ()
    return (*EQUIPPED, "quiet") if equipped(known) and known.says("quiet", "sometimes") else ()


@book.rule(
    Kind.FORMAT,
    "mobile-data",
    proposal=pgettext_lazy("person", "Send you nothing heavy: no video, no large file"),
    why=_("Mobile data are paid by the megabyte: a video we send can cost the end of a month."),
    source=sources.PRACTICE,
    looks_at=("connection",),
    otherwise=[(GOOD_INTERNET, ("connection",))],
    who="worker",
)
def nothing_heavy(known: Known) -> Iterable[str]:
    """Mobile data only: no video call, no download."""
    return ("connection",) if known.says("connection", "mobile") else ()


@book.rule(
    Kind.FORMAT,
    "place",
    proposal=pgettext_lazy("person", "Use the internet here, or in a library near you"),
    why=_("A library or a public digital space (EPN) has computers and people who help, for free."),
    source=sources.PUBLIC_PLACES,
    looks_at=("connection", "ease"),
    otherwise=[
        (pgettext_lazy("person", "You have internet."), ("connection",)),
        (NO_SCREEN, ("ease",)),
    ],
    who="person",
)
def public_place(known: Known) -> Iterable[str]:
    """No connection at all."""
    return ("connection",) if known.says("connection", "none") and not without(known) else ()


# --- to talk about -------------------------------------------------------------------------------

ASKED = ("has", "connection", "quiet")


@book.rule(
    Kind.ASK,
    "question",
    proposal=pgettext_lazy("person", "Tell us the rest of what you have, if you like"),
    why=_(
        "Something was told, and something else was never asked: the other rules are silent about "
        "it rather than guessing. Nobody has to answer."
    ),
    source=sources.PRACTICE,
    looks_at=(*ASKED, "ease", "learning"),
    otherwise=[
        (
            pgettext_lazy("person", "We talked about it, or you would rather not."),
            (*ASKED, "ease", "learning"),
        )
    ],
)
def ask(known: Known) -> Iterable[str]:
    """A part of what distance needs is known, and a part was never asked."""
    if without(known) or known.says("learning", "nothing"):
        return ()
    unknown = tuple(name for name in ASKED if getattr(known, name) is None)
    return unknown if len(unknown) < len(ASKED) else ()


@book.rule(
    Kind.ASK,
    "history",
    proposal=pgettext_lazy("person", "See together what has changed"),
    why=_("Telephones break, people move: an old answer is asked again before it is leant upon."),
    source=sources.PRACTICE,
    looks_at=ASKED,
    otherwise=[(pgettext_lazy("person", "We talked about it again."), ASKED)],
    numbers=("old_answer",),
)
def look_again(known: Known) -> Iterable[str]:
    """A fact that other rules lean upon was told long ago."""
    since = known.on - timedelta(days=known.numbers["old_answer"])
    old = []
    for name in ASKED:
        said = getattr(known, name)
        if said and said.on and said.on < since:
            old.append(name)
    return tuple(old)
