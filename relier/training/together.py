"""Who may work with whom at a session, and what would suit them: from what people agreed to share,
as one member may read it. Nothing here ranks anyone, and nothing is kept."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from relier.accounts.actors import Actor
from relier.competences import wording
from relier.competences.standing import Standing, bank_for_people, standings_shared
from relier.people import rules as situation
from relier.people.models import Fact, Person
from relier.people.rules import telling
from relier.ui.pieces import Fact as ShortFact

from .rules.pairing import Offer, in_pairs

# What learning at a distance hangs on.
AT_HOME = (situation.EQUIPMENT, situation.CONNECTION, situation.QUIET_PLACE)


@dataclass(frozen=True)
class Showing:
    """In a group: what one may show another."""

    by: Person
    to: Person
    deeds: list[str]


@dataclass(frozen=True)
class Group:
    people: list[Person]
    shows: list[Showing]


@dataclass(frozen=True)
class Learning:
    """A deed, who could learn it and who can show it, in the order of their names."""

    deed: str
    learn: list[Person]
    show: list[Person]


@dataclass(frozen=True)
class Together:
    """`apart`: those who shared nothing, or nothing that is known here."""

    groups: list[Group]
    learning: list[Learning]
    apart: list[Person]


def together(people: Sequence[Person], by: Actor, turn: int = 0) -> Together:
    """A proposal for these people. As many queries as `standings_shared`."""
    shared = standings_shared(people, by)
    offers = {one.root_id: offer(shared[one.root_id]) for one in people if one.root_id in shared}
    named = {one.root_id: one for one in people}
    groups = [_group([named[root] for root in some], offers) for some in in_pairs(offers, turn)]
    apart = [one for one in people if one.root_id not in shared]
    return Together(groups, _learning(people, offers), apart)


def offer(stands: Standing) -> Offer:
    reach = {item.id for item in stands.within_reach}
    return Offer(stands.can, frozenset(reach | set(stands.wanted)) - stands.can)


def _group(people: list[Person], offers: dict[UUID, Offer]) -> Group:
    shows = []
    for one in people:
        for other in people:
            if one is not other:
                found = offers[one.root_id].shows(offers[other.root_id])
                if found:
                    shows.append(Showing(one, other, _deeds(found)))
    return Group(people, shows)


def _learning(people: Sequence[Person], offers: dict[UUID, Offer]) -> list[Learning]:
    found = []
    known = [one for one in people if one.root_id in offers]
    for item in bank_for_people().items:
        learn = [one for one in known if item.id in offers[one.root_id].could_learn]
        show = [one for one in known if item.id in offers[one.root_id].can]
        if learn:
            found.append(Learning(wording.deed(item), learn, show))
    return found


def _deeds(ids: frozenset[str]) -> list[str]:
    """In words, in the order of the bank."""
    return [wording.deed(item) for item in bank_for_people().items if item.id in ids]


@dataclass(frozen=True)
class AtHome:
    """What someone has for learning at a distance, as they last told it; nothing: not told."""

    person: Person
    told: list[ShortFact]


def at_home(people: Sequence[Person], by: Actor) -> list[AtHome]:
    """One query, however many people."""
    rows = Fact.objects.visible_to(by).filter(
        person__root__in={one.root_id for one in people}, facet__in=AT_HOME
    )
    facts: dict[UUID, list[Fact]] = defaultdict(list)
    for fact in rows.select_related("person", "situation__author__user"):
        facts[fact.person.root_id].append(fact)
    return [AtHome(one, telling.current_facts(facts[one.root_id])) for one in people]


def called(people: Sequence[Person]) -> dict[UUID, str]:
    """Root of a file -> the name to say before a group: what they are called by, and their family
    name only where two are called alike."""
    often = Counter(one.call_name for one in people)
    return {one.root_id: one.call_name if often[one.call_name] == 1 else one.name for one in people}
