"""The ballot that a centre makes by itself: one question, two to seven answers. A room with a
ballot of its own registers its sheet as any other, with kind="ballot".

What the room receives, once, when the count is closed, are its totals: `answers` is question ->
key of a choice -> how many (`rules.ballots` says how blank and void ones are named).
"""

from collections.abc import Mapping, Sequence

from django.utils.translation import pgettext_lazy

from relier.accounts.actors import Actor

from .sheets import Answered, Choice, NotASheet, OneChoice, Sheet, register

NAME = "paper.ballot"
QUESTION = "choice"
KEYS = "abcdefg"
FEWEST, MOST = 2, len(KEYS)
# What fits on one page, in large print too.
LONGEST_QUESTION, LONGEST_CHOICE = 300, 120


def occasion_of(question: str, choices: Sequence[str]) -> dict[str, str]:
    """What `ballot_sheet` is made of, as short texts."""
    return {"question": question, **dict(zip(KEYS, choices, strict=False))}


def ballot_sheet(question: str = "", **choices: str) -> Sheet:
    """Raises NotASheet."""
    if not FEWEST <= len(choices) <= MOST or not set(choices) <= set(KEYS):
        raise NotASheet(f"A ballot has {FEWEST} to {MOST} answers.")
    return Sheet(
        name=NAME,
        version="1",
        title=pgettext_lazy("person", "Ballot"),
        introduction=(
            pgettext_lazy("person", "Your voice is secret. Nobody knows which ballot is yours."),
            pgettext_lazy("person", "Put a cross in one box. Write nothing else."),
        ),
        questions=(
            OneChoice(
                QUESTION,
                question,
                choices=tuple(Choice(key, choices[key]) for key in sorted(choices)),
                rather_not=False,
            ),
        ),
        kind="ballot",
        keeps="ballot",
    )


def example() -> Sheet:
    return ballot_sheet(**occasion_of("When do we meet?", ["In the morning", "In the evening"]))


def receive(_totals: Answered, _by: Actor) -> Mapping[str, str]:
    """They stay with the count, which shows them."""
    return {}


# Not to be printed nor answered as other sheets are: no occasion for it.
register(
    NAME,
    build=ballot_sheet,
    receive=receive,
    example=example,
    occasions=lambda _by, _subject: [],
)
