"""Who reads frameworks (every member), who says something of them (the members of a centre)."""

from relier.accounts.actors import Actor, Kind
from relier.centres.access import Refused, is_member, one_or_404, require
from relier.centres.models import Member

from . import shelf
from .frameworks import Framework, Item
from .models import Annotation

__all__ = [
    "annotation_or_404",
    "framework_or_404",
    "item_or_404",
    "may_annotate",
    "may_change",
    "may_import",
    "may_read",
    "may_withdraw",
    "require",
]


def may_read(actor: Actor | None) -> bool:
    """Every member of a centre or of a federation."""
    return bool(actor and actor.kind is Kind.MEMBER)


def may_annotate(actor: Actor | None) -> bool:
    """Every member of a centre, whatever their role: a framework is discussed by all."""
    return is_member(actor)


def may_change(actor: Actor | None, annotation: Annotation) -> bool:
    """Words are corrected by whoever signed them."""
    return is_member(actor) and actor is not None and annotation.author_id == actor.id


def may_withdraw(actor: Actor | None, annotation: Annotation) -> bool:
    """The author; or a coordinator once the author has left, so that nothing stays for ever."""
    if not is_member(actor) or actor is None or annotation.centre_id != actor.centre:
        return False
    author_left = annotation.author.left_on is not None
    return annotation.author_id == actor.id or (
        author_left and actor.role == Member.Role.COORDINATOR
    )


def may_import(actor: Actor | None) -> bool:
    """Only by command, by whoever keeps this copy of Relier: the text is the same for all."""
    return bool(actor and actor.kind is Kind.SYSTEM)


def framework_or_404(actor: Actor | None, key: str) -> Framework:
    require(may_read(actor))
    framework = shelf.one(key)
    if framework is None:
        raise Refused
    return framework


def item_or_404(actor: Actor | None, key: str, item_id: str) -> tuple[Framework, Item]:
    framework = framework_or_404(actor, key)
    item = framework.item(item_id)
    if item is None:
        raise Refused
    return framework, item


def annotation_or_404(actor: Actor | None, pk: object) -> Annotation:
    return one_or_404(Annotation.objects.visible_to(actor).signed(), pk=pk)
