"""Where one is led once a sheet was kept, whatever the way it came."""

from uuid import UUID

from django.urls import reverse

from relier.accounts.actors import Actor

from . import access, sheets


def address_after(name: str, made: object, *, subject: UUID | None, by: Actor) -> str:
    """The page of what the room made, as its sheet says it; else the file of the person; else the
    first page of paper: the first of them that this member may open."""
    page = sheets.leads_to(name, made, by=by)
    if page:
        return page
    if subject and access.reaches(by, [subject]):
        return reverse("file", args=[subject])
    return reverse("paper:home") if access.may_receive(by) else reverse("day")
