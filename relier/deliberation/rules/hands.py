"""What may be kept and told of hands raised in a room. Plain integers."""

from collections.abc import Mapping
from typing import Final, Literal

from . import telling

FEWEST: Final = telling.FEWEST
Wrong = Literal["", "few", "more"]
NAMES: Final = ("agree", "disagree", "unsure")


def wrong(*, present: int, agree: int, disagree: int, unsure: int) -> Wrong:
    """Why a count is not kept: "few" (fewer than five hands: everybody would know whose they are),
    "more" (more hands than people)."""
    hands = agree + disagree + unsure
    if hands < FEWEST:
        return "few"
    return "more" if hands > present else ""


def how(counts: Mapping[str, int]) -> str:
    """As for voices: "exact", or "words" where fewer than ten hands all say the same."""
    return telling.how(_as_voices(counts))


def word(counts: Mapping[str, int]) -> str:
    """What they all say: "agree", "disagree" or "pass"."""
    return telling.word(_as_voices(counts))


def _as_voices(counts: Mapping[str, int]) -> dict[str, int]:
    return {
        "agree": counts["agree"], "disagree": counts["disagree"], "pass": counts["unsure"],
        "unclear": 0,
    }  # fmt: skip
