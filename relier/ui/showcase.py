"""What the page of patterns shows: invented people, and one example of each piece."""

from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from relier.ui import pictograms, tokens, widgets
from relier.ui.pieces import Entry, Fact

Choices = list[tuple[str, str | Promise]]

READERS: Choices = [
    ("secrecy", gettext_lazy("Under secrecy")),
    ("team", gettext_lazy("For the team")),
    ("person", gettext_lazy("With the person")),
]
REACHED: Choices = [
    ("phone", gettext_lazy("Telephone")),
    ("message", gettext_lazy("Text message")),
    ("letter", gettext_lazy("Letter")),
]


class NoteForm(forms.Form):
    """Every kind of field; only the words are needed."""

    words = forms.CharField(
        label=gettext_lazy("What happened"),
        help_text=gettext_lazy("One sentence is enough."),
        widget=widgets.Words,
    )
    reader = forms.ChoiceField(
        label=gettext_lazy("Who will read this"),
        choices=READERS,
        required=False,
        widget=widgets.OneChoice(
            hints={
                "secrecy": gettext_lazy("Only those bound by professional secrecy."),
                "person": gettext_lazy("Written together, and theirs to keep."),
            },
            pictograms={"secrecy": "secrecy", "team": "team", "person": "with-person"},
        ),
    )
    reached = forms.MultipleChoiceField(
        label=gettext_lazy("How they like to be reached"),
        choices=REACHED,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    on = forms.DateField(label=gettext_lazy("Day"), required=False)
    at = forms.TimeField(label=gettext_lazy("Hour"), required=False)
    place = forms.ChoiceField(
        label=gettext_lazy("Place"),
        choices=[
            ("", "—"),
            ("centre", gettext_lazy("At the centre")),
            ("home", gettext_lazy("At home")),
        ],
        required=False,
    )
    told = forms.BooleanField(
        label=gettext_lazy("The person knows that this is written"), required=False
    )


class SortingForm(forms.Form):
    """A few fields on one line, above a list."""

    text = forms.CharField(label=gettext_lazy("A word"), required=False)
    team = forms.ChoiceField(
        label=gettext_lazy("Team"),
        choices=[("", gettext_lazy("All")), ("1", gettext_lazy("Front desk"))],
        required=False,
    )


def facts() -> list[Fact]:
    return [
        Fact(_("Computer"), _("none at home"), date(2026, 11, 3), "computer"),
        Fact(
            _("Telephone"), _("a smartphone, lent by her sister"), date(2026, 11, 3), "smartphone"
        ),
        Fact(_("Connection"), _("prepaid, 2 GB a month"), date(2026, 9, 1), "mobile-data"),
        Fact(_("Reading"), _("short texts; long letters with someone"), None, "reading"),
    ]


def story() -> list[Entry]:
    return [
        Entry(
            datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
            _("We opened her online account together. She wrote the password in her notebook."),
            "Nour",
            _("Health insurance account"),
            "procedure",
            "secrecy",
        ),
        Entry(
            date(2026, 11, 17),
            _("Came with a letter from the energy company. We read it; nothing to pay."),
            "Bram",
            _("A letter read together"),
            "letter",
            "person",
        ),
        Entry(date(2026, 11, 1), _("Prefers Tuesdays, when the children are at school.")),
    ]


def swatches() -> list[dict[str, Any]]:
    """Each colour of writing and of line, on both grounds of both themes, with its contrast."""
    return [
        {
            "theme": _("By day") if theme == "light" else _("By night"),
            "ground": found["paper"],
            "raised": found["raised"],
            "line": found["line"],
            "colours": [
                {
                    "name": name,
                    "value": found[name],
                    "contrast": min(
                        tokens.contrast(found[name], found[ground]) for ground in tokens.GROUNDS
                    ),
                }
                for name in tokens.TEXTS + tokens.LINES
            ],
        }
        for theme, found in tokens.colours().items()
    ]


def answers() -> list[tuple[str, str]]:
    """The answers to a question, each with its pictogram."""
    return [
        ("can", pgettext("person", "Yes, alone or with someone")),
        ("within-reach", pgettext("person", "I could learn it")),
        ("no-need", pgettext("person", "I have no need of it")),
    ]


def everything() -> dict[str, Any]:
    """The context of the page of patterns."""
    words = {"phone": _("telephone"), "message": _("text message")}
    return {
        "sheet": NoteForm(prefix="new", initial={"on": date(2026, 11, 24), "reader": "team"}),
        "sorting": SortingForm(prefix="sorting"),
        "wrong": NoteForm({"wrong-email": "awa@", "wrong-place": "centre"}, prefix="wrong"),
        "facts": facts(),
        "story": story(),
        "swatches": swatches(),
        "pictograms": list(pictograms.WORDS.items()),
        "people": [("Awa", words["message"]), ("Idris", words["phone"]), ("Lucie", words["phone"])],
        "day": date(2026, 11, 24),
        "ten": time(10),
        "two": time(14),
        "three_hours_and_a_half": 3.5,
        "page_of_list": Paginator(range(120), 25).page(2),
        "answers": answers(),
    }
