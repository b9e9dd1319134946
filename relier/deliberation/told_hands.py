"""Shows of hands as everybody reads them: beside the voices, never among them, in words."""

from dataclasses import dataclass

from django.utils.translation import pgettext

from .models import Question, ShowOfHands
from .rules import hands as rules


@dataclass(frozen=True)
class Told:
    """One count. `words`: what it says, as far as it may be told; `state`: "stands", "replaced" or
    "taken_back"; `is_beside`: another count of the same statement stands too."""

    count: ShowOfHands
    words: str
    state: str
    is_beside: bool

    @property
    def is_standing(self) -> bool:
        return self.state == "stands"


def counts_of(question: Question) -> list[Told]:
    """Of this round, by statement, the latest first. One query."""
    rows = ShowOfHands.objects.of(question).select_related("statement", "entered_by__user")
    ordered = list(rows.order_by("statement__number", "-on", "-pk"))
    standing: dict[object, int] = {}
    for one in ordered:
        if _state(one) == "stands":
            standing[one.statement_id] = standing.get(one.statement_id, 0) + 1
    return [
        Told(one, in_words(one), _state(one), standing.get(one.statement_id, 0) > 1)
        for one in ordered
    ]


def _state(one: ShowOfHands) -> str:
    if one.is_taken_back:
        return "taken_back"
    return "replaced" if one.replaced_by_id else "stands"


def in_words(one: ShowOfHands) -> str:
    """Counts; fewer than ten hands that all say the same, in words."""
    counts = {name: getattr(one, name) for name in rules.NAMES}
    if rules.how(counts) == "exact":
        return (
            pgettext("person", "%(agree)s agree, %(disagree)s disagree, %(unsure)s do not know.")
            % counts
        )
    return {
        "agree": pgettext("person", "All the hands agree."),
        "disagree": pgettext("person", "All the hands disagree."),
        "pass": pgettext("person", "All the hands say: I do not know."),
    }[rules.word(counts)]


def last_of(question: Question) -> int:
    """The last count that exists: what a page that is drawn now has seen."""
    found = ShowOfHands.objects.of(question).order_by("-pk").values_list("pk", flat=True).first()
    return found or 0


def unknown() -> list[str]:
    """What hands leave unknown, for whoever reads them."""
    return [
        pgettext("person", "The same person may have answered with a card too."),
        pgettext("person", "Nobody knows who agrees with what else."),
        pgettext("person", "Hands go up in front of others: some people follow them."),
    ]
