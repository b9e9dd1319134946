"""Finding people of the centre by name, and proposing those who may be the same person.

Both read `NameKey`, where each name is kept in pieces (relier.lib.names says which). A search is
an index read from its first match on, so that it costs about the same with a hundred people as
with many: 2 to 31 ms among 150 000 people of one centre (SQLite 3.40, two cores, sixteen searches
of one letter to three words). Only names are found here, and a name is visible in the whole centre
(docs/walls.md); the content of a file is never searched.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.models import Centre
from relier.lib import names

from .models import NameKey, Person

Kind = NameKey.Kind

# How many names that sound alike are compared in full: enough for the commonest names.
COMPARED = 300
PROPOSED = 8


class Likely(NamedTuple):
    """Someone who may be the same person, and in which way the names are alike, in words."""

    person: Person
    reason: str


# --- searching -------------------------------------------------------------------------------


def search_people(actor: Actor | None, text: str, *, limit: int = 20) -> list[Person]:
    """The people of the actor's centre whose name holds each of the words typed.

    Any piece of two letters of a word is enough ("iall" finds Diallo), accents and order do not
    matter; a single letter finds what begins with it. Names that begin as typed come first.
    A name that was merged away finds the file that was kept. The teams and the worker are ready
    (`person.team_names`, `person.worker`). Four queries at most, whatever is found.
    """
    words = names.query_words(text)
    if not actor or not actor.in_a_centre or not words:
        return []
    roots = dict.fromkeys(_matching(actor.centre, words, whole=True, limit=limit))
    if len(roots) < limit and any(len(word) > 1 for word in words):
        roots |= dict.fromkeys(_matching(actor.centre, words, whole=False, limit=limit))
    nearest = list(roots)[:limit]
    people = _fetched(actor, nearest)
    return [people[root] for root in nearest if root in people]


def _matching(centre: UUID | None, words: list[str], *, whole: bool, limit: int) -> list[UUID]:
    """Roots of the files whose names hold all the words, nearest first.

    The longest word leads: its keys are read in their order until enough names fit, and the other
    words are looked for among the keys of each name met. Those inner questions name the person and
    not the centre, so that SQLite, which keeps no statistics, has one index to answer them by.
    """
    lead, *others = sorted(words, key=len, reverse=True)
    keys = _keys(lead, whole=whole).filter(centre=centre)
    for word in others:
        keys = keys.filter(Exists(_keys(word, whole=whole).filter(person=OuterRef("person"))))
    # Each name once, at the key that fits best.
    nearer = _keys(lead, whole=whole).filter(person=OuterRef("person"), key__lt=OuterRef("key"))
    keys = keys.exclude(Exists(nearer)).order_by("key", "person_id")
    # Twice the limit: a file and those merged into it may bear the same name.
    return list(keys.values_list("person__root_id", flat=True)[: 2 * limit])


def _keys(word: str, *, whole: bool) -> QuerySet[NameKey]:
    first, end = names.prefix_range(word)
    # The endings of a name begin with every letter it holds: a single letter would find them all.
    kind = Kind.WORD if whole or len(word) == 1 else Kind.FRAGMENT
    return NameKey.objects.filter(kind=kind, key__gte=first, key__lt=end)


def _fetched(actor: Actor, roots: list[UUID]) -> dict[UUID, Person]:
    """By their ids alone: asked for the centre as well, or in an order, SQLite would rather read
    everyone of the centre to find twenty. The wall is kept here instead."""
    found = Person.objects.order_by().with_teams().in_bulk(roots)
    return {
        root: person
        for root, person in found.items()
        if person.centre_id == actor.centre and person.set_aside_at is None
    }


# --- proposing -------------------------------------------------------------------------------


def likely_same(
    actor: Actor | None,
    call_name: str,
    family_name: str = "",
    born_on: date | None = None,
    exclude: Person | None = None,
) -> list[Likely]:
    """People of the actor's centre who may be the one named, likeliest first, at most eight.

    A proposal, never a decision: whoever reads it says whether they are the same. `exclude`
    leaves out a person and the files merged into theirs. Teams and worker are ready, as above.
    """
    name = f"{call_name} {family_name}".strip()
    sounds = [key.encode() for key in names.sound_keys(name)]
    if not actor or not actor.in_a_centre or not sounds:
        return []
    candidates = Person.objects.filter(pk__in=_sounding(actor.centre, sounds, born_on, exclude))
    best: dict[UUID, names.Likeness] = {}
    for candidate in candidates:
        alike = names.likeness(name, candidate.name, born_on, candidate.born_on)
        known = best.get(candidate.root_id)
        if alike.score >= names.PROPOSE and (known is None or alike.score > known.score):
            best[candidate.root_id] = alike
    nearest = sorted(best, key=lambda root: _order(best[root], root))[:PROPOSED]
    people = _fetched(actor, nearest)
    return [
        Likely(people[r], why_alike(best[r].reason, best[r].born)) for r in nearest if r in people
    ]


def _sounding(
    centre: UUID | None, sounds: list[bytes], born_on: date | None, exclude: Person | None
) -> list[UUID]:
    """Files with a word that sounds like one of the name's: most shared words first, those born
    the same day before all, so that a common name does not hide them."""
    keys = NameKey.objects.filter(centre=centre, kind=Kind.SOUND, key__in=sounds)
    if exclude is not None:
        keys = keys.exclude(person__in=exclude.file_ids)
    found = keys.values("person").annotate(shared=Count("pk"))
    order = ["-shared", "person"]
    if born_on is not None:
        found = found.annotate(same_day=Count("pk", filter=Q(person__born_on=born_on)))
        order.insert(0, "-same_day")
    return [row["person"] for row in found.order_by(*order)[:COMPARED]]


def _order(alike: names.Likeness, root: UUID) -> tuple[int, float, UUID]:
    agreement = [names.Born.AGREES, names.Born.CLOSE, names.Born.UNKNOWN, names.Born.CONTRADICTS]
    return agreement.index(alike.born), -alike.score, root


def why_alike(reason: names.Reason, born: names.Born) -> str:
    """The ways in which two people are alike, in words."""
    by_name = {
        names.Reason.SAME_NAME: _("the same name"),
        names.Reason.WORDS_SWAPPED: _("the same names, in another order"),
        names.Reason.SAME_SOUND: _("a name that sounds the same"),
        names.Reason.SHORTER_FORM: _("a name that holds the other"),
        names.Reason.ONE_LETTER_APART: _("one letter apart"),
        names.Reason.CLOSE_SPELLING: _("a name written almost the same"),
        names.Reason.DIFFERENT: _("a name that is close"),
    }[reason]
    by_birth = {
        names.Born.AGREES: _("born on the same day"),
        names.Born.CLOSE: _("almost the same date of birth"),
        names.Born.CONTRADICTS: _("another date of birth"),
        names.Born.UNKNOWN: "",
    }[born]
    return ", ".join(part for part in (by_name, by_birth) if part)


# --- keeping the keys --------------------------------------------------------------------------


def name_keys(person: Person) -> list[NameKey]:
    """The keys of a person's name, not yet saved: for those who plant many people at once."""
    return [
        NameKey(person=person, centre_id=person.centre_id, kind=kind, key=key)
        for kind, key in _pieces(person)
    ]


