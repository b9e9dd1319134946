"""Finding out together: begin, answer, stop, keep, share, take up, erase.

What is asked next is computed here, when an answer arrives. The journal says that it was done, by
whom and when; never what was answered. Of a member's own craft it says nothing at all: nobody but
that member knows that it exists.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.competences import access, banks, relations, standing
from relier.competences.models import Answer, Positioning
from relier.journal import actions as journal
from relier.journal.once import SentAgain, once
from relier.people.models import Person

Channel, Says = Positioning.Channel, Answer.Says


def begin(
    person: Person | None,
    *,
    channel: str,
    language: str,
    by: Actor,
    parts: Collection[str] = (),
    helper: str = "",
    form_key: UUID | None = None,
) -> Positioning:
    """Begin asking, on the screen or by voice. `person` None: the member's own craft.

    Until a first answer it is nothing: no line of the journal, and it goes when they stop.
    """
    access.require(access.may_find_out(by, person))
    _sweep(by)
    fresh = _new(person, by, channel=channel, language=language, parts=parts, helper=helper)

    def keep(key: UUID) -> Positioning:
        fresh.form_key = key
        fresh.next_item = standing.next_item(fresh, {})
        fresh.full_clean(exclude=["form_key"])
        fresh.save(force_insert=True)
        return fresh

    return once(Positioning.objects.filter(author=by.id), form_key, keep)


def _sweep(by: Actor) -> None:
    """Begun another day, closed without a word: it never was. No trace of it stays."""
    before = timezone.now() - timedelta(days=1)
    silent = Positioning.objects.filter(author=by.id, answers=None, started_at__lt=before)
    silent.delete()


def _new(
    person: Person | None,
    by: Actor,
    *,
    parts: Collection[str] = (),
    version: str = "",
    **more: object,
) -> Positioning:
    bank = standing.EVERYDAY if person else standing.CRAFT
    relation = relations.current(by, banks.of_version(bank, version) or bank)
    known = {part.id for part in relation.bank.parts}
    return Positioning(
        person=person.root if person else None,
        member_id=None if person else by.id,
        centre_id=by.own_centre,
        bank=bank,
        bank_version=relation.bank.version,
        relation=relation.number,
        parts=[part for part in parts if part in known],
        author_id=by.id,
        **more,  # type: ignore[misc]
    )


@transaction.atomic
def answer(
    positioning: Positioning, item: str, says: str, *, by: Actor, form_key: UUID | None = None
) -> Positioning:
    """Keep an answer, and find what to ask next. Said again otherwise, the later one stands."""
    positioning = _held(positioning, by)
    access.require(access.may_answer(by, positioning))
    access.require(says in Says.values)
    access.require(item in {one.id for one in standing.asked_of(positioning)})
    is_first = not positioning.answers.exists()

    def keep(key: UUID) -> Answer:
        return _add(positioning, item, says, by=by, form_key=key)

    once(positioning.answers.filter(author=by.id), form_key, keep)
    answers = positioning.answers.all().standing()
    positioning.next_item = standing.next_item(positioning, answers)
    positioning.stopped_at = None
    if positioning.channel == Channel.SCREEN and not positioning.kept_at:
        positioning.kept_at = timezone.now()  # by their own hand
    if is_first:
        _record("begun", positioning, by=by)
    positioning.save(update_fields=["next_item", "stopped_at", "kept_at"])
    return positioning


def _held(positioning: Positioning, by: Actor) -> Positioning:
    """As it is now, and nobody else's until the end: two tabs come in turn."""
    rows = Positioning.objects.visible_to(by).select_for_update(of=("self",))
    return access.one_or_404(rows, pk=positioning.pk)


def _add(positioning: Positioning, item: str, says: str, *, by: Actor, form_key: UUID) -> Answer:
    said = Answer(positioning=positioning, item=item, says=says, author_id=by.id, form_key=form_key)
    said.full_clean(exclude=["form_key", "positioning"])
    said.save()
    return said


@transaction.atomic
def stop(positioning: Positioning, *, by: Actor) -> Positioning | None:
    """Stop here. What was said is kept; when nothing was said, nothing is (None)."""
    positioning = _held(positioning, by)
    access.require(access.may_answer(by, positioning))
    if not positioning.answers.exists():
        positioning.delete()
        return None
    if positioning.stopped_at is None:
        positioning.stopped_at = timezone.now()
        positioning.save(update_fields=["stopped_at"])
        _record("stopped", positioning, by=by)
    return positioning


@transaction.atomic
def keep_read_back(positioning: Positioning, *, by: Actor) -> Positioning:
    """Keep what was said by voice, once all of it was read back."""
    positioning = _held(positioning, by)
    access.require(access.may_correct(by, positioning))
    access.require(positioning.channel == Channel.VOICE and positioning.answers.exists())
    if positioning.kept_at is None:
        positioning.read_back_at = positioning.kept_at = timezone.now()
        positioning.save(update_fields=["read_back_at", "kept_at"])
        _record("kept", positioning, by=by)
    return positioning


