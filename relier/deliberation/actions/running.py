"""Holding a meeting: begin, go on, go back, some minutes more, stop.

Each page says which turn it showed. Where a colleague moved meanwhile, nothing moves: two who
press at once go one step, and the second sees where it stands.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.deliberation.models import Item, Meeting, Statement
from relier.deliberation.rules import agenda
from relier.journal import actions as journal

from .meetings import held

MORE = 5  # minutes
MOST_MORE = 240


@dataclass(frozen=True)
class Way:
    """All the steps of a meeting, and which one is on the screen (`at`, from 0)."""

    steps: list[tuple[Item, Statement | None]]
    at: int

    @property
    def here(self) -> tuple[Item, Statement | None] | None:
        return self.steps[self.at] if self.steps else None

    @property
    def next(self) -> tuple[Item, Statement | None] | None:
        return self.steps[self.at + 1] if self.at + 1 < len(self.steps) else None


def way_of(meeting: Meeting) -> Way:
    """Two queries."""
    items = {one.pk: one for one in meeting.items.all()}
    shown = meeting.question.statements.shown().prefetch_related("wordings")
    statements = {one.pk: one for one in shown}
    way = agenda.steps([(pk, one.doing) for pk, one in items.items()], list(statements))
    at = agenda.place_of(way, (meeting.item_id, meeting.statement_id))
    steps = [(items[item], statements[one] if one else None) for item, one in way]  # type: ignore[index]
    return Way(steps, at)


@transaction.atomic
def begin(meeting: Meeting, *, turn: int, by: Actor) -> bool:
    """Now, or again from where it stopped. Whether it moved."""
    meeting = held(meeting, by=by)
    if meeting.turn != turn or meeting.is_held:
        return False
    if meeting.question.is_prepared:
        raise ValidationError(_("Open the question first."))
    here = way_of(meeting).here
    if here is None:
        raise ValidationError(_("Write an agenda first."))
    meeting.is_over = False
    _stand(meeting, here, is_new=True)
    journal.record("deliberation.meeting_begun", meeting, by=by)
    return True


@transaction.atomic
def step(meeting: Meeting, *, forward: bool, turn: int, by: Actor) -> bool:
    """The next thing on the screen, or the one before. Whether it moved."""
    meeting = held(meeting, by=by)
    way = way_of(meeting)
    at = way.at + (1 if forward else -1)
    if meeting.turn != turn or not meeting.is_held or not 0 <= at < len(way.steps):
        return False
    _stand(meeting, way.steps[at], is_new=way.steps[at][0].pk != meeting.item_id)
    return True


@transaction.atomic
def prolong(meeting: Meeting, *, turn: int, by: Actor) -> bool:
    """Five minutes more for what is under way. Whether it moved."""
    meeting = held(meeting, by=by)
    if meeting.turn != turn or not meeting.is_held or meeting.longer + MORE > MOST_MORE:
        return False
    meeting.longer += MORE
    meeting.turn += 1
    meeting.save(update_fields=["longer", "turn"])
    return True


@transaction.atomic
def stop(meeting: Meeting, *, turn: int, by: Actor) -> bool:
    """It can be begun again, from where it stands. The hour of what was under way is forgotten."""
    meeting = held(meeting, by=by)
    if meeting.turn != turn or not meeting.is_held:
        return False
    meeting.is_over, meeting.since, meeting.longer = True, None, 0
    meeting.turn += 1
    meeting.save(update_fields=["is_over", "since", "longer", "turn"])
    journal.record("deliberation.meeting_stopped", meeting, by=by)
    return True


def _stand(meeting: Meeting, step: tuple[Item, Statement | None], *, is_new: bool) -> None:
    """`is_new`: another item than before, whose minutes begin now."""
    meeting.item, meeting.statement = step
    if is_new:
        meeting.since, meeting.longer = timezone.now(), 0
    meeting.turn += 1
    meeting.save(update_fields=["item", "statement", "since", "longer", "turn", "is_over"])