def _pieces(person: Person) -> Iterator[tuple[int, bytes]]:
    pieces = names.fragments(person.name)
    kept = (
        (Kind.FRAGMENT, pieces),
        (Kind.SOUND, names.sound_keys(person.name)),
        (Kind.WORD, _whole_words(person, pieces)),
    )
    return ((kind.value, key.encode()) for kind, keys in kept for key in sorted(keys))


def add_name_keys(people: Iterable[Person]) -> None:
    """Of people who have none yet, thousands at once."""
    insert, values = name_keys_to_write(people)
    with connection.cursor() as cursor:
        cursor.executemany(insert, values)


def name_keys_to_write(people: Iterable[Person]) -> tuple[str, list[tuple[Any, ...]]]:
    """What writes them down, for `cursor.executemany`. In plain SQL: someone has some thirty keys,
    and to make a row of each with the ORM takes longer than all the rest of writing them down."""
    fields = [NameKey._meta.get_field(name) for name in ("person", "centre", "kind", "key")]
    columns = ", ".join(f'"{field.column}"' for field in fields)  # type: ignore[union-attr]
    insert = f'INSERT INTO "{NameKey._meta.db_table}" ({columns}) VALUES (%s, %s, %s, %s)'  # noqa: S608
    key_of = Person._meta.pk.get_db_prep_save
    centre_of = Centre._meta.pk.get_db_prep_save
    values = [
        (key_of(person.pk, connection), centre_of(person.centre_id, connection), kind, key)
        for person in people
        for kind, key in _pieces(person)
    ]
    # One person after another, as the shorter index has them: its pages are written once each.
    return insert, sorted(values)


def rebuild_name_keys(people: Iterable[Person]) -> None:
    """Make the keys again, after a change of name (or of the rules of relier.lib.names)."""
    people = list(people)
    NameKey.objects.filter(person__in=people).delete()
    NameKey.objects.bulk_create([key for person in people for key in name_keys(person)])


def _whole_words(person: Person, pieces: set[str]) -> set[str]:
    """The words of the name, and those glued to the small words before them ("benali")."""
    words = {*names.query_words(person.call_name), *names.query_words(person.family_name)}
    glued = {p for p in pieces if not any(other.endswith(p) for other in pieces if other != p)}
    return words | glued
