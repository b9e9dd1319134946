"""What every template may use without a view having to say so."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from relier.centres import access
from relier.centres.models import Member
from relier.config.demo import demo_card


def everywhere(request: HttpRequest) -> dict[str, object]:
    """The mode, the actor, the rooms this actor may enter, and the demonstration's members."""
    return {
        "relier_mode": settings.RELIER_MODE,
        "actor": getattr(request, "actor", None),
        "may_set": access.may_set(getattr(request, "actor", None)),
        "rooms": SimpleLazyObject(lambda: rooms(request)),
        "demo_members": demo_members,
        "demo_card": demo_card,
    }


# How many rooms stand in the header by themselves; the others are in a menu beside them.
IN_SIGHT = 5


def rooms(request: HttpRequest) -> dict[str, list[dict[str, object]]]:
    """The rooms this actor may enter, the daily ones first: those `in_sight` and the `others`."""
    actor = getattr(request, "actor", None)
    if not actor:
        return {}
    entries = []
    if actor.in_a_centre:
        entries += [(_("Today"), "day"), (_("People"), "people:list")]
        entries += [(_("Requests"), "support:requests")]
        if access.may_see_counter(actor):
            entries.append((_("Counter"), "support:counter"))
        if actor.role in access.WORKERS | access.STEERING:
            entries.append((_("Training"), "training:home"))
        if access.may_write_names(actor):
            entries.append((_("Paper"), "paper:home"))
        entries.append((_("Problems"), "inquiry:problems"))
    entries.append((_("Deliberation"), "deliberation:questions"))
    if actor.in_a_centre:
        entries.append((_("Practical sheets"), "resources:sheets"))
    entries.append((_("Frameworks"), "competences:list"))
    here = request.path
    found = [
        {"label": label, "url": reverse(name), "current": is_here(reverse(name), here)}
        for label, name in entries
    ]
    # A menu for one room would take the place of the room.
    in_sight = IN_SIGHT if len(found) > IN_SIGHT + 1 else len(found)
    return {"in_sight": found[:in_sight], "others": found[in_sight:]}


def is_here(room: str, path: str) -> bool:
    return path == room if room == "/" else path.startswith(room)


def demo_members() -> list[Member]:
    """Whom one may enter as; nobody outside the demonstration."""
    if settings.RELIER_MODE != "demo":
        return []
    members = Member.objects.active().select_related("user", "centre", "federation")
    roles = list(Member.Role)
    houses = ["cisp", "cpas", "other", ""]

    def place(member: Member) -> tuple[int, str, int, str]:
        kind = member.centre.kind if member.centre else ""
        role = roles.index(Member.Role(member.role))
        return houses.index(kind), str(member.home), role, member.name

    return sorted(members, key=place)
