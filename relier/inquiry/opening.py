"""Two questions that come with Relier, for a centre to take up or to put aside. Both are left open
by the inquiry from which Relier was made: they are to be thought about, not answered once for all.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor

from .models import Problem, PutAside


@dataclass(frozen=True)
class Opening:
    key: str
    title: Any
    words: Any


OPENINGS = {
    one.key: one
    for one in (
        Opening(
            "how_far",
            _("How far must the digital skills of a team go?"),
            _(
                "We are asked to know more and more: tools change, people ask us for help with "
                "all of them, and we learn alone, beside our work. What must each of us know? "
                "What can be shared in the team, and what is not our job?"
            ),
        ),
        Opening(
            "minimum",
            _("Is there a minimum that everyone must know in digital matters?"),
            _(
                "For some, no one lives or works any more without a minimum. For others, a minimum "
                "shuts out those who do not reach it, or do not want it. Who would say what it is? "
                "What would happen to those who stay below?"
            ),
        ),
    )
}


def waiting(actor: Actor) -> list[Opening]:
    """Those that the centre neither took up nor put aside."""
    settled = {
        *Problem.objects.visible_to(actor).exclude(opening="").values_list("opening", flat=True),
        *aside_keys(actor),
    }
    return [one for key, one in OPENINGS.items() if key not in settled]


def aside(actor: Actor) -> list[Opening]:
    known = aside_keys(actor)
    return [one for key, one in OPENINGS.items() if key in known]


def aside_keys(actor: Actor) -> set[str]:
    return set(PutAside.objects.filter(centre=actor.centre).values_list("opening", flat=True))
