"""The pictograms, each with the word it always stands beside.

Same picture, same meaning, everywhere. The drawings are files in static/ui/pictograms/ (where
they come from: CREDITS.md there); they are put in the page itself, so that they take its colour
and cost no request. A picture without a word is a riddle: draw it with its word, or beside one.
"""

from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

FOLDER = Path(__file__).parent / "static" / "ui" / "pictograms"

WORDS: dict[str, str | Promise] = {
    # reaching each other
    "request": _("Request"),
    "appointment": _("Appointment"),
    "phone": _("Telephone"),
    "letter": _("Letter"),
    "message": _("Text message"),
    "email": _("E-mail"),
    "video": _("Video call"),
    "in-person": _("Face to face"),
    "interpreter": _("Interpreter"),
    "listen": _("Listen"),
    # what someone has, or has not
    "house": _("At home"),
    "quiet-place": _("A quiet place"),
    "computer": _("Computer"),
    "smartphone": _("Smartphone"),
    "tablet": _("Tablet"),
    "equipment": _("Equipment"),
    "charger": _("Charger"),
    "connection": _("Connection"),
    "no-connection": _("No connection"),
    "mobile-data": _("Mobile data"),
    "language": _("Language"),
    "reading": _("Reading"),
    "helper": _("Someone who helps"),
    "money": _("Money"),
    "work": _("Work"),
    "child": _("Children"),
    "health": _("Health"),
    "transport": _("Getting there"),
    # who
    "person": _("Person"),
    "group": _("Group"),
    "worker": _("Worker"),
    "team": _("Team"),
    "centre": _("Centre"),
    "institution": _("Institution"),
    # who reads
    "secrecy": _("Under secrecy"),
    "with-person": _("With the person"),
    "journal": _("Who opened the file"),
    # accompanying
    "step": _("Step"),
    "can": _("You can"),
    "within-reach": _("Within reach"),
    "note": _("Note"),
    "procedure": _("Procedure"),
    "mandate": _("Mandate"),
    "consent": _("Agreement"),
    "rights": _("Rights"),
    "apart": _("A moment apart"),
    "training": _("Training"),
    "workshop": _("Workshop"),
    "loan": _("Loan"),
    "return": _("Return"),
    "deposit": _("Deposit"),
    "repair": _("Repair"),
    "framework": _("Framework"),
    "resource": _("Resource"),
    "sheet": _("Sheet"),
    "testimony": _("Testimony"),
    "problem": _("Problem"),
    "deliberation": _("Deliberation"),
    "decision": _("Decision"),
    "trial": _("Trial"),
    "thread": _("Thread"),
    "idea": _("Idea"),
    # how far it is
    "done": _("Done"),
    "waiting": _("Waiting"),
    "blocked": _("Blocked"),
    "deadline": _("Deadline"),
    "late": _("Late"),
    "arrived": _("Arrived"),
    "absent": _("Absent"),
    "calendar": _("Calendar"),
    "clock": _("Time"),
    "history": _("What happened"),
    "place": _("Place"),
    "info": _("To know"),
    "warning": _("Take care"),
    "question": _("Question"),
    # gestures
    "search": _("Search"),
    "print": _("Print"),
    "add": _("Add"),
    "edit": _("Change"),
    "close": _("Close"),
    "delete": _("Erase"),
    "undo": _("Undo"),
    "merge": _("Join into one"),
    "back": _("Back"),
    "next": _("Continue"),
    "skip": _("Skip"),
    "pause": _("Stop here"),
    "leave": _("Leave"),
    "scan": _("Scan"),
    "camera": _("Photograph"),
    "download": _("Download"),
    "upload": _("Send a file"),
    "link": _("Link"),
    "key": _("Key"),
    "settings": _("Settings"),
}

# A few drawings have a direction: in a script read from the right they turn round.
TURNING = frozenset({"back", "next", "undo", "skip", "leave", "arrived", "step", "return"})


@cache
def drawing(name: str, *, large: bool = False) -> SafeString:
    """The SVG of one pictogram, hidden from voice: the word beside it is what is said.

    Raises LookupError for a name that has no word, so that a slip is seen at once.
    """
    if name not in WORDS:
        raise LookupError(f"No pictogram named {name!r}; see relier/ui/pictograms.py.")
    svg = (FOLDER / f"{name}.svg").read_text(encoding="utf-8").strip()
    classes = "pictogram" + " large" * large + " turns" * (name in TURNING)
    opening = f'<svg class="{classes}" aria-hidden="true" focusable="false"'
    # The namespace is only needed by a file on its own; inside HTML it is weight.
    svg = svg.replace(' xmlns="http://www.w3.org/2000/svg"', "", 1)
    return mark_safe(svg.replace("<svg", opening, 1))  # noqa: S308 — our own files


def word(name: str) -> str:
    """The word of a pictogram in the language of the page."""
    drawing(name)
    return str(WORDS[name])
