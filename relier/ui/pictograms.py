"""The pictograms, each with the word it always stands beside.

Same picture, same meaning, everywhere. The drawings are files in static/ui/pictograms/ (where
they come from: CREDITS.md there); they are put in the page itself, so that they take its colour
and cost no request. A picture without a word is a riddle: draw it with its word, or beside one.
"""

from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext_lazy

FOLDER = Path(__file__).parent / "static" / "ui" / "pictograms"

WORDS: dict[str, str | Promise] = {
    # reaching each other
    "request": pgettext_lazy("pictogram", "Request"),
    "appointment": pgettext_lazy("pictogram", "Appointment"),
    "phone": pgettext_lazy("pictogram", "Telephone"),
    "letter": pgettext_lazy("pictogram", "Letter"),
    "message": pgettext_lazy("pictogram", "Text message"),
    "email": pgettext_lazy("pictogram", "E-mail"),
    "video": pgettext_lazy("pictogram", "Video call"),
    "in-person": pgettext_lazy("pictogram", "Face to face"),
    "interpreter": pgettext_lazy("pictogram", "Interpreter"),
    "listen": pgettext_lazy("pictogram", "Listen"),
    # what someone has, or has not
    "house": pgettext_lazy("pictogram", "At home"),
    "quiet-place": pgettext_lazy("pictogram", "A quiet place"),
    "computer": pgettext_lazy("pictogram", "Computer"),
    "smartphone": pgettext_lazy("pictogram", "Smartphone"),
    "tablet": pgettext_lazy("pictogram", "Tablet"),
    "equipment": pgettext_lazy("pictogram", "Equipment"),
    "charger": pgettext_lazy("pictogram", "Charger"),
    "connection": pgettext_lazy("pictogram", "Connection"),
    "no-connection": pgettext_lazy("pictogram", "No connection"),
    "mobile-data": pgettext_lazy("pictogram", "Mobile data"),
    "language": pgettext_lazy("pictogram", "Language"),
    "reading": pgettext_lazy("pictogram", "Reading"),
    "helper": pgettext_lazy("pictogram", "Someone who helps"),
    "money": pgettext_lazy("pictogram", "Money"),
    "work": pgettext_lazy("pictogram", "Work"),
    "child": pgettext_lazy("pictogram", "Children"),
    "health": pgettext_lazy("pictogram", "Health"),
    "transport": pgettext_lazy("pictogram", "Getting there"),
    # who
    "person": pgettext_lazy("pictogram", "Person"),
    "group": pgettext_lazy("pictogram", "Group"),
    "worker": pgettext_lazy("pictogram", "Worker"),
    "team": pgettext_lazy("pictogram", "Team"),
    "centre": pgettext_lazy("pictogram", "Centre"),
    "institution": pgettext_lazy("pictogram", "Institution"),
    # who reads
    "secrecy": pgettext_lazy("pictogram", "Under secrecy"),
    "with-person": pgettext_lazy("pictogram", "With the person"),
    "journal": pgettext_lazy("pictogram", "Who opened the file"),
    # accompanying
    "step": pgettext_lazy("pictogram", "Step"),
    "can": pgettext_lazy("pictogram", "You can"),
    "within-reach": pgettext_lazy("pictogram", "Within reach"),
    "no-need": pgettext_lazy("pictogram", "No need of it"),
    "note": pgettext_lazy("pictogram", "Note"),
    "procedure": pgettext_lazy("pictogram", "Procedure"),
    "mandate": pgettext_lazy("pictogram", "Mandate"),
    "consent": pgettext_lazy("pictogram", "Agreement"),
    "rights": pgettext_lazy("pictogram", "Rights"),
    "apart": pgettext_lazy("pictogram", "A moment apart"),
    "training": pgettext_lazy("pictogram", "Training"),
    "workshop": pgettext_lazy("pictogram", "Workshop"),
    "loan": pgettext_lazy("pictogram", "Loan"),
    "return": pgettext_lazy("pictogram", "Return"),
    "deposit": pgettext_lazy("pictogram", "Deposit"),
    "repair": pgettext_lazy("pictogram", "Repair"),
    "framework": pgettext_lazy("pictogram", "Framework"),
    "resource": pgettext_lazy("pictogram", "Resource"),
    "sheet": pgettext_lazy("pictogram", "Sheet"),
    "testimony": pgettext_lazy("pictogram", "Testimony"),
    "problem": pgettext_lazy("pictogram", "Problem"),
    "deliberation": pgettext_lazy("pictogram", "Deliberation"),
    "decision": pgettext_lazy("pictogram", "Decision"),
    "trial": pgettext_lazy("pictogram", "Trial"),
    "thread": pgettext_lazy("pictogram", "Thread"),
    "idea": pgettext_lazy("pictogram", "Idea"),
    # how far it is
    "done": pgettext_lazy("pictogram", "Done"),
    "waiting": pgettext_lazy("pictogram", "Waiting"),
    "blocked": pgettext_lazy("pictogram", "Blocked"),
    "deadline": pgettext_lazy("pictogram", "Deadline"),
    "late": pgettext_lazy("pictogram", "Late"),
    "arrived": pgettext_lazy("pictogram", "Arrived"),
    "absent": pgettext_lazy("pictogram", "Absent"),
    "calendar": pgettext_lazy("pictogram", "Calendar"),
    "clock": pgettext_lazy("pictogram", "Time"),
    "history": pgettext_lazy("pictogram", "What happened"),
    "place": pgettext_lazy("pictogram", "Place"),
    "info": pgettext_lazy("pictogram", "To know"),
    "warning": pgettext_lazy("pictogram", "Take care"),
    "question": pgettext_lazy("pictogram", "Question"),
    # what one does on a screen: the items of a positioning
    "switch-on": pgettext_lazy("pictogram", "Switch on"),
    "unlock": pgettext_lazy("pictogram", "Open the screen"),
    "letters": pgettext_lazy("pictogram", "Size of the letters"),
    "app": pgettext_lazy("pictogram", "App"),
    "scroll": pgettext_lazy("pictogram", "Up and down"),
    "keyboard": pgettext_lazy("pictogram", "Keyboard"),
    "password": pgettext_lazy("pictogram", "Password"),
    "account": pgettext_lazy("pictogram", "Account"),
    "author": pgettext_lazy("pictogram", "Who is speaking"),
    "check": pgettext_lazy("pictogram", "Check"),
    "photo-found": pgettext_lazy("pictogram", "Find a photo"),
    "document": pgettext_lazy("pictogram", "Document"),
    "folder": pgettext_lazy("pictogram", "Folder"),
    "photo": pgettext_lazy("pictogram", "Photo"),
    "attach": pgettext_lazy("pictogram", "Attach"),
    "form": pgettext_lazy("pictogram", "Form"),
    "identity": pgettext_lazy("pictogram", "Identity card"),
    "official-letter": pgettext_lazy("pictogram", "Official letter"),
    "bill": pgettext_lazy("pictogram", "Bill"),
    "messages": pgettext_lazy("pictogram", "Group of messages"),
    "list": pgettext_lazy("pictogram", "List"),
    "choose": pgettext_lazy("pictogram", "Choose"),
    "ask-first": pgettext_lazy("pictogram", "Ask first"),
    "new-account": pgettext_lazy("pictogram", "New account"),
    "copy": pgettext_lazy("pictogram", "Copy"),
    "crop": pgettext_lazy("pictogram", "Cut a photo"),
    "source": pgettext_lazy("pictogram", "Where it comes from"),
    "alarm": pgettext_lazy("pictogram", "Alarm"),
    "order": pgettext_lazy("pictogram", "In order"),
    "update": pgettext_lazy("pictogram", "Update"),
    "false-message": pgettext_lazy("pictogram", "False message"),
    "refuse": pgettext_lazy("pictogram", "Say no"),
    "safe": pgettext_lazy("pictogram", "In safety"),
    "silence": pgettext_lazy("pictogram", "Without sound"),
    "block": pgettext_lazy("pictogram", "Block someone"),
    "battery": pgettext_lazy("pictogram", "Battery"),
    "recycle": pgettext_lazy("pictogram", "Give away or recycle"),
    "restart": pgettext_lazy("pictogram", "Start again"),
    "new-app": pgettext_lazy("pictogram", "Add an app"),
    "remember": pgettext_lazy("pictogram", "Remember"),
    "film": pgettext_lazy("pictogram", "Video"),
    "aim": pgettext_lazy("pictogram", "Aim"),
    # gestures
    "search": pgettext_lazy("pictogram", "Search"),
    "print": pgettext_lazy("pictogram", "Print"),
    "add": pgettext_lazy("pictogram", "Add"),
    "edit": pgettext_lazy("pictogram", "Change"),
    "close": pgettext_lazy("pictogram", "Close"),
    "delete": pgettext_lazy("pictogram", "Erase"),
    "undo": pgettext_lazy("pictogram", "Undo"),
    "merge": pgettext_lazy("pictogram", "Join into one"),
    "back": pgettext_lazy("pictogram", "Back"),
    "next": pgettext_lazy("pictogram", "Continue"),
    "skip": pgettext_lazy("pictogram", "Skip"),
    "pause": pgettext_lazy("pictogram", "Stop here"),
    "leave": pgettext_lazy("pictogram", "Leave"),
    "scan": pgettext_lazy("pictogram", "Scan"),
    "camera": pgettext_lazy("pictogram", "Photograph"),
    "download": pgettext_lazy("pictogram", "Download"),
    "upload": pgettext_lazy("pictogram", "Send a file"),
    "link": pgettext_lazy("pictogram", "Link"),
    "key": pgettext_lazy("pictogram", "Key"),
    "settings": pgettext_lazy("pictogram", "Settings"),
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
