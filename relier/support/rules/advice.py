"""Advice: every rule in its order, the numbers they count with, and what is shown of it.

Rules propose and decide nothing. They are pure functions of what is known (`advice_known`); a
centre may switch one off or say it in its own words (`models/advice.py`). To add a rule, write a
function in one of the three books below; its source and what it looks at are part of it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from relier.people import rules as situations

from . import advice_equipment, advice_papers, advice_ways
from .advice_known import QUESTIONS, Known, Words
from .advice_pieces import Kind, Piece, Rule

# The order in which they are proposed, kind by kind: what someone wants before what we think of.
ORDER = (
    "secure_first what_presses contest do_it_here write_to_them read_it_together ask_for_a_right "
    "without_a_screen leave_in_peace learn_together learn_with_a_sheet "
    "with_an_interpreter by_voice own_language call write_letters face_to_face "
    "lend lend_meanwhile lend_alone lend_connection "
    "in_person from_home hybrid write_here nothing_heavy public_place "
    "private_here with_someone screen_aside ask look_again"
).split()
_BOOKS = {**advice_papers.book, **advice_equipment.book, **advice_ways.book}
RULES: dict[str, Rule] = {rule: _BOOKS[rule] for rule in ORDER}

# As many as someone can weigh at once; the others stay folded.
AT_ONCE = 5


@dataclass(frozen=True)
class Number:
    """A number that a rule counts with: the shipped value, where it comes from and how sure it
    is. `least` and `most`: what would still make sense."""

    name: str
    value: int
    least: int
    most: int
    label: Words
    source: Words
    doubt: Words


NUMBERS: dict[str, Number] = {
    number.name: number
    for number in (
        Number(
            "deadline_before",
            14,
            0,
            365,
            _("Days before a deadline from which papers come first"),
            _("Time to find a document and to have an appointment: practice, not law"),
            _("Institutions differ: some answer in a day, some in a month."),
        ),
        Number(
            "deadline_after",
            30,
            0,
            365,
            _("Days after a deadline during which papers still come first"),
            _("What is late can often still be saved when it is asked for soon: practice, not law"),
            _("It depends on each right, and on good will."),
        ),
        Number(
            "appeal_days",
            90,
            1,
            365,
            _("Days during which a refusal can be contested"),
            _("Law of 11 April 1995 (Charter of the socially insured), article 23: three months"),
            _(
                "Counted from the news of the refusal, which may come after the letter. Some "
                "decisions have another time: the letter says which."
            ),
        ),
        Number(
            "old_answer",
            365,
            30,
            3650,
            _("Days after which what was told is looked at again"),
            _("A year: ours to discuss"),
            _("Equipment and homes change sooner for those who have little."),
        ),
    )
}
SHIPPED = {name: number.value for name, number in NUMBERS.items()}


# What a rule looks at beyond the situation, as it is told to those who work here.
OTHER_FACTS: dict[str, Words] = {
    "urgent": situations.TITLES[situations.URGENT],
    "reach": _("How they like to be reached"),
    "learning": _("Whether they named something that they would like to learn"),
    "papers": _("Each procedure that the reader may see"),
    "offers": _("What is within reach and wanted, from a positioning that the reader may see"),
}


def looked_at(rule: Rule) -> list[str]:
    """What a rule looks at, in words; it is shown nothing else."""
    names = [*filter(None, [rule.each]), *rule.looks_at]
    words = [OTHER_FACTS.get(name) or situations.TITLES[QUESTIONS[name][0]] for name in names]
    return list(dict.fromkeys(str(word) for word in words))


def advise(
    known: Known,
    *,
    off: Collection[str] = (),
    words: Mapping[str, str] | None = None,
    taken: Collection[str] = (),
) -> list[Piece]:
    """The pieces for one person, in the order of reading.

    off    ids of rules that the centre switched off
    words  rule -> the centre's own words for its proposal, in the language of the page
    taken  keys of the pieces that are steps of the plan already
    """
    own = words or {}
    pieces = [
        piece
        for rule in RULES.values()
        if rule.id not in off
        for piece in rule.asked(known, proposal=own.get(rule.id, ""))
        if piece.key not in taken
    ]
    return in_order(pieces)


def in_order(pieces: Iterable[Piece]) -> list[Piece]:
    """What is urgent first; then one of each kind in turn, so that no kind hides the others."""
    seen: Counter[Kind] = Counter()
    turns = []
    for place, piece in enumerate(pieces):
        turns.append((not piece.urgent, 0 if piece.urgent else seen[piece.kind], place, piece))
        seen[piece.kind] += not piece.urgent
    return [piece for *_turn, piece in sorted(turns, key=lambda turn: turn[:3])]
