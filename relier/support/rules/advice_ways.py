"""Rules about ways: by voice, on paper, in one's language; at one's own pace, or not at all.

Doing without digital things is a right and not a lack; not reading French says nothing of what
someone can do with a screen. No rule here proposes French lessons as a condition of anything.
"""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import advice_sources as sources
from .advice_equipment import NO_SCREEN, without
from .advice_known import Known
from .advice_pieces import Book, Kind

book = Book()

# Languages that most telephones and computers can speak and write.
ON_DEVICES = frozenset(
    "en ar bg bn ckb de el es fa hy it ka nl pa pl pt ro ru sh sq sw th tr uk ur vi zh".split()
)
SIGNED = "sfb"
READS_WELL = pgettext_lazy("person", "You read French easily.")
OTHER_WAY = pgettext_lazy("person", "You would rather be reached another way.")


# --- to learn, or to be left in peace ------------------------------------------------------------


@book.rule(
    Kind.LEARN,
    "workshop",
    proposal=pgettext_lazy("person", "Learn this here, in a small group"),
    why=_(
        "Only what the person would like to learn, and that is within reach now: three things at "
        "most. Without any positioning, everyone enrols, borrows and is helped alike."
    ),
    source=sources.POSITIONING,
    looks_at=("ease", "reading"),
    each="offers",
    otherwise=[
        (pgettext_lazy("person", "You no longer want to learn it, or you can already."), ("one",)),
        (
            pgettext_lazy("person", "You read easily and would rather learn alone."),
            (
                "reading",
                "ease",
            ),
        ),
    ],
)
def learn_together(known: Known) -> Iterable[str]:
    """Within reach and wanted; with others, unless reading alone suits them."""
    return ("one",) if not without(known) and not reads_alone(known) else ()


@book.rule(
    Kind.LEARN,
    "sheet",
    proposal=pgettext_lazy("person", "Learn this with a sheet, at your own pace"),
    why=_("Someone who reads easily and manages alone may prefer a sheet to a group."),
    source=sources.POSITIONING,
    looks_at=("ease", "reading"),
    each="offers",
    otherwise=[
        (pgettext_lazy("person", "You no longer want to learn it, or you can already."), ("one",)),
        (pgettext_lazy("person", "You would rather learn with others."), ("ease", "reading")),
    ],
    who="person",
)
def learn_with_a_sheet(known: Known) -> Iterable[str]:
    """Within reach and wanted, by someone who reads easily and manages alone."""
    return ("one", "ease", "reading") if reads_alone(known) else ()


def reads_alone(known: Known) -> bool:
    return known.says("ease", "alone") and known.says("reading", "easily")


@book.rule(
    Kind.LEAVE,
    "consent",
    proposal=pgettext_lazy("person", "Speak of no course, until you speak of it"),
    why=_(
        "Someone looked at what they can do, and named nothing that they would like to learn. "
        "Proposing it again would be pressing."
    ),
    source=sources.NOT_COMPULSORY,
    looks_at=("learning",),
    otherwise=[(pgettext_lazy("person", "You would like to learn something."), ("learning",))],
    who="worker",
)
def leave_in_peace(known: Known) -> Iterable[str]:
    """A positioning was made, and nothing was wanted: « je n’en ai pas besoin » is an answer."""
    return ("learning",) if known.says("learning", "nothing") else ()


@book.rule(
    Kind.VOICE,
    "rights",
    proposal=pgettext_lazy("person", "Go on without a screen: on paper, by voice"),
    why=_(
        "Doing without is a right. The counter, the telephone and paper stay open for everything "
        "that we do, and no course is proposed again."
    ),
    source=sources.NOT_COMPULSORY,
    looks_at=("ease",),
    otherwise=[(pgettext_lazy("person", "You would like to use a screen."), ("ease",))],
)
def without_a_screen(known: Known) -> Iterable[str]:
    """Would rather do without."""
    return ("ease",) if without(known) else ()


# --- in their language ---------------------------------------------------------------------------


@book.rule(
    Kind.VOICE,
    "interpreter",
    proposal=pgettext_lazy("person", "Meet with an interpreter"),
    why=_("An interpreter is booked before the meeting, and chosen by the person."),
    source=sources.NOT_READING,
    looks_at=("interpreter", "interpreter_language"),
    otherwise=[
        (
            pgettext_lazy("person", "You do without an interpreter, or need another language."),
            (
                "interpreter",
                "interpreter_language",
            ),
        )
    ],
    who="worker",
)
def with_an_interpreter(known: Known) -> Iterable[str]:
    """An interpreter each time, or for what matters most."""
    if not known.says("interpreter", "yes", "sometimes"):
        return ()
    return ("interpreter", *(["interpreter_language"] if known.interpreter_language else []))


