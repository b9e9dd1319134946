"""Writing a practical sheet, revising it, going back to what it said. Nothing of it is ever lost:
each time is a version."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.journal.once import once

from . import access
from .models import Resource, Version
from .rules.searching import folded


@transaction.atomic
def write(
    title: str, text: str, *, why: str = "", form_key: UUID | None = None, by: Actor
) -> Resource:
    access.require(access.is_member(by))

    def keep(key: UUID) -> Resource:
        resource = Resource(centre_id=by.own_centre, form_key=key)
        _say(resource, title, text, why, by)
        journal.record("resources.sheet_written", resource, by=by)
        return resource

    return once(
        Resource.objects.visible_to(by), form_key, keep, said={"title": title, "text": text}
    )


@transaction.atomic
def revise(
    resource: Resource,
    title: str,
    text: str,
    *,
    why: str = "",
    expected: int | None = None,
    by: Actor,
) -> Resource:
    """`expected`: the version that was on the page of whoever writes; a colleague who wrote
    meanwhile is not written over. Raises ValidationError."""
    access.require(access.may_revise(by, resource))
    resource = Resource.objects.select_for_update(of=("self",)).get(pk=resource.pk)
    if expected is not None and expected != last_number(resource):
        raise ValidationError(
            _("A colleague revised it meanwhile. Read what it says now, then keep yours again.")
        )
    if (title, text) != (resource.title, resource.text):
        _say(resource, title, text, why, by)
        journal.record("resources.sheet_revised", resource, by=by)
    return resource


@transaction.atomic
def go_back(resource: Resource, number: int, *, by: Actor) -> Resource:
    """To what an earlier version said: it becomes a new one."""
    access.require(access.may_revise(by, resource))
    version = access.one_or_404(resource.versions.all(), number=number)
    why = _("What version %(number)s said.") % {"number": number}
    return revise(resource, version.title, version.text, why=why, by=by)


def last_number(resource: Resource) -> int:
    known = resource.versions.order_by("-number").values_list("number", flat=True).first()
    return known or 0


def _say(resource: Resource, title: str, text: str, why: str, by: Actor) -> None:
    """From now on it says this."""
    resource.title, resource.text = title, text
    resource.searched = folded(f"{title}\n{text}")
    resource.revised_on = timezone.localdate()
    resource.full_clean(exclude=["form_key"])
    resource.save()
    Version.objects.create(
        resource=resource,
        number=last_number(resource) + 1,
        title=title,
        text=text,
        why=why,
        author_id=by.id,
        written_on=resource.revised_on,
    )
