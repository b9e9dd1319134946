"""What a positioning says to the person, once worded: the screen and the paper say the same.

Every sentence is for someone who reads with difficulty or hears it read aloud. No number, no
total, no bar: lists of deeds, in words.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language, pgettext

from relier.ui.dates import day

from . import results, standing, wording
from .banks import Bank, BankItem
from .models import Positioning
from .results import Group

ICONS = {"can": "can", "within_reach": "within-reach", "contact": "phone"}
# With more pictures a page would not arrive in one breath (docs/charter.md, promise 11): then only
# the headings have theirs.
MOST_PICTURES = 36
Listed = list[dict[str, Any]]


def result_page(positioning: Positioning, *, by_kind: bool = False) -> dict[str, Any]:
    """The page of one positioning, as plain words in the language in force."""
    bank = standing.bank_of(positioning)
    found = standing.result_of(positioning, positioning.answers.all().standing())
    whose = positioning.person
    centre = whose.root.centre if whose else None
    return {
        "title": pgettext("person", "What I can do"),
        "person": whose.root.call_name if whose else positioning.author.name,
        "date": capital(day(positioning.on)),
        "source": wording.source_of(positioning.evidence, positioning.channel),
        "helper": positioning.helper,
        "seen": positioning.seen,
        "can": groups(bank, found.said, by_kind=by_kind),
        "pictured": len(found.said) <= MOST_PICTURES,
        "often": [
            {"words": wording.deed(one.item), "because": because(one.because)}
            for one in found.deduced
        ],
        "within_reach": listed(found.within_reach),
        "later": listed(found.later),
        "not_needed": listed(found.not_needed),
        "not_asked": groups(bank, found.not_asked, by_kind=by_kind),
        "centre": {"name": centre.name, "phone": centre.phone} if centre else {},
        "icons": ICONS,
        "labels": labels(),
    }


def groups(bank: Bank, items: Sequence[BankItem], *, by_kind: bool) -> Listed:
    """A list in parts, by sides of life or by the three kinds of competence."""
    arranged: list[Group] = results.by_kind(items) if by_kind else results.by_part(bank, items)
    language = get_language() or "en"
    return [
        {
            "title": group.title.told_in(language),
            "pictogram": group.pictogram,
            "items": listed(group.items),
        }
        for group in arranged
    ]


def listed(items: Sequence[BankItem]) -> Listed:
    return [{"words": wording.deed(item), "pictogram": item.pictogram} for item in items]


def because(item: BankItem) -> str:
    return pgettext("person", "because you can %(deed)s") % {"deed": wording.deed(item)}


def drawn(page: dict[str, Any]) -> set[str]:
    """The names of the pictograms that a page draws."""
    names = {*page["icons"].values()}
    for group in page["can"]:
        names |= {group["pictogram"], *(item["pictogram"] for item in group["items"])}
    return names | {item["pictogram"] for item in page["within_reach"]}


def labels() -> dict[str, str]:
    return {
        "for": pgettext("person", "For"),
        "can": pgettext("person", "You can…"),
        "nothing_said": pgettext("person", "You said nothing about it, and that is fine."),
        "often": pgettext("person", "This often goes with it"),
        "not_checked": pgettext("person", "We did not ask you. You know best."),
        "within_reach": pgettext("person", "You could learn, if you like"),
        "later": pgettext("person", "Another time, if you like"),
        "not_needed": pgettext("person", "You have no need of it"),
        "not_asked": pgettext("person", "We did not ask, or you skipped"),
        "rest": pgettext("person", "We did not ask everything. You can go on another day."),
        "helper": pgettext("person", "With the help of"),
        "seen": pgettext("person", "What was seen"),
        "yours": pgettext("person", "This page is yours. You need not show it to anyone."),
        "contact": pgettext("person", "A question? Call us."),
        "page": pgettext("person", "Page %(page)s of %(pages)s"),
    }


# --- over time -----------------------------------------------------------------------------------


def over_time(positionings: Sequence[Positioning]) -> dict[str, Any]:
    """Two times or more side by side, the first one first: what changed, then what did not."""
    if not positionings:
        return {"times": [], "changed": [], "same": [], "pictured": False}
    answers = [one.answers.all().standing() for one in positionings]
    rows = results.side_by_side(standing.bank_of(positionings[-1]), answers)
    moments = [
        {
            "day": capital(day(one.on)),
            "source": wording.source_of(one.evidence, one.channel),
        }
        for one in positionings
    ]

    def told(row: results.OverTime) -> dict[str, Any]:
        said = [
            {**moment, "says": wording.answer_of(says, one.evidence)}
            for moment, one, says in zip(moments, positionings, row.says, strict=True)
            if says
        ]
        return {"words": wording.deed(row.item), "pictogram": row.item.pictogram, "said": said}

    changed = [told(row) for row in rows if row.changed]
    return {
        "times": moments,
        "changed": changed,
        "pictured": len(changed) <= MOST_PICTURES,
        "same": [told(row) for row in rows if not row.changed],
    }


def capital(text: str) -> str:
    """The same text beginning with a capital, the rest as it was written."""
    return text[:1].upper() + text[1:]