@transaction.atomic
def note_on_a_page(
    person: Person | None,
    said: Mapping[str, str],
    *,
    channel: str,
    evidence: str,
    language: str,
    on: date,
    by: Actor,
    parts: Collection[str] = (),
    helper: str = "",
    seen: str = "",
    version: str = "",
    form_key: UUID | None = None,
) -> Positioning:
    """Keep what was said, shown or seen, all at once. `said`: item -> answer; "" says nothing, and
    where nothing at all is said there is nothing to keep. `version`: of the bank that was asked,
    where it is not the one of today. By voice, it was read back before it came here."""
    access.require(access.may_find_out(by, person))
    fresh = _new(
        person, by, channel=channel, language=language, parts=parts, helper=helper, seen=seen,
        evidence=evidence, on=on, version=version,
    )  # fmt: skip

    def keep(key: UUID) -> Positioning:
        fresh.form_key = key
        fresh.kept_at = timezone.now()
        fresh.read_back_at = fresh.kept_at if channel == Channel.VOICE else None
        fresh.full_clean(exclude=["form_key"])
        fresh.save(force_insert=True)
        access.require(_add_changed(fresh, said, {}, by=by))
        _record("kept", fresh, by=by)
        return fresh

    mine = Positioning.objects.filter(author=by.id)
    noted = once(mine, form_key, keep, said={"seen": seen, "helper": helper, "on": on})
    told = {item: says for item, says in said.items() if says}
    if noted is not fresh and noted.answers.all().standing() != told:
        raise SentAgain([])  # chosen again, otherwise: said to them rather than lost in silence
    return noted


@transaction.atomic
def change_page(
    positioning: Positioning, said: Mapping[str, str], *, seen: str, helper: str, by: Actor
) -> Positioning:
    """Correct what was noted on a page. What it said before stays behind it."""
    positioning = _held(positioning, by)
    access.require(access.may_correct(by, positioning) and not positioning.is_asked_one_by_one)
    changed = _add_changed(positioning, said, positioning.answers.all().standing(), by=by)
    words = {"seen": seen, "helper": helper}
    fields = [name for name, value in words.items() if getattr(positioning, name) != value]
    for name in fields:
        setattr(positioning, name, words[name])
    if fields:
        positioning.full_clean(exclude=["form_key"])
        positioning.save(update_fields=fields)
    if changed or fields:
        _record("changed", positioning, by=by)
    return positioning


def _add_changed(
    positioning: Positioning, said: Mapping[str, str], before: Mapping[str, str], *, by: Actor
) -> bool:
    """Add what differs from what stands. An answer taken away becomes "would rather not say"."""
    asked = [item.id for item in standing.asked_of(positioning)]
    access.require({item for item, says in said.items() if says} <= set(asked))
    rows = []
    for item in asked:
        says = said.get(item, "") or (Says.RATHER_NOT.value if item in before else "")
        if says and says != before.get(item):
            access.require(says in Says.values)
            rows.append(Answer(positioning=positioning, item=item, says=says, author_id=by.id))
    Answer.objects.bulk_create(rows)
    return bool(rows)


@transaction.atomic
def share(positioning: Positioning, *, by: Actor) -> Positioning:
    """The person lets the team read it. Asked twice, it is shared once."""
    positioning = _held(positioning, by)
    access.require(access.may_share(by, positioning))
    if positioning.shared_at is None:
        positioning.shared_at = timezone.now()
        positioning.save(update_fields=["shared_at"])
        _record("shared", positioning, by=by)
    return positioning


@transaction.atomic
def stop_sharing(positioning: Positioning, *, by: Actor) -> Positioning:
    """The person takes it back from the team: again, only whoever made it with them reads it."""
    positioning = _held(positioning, by)
    access.require(access.may_share(by, positioning))
    if positioning.shared_at is not None:
        positioning.shared_at = None
        positioning.save(update_fields=["shared_at"])
        _record("no_longer_shared", positioning, by=by)
    return positioning


@transaction.atomic
def take_up(person: Person, *, by: Actor) -> list[Positioning]:
    """At the person's wish, and beside them: open with this member what was found out with someone
    who is gone, and stood between the two of them.

    That it was asked is a line for the person to read, the same whether something opens or not:
    neither the line nor its absence says that there was something.
    """
    access.require(access.may_find_out(by, person))
    journal.read("competences.positionings_asked_back", person, by=by, subject=person.root_id)
    left = Positioning.objects.read_by_nobody().of_file(person)
    # Held first, then asked again: of a row that someone else took up while one waited for it,
    # PostgreSQL judges anew that it is theirs, and not whether its reader is here.
    waiting = list(left.order_by("pk").values_list("pk", flat=True))
    list(Positioning.objects.select_for_update().filter(pk__in=waiting).order_by("pk"))
    taken = list(left.filter(pk__in=waiting).order_by("pk"))
    for positioning in taken:
        positioning.taken_up_by_id = by.id
        positioning.save(update_fields=["taken_up_by"])
        _record("taken_up", positioning, by=by)
    return taken


@transaction.atomic
def erase(positioning: Positioning, *, by: Actor) -> None:
    """Erase it for good, at the wish of whom it is about. Its rows go; the line of the journal
    says that something was erased, and not what."""
    positioning = _held(positioning, by)
    if positioning.answers.exists():
        _record("erased", positioning, by=by)
    positioning.delete()


def _record(deed: str, positioning: Positioning, *, by: Actor) -> None:
    if positioning.person_id is not None:
        kind = f"competences.positioning_{deed}"
        journal.record(kind, positioning, by=by, subject=positioning.subject)
