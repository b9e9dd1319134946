"""Where someone stands: answers read by the engine, and what other rooms may know of it.

`standing(person, by)` is the door for other rooms: what the latest positioning that `by` may read
says, and nothing when there is none. Nobody can tell from it whether someone refused.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Subquery

from relier.accounts.actors import Actor
from relier.journal.kept import Kept, stand_ins
from relier.people.models import Person

from . import accuracy, banks, relations, results
from .banks import Bank, BankItem
from .models import Answer, Positioning
from .relations import Relation
from .results import Result

if TYPE_CHECKING:
    from .spaces import Reading

EVERYDAY, CRAFT = "everyday", "craft"


@dataclass(frozen=True)
class Standing:
    """What the latest positioning that someone may read says. Empty when there is none.

    can           ids of items: said, shown or seen, and those that go with them
    within_reach  three items at most, what they wish first
    wanted        ids of the items of which they said: I could learn it
    no_need       they said themselves, of one thing at least, that they have no need of it
    """

    can: frozenset[str] = frozenset()
    within_reach: tuple[BankItem, ...] = ()
    wanted: tuple[str, ...] = ()
    no_need: bool = False
    on: date | None = None
    evidence: str = ""
    positioning: UUID | None = None

    def __bool__(self) -> bool:
        return self.positioning is not None


def standing(person: Person, by: Actor | None) -> Standing:
    """One question to the database, whether or not there is something to read; another one when
    the centre amended the relation."""
    files = person.file_ids
    said = _answers(len(files), by).rows(dict(zip(stand_ins(len(files)), files, strict=True)))
    if not said:
        return Standing()
    positioning = said[0].positioning
    return _standing(positioning, said, relation_of(positioning))


def _standing(positioning: Positioning, said: Iterable[Answer], relation: Relation) -> Standing:
    answers = {one.item: one.says for one in said}
    result = _arranged(positioning, answers, relation)
    return Standing(
        can=result.can,
        within_reach=result.within_reach,
        wanted=tuple(item for item, says in answers.items() if says == Answer.Says.COULD_LEARN),
        no_need=is_by_their_word(positioning) and Answer.Says.NO_NEED in answers.values(),
        on=positioning.on,
        evidence=positioning.evidence,
        positioning=positioning.pk,
    )


def standings_shared(people: Iterable[Person], by: Actor | None) -> dict[UUID, Standing]:
    """Root of a file -> what the latest positioning that its person shared says, among those that
    `by` may read. Two questions to the database, however many people; one more for each version of
    the relation that the centre amended."""
    roots = {person.root_id for person in people}
    rows = Positioning.objects.visible_to(by).exclude(shared_at=None)
    rows = rows.filter(person__root__in=roots)
    latest: dict[UUID, Positioning] = {}
    for row in rows.of_bank(EVERYDAY).kept().select_related("person").latest_first():
        latest.setdefault(row.person.root_id, row)  # type: ignore[union-attr]
    said: dict[UUID, list[Answer]] = {row.pk: [] for row in latest.values()}
    for answer in Answer.objects.filter(positioning__in=list(said)).in_order():
        said[answer.positioning_id].append(answer)
    relation = lru_cache(relations.at)
    return {
        root: _standing(row, said[row.pk], relation(row.centre_id, bank_of(row), row.relation))
        for root, row in latest.items()
    }


@lru_cache(maxsize=128)
def _answers(files: int, by: Actor | None) -> Kept[Answer]:
    """The answers of the latest positioning that `by` may read of someone with so many files. To
    write its SQL takes a fifth of the time of a file's page."""
    rows = Positioning.objects.visible_to(by).filter(person__in=stand_ins(files))
    latest = rows.of_bank(EVERYDAY).kept().latest_first().values("pk")[:1]
    answers = Answer.objects.filter(positioning=Subquery(latest)).in_order()
    return Kept(answers.select_related("positioning"))


def is_by_their_word(positioning: Positioning) -> bool:
    """What was seen in passing says nothing of what someone wishes."""
    return positioning.evidence != Positioning.Evidence.OBSERVED


def bank_of(positioning: Positioning) -> Bank:
    """The bank in the version that was asked, or, where that one is lost, in the one of today.
    Raises LookupError when its bank no longer comes with Relier."""
    bank = banks.of_version(positioning.bank, positioning.bank_version)
    bank = bank or banks.find(positioning.bank)
    if bank is None:
        raise LookupError(f"There is no bank {positioning.bank}.")
    return bank


def bank_for(person: Person | None) -> Bank:
    """The bank about people; without a person, the one about a worker's own craft."""
    return _shipped(EVERYDAY if person else CRAFT)


def bank_for_people() -> Bank:
    return _shipped(EVERYDAY)


def _shipped(name: str) -> Bank:
    return next(bank for bank in banks.shipped() if bank.id == name)


def relation_of(positioning: Positioning) -> Relation:
    """The relation that chose its questions, even if the centre amended it since."""
    return relations.at(positioning.centre_id, bank_of(positioning), positioning.relation)


def result_of(positioning: Positioning, answers: Mapping[str, str]) -> Result:
    return _arranged(positioning, answers, relation_of(positioning))


def _arranged(positioning: Positioning, answers: Mapping[str, str], relation: Relation) -> Result:
    likely = reading(relation, positioning.evidence, answers).likely
    return results.arrange(relation.bank, relation.pairs, answers, likely, positioning.parts)


def next_item(positioning: Positioning, answers: Mapping[str, str]) -> str:
    """The most telling question among those not asked yet; "" when nothing more is asked."""
    relation = relation_of(positioning)
    left = [item.id for item in asked_of(positioning) if item.id not in answers]
    here = reading(relation, positioning.evidence, answers)
    trust = accuracy.OF[positioning.evidence]
    return here.next_question(left, careless=trust.careless, lucky=trust.lucky) or ""


def asked_of(positioning: Positioning) -> list[BankItem]:
    """The items of the parts that were chosen, in the order of the bank."""
    bank, parts = bank_of(positioning), positioning.parts
    return [item for item in bank.items if not parts or item.part in parts]


def reading(relation: Relation, evidence: str, answers: Mapping[str, str]) -> "Reading":
    """What the engine makes of these answers. Those that say nothing are no evidence."""
    known = {item.id for item in relation.bank.items}
    telling = {
        (item, results.READ_AS[says])
        for item, says in answers.items()
        if item in known and says in results.READ_AS
    }
    return _reading(relation, evidence, tuple(sorted(telling)))


@lru_cache(maxsize=256)
def _reading(relation: Relation, evidence: str, telling: tuple[tuple[str, bool], ...]) -> "Reading":
    # Whose answers they are is not here: two people who say the same share a reading.
    trust = accuracy.OF[evidence]
    # numpy weighs 16 MB: it comes with the first positioning that is read.
    from .spaces import Evidence, read

    seen = [Evidence(item, can, trust.careless, trust.lucky) for item, can in telling]
    return read(relations.space_of(relation), seen)
