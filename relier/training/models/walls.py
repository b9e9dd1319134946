"""The walls of this room (docs/walls.md, Training), in one place for its tables.

- *hours*: entries, contracts, sessions followed, what counts: the team that follows, and the
  coordinator, who answers for them before the administration.
- *grounds*: on which ground someone was away, of which category they are, and the proofs of both
  (illness, prison, disability): those bound of the team, and the coordinator. Whoever else takes a
  proof in hands it over.
- *told* (plans, evaluations, attestations): content; the coordinator reads none of it.
"""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q

from relier.accounts.actors import Actor
from relier.centres.access import may_steer
from relier.centres.models import Member
from relier.people.models import AboutPerson, within_reach


class AboutTraineeQuerySet(models.QuerySet[Any]):
    """`root`: the way from a row to the file that is shown."""

    root = "enrolment__person__root"

    def near(self, actor: Actor | None) -> Self:
        """Those of the people within the member's reach."""
        if actor is None or not actor.in_a_centre:
            return self.none()
        return self.filter(within_reach(actor, self.root), centre=actor.centre)

    def current(self) -> Self:
        """Without those that a correction replaced."""
        return self.filter(correction=None)

    def versions_of(self, row: Any) -> Self:
        """A row and all that corrects it or was corrected, the first one first."""
        first = row.first_id or row.pk
        return self.filter(Q(pk=first) | Q(first=first)).order_by("written_at", "pk")


class HoursQuerySet(AboutTraineeQuerySet):
    def visible_to(self, actor: Actor | None) -> Self:
        if actor is not None and may_steer(actor):
            return self.filter(centre=actor.centre)
        return self.near(actor)


class GroundsQuerySet(AboutTraineeQuerySet):
    def visible_to(self, actor: Actor | None) -> Self:
        if actor is not None and may_steer(actor):
            return self.filter(centre=actor.centre)
        return self.near(actor) if actor is not None and actor.bound else self.none()


class ToldQuerySet(AboutTraineeQuerySet):
    def visible_to(self, actor: Actor | None) -> Self:
        return self.near(actor)


class Versioned(AboutPerson):
    """A row about a trainee that is never rewritten: a correction is a new row
    (docs/decisions/002). `source` stays the same through them all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField(auto_now_add=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="correction"
    )
    # The very first version, so that one query finds them all; none on the first itself.
    first = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    first_id: uuid.UUID | None
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    @property
    def source(self) -> uuid.UUID:
        return self.first_id or self.pk

    def centre_of_row(self) -> uuid.UUID:
        return self.enrolment.centre_id  # type: ignore[attr-defined]
