"""The demonstration's door: enter as any of the invented members. Impossible in other modes:
the address does not exist there, and this page refuses all the same."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from relier.accounts import stays
from relier.centres.middleware import CHOSEN
from relier.centres.models import Member
from relier.config.planting.demo import CARD_FORM, CARD_PICTURES
from relier.desk.own.pictures import Picture, as_pictures
from relier.journal import keys
from relier.lib.keyring import CARDS, NoKeys
from relier.privacy.cards import code_mac, in_groups, new_code
from relier.privacy.models import Card


@login_not_required
@require_POST
def enter_as(request: HttpRequest, pk: UUID) -> HttpResponse:
    if settings.RELIER_MODE != "demo":
        raise Http404
    member = get_object_or_404(Member.objects.active().select_related("user"), pk=pk)
    request.session[stays.SHARED] = False
    login(request, member.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[CHOSEN] = str(member.pk)
    return redirect("day")


@dataclass(frozen=True)
class DemoCard:
    code: str
    pictures: list[Picture]


def demo_card() -> DemoCard | None:
    """The card of the invented Awa, as long as it stands; nobody's outside the demonstration."""
    if settings.RELIER_MODE != "demo":
        return None
    try:
        key = keys.newest(CARDS)
    except NoKeys:
        return None
    code = new_code(key, CARD_FORM.bytes)
    if not Card.objects.standing().filter(code_mac=code_mac(key, code)).exists():
        return None
    return DemoCard(in_groups(code), as_pictures(list(CARD_PICTURES)))
