"""A meeting on paper, for the day when the connection dies: its agenda with hours, each statement
on a page of its own with boxes for the hands, and lines for what is said. What is written there is
typed in afterwards."""

from collections.abc import Sequence
from datetime import time
from typing import cast

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from relier.paper.typeset import Language, Template, typeset
from relier.ui import dates, pictograms

from . import languages
from .models import Item, Meeting, Statement

MEETING = Template("deliberation/typst/meeting.typ")


def meeting(meeting: Meeting, items: Sequence[tuple[time, Item]], ends: time) -> bytes:
    """In the language of the page. `items`: each with the hour at which it begins."""
    language = languages.of_page((get_language() or "fr")[:2])
    question = meeting.question
    statements = list(question.statements.shown().prefetch_related("wordings"))
    place = [meeting.place] if meeting.place else []
    data = {
        "title": question.words,
        "reader": "worker",
        "centre": {"name": question.centre.name, "phone": question.centre.phone},
        "date": " · ".join([dates.day(meeting.day), dates.hour(meeting.starts_at), *place]),
        "agenda": [_line(at, item) for at, item in items],
        "ends": pgettext("person", "The end") if items else "",
        "ends_at": dates.hour(ends),
        "how": [
            _(
                "No connection? Go on with these pages. Write down the hands, and what is said, "
                "without any name."
            ),
            _(
                "Afterwards, type it in from the page of the meeting. Fewer than five hands are "
                "not written down."
            ),
        ],
        "statements": [_statement(one, language) for one in statements],
        "labels": {
            "agenda": pgettext("person", "What we do"),
            "hands": pgettext("person", "We raise hands"),
            "present": pgettext("person", "People in the room"),
            "agree": pgettext("person", "I agree"),
            "disagree": pgettext("person", "I disagree"),
            "unsure": pgettext("person", "I don’t know"),
            "said": pgettext("person", "What people say"),
            "try": pgettext("person", "What we could try"),
            "page": pgettext("person", "Page %(page)s of %(pages)s"),
        },
    }  # fmt: skip
    names = {one.pictogram for one in statements if one.pictogram} | {"can", "close", "question"}
    return typeset(
        MEETING, data, language=cast(Language, language), made_at=timezone.localtime(),
        pictograms={name: drawing(name) for name in sorted(names) if name in pictograms.WORDS},
    )  # fmt: skip


def drawing(name: str) -> bytes:
    return (pictograms.FOLDER / f"{name}.svg").read_bytes()


def _line(at: time, item: Item) -> dict[str, object]:
    return {
        "hour": dates.hour(at),
        "title": item.title,
        "minutes": _("%(minutes)s minutes") % {"minutes": item.minutes},
        "doing": item.get_doing_display(),
    }


def _statement(one: Statement, language: str) -> dict[str, object]:
    words, _wording = one.in_language(language)
    return {"number": str(one.number), "words": words, "picture": one.pictogram}
