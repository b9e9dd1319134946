"""The situation of a person: what they told, day after day. Each save adds; nothing is
overwritten. A `Situation` is one save; it holds a `Fact` for each thing that was said then."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Member
from relier.people import rules
from relier.privacy.sealed import SealedJSONField, SealedTextField

from .person import AboutPerson, Person
from .walls import WordsQuerySet, visible_words


class SituationQuerySet(models.QuerySet["Situation"]):
    def visible_to(self, actor: Actor | None) -> Self:
        return visible_words(self, actor, open_rows=Q(facts__under_secrecy=False)).distinct()


class Situation(AboutPerson):
    """One moment at which the situation was told, by whom and to whom."""

    class Told(models.TextChoices):
        BY_PERSON = "by_person", _("told by the person")
        OBSERVED = "observed", _("seen by the worker")
        BY_RELATIVE = "by_relative", _("told by someone close")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="situations")
    on = models.DateField(_("day"))
    told = models.CharField(_("who says so"), max_length=12, choices=Told, default=Told.BY_PERSON)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = SituationQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-recorded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.on}"


class Facet(models.TextChoices):
    EQUIPMENT = rules.EQUIPMENT, rules.TITLES[rules.EQUIPMENT]
    CONNECTION = rules.CONNECTION, rules.TITLES[rules.CONNECTION]
    QUIET_PLACE = rules.QUIET_PLACE, rules.TITLES[rules.QUIET_PLACE]
    LANGUAGES = rules.LANGUAGES, rules.TITLES[rules.LANGUAGES]
    EASE = rules.EASE, rules.TITLES[rules.EASE]
    WISHES = rules.WISHES, rules.TITLES[rules.WISHES]
    URGENT = rules.URGENT, rules.TITLES[rules.URGENT]
    PRIVATE = rules.PRIVATE, rules.TITLES[rules.PRIVATE]


FACETS = Facet
# Behind the wall whoever writes them (docs/walls.md, 3).
SECRET_FACETS = frozenset(rules.SECRET_FACETS)


class FactQuerySet(WordsQuerySet):
    open_rows = Q(under_secrecy=False)

    def of_file(self, person: Person) -> Self:
        """Every fact of this file and of those merged into it, with who wrote it down."""
        return (
            self.filter(person__in=person.file_ids)
            .select_related("situation__author__user")
            .order_by("situation__on", "situation__recorded_at", "pk")
        )


class Fact(AboutPerson):
    """One facet as it was told that day: choices from a short list, and words of their own.

    `choices` maps the name of a question to what was chosen (a code or a list of codes);
    `people/rules/questions.py` holds the questions and the words of each code.
    """

    situation = models.ForeignKey(Situation, on_delete=models.CASCADE, related_name="facts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="facts")
    facet = models.CharField(max_length=12, choices=Facet)
    choices = SealedJSONField(default=dict, blank=True, bound_to=("situation", "facet"))
    words = SealedTextField(max_length=1000, blank=True, bound_to=("situation", "facet"))
    under_secrecy = models.BooleanField()

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["situation", "facet"], name="people_one_fact_per_facet_and_save"
            ),
            models.CheckConstraint(
                condition=~Q(facet__in=["urgent", "private"]) | Q(under_secrecy=True),
                name="people_urgent_and_private_are_under_secrecy",
            ),
        ]
        indexes = [models.Index(fields=["person", "facet"], name="people_facts_of_person")]

    def __str__(self) -> str:
        return self.get_facet_display()
