"""Sharing under secrecy: one thing, with one colleague who is bound, under conditions kept with it.

The recipient reads that thing from a page of their own, and no file (docs/walls.md). A sharing
never widens `visible_to`: nobody else's page, search or count knows of it.
"""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Member
from relier.privacy.sealed import SealedTextField

from .person import AboutPerson, Person, within_reach


class SharingQuerySet(models.QuerySet["Sharing"]):
    def standing(self, *, on: date) -> Self:
        """Those that count on a day. Without the status, or gone from the centre, the recipient
        reads no more: nobody has to think of it."""
        return self.filter(
            ended_at=None,
            until_on__gte=on,
            recipient__status=Member.Status.BOUND,
            recipient__left_on=None,
            recipient__user__is_active=True,
        )

    def read_by(self, actor: Actor | None, *, on: date) -> Self:
        """What was shared with this member, and that they read today."""
        if not actor or not actor.in_a_centre or not actor.bound:
            return self.none()
        return self.standing(on=on).filter(recipient=actor.id, centre=actor.centre)

    def made_by(self, actor: Actor | None) -> Self:
        """What this member shared themself: they may end it, whatever their status since."""
        if not actor or not actor.in_a_centre:
            return self.none()
        return self.filter(sharer=actor.id, centre=actor.centre)

    def visible_to(self, actor: Actor | None) -> Self:
        """The act with its words: those bound who have the person within reach."""
        if not actor or not actor.in_a_centre or not actor.bound:
            return self.none()
        return self.filter(within_reach(actor), centre=actor.centre)

    def ended_by(self, actor: Actor | None) -> Self:
        """Those that this member may end: who shared, who received, the bound of the team."""
        if not actor or not actor.in_a_centre:
            return self.none()
        theirs = Q(sharer=actor.id) | Q(recipient=actor.id)
        if actor.bound:
            theirs |= within_reach(actor)
        return self.filter(theirs, centre=actor.centre)

    def of_file(self, ids: "list[uuid.UUID]") -> Self:
        """Of a person, whichever of their merged files it stands in; the latest first."""
        return self.filter(person__in=ids).signed()

    def of_thing(self, kind: str, things: "list[uuid.UUID]") -> Self:
        return self.filter(kind=kind, thing__in=things)

    def signed(self) -> Self:
        """With the names of who shared and who received, in the same query."""
        return self.select_related("sharer__user", "recipient__user", "person__root")


class Sharing(AboutPerson):
    """The act, with its five conditions (docs/walls.md): the recipient is bound and has the same
    mission, it is in the person's interest, strictly necessary, and the person knows."""

    class Kind(models.TextChoices):
        NOTE = "note", _("a note")
        INTERVENTION = "intervention", _("an intervention")
        PROCEDURE = "procedure", _("a procedure")

    class Informed(models.TextChoices):
        ORALLY = "orally", _("yes, aloud")
        IN_WRITING = "in_writing", _("yes, in writing")
        NOT_YET = "not_yet", _("not yet")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sharings")
    # By its id: the thing may live in a room above this one.
    kind = models.CharField(max_length=12, choices=Kind)
    thing = models.UUIDField()
    sharer = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="shared_with")
    same_mission = models.BooleanField()
    # under secrecy
    interest = SealedTextField(_("how it helps the person"), max_length=300)
    necessary = models.BooleanField()
    informed = models.CharField(_("does the person know?"), max_length=10, choices=Informed)
    informed_on = models.DateField(_("told on"), null=True, blank=True)
    # under secrecy
    informed_words = SealedTextField(_("why not yet"), max_length=300, blank=True)
    until_on = models.DateField(_("until which day, included"))
    shared_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = SharingQuerySet.as_manager()

    class Meta:
        ordering = ["-shared_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(same_mission=True, necessary=True),
                name="people_a_sharing_is_necessary_for_the_same_mission",
            ),
            models.CheckConstraint(
                condition=Q(informed="not_yet", informed_on=None)
                | (~Q(informed="not_yet") & Q(informed_on__isnull=False)),
                name="people_a_sharing_says_when_the_person_was_told",
            ),
            models.CheckConstraint(
                condition=~Q(sharer=F("recipient")), name="people_nobody_shares_with_themselves"
            ),
        ]
        indexes = [models.Index(fields=["kind", "thing"], name="people_sharings_of_a_thing")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.until_on})"

    def stands(self, *, on: date) -> bool:
        """As `standing`, of a row that was read with its recipient."""
        active = self.recipient.left_on is None and self.recipient.user.is_active
        return self.ended_at is None and self.until_on >= on and self.recipient.bound and active
