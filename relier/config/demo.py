"""The demonstration's door: enter as any of the invented members. Impossible in other modes:
the address does not exist there, and this page refuses all the same."""

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
