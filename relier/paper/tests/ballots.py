"""What the tests of ballots need: a count that is ready, and what the machine says of its pages."""

from relier.paper import actions
from relier.paper.ballot_sheet import NAME, occasion_of
from tests import factories as make

from .tray import Told, file_of

OCCASION = occasion_of("Quel jour pour la réunion ?", ["Lundi", "Vendredi"])
MONDAY, FRIDAY = "a", "b"


def opened(house, *, readers=None, printed=0, by_hand=None, sworn=True, **more):
    """A count that Colette opened, with Nour and Bram to read it."""
    one, two = readers or (house.nour, house.bram)
    count = actions.open_count(
        more.pop("name", NAME),
        occasion=more.pop("occasion", OCCASION),
        readers=(one, two),
        by=make.actor(house.coordinator),
        **more,
    )
    if printed:
        actions.print_ballots(count, printed, by=make.actor(house.coordinator))
    if sworn:
        for reader in (one, two):
            actions.swear(count, by=make.actor(reader))
    count.refresh_from_db()
    if by_hand is not None:
        count = actions.say_by_hand(count, by_hand, by=make.actor(one))
    return count


def ballot(count, *says, sure=True, identifier=None, question="choice", **more):
    """What the machine says of one ballot."""
    return {
        "identifier": identifier or count.identifier,
        "state": more.get("state", "read"),
        "why": more.get("why", ""),
        "reading": {"questions": {question: {"answers": list(says), "sure": sure}}, "written": {}},
    }


def read(house, count, *pages, by=None, reader=None):
    actor = make.actor(by or house.nour)
    return actions.read_ballots(count, file_of(*pages), by=actor, reader=reader or Told())


def both_say(house, count, *given):
    for doubt in list(count.doubts.all()):
        for reader in (house.nour, house.bram):
            actions.say_vote(doubt, list(given), by=make.actor(reader))
