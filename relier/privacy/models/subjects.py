"""A `Subject` is whom data are about: an opaque id, on which `people.Person` stands."""

import uuid

from django.db import models

from relier.centres.models import Centre


class Subject(models.Model):
    """Nothing but an id and its centre, so that a table may point at someone without a name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return str(self.pk)
