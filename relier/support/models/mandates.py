"""« J'autorise le centre à… »: a mandate to act online in someone's name, between them and the
centre. Under secrecy unless opened on purpose (docs/walls.md).

No password nor access code of the person has a place here, nor anywhere else.
"""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Member
from relier.people.models import AboutPerson, Person, WordsQuerySet
from relier.privacy.models import Consent
from relier.privacy.sealed import SealedCharField, SealedTextField
from relier.privacy.texts import ConsentText
from relier.support.rules.mandates import covers


class Duration(models.TextChoices):
    ONE_DAY = "one_day", _("one day")
    ONE_MONTH = "one_month", _("one month")
    SIX_MONTHS = "six_months", _("six months")
    ONE_YEAR = "one_year", _("one year")


class Acted(models.TextChoices):
    """In whose name something was done online. Blank: nothing was said of it."""

    WITH_PERSON = "with_person", _("With the person present: they did it themselves")
    FOR_PERSON = "for_person", _("In their name: we did it for them")


class MandateQuerySet(WordsQuerySet):
    # Who reads one: people/models/walls.py; in words, docs/walls.md, rule 4.
    open_rows = Q(open_to_team=True)

    def standing(self, *, on: date) -> Self:
        """Those that run on this day, and of which something is left."""
        left = MandateScope.objects.filter(mandate=OuterRef("pk"), revoked_at=None)
        return self.filter(Exists(left), starts_on__lte=on, ends_on__gte=on)

    def ending(self, *, on: date) -> Self:
        """Those that end soon, and that nobody has let end."""
        return self.standing(on=on).filter(ask_again_on__lte=on, left_to_end_at=None)

    def of_file(self, files: Iterable[uuid.UUID]) -> Self:
        """Those of a person: of every file that was merged into theirs."""
        return self.filter(person__in=list(files))

    def with_scopes(self) -> Self:
        return self.prefetch_related(Prefetch("scopes", MandateScope.objects.order_by("pk")))

    def signed(self) -> Self:
        """With the name of whoever received it, in the same query."""
        return self.select_related("received_by__user")


class Mandate(AboutPerson):
    Duration = Duration

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mandates")
    duration = models.CharField(_("for how long"), max_length=10, choices=Duration)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    # From which day to speak of it again; None for one so short that nobody is reminded.
    ask_again_on = models.DateField(null=True, blank=True)
    left_to_end_at = models.DateTimeField(null=True, blank=True)
    # The exact words that were read and agreed to.
    # under secrecy
    text = SealedTextField(_("the text as it was read"))
    text_hash = models.CharField(max_length=64)
    text_version = models.CharField(max_length=40)
    language = models.CharField(_("language of the text"), max_length=5)
    how = models.CharField(_("how it was given"), max_length=8, choices=Consent.How)
    helper = SealedCharField(_("who read it or interpreted it"), max_length=80, blank=True)
    received_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField(_("given on"))
    recorded_at = models.DateTimeField(auto_now_add=True)
    # Opened on purpose, one by one, and closed again in one gesture.
    open_to_team = models.BooleanField(default=False)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["-ends_on", "-recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")),
                name="support_a_mandate_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"

    @property
    def as_read(self) -> ConsentText:
        """The very text that was read, whatever became of its file since."""
        return ConsentText("mandate", self.text_version, self.language, self.text)

    def left(self) -> "list[MandateScope]":
        """What it still allows while it runs. Costs nothing after `with_scopes()`."""
        return [scope for scope in self.scopes.all() if scope.revoked_at is None]  # type: ignore[attr-defined]

    def state(self, *, on: date) -> str:
        """revoked, to_come, ended or stands."""
        if not self.left():
            return "revoked"
        if on < self.starts_on:
            return "to_come"
        return "stands" if on <= self.ends_on else "ended"

    def asks_again(self, *, on: date) -> bool:
        due = self.ask_again_on is not None and self.ask_again_on <= on
        return due and self.state(on=on) == "stands"


class MandateScope(AboutPerson):
    """One family of procedures of a mandate, revocable alone. Its words are those that were read.

    Read only through a mandate that is visible: it has no wall of its own.
    """

    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="scopes")
    family = models.SlugField(max_length=40)
    # under secrecy
    words = SealedCharField(_("what for"), max_length=80, bound_to=("mandate", "family"))
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mandate", "family"], name="support_a_family_stands_once_in_a_mandate"
            )
        ]

    def __str__(self) -> str:
        return f"{self.mandate_id}: {self.family}"

    def centre_of_row(self) -> uuid.UUID:
        return self.mandate.centre_id

    def covers(self, *, on: date) -> bool:
        over = timezone.localdate(self.revoked_at) if self.revoked_at else None
        return covers(self.mandate.starts_on, self.mandate.ends_on, over, on=on)


class DoneOnline(models.Model):
    """What a row of work says when something was done online: in whose name, for what, and which
    mandate covered it that day. Nothing of it is ever required."""

    acted = models.CharField(_("in whose name"), max_length=12, choices=Acted, blank=True)
    family = models.SlugField(_("for what"), max_length=40, blank=True)
    covered_by = models.ForeignKey(
        MandateScope, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        abstract = True
