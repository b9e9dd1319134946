"""How much one card may write in a round: so many places, each marked by an HMAC of its code.

A cookie would count only whoever keeps it, and a column beside the card would say who wrote. A
place that is taken is a row tied to nothing, written anew with others, in a drawn order, as the
next ones come (docs/decisions/025). With a code in hand one finds how many of its places are taken,
as one finds its ballot; never what was written there.
"""

from relier.deliberation.models import Question, WritingPlace
from relier.deliberation.tickets import Ticket

from .shuffling import some_of, write_anew

# Ideas, sentences and objections together. Whoever has more to say says it aloud, at the centre.
MOST_FROM_ONE = 12


class TooMuch(Exception):  # noqa: N818 — said as a sentence
    """This card has no place left to write in."""


def are_all_taken(ticket: Ticket) -> bool:
    """Whether nothing more may be written with this card in this round."""
    return not _free(ticket)


def take(ticket: Ticket, question: Question) -> None:
    """One of the places of this card. The caller holds the question. Raises TooMuch."""
    free = _free(ticket)
    if not free:
        raise TooMuch
    of_round = WritingPlace.objects.of(question)
    place = WritingPlace(question=question, round=question.round, mac=free[0])
    write_anew([place, *some_of(of_round)], of_round)


def forget(question: Question) -> None:
    """When its round ends: the cards of the next one are others."""
    WritingPlace.objects.of(question).delete()


def _free(ticket: Ticket) -> list[str]:
    every = ticket.places(MOST_FROM_ONE)
    taken = set(WritingPlace.objects.filter(mac__in=every).values_list("mac", flat=True))
    return [mac for mac in every if mac not in taken]
