"""Who reads frameworks (every member), who says something of them (the members of a centre), and
who does what with a positioning (whoever makes it with the person; it is theirs)."""

from relier.accounts.actors import Actor, Kind
from relier.centres.access import Refused, is_member, one_or_404, require
from relier.centres.models import Member
from relier.people.access import may_open_file
from relier.people.models import Person

from . import banks, shelf
from .banks import Bank
from .frameworks import Framework, Item
from .models import Annotation, Positioning

__all__ = [
    "annotation_or_404",
    "bank_or_404",
    "framework_or_404",
    "item_or_404",
    "may_amend",
    "may_annotate",
    "may_answer",
    "may_change",
    "may_correct",
    "may_find_out",
    "may_import",
    "may_read",
    "may_share",
    "may_withdraw",
    "one_or_404",
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


def may_amend(actor: Actor | None) -> bool:
    """Whoever may say something of a framework may say what comes before what."""
    return may_annotate(actor)


def bank_or_404(actor: Actor | None, bank_id: str) -> Bank:
    require(may_read(actor))
    bank = banks.find(bank_id)
    if bank is None:
        raise Refused
    return bank


# --- positionings: read through Positioning.objects.visible_to -----------------------------------


def may_find_out(actor: Actor | None, person: Person | None) -> bool:
    """With someone whom one's team follows; with nobody, about one's own craft."""
    return may_open_file(actor, person) if person else is_member(actor)


def may_correct(actor: Actor | None, positioning: Positioning) -> bool:
    """Whoever makes it with the person, or took it up, as long as their team follows them."""
    return Positioning.objects.made_by(actor).filter(pk=positioning.pk).exists()


def may_answer(actor: Actor | None, positioning: Positioning) -> bool:
    """What is asked one by one, until it is kept; on the screen, another day too."""
    open_still = positioning.channel == Positioning.Channel.SCREEN or not positioning.is_kept
    return positioning.is_asked_one_by_one and open_still and may_correct(actor, positioning)


def may_share(actor: Actor | None, positioning: Positioning) -> bool:
    """Whoever reads it carries out the person's wish: share it with the team, or no longer. One's
    own craft is shared with nobody."""
    here = Positioning.objects.visible_to(actor).kept().filter(pk=positioning.pk)
    return positioning.person_id is not None and here.exists()
