"""Preparing a meeting about a question: its day, its agenda."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.models import Member
from relier.deliberation import access
from relier.deliberation.models import Item, Meeting, Question
from relier.deliberation.rules import agenda
from relier.journal import actions as journal
from relier.journal.once import once

SAID = ("day", "starts_at", "place")
# More than anyone holds in a day.
MOST_ITEMS = 40


@transaction.atomic
def prepare(
    question: Question, said: Mapping[str, Any], *, ready: str = "", form_key: UUID | None = None,
    by: Actor,
) -> Meeting:  # fmt: skip
    """`ready`: the name of an agenda to begin with (`agenda.READY`), in the language in force."""
    access.require(access.may_run(by, question))

    def keep(key: UUID) -> Meeting:
        meeting = Meeting(
            question=question, round=question.round, form_key=key,
            prepared_by=Member.objects.get(pk=by.id), **{name: said[name] for name in SAID},
        )  # fmt: skip
        meeting.full_clean(exclude=["form_key"])
        meeting.save()
        lines = agenda.READY.get(ready, ())
        Item.objects.bulk_create(
            Item(
                meeting=meeting,
                place=at,
                title=str(one.title),
                minutes=one.minutes,
                doing=one.doing,
            )
            for at, one in enumerate(lines)
        )
        journal.record("deliberation.meeting_prepared", meeting, by=by)
        return meeting

    own = question.meetings.filter(prepared_by=by.id)
    return once(own, form_key, keep, said={name: said[name] for name in SAID})


@transaction.atomic
def change(meeting: Meeting, said: Mapping[str, Any], *, by: Actor) -> Meeting:
    """Its day, its hour, its place."""
    meeting = held(meeting, by=by)
    changed = [name for name in SAID if getattr(meeting, name) != said[name]]
    if changed:
        for name in changed:
            setattr(meeting, name, said[name])
        meeting.full_clean()
        meeting.save(update_fields=changed)
        journal.record("deliberation.meeting_changed", meeting, by=by, fields=changed)
    return meeting


@transaction.atomic
def add_item(
    meeting: Meeting, *, title: str, minutes: int, doing: str, form_key: UUID | None = None,
    by: Actor,
) -> Item:  # fmt: skip
    """At the end of the agenda."""
    meeting = held(meeting, by=by)

    def keep(key: UUID) -> Item:
        found = meeting.items.aggregate(last=Max("place"))["last"]
        last = -1 if found is None else int(found)
        if meeting.items.count() >= MOST_ITEMS:
            raise ValidationError(
                _("There are %(most)s items: no meeting holds more.") % {"most": MOST_ITEMS}
            )
        item = Item(
            meeting=meeting, place=last + 1, title=title, minutes=minutes, doing=doing, form_key=key
        )
        item.full_clean(exclude=["form_key"])
        item.save()
        journal.record("deliberation.meeting_changed", meeting, by=by, fields=["items"])
        return item

    said = {"title": title, "minutes": minutes, "doing": doing}
    return once(meeting.items.all(), form_key, keep, said=said)


@transaction.atomic
def change_item(item: Item, *, title: str, minutes: int, doing: str, by: Actor) -> Item:
    meeting = held(item.meeting, by=by)
    item.title, item.minutes, item.doing = title, minutes, doing
    item.full_clean()
    item.save(update_fields=["title", "minutes", "doing"])
    journal.record("deliberation.meeting_changed", meeting, by=by, fields=["items"])
    return item


@transaction.atomic
def move_item(item: Item, *, up: bool, by: Actor) -> None:
    """One place earlier or later. At an end already, nothing moves."""
    meeting = held(item.meeting, by=by)
    rows = list(meeting.items.all())
    at = next((at for at, row in enumerate(rows) if row.pk == item.pk), None)
    beside = None if at is None else at - 1 if up else at + 1
    if at is None or beside is None or not 0 <= beside < len(rows):
        return
    rows[at], rows[beside] = rows[beside], rows[at]
    for place, row in enumerate(rows):
        row.place = place
    Item.objects.bulk_update(rows, ["place"])
    journal.record("deliberation.meeting_changed", meeting, by=by, fields=["items"])


@transaction.atomic
def remove_item(item: Item, *, by: Actor) -> None:
    """Not the one that is on the screen of a meeting that is held."""
    meeting = held(item.meeting, by=by)
    if meeting.is_held and meeting.item_id == item.pk:
        raise ValidationError(_("This item is on the screen: go on first."))
    item.delete()
    journal.record("deliberation.meeting_changed", meeting, by=by, fields=["items"])


def held(meeting: Meeting, *, by: Actor) -> Meeting:
    """The row as it stands, held until the end of the transaction."""
    access.require(access.may_run(by, meeting.question))
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("question")
    return rows.get(pk=meeting.pk)