@book.rule(
    Kind.VOICE,
    "listen",
    proposal=pgettext_lazy("person", "Speak and show pictures: nothing to read alone"),
    why=_(
        "Not reading French is no difficulty with digital things: voice, pictures and gestures "
        "are enough to learn and to do. French is not asked for first."
    ),
    source=sources.NOT_READING,
    looks_at=("reading", "spoken"),
    otherwise=[
        (READS_WELL, ("reading",)),
        (pgettext_lazy("person", "You speak with signs."), ("spoken",)),
    ],
)
def by_voice(known: Known) -> Iterable[str]:
    """Reads little French or none. Silent for someone who signs: voice would not be their way."""
    if known.says("spoken", SIGNED):
        return ()
    return ("reading",) if known.says("reading", "little", "not") else ()


@book.rule(
    Kind.VOICE,
    "language",
    proposal=pgettext_lazy("person", "Put your device in your language, if you read it"),
    why=_(
        "Menus in one's own language undo the half of what seems difficult. It is set here, with "
        "them, and can be put back."
    ),
    source=sources.NOT_READING,
    looks_at=("spoken", "reading", "has", "ease"),
    otherwise=[
        (READS_WELL, ("reading",)),
        (pgettext_lazy("person", "Your device does not know your language."), ("spoken", "has")),
        (NO_SCREEN, ("ease",)),
    ],
)
def own_language(known: Known) -> Iterable[str]:
    """Reading French is an effort, and a device may speak one of their languages."""
    device = known.says("has", "smartphone", "tablet", "computer")
    hard = known.says("reading", "effort", "little", "not")
    if without(known) or not device or not hard or not known.says("spoken", *ON_DEVICES):
        return ()
    return ("spoken", "reading", "has")


# --- as they like to be reached ------------------------------------------------------------------


@book.rule(
    Kind.VOICE,
    "phone",
    proposal=pgettext_lazy("person", "Call you, and send no e-mail"),
    why=_("An e-mail to someone who is reached by telephone is a message that does not arrive."),
    source=sources.NOT_COMPULSORY,
    looks_at=("reach",),
    otherwise=[(OTHER_WAY, ("reach",))],
    who="worker",
)
def call(known: Known) -> Iterable[str]:
    """Likes to be reached by telephone."""
    return ("reach",) if known.says("reach", "phone") else ()


@book.rule(
    Kind.VOICE,
    "letter",
    proposal=pgettext_lazy("person", "Write you letters, and no e-mail"),
    why=_("A letter can be kept, shown and read with someone."),
    source=sources.NOT_COMPULSORY,
    looks_at=("reach",),
    otherwise=[(OTHER_WAY, ("reach",))],
    who="worker",
)
def write_letters(known: Known) -> Iterable[str]:
    """Likes to be reached by letter."""
    return ("reach",) if known.says("reach", "letter") else ()


@book.rule(
    Kind.VOICE,
    "in-person",
    proposal=pgettext_lazy("person", "Tell you things here, face to face"),
    why=_("What matters is said at the next meeting; nothing is decided by a message before."),
    source=sources.NOT_COMPULSORY,
    looks_at=("reach",),
    otherwise=[(OTHER_WAY, ("reach",))],
)
def face_to_face(known: Known) -> Iterable[str]:
    """Likes to be told in person."""
    return ("reach",) if known.says("reach", "in_person") else ()


# --- when we meet --------------------------------------------------------------------------------


@book.rule(
    Kind.MEETING,
    "secrecy",
    proposal=pgettext_lazy("person", "Do here what is private, not on a shared device"),
    why=_(
        "On a shared device, others read messages, letters and accounts. No detail is sent there; "
        "accounts are opened here, and closed."
    ),
    source=sources.PRIVATE_LIFE,
    looks_at=("shared",),
    otherwise=[(pgettext_lazy("person", "Your device is for you alone."), ("shared",))],
)
def private_here(known: Known) -> Iterable[str]:
    """A device shared with the family or with others. It may be a matter of safety."""
    return ("shared",) if known.says("shared", "family", "others") else ()


@book.rule(
    Kind.MEETING,
    "helper",
    proposal=pgettext_lazy("person", "Come with the person who helps you"),
    why=_("With someone or alone are equal. A daughter, a friend, a neighbour: they choose whom."),
    source=sources.PRACTICE,
    looks_at=("ease",),
    otherwise=[(pgettext_lazy("person", "You would rather come alone."), ("ease",))],
    who="person",
)
def with_someone(known: Known) -> Iterable[str]:
    """Manages with someone beside them."""
    return ("ease",) if known.says("ease", "someone") else ()


@book.rule(
    Kind.MEETING,
    "person",
    proposal=pgettext_lazy("person", "Talk first, and write on the computer afterwards"),
    why=_(
        "With the computer between them, the meeting of two becomes a triad. Writing after it, "
        "from a note on paper, gives back the face; what is then written is read together."
    ),
    source=sources.TRIAD,
    looks_at=("ease", "interpreter"),
    otherwise=[
        (
            pgettext_lazy("person", "The screen between us does not bother you."),
            (
                "ease",
                "interpreter",
            ),
        )
    ],
    who="worker",
)
def screen_aside(known: Known) -> Iterable[str]:
    """Would rather do without screens, or speaks through an interpreter: typing cuts the thread."""
    facts = {
        "ease": without(known),
        "interpreter": known.says("interpreter", "yes", "sometimes"),
    }
    return tuple(name for name, holds in facts.items() if holds)
