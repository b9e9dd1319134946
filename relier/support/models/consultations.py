"""The register of BCSS consultations: that one took place, why, and what came before it.

What a consultation showed is never kept, and there is nowhere to keep it: the words of the person
come before it and are closed by it, and nothing that follows is free (tests/test_consultations.py
lists every column with its reason).
"""

import uuid
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Centre, Member
from relier.people.models import AboutPerson, Person, WordsQuerySet
from relier.privacy.models import Consent
from relier.privacy.sealed import SealedCharField, SealedTextField
from relier.privacy.texts import ConsentText


class Closed(TypeError):  # noqa: N818 — a word for what happened
    """A consultation took place: nothing of its line changes any more."""


class ConsultationQuerySet(WordsQuerySet):
    # Nobody who is not bound reads any of it: no row is ever opened to the team.
    open_rows = Q(pk__isnull=True)

    def visible_to(self, actor: Actor | None) -> Self:
        """The register is kept by CPAS centres only, and read by those bound."""
        return super().visible_to(actor).filter(centre__kind=Centre.Kind.CPAS)

    def of_file(self, files: Iterable[uuid.UUID]) -> Self:
        """Those of a person: of every file that was merged into theirs."""
        return self.filter(person__in=list(files))

    def signed(self) -> Self:
        return self.select_related(
            "declared_by__user", "received_by__user", "consulted_by__user", "begun_by__user"
        )


class Consultation(AboutPerson):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consultations")
    purpose = models.SlugField(_("why"), max_length=40)
    # As the list said it that day.
    purpose_words = SealedCharField(max_length=80)
    begun_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)

    # First: what the person was told, and said of their situation, in their words.
    # under secrecy
    declaration = SealedTextField(_("what the person said first"), max_length=2000, blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    declared_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    # Then: the written agreement, with the very text that was read. A no is written nowhere.
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    agreed_how = models.CharField(
        _("how it was given"), max_length=8, choices=Consent.How, blank=True
    )
    helper = SealedCharField(_("who read it or interpreted it"), max_length=80, blank=True)
    # under secrecy
    text = SealedTextField(_("the text as it was read"), blank=True)
    text_hash = models.CharField(max_length=64, blank=True)
    text_version = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=5, blank=True)
    received_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    # Last: that it took place. From here on the line is closed.
    consulted_on = models.DateField(_("day of the consultation"), null=True, blank=True)
    consulted_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    quality = models.SlugField(_("quality code"), max_length=40, blank=True)
    quality_words = models.CharField(max_length=80, blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(consulted_on=None, consulted_by=None, quality="")
                | (Q(consulted_on__isnull=False, consulted_by__isnull=False) & ~Q(quality="")),
                name="support_a_consultation_says_who_and_under_which_code",
            ),
            models.CheckConstraint(
                condition=Q(declared_at=None, declared_by=None)
                | Q(declared_at__isnull=False, declared_by__isnull=False),
                name="support_a_declaration_says_when_and_who_wrote_it",
            ),
        ]

    def __str__(self) -> str:
        return self.purpose_words

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises Closed when the line that stands is one of a consultation that took place."""
        stands = Consultation.objects.filter(pk=self.pk).exclude(consulted_on=None)
        if not self._state.adding and stands.exists():
            raise Closed("A consultation took place: its line is closed.")
        super().save(*args, **kwargs)

    @property
    def closed(self) -> bool:
        return self.consulted_on is not None

    @property
    def as_read(self) -> ConsentText:
        return ConsentText("bcss", self.text_version, self.language, self.text)
