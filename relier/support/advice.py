"""What is known of a person, as its reader may see it, and the advice that follows from it.

Nothing here is kept: advice is worked out each time it is read. Each question below begins with
what this reader may see, and is asked whether or not something is withheld from them.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import translation

from relier.accounts.actors import Actor
from relier.competences.standing import Standing, standing
from relier.people import rules as situations
from relier.people.models import Fact, Person
from relier.support.models import AgreedStep, Procedure
from relier.support.models.advice import numbers_in_force, rules_in_force
from relier.support.models.procedures import Outcome
from relier.support.rules.advice import SHIPPED, advise
from relier.support.rules.advice_known import QUESTIONS, Known, Offer, Paper, Said
from relier.support.rules.advice_pieces import Piece


def advice_for(person: Person, *, by: Actor, on: date) -> list[Piece]:
    """The pieces that stand for this person (the root of their file) and are no step yet."""
    language = translation.get_language() or "fr"
    changed = rules_in_force(by)
    return advise(
        known_of(person, by=by, on=on),
        off={rule for rule, change in changed.items() if not change.on},
        words={rule: change.words(language) for rule, change in changed.items()},
        taken=taken(person, by=by),
    )


def taken(person: Person, *, by: Actor) -> set[str]:
    """The pieces that are steps of the plan, neither done nor left aside."""
    steps = AgreedStep.objects.visible_to(by).standing().of_file(person).exclude(advice="")
    return set(steps.values_list("advice", flat=True))


def known_of(person: Person, *, by: Actor, on: date) -> Known:
    changed = numbers_in_force(by, on=on)
    stands = standing(person, by)
    told: dict[str, Any] = told_of(person, by)
    return Known(
        on=on,
        numbers={
            **SHIPPED,
            **{n: row.value for n, row in changed.items() if row.value is not None},
        },
        **told,
        learning=learning_of(stands),
        offers=offers_of(stands),
        reach=Said((person.reach,), told="file") if person.reach else None,
        papers=papers_of(person, by),
    )


def told_of(person: Person, by: Actor) -> dict[str, Said | None]:
    """The situation as it stands, question by question; what was taken back is unknown."""
    facts = list(Fact.objects.visible_to(by).of_file(person))
    # In the order of `current`, so that secrecy is that of the fact that stands.
    in_order: list[Fact] = situations.in_order(facts)  # type: ignore[arg-type, assignment]
    secret = {fact.facet: fact.under_secrecy for fact in in_order}
    now = situations.current(facts)  # type: ignore[arg-type]
    told: dict[str, Said | None] = {}
    for name, (facet, question) in QUESTIONS.items():
        stands = now.get(facet)
        codes = as_codes(stands.choices.get(question)) if stands else ()
        if stands and codes:
            told[name] = Said(
                codes, stands.on, stands.moment.told, stands.author, "", secret[facet]
            )
    urgent = now.get(situations.URGENT)
    if urgent and urgent.words:
        told["urgent"] = Said((), urgent.on, urgent.moment.told, urgent.author, urgent.words, True)
    return told


def as_codes(chosen: object) -> tuple[str, ...]:
    if not chosen:
        return ()
    return tuple(str(code) for code in chosen) if isinstance(chosen, list) else (str(chosen),)


def papers_of(person: Person, by: Actor) -> tuple[Paper, ...]:
    """Procedures under way, the nearest deadline first."""
    rows: Iterable[Procedure] = (
        Procedure.objects.visible_to(by)
        .filter(person__in=person.file_ids)
        .under_way()
        .signed()
        .order_by("deadline", "started_on", "pk")
    )
    return tuple(
        Paper(
            id=row.pk,
            about=row.about,
            deadline=row.deadline,
            outcome=row.outcome,  # type: ignore[attr-defined]
            obstacle=row.obstacle if row.outcome == Outcome.BLOCKED else "",  # type: ignore[attr-defined]
            right_not_claimed=row.right_not_claimed,
            news_on=row.news_on,  # type: ignore[attr-defined]
            on=row.started_on,
            author=row.author.name,
            secret=not row.open_to_team,
        )
        for row in rows
    )


def learning_of(stands: Standing) -> Said | None:
    """Whether they named something to learn, or said « je n’en ai pas besoin » and named nothing.

    Otherwise nothing is known: questions skipped, or a colleague's observation, are no wish.
    Someone who refused a positioning cannot be told from someone who was never asked."""
    if not stands.wanted and not stands.no_need:
        return None
    return Said(("something",) if stands.wanted else ("nothing",), stands.on, how_said(stands))


def offers_of(stands: Standing) -> tuple[Offer, ...]:
    """What they would like to learn, and could now."""
    language = translation.get_language() or "fr"
    return tuple(
        Offer(item.id, item.deed.told_in(language), stands.on, how_said(stands))
        for item in stands.within_reach
        if item.id in stands.wanted
    )


def how_said(stands: Standing) -> str:
    return "positioning" if stands.evidence == "felt" else "seen"
