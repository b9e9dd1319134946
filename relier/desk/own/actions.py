"""What the person does on their own page, and what a worker of their team does for their card."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from relier.accounts.actors import Actor, Kind
from relier.people import access
from relier.people.models import Person
from relier.privacy import actions as privacy
from relier.privacy.models import Card, Consent

# --- a worker of the team, with the person --------------------------------------------------------


@transaction.atomic
def give_card(person: Person, *, language: str, form_key: UUID, by: Actor) -> tuple[Card, str]:
    """A new card and its code, to be printed at once: nothing keeps the code. It replaces the one
    of this file and those of the files that were joined to it."""
    access.require(access.may_open_file(by, person))
    for other in standing_cards(person):
        if other.subject_id != person.root_id:
            privacy.take_back_card(other, by=by)
    return privacy.make_card(person.root.subject, language=language, form_key=form_key, by=by)


@transaction.atomic
def take_back(person: Person, *, by: Actor) -> int:
    """Whatever card of theirs stands opens nothing from now on."""
    access.require(access.may_open_file(by, person))
    return len([privacy.take_back_card(card, by=by) for card in standing_cards(person)])


@transaction.atomic
def choose_pictures(card: Card, pictures: Sequence[str], *, by: Actor) -> Card:
    """The person chose; whoever stands by looked away. Said in the journal, not what was chosen."""
    person = Person.objects.get(pk=card.subject_id)
    access.require(access.may_open_file(by, person))
    return privacy.choose_pictures(card, pictures, by=by)


def standing_cards(person: Person) -> list[Card]:
    """At most one for each of the files that were joined; the one of the kept file first."""
    cards = Card.objects.standing().filter(subject__in=person.file_ids)
    return sorted(
        cards.select_related("made_by__user"), key=lambda card: card.subject_id != person.root_id
    )


# --- the person -----------------------------------------------------------------------------------


@transaction.atomic
def withdraw(person: Person, consent: Consent, *, by: Actor) -> Consent:
    """One gesture. That they once said yes, and to which words, stays known."""
    access.require(by.kind is Kind.PERSON and by.id in person.file_ids)
    access.require(consent.subject_id in person.file_ids)
    return privacy.withdraw_consent(consent, by=by)
