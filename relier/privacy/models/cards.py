"""The card that opens a person's own page, and what keeps that door.

A card bears a code and no name. The code is not kept: its HMAC is, under a key that stands outside
the database. The pictures that only the person knows are kept as a slow hash, under the same key.
"""

import uuid
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Centre, Member

from .subjects import Subject

# A card that was lost and forgotten does not open a page for ever.
CARD_LASTS = timedelta(days=365)
# Wrong pictures in a row, after which they are chosen again with a worker.
MOST_PICTURE_TRIES = 5


class CardQuerySet(models.QuerySet["Card"]):
    def standing(self) -> Self:
        """Neither taken back, nor replaced."""
        return self.filter(taken_back_at=None)

    def opening(self, *, on: date) -> Self:
        """Those that open a page that day."""
        return self.standing().filter(ends_on__gte=on)


class Card(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="cards")
    # Every row of a centre carries its centre, so that sharding by centre stays open.
    centre = models.ForeignKey(
        Centre, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    code_mac = models.CharField(max_length=64, unique=True, editable=False)
    # In which language the card is printed and the page begins.
    language = models.CharField(_("language"), max_length=5)
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ends_on = models.DateField(_("until"))
    taken_back_at = models.DateTimeField(null=True, blank=True)
    # The pictures: a slow hash under a key, "" when none were chosen.
    pictures = models.CharField(max_length=160, blank=True, editable=False)
    picture_tries = models.PositiveSmallIntegerField(default=0)
    # Whoever stood beside the person when the pictures were chosen could have chosen them: what is
    # under secrecy is shown only where that worker was bound by it.
    chosen_with_bound = models.BooleanField(default=False)
    # Shown to the person, so that an opening that was not theirs is seen.
    opened_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = CardQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(taken_back_at=None),
                name="privacy_one_standing_card_per_subject",
                violation_error_message=_("This person has a card already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.ends_on}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.centre_id is None:
            self.centre_id = self.subject.centre_id
        super().save(*args, **kwargs)

    @property
    def has_pictures(self) -> bool:
        return bool(self.pictures)

    @property
    def is_out_of_tries(self) -> bool:
        return self.picture_tries >= MOST_PICTURE_TRIES

    def opens(self, *, on: date) -> bool:
        return self.taken_back_at is None and self.ends_on >= on


class CardVisitQuerySet(models.QuerySet["CardVisit"]):
    def quiet(self, *, at: datetime) -> Self:
        """Those that ended by themselves: nothing was asked of them for a while."""
        return self.filter(seen_at__lt=at - timedelta(minutes=settings.CARD_MINUTES))


class CardVisit(models.Model):
    """Someone reads their page, on one telephone. Gone as soon as they leave."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="visits")
    token_hash = models.CharField(max_length=64, unique=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    # When the page had been opened the time before.
    before_at = models.DateTimeField(null=True, blank=True)
    # The pictures were shown: more than the day's basics may be read.
    knows = models.BooleanField(default=False)

    objects = CardVisitQuerySet.as_manager()

    class Meta:
        ordering = ["began_at", "pk"]

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d %H:%M}"

    def is_quiet(self, *, at: datetime) -> bool:
        return self.seen_at < at - timedelta(minutes=settings.CARD_MINUTES)


class CardTry(models.Model):
    """A code that was looked for and found nowhere. Names nobody; gone after an hour."""

    AN_HOUR = timedelta(hours=1)

    at = models.DateTimeField(db_index=True)
    # Both under a key: neither an address nor a code can be read here.
    address_mac = models.CharField(max_length=64)
    code_mac = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class CardDoor(models.Model):
    """One row, held by whoever counts the tries: two workers never count at the same time."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)

    def __str__(self) -> str:
        return "door"
