"""Who may do what with people, their situation and their notes (docs/walls.md).

What a member may read stands with each table, in its `visible_to`; here is what they may do.
"""

from uuid import UUID

from django.db.models import QuerySet

from relier.accounts.actors import Actor, Kind
from relier.centres.access import (
    Refused,
    is_member,
    may_see_counter,
    may_set,
    may_steer,
    may_write_names,
    one_or_404,
    require,
)
from relier.centres.models import Team
from relier.privacy.models import Consent
from relier.privacy.models.consents import ConsentQuerySet

from .models import Following, Note, Person

__all__ = [
    "Refused",
    "counter_people",
    "follows",
    "is_member",
    "is_their_own",
    "may_change_person",
    "may_correct",
    "may_give_to_team",
    "may_handle_consent",
    "may_join",
    "may_manage_following",
    "may_open_file",
    "may_see_counter",
    "may_see_reach",
    "may_set",
    "may_steer",
    "may_withdraw",
    "may_write_names",
    "one_or_404",
    "own_teams_following",
    "require",
    "steerable_people",
    "teams_to_give",
    "visible_consents",
]


def follows(actor: Actor | None, person: Person) -> bool:
    """Whether one of the actor's teams follows this person today."""
    return Person.objects.followed_by(actor).filter(pk=person.pk).exists()


# Content is read and written by the team that follows.
may_open_file = follows


def counter_people(actor: Actor | None) -> QuerySet[Person]:
    """Of whom this member sees how to reach them: everyone for reception and coordination, the
    people their teams follow for the others."""
    if may_see_counter(actor):
        return Person.objects.named_to(actor)
    return Person.objects.followed_by(actor)


def may_see_reach(actor: Actor | None, person: Person) -> bool:
    return counter_people(actor).filter(pk=person.pk).exists()


def may_change_person(actor: Actor | None, person: Person) -> bool:
    """The name and how to reach: those who see both, administrators excepted."""
    return may_write_names(actor) and may_see_reach(actor, person)


# --- who follows whom --------------------------------------------------------------------------


def steerable_people(actor: Actor | None) -> QuerySet[Person]:
    """People for whom this member says who follows them."""
    if may_steer(actor):
        return Person.objects.named_to(actor)
    return Person.objects.followed_by(actor)


def may_manage_following(actor: Actor | None, following: Following) -> bool:
    """The coordinator, and the members of the team that follows."""
    if not actor or not actor.in_a_centre or following.centre_id != actor.centre:
        return False
    return may_steer(actor) or following.team_id in actor.teams


def may_give_to_team(actor: Actor | None, person: Person, team: Team) -> bool:
    """The coordinator, to any team of the centre. Someone whom no team has ever followed has no
    content yet: whoever writes names may give them to one of their own teams."""
    if not actor or not may_write_names(actor) or team.centre_id != actor.centre:
        return False
    if may_steer(actor):
        return True
    never = not Following.objects.filter(person__in=person.file_ids).exists()
    return team.pk in actor.teams and never


def teams_to_give(actor: Actor | None, person: Person) -> QuerySet[Team]:
    """Teams that this member may add to those that follow."""
    if not actor or not may_steer(actor):
        return Team.objects.none()
    following = Following.objects.open().filter(person=person.root_id).values("team")
    return Team.objects.filter(centre=actor.centre).exclude(pk__in=following)


def own_teams_following(actor: Actor, person: Person) -> set[int]:
    """The actor's teams that follow this person today."""
    rows = Following.objects.open().filter(person=person.root_id, team__in=actor.teams)
    return set(rows.values_list("team_id", flat=True))


# --- notes and merges ----------------------------------------------------------------------------


def may_correct(actor: Actor | None, note: Note) -> bool:
    """Whoever reads a note may write its correction, signed with their own name."""
    return Note.objects.visible_to(actor).filter(pk=note.pk).exists()


def may_join(actor: Actor | None, kept: Person, gone: Person) -> bool:
    """Merging widens who reads: the member's own teams follow both files, or it is the
    coordinator. Both are of the actor's centre in any case."""
    if not actor or not actor.in_a_centre:
        return False
    here = {kept.centre_id, gone.centre_id} == {actor.centre}
    return here and (may_steer(actor) or (follows(actor, kept) and follows(actor, gone)))


# --- agreements ----------------------------------------------------------------------------------


def visible_consents(actor: Actor | None) -> ConsentQuerySet:
    """Agreements are content: those of the people whom the member's teams follow."""
    people = Person.objects.followed_by(actor).values("pk")
    return Consent.objects.filter(subject__in=people)


def may_handle_consent(actor: Actor | None, consent: Consent) -> bool:
    return visible_consents(actor).filter(pk=consent.pk).exists()


def is_their_own(actor: Actor | None, file: UUID) -> bool:
    """Whether it is the person who acts (a card opens their page), on their own file: this one, or
    another that was merged with it."""
    if actor is None or actor.kind is not Kind.PERSON:
        return False
    root = Person.objects.filter(pk=actor.id).values("root")
    return Person.objects.filter(pk=file, root__in=root).exists()


def may_withdraw(actor: Actor | None, consent: Consent) -> bool:
    """The person, their own agreements and no others; the team, what it was told."""
    return is_their_own(actor, consent.subject_id) or may_handle_consent(actor, consent)
