"""What a name, a day of birth or an address said before it was put right.

Kept a short while, so that a mistake can be mended; then only the journal still says that it was
changed, by whom and when, never what it was (docs/decisions/010).
"""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Member

from .person import AboutPerson, Person


class EarlierValueQuerySet(models.QuerySet["EarlierValue"]):
    def of_file(self, person: Person) -> Self:
        return self.filter(person__in=person.file_ids).select_related("by__user")

    def older_than(self, moment: datetime) -> Self:
        return self.filter(changed_at__lt=moment)


class EarlierValue(AboutPerson):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="earlier_values")
    # A field of the person, and what it said, as text.
    field = models.CharField(max_length=20)
    said = models.CharField(_("what it said"), max_length=200, blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now_add=True)

    objects = EarlierValueQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return self.field

    @property
    def label(self) -> str:
        return str(Person._meta.get_field(self.field).verbose_name)  # type: ignore[union-attr]
