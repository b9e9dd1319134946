"""The pictures that may stand beside a statement: things and gestures that everybody knows."""

from relier.ui import pictograms

PICTURES = (
    "appointment", "bill", "calendar", "camera", "centre", "child", "clock", "computer",
    "connection", "decision", "document", "email", "equipment", "form", "group", "health",
    "helper", "house", "idea", "identity", "in-person", "interpreter", "keyboard", "language",
    "letter", "list", "loan", "message", "money", "no-connection", "password", "phone", "photo",
    "place", "procedure", "question", "quiet-place", "reading", "repair", "silence", "smartphone",
    "tablet", "team", "training", "transport", "video", "with-person", "work", "worker", "workshop",
)  # fmt: skip


def pictures() -> list[tuple[str, str]]:
    """Name -> word, in the order of the words of the language in force."""
    found = [(name, str(pictograms.word(name))) for name in PICTURES]
    return sorted(found, key=lambda one: one[1].lower())
