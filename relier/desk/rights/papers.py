"""All that is held about a person, to print: large letters for them, the same words as the page."""

from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relier.paper.typeset import Language, Template, typeset
from relier.people.models import Person
from relier.privacy.held import Table
from relier.ui import dates

HELD = Template("desk/typst/held.typ")


def paper_of(
    person: Person, tables: list[Table], *, made_at: datetime, alone: bool = False
) -> bytes:
    """`alone`: taken by the person themself; it says what they have to ask for."""
    lead = _(
        "Here is all that this centre keeps about you, and what for. Something is wrong? Say "
        "so: it is put right. You may ask to be erased."
    )
    if alone:
        lead += " " + _(
            "Notes and what was written after meetings are not in it: they often speak of others "
            "too. Ask for them: someone goes through them with you."
        )
    data = {
        "title": _("All that is held about you"),
        "centre": {"name": person.centre.name, "phone": person.centre.phone},
        "date": capfirst(dates.day(made_at)),
        "intro": [{"term": _("For"), "value": person.name}],
        "lead": lead,
        "tables": [
            {
                "title": table.title,
                "why": table.why,
                "entries": [
                    [{"term": term, "value": value} for term, value in entry]
                    for entry in table.entries
                ],
            }
            for table in tables
        ],
        "labels": {"page": _("Page %(page)s of %(pages)s")},
    }
    language: Language = "fr" if (get_language() or "").startswith("fr") else "en"
    return typeset(HELD, data, language=language, made_at=made_at)
