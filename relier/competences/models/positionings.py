"""Positionings: what someone says they can do, showed, or was seen doing, on a day.

It is theirs. Of a person's positioning, whoever made it with them is the only reader until the
person shares it with the team, or asks a colleague to take it up when that reader has gone. A
worker's own craft has a member and no person, and nobody else ever reads it. Answers are only
added: the latest on an item stands. A refusal is no row at all.
"""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Member
from relier.people.models import AboutPerson, Person, Replacement, within_reach
from relier.privacy.sealed import SealedTextField


class PositioningQuerySet(models.QuerySet["Positioning"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """One's own craft; and, of people within one's reach, what one made with them or what
        they shared."""
        if not actor or not actor.in_a_centre:
            return self.none()
        made_or_shared = kept_by(actor) | Q(shared_at__isnull=False)
        rows = self.filter(centre=actor.centre)
        return rows.filter((within_reach(actor) & made_or_shared) | Q(member=actor.id))

    def made_by(self, actor: Actor | None) -> Self:
        """Those that this member may go on with: with the person, or their own."""
        return self.visible_to(actor).filter(kept_by(actor)) if actor else self.none()

    def read_by_nobody(self) -> Self:
        """Of a person, kept and not shared, whose only reader is gone: they have left, or no team
        of theirs follows the person today, nor one that they join for a time."""
        for_a_time = Replacement.objects.standing(on=timezone.localdate()).filter(
            member=OuterRef("reader"),
            member__left_on=None,
            member__user__is_active=True,
            team__followings__person=OuterRef("person__root"),
            team__followings__ended_on=None,
        )
        near = Member.objects.active().filter(
            pk=OuterRef("reader"),
            teams__followings__person=OuterRef("person__root"),
            teams__followings__ended_on=None,
        )
        rows = self.kept().filter(person__isnull=False, shared_at=None)
        return rows.alias(reader=Coalesce("taken_up_by", "author")).filter(
            ~Exists(near), ~Exists(for_a_time)
        )

    def of_file(self, person: Person) -> Self:
        """Of a person, whichever of their merged files it was written in."""
        return self.filter(person__in=person.file_ids)

    def of_craft(self, actor: Actor) -> Self:
        """What a member keeps about their own craft."""
        return self.filter(member=actor.id)

    def of_bank(self, bank: str) -> Self:
        return self.filter(bank=bank)

    def kept(self) -> Self:
        """Said by the person on screen, noted on a page, or read back to them."""
        return self.filter(kept_at__isnull=False)

    def under_way(self) -> Self:
        """Said by voice and not read back yet. Without an answer, it is nothing yet."""
        return self.filter(kept_at=None).filter(
            Exists(Answer.objects.filter(positioning=OuterRef("pk")))
        )

    def latest_first(self) -> Self:
        return self.order_by("-on", "-started_at", "-pk")

    def signed(self) -> Self:
        """With the names of whoever made it and of whoever took it up, in the same query."""
        return self.select_related("author__user", "taken_up_by__user")


def kept_by(actor: Actor) -> Q:
    """Whoever took it up at the person's wish; else whoever made it."""
    return Q(taken_up_by=actor.id) | Q(taken_up_by=None, author=actor.id)


class Positioning(AboutPerson):
    class Evidence(models.TextChoices):
        FELT = "felt", _("said by the person")
        SHOWN = "shown", _("shown by the person")
        OBSERVED = "observed", _("observed by a colleague")

    class Channel(models.TextChoices):
        SCREEN = "screen", _("on the screen")
        VOICE = "voice", _("by voice")
        PAGE = "page", _("on one page, together")
        AFTERWARDS = "afterwards", _("noted afterwards")
        PAPER = "paper", _("on paper")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="positionings"
    )
    # A worker's own craft: about this member, and about nobody else.
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    bank = models.CharField(max_length=40)
    bank_version = models.CharField(max_length=40)
    # The version of the centre's relation that chose the questions; 0 as shipped.
    relation = models.PositiveIntegerField(default=0)
    # The parts that were chosen; none chosen is all of them.
    parts = models.JSONField(default=list, blank=True)
    evidence = models.CharField(max_length=8, choices=Evidence, default=Evidence.FELT)
    channel = models.CharField(max_length=10, choices=Channel)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    helper = models.CharField(_("who interpreted or helped"), max_length=80, blank=True)
    seen = SealedTextField(_("what was seen"), max_length=1000, blank=True)
    on = models.DateField(_("day"), default=timezone.localdate)
    started_at = models.DateTimeField(auto_now_add=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    # By voice, nothing is kept before it was read back.
    read_back_at = models.DateTimeField(null=True, blank=True)
    kept_at = models.DateTimeField(null=True, blank=True)
    # Computed when an answer arrives, never when a page is shown; "" when nothing more is asked.
    next_item = models.CharField(max_length=40, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    # Who reads it in place of its author, at the person's wish, once the author is gone.
    taken_up_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = PositioningQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, member=None)
                | Q(person=None, member__isnull=False),
                name="competences_positioning_of_a_person_or_of_a_member",
            ),
            models.CheckConstraint(
                condition=Q(member=None)
                | Q(member=models.F("author"), shared_at=None, taken_up_by=None),
                name="competences_own_craft_is_made_alone_and_never_shared",
            ),
            models.CheckConstraint(
                condition=Q(shared_at=None) | Q(kept_at__isnull=False),
                name="competences_only_a_kept_positioning_is_shared",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.on}"

    def centre_of_row(self) -> uuid.UUID:
        centre: uuid.UUID | None = self.person.centre_id if self.person else None
        if centre is None and self.member:
            centre = self.member.centre_id
        if centre is None:
            raise ValueError("A positioning is about someone of a centre.")
        return centre

    @property
    def subject(self) -> uuid.UUID | None:
        """Whom the journal names: the person's file; nobody for one's own craft."""
        return self.person.root_id if self.person else None

    @property
    def keeper(self) -> Member:
        """The only member who reads it with the person, as long as it is not shared."""
        return self.taken_up_by or self.author

    @property
    def is_kept(self) -> bool:
        return self.kept_at is not None

    @property
    def is_asked_one_by_one(self) -> bool:
        return self.channel in {self.Channel.SCREEN, self.Channel.VOICE}

    @property
    def may_go_on(self) -> bool:
        """More may be asked: of what is on screen, or of what was not read back yet."""
        waits = self.channel == self.Channel.SCREEN or not self.is_kept
        return self.is_asked_one_by_one and waits and bool(self.next_item)


class AnswerQuerySet(models.QuerySet["Answer"]):
    def in_order(self) -> Self:
        return self.order_by("pk")

    def standing(self) -> dict[str, str]:
        """Item -> what stands on it, in the order in which the items were first answered."""
        said: dict[str, str] = {}
        for item, says in self.in_order().values_list("item", "says"):
            said[item] = says  # a key keeps the place of its first answer
        return said


class Answer(models.Model):
    """What was said of one item. Changed, it is a new row, and the later stands."""

    class Says(models.TextChoices):
        YES = "yes", _("yes, alone or with someone")
        COULD_LEARN = "could_learn", _("could learn it")
        NO_NEED = "no_need", _("has no need of it")
        UNCLEAR = "unclear", _("did not understand the question")
        RATHER_NOT = "rather_not", _("would rather not say")

    positioning = models.ForeignKey(Positioning, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField(max_length=40)
    says = models.CharField(max_length=12, choices=Says)
    recorded_at = models.DateTimeField(auto_now_add=True)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.item}: {self.says}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("An answer is never changed: another one is added.")
        super().save(*args, **kwargs)
