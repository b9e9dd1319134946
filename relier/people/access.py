"""Who may do what with people, their situation and their notes (docs/walls.md).

What a member may read stands with each table, in its `visible_to`; here is what they may do.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from relier.accounts.actors import Actor, Kind
from relier.centres.access import (
    STEERING,
    WORKERS,
    Refused,
    is_member,
    may_see_counter,
    may_set,
    may_steer,
    may_write_names,
    one_or_404,
    require,
)
from relier.centres.models import Member, MemberQuerySet, Team
from relier.journal.models import Line
from relier.privacy.models import Consent
from relier.privacy.models.consents import ConsentQuerySet

from .models import Entry, Following, Note, Person, Replacement, Sharing, within_reach

__all__ = [
    "Refused",
    "counter_people",
    "follows",
    "had_open",
    "is_member",
    "is_their_own",
    "may_change_person",
    "may_correct",
    "may_end_entry",
    "may_end_sharing",
    "may_give_to_team",
    "may_handle_consent",
    "may_join",
    "may_manage_following",
    "may_open_file",
    "may_open_with_reason",
    "may_see",
    "may_see_counter",
    "may_see_reach",
    "may_set",
    "may_share",
    "may_steer",
    "may_take_the_whole",
    "may_withdraw",
    "may_write_names",
    "one_or_404",
    "own_teams_following",
    "possible_recipients",
    "require",
    "steerable_people",
    "teams_to_give",
    "visible_consents",
    "working_in",
]


def follows(actor: Actor | None, person: Person) -> bool:
    """Whether this person is within reach: a team of the actor's follows them today, or the actor
    opened their file with a reason."""
    return Person.objects.followed_by(actor).filter(pk=person.pk).exists()


# Content is read and written by the team that follows, and for a time by a reason.
may_open_file = follows


def may_take_the_whole(actor: Actor | None, person: Person) -> bool:
    """All that is held, handed over or erased: someone bound, of a team that follows. A reason to
    open a file is none to take it away."""
    theirs = Person.objects.followed_by_teams_of(actor).filter(pk=person.pk)
    return bool(actor and actor.bound and theirs.exists())


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
    """People for whom this member says who follows them: a reason to open a file gives no say."""
    if may_steer(actor):
        return Person.objects.named_to(actor)
    return Person.objects.followed_by_teams_of(actor)


def may_manage_following(actor: Actor | None, following: Following) -> bool:
    """The coordinator, and the members of the team that follows."""
    if not actor or not actor.in_a_centre or following.centre_id != actor.centre:
        return False
    return may_steer(actor) or following.team_id in actor.teams


def may_give_to_team(actor: Actor | None, person: Person, team: Team) -> bool:
    """The coordinator, to any team of the centre. Someone whom no team has ever followed has no
    content yet: whoever writes names may give them to one of their own teams."""
    if not actor or not may_write_names(actor):
        return False
    if {team.centre_id, person.centre_id} != {actor.centre}:
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
    return Team.objects.open().filter(centre=actor.centre).exclude(pk__in=following)


def own_teams_following(actor: Actor, person: Person) -> set[int]:
    """The actor's teams that follow this person today."""
    rows = Following.objects.open().filter(person=person.root_id, team__in=actor.teams)
    return set(rows.values_list("team_id", flat=True))


def working_in(teams: Iterable[int]) -> MemberQuerySet:
    """Active members of these teams today, those who join one for a time included."""
    teams = list(teams)
    joined = Replacement.objects.standing(on=timezone.localdate()).filter(team__in=teams)
    theirs = Q(teams__in=teams) | Q(pk__in=joined.values("member"))
    return Member.objects.active().filter(theirs).distinct()


# --- beyond the team -----------------------------------------------------------------------------

# Those who accompany, and who decides who follows whom; the counter calls one of them.
OPENERS = WORKERS | STEERING


def may_open_with_reason(actor: Actor | None, person: Person) -> bool:
    """A file of one's centre, by someone whose work it is to receive people."""
    if not actor or not actor.in_a_centre or person.centre_id != actor.centre:
        return False
    return actor.role in OPENERS


def may_end_entry(actor: Actor | None, entry: Entry) -> bool:
    """Whoever opened it, whoever sees it in the file, and the person."""
    if actor is None:
        return False
    if actor.kind is Kind.PERSON:
        return actor.id in entry.person.root.file_ids
    own = actor.in_a_centre and entry.member_id == actor.id and entry.centre_id == actor.centre
    return own or follows(actor, entry.person)


def may_see(actor: Actor | None, row: Model) -> bool:
    """Whether this member reads this row now, of whatever room it is."""
    return type(row)._default_manager.visible_to(actor).filter(pk=row.pk).exists()  # type: ignore[attr-defined]


def had_open(actor: Actor, things: Iterable[UUID]) -> bool:
    """Whether the journal says that this member opened one of these before: what they then type
    about it is theirs, even where they read it no longer."""
    read = Line.objects.readings().by(actor.id)
    return read.filter(thing_id__in=[str(pk) for pk in things]).exists()


def may_share(actor: Actor | None, thing: Model) -> bool:
    """Someone bound, what they read themself: what was shared with them is not passed on."""
    return bool(actor and actor.bound and may_see(actor, thing))


def possible_recipients(actor: Actor, person: Person) -> QuerySet[Member]:
    """Colleagues of the centre who are bound, and whose teams do not follow the person: those
    who do read it already."""
    teams = Following.objects.open().filter(person=person.root_id).values_list("team", flat=True)
    bound = Member.objects.active().of_centre(actor.centre).filter(status=Member.Status.BOUND)
    others = bound.exclude(pk=actor.id).exclude(pk__in=working_in(teams).values("pk"))
    return others.select_related("user").order_by("user__name", "pk")


def may_end_sharing(actor: Actor | None, sharing: Sharing) -> bool:
    """Who shared it, who received it, those bound of the team, and the person."""
    if actor is None:
        return False
    if actor.kind is Kind.PERSON:
        return actor.id in sharing.person.root.file_ids
    return Sharing.objects.ended_by(actor).filter(pk=sharing.pk).exists()


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
    if not here or may_steer(actor):
        return here
    own = Person.objects.followed_by_teams_of(actor).filter(pk__in=[kept.pk, gone.pk])
    return own.count() == 2


# --- agreements ----------------------------------------------------------------------------------


def visible_consents(actor: Actor | None) -> ConsentQuerySet:
    """Agreements are content: those of the people whom the member's teams follow."""
    if not actor or not actor.in_a_centre:
        return Consent.objects.none()
    near = within_reach(actor, "subject__person__root")
    return Consent.objects.filter(near, centre=actor.centre)


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
