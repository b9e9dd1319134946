"""Pages about one's own entry: the lock, what was kept, the second factor, where one is open."""

import time
from uuid import UUID

from allauth.account import views as account
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from . import actions, confirming, devices, kept, second_factor, stays
from .actors import Actor
from .forms import ConfirmForm
from .models import Stay, User

# Set by ui/outbox.js: how many entries wait on this device to be sent.
WAITS = "relier_along"


class Request(HttpRequest):
    """Of someone who signed in; `actor` is None where they are a member of nothing."""

    user: User  # type: ignore[assignment]
    actor: Actor | None


@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    """What the browser still holds of these pages goes too (on HTTPS, where browsers obey). What
    waits on this device to be sent bears no name, and stays: the page of the door then takes away
    the rest (docs/decisions/024)."""
    response: HttpResponse = account.logout(request)
    if request.method == "POST":
        waits = request.COOKIES.get(WAITS, "0") not in ("", "0")
        response.headers["Clear-Site-Data"] = '"cache"' if waits else '"cache", "storage"'
    return response


# --- the lock --------------------------------------------------------------------------------


@require_POST
def lock(request: Request) -> HttpResponse:
    """Away for a moment: the password opens again, on the page that was left."""
    stays.lock(request.session)
    back = here(request, request.POST.get("next", ""))
    return redirect(f"{reverse('locked')}?next={back}" if back else "locked")


def locked(request: Request) -> HttpResponse:
    now = time.time()
    back = here(request, request.GET.get("next", "")) or reverse("day")
    if not stays.is_locked(request.session, at=now):
        return redirect(back)
    form = ConfirmForm(request.POST or None, user=request.user)
    if form.is_valid():
        stays.unlock(request.session, at=now)
        reauthenticate_by_password(request)
        return redirect(back)
    request.actor = None  # no menu, no search, no name of a centre: someone else may be looking
    waiting = bool(request.session.get(kept.SESSION_KEY))
    return render(request, "account/locked.html", {"form": form, "waiting": waiting})


def here(request: HttpRequest, path: str) -> str:
    """An address of ours, or nothing."""
    safe = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if safe else ""


def kept_words(request: Request) -> HttpResponse:
    """What was being typed as Relier locked: read it again, send it, or let it go."""
    found = kept.found(request)
    if request.method == "POST" or found is None:
        kept.forget(request)
        return redirect("day")
    return render(request, "account/kept_words.html", {"kept": found})


# --- my entry --------------------------------------------------------------------------------


def entering(request: Request) -> HttpResponse:
    """All that opens Relier in one's name, and where it is open."""
    mine = list(Authenticator.objects.filter(user=request.user).order_by("created_at", "pk"))
    of_type = {one.type: one for one in mine}
    recovery = of_type.get(Authenticator.Type.RECOVERY_CODES)
    open_here = [
        {
            "stay": stay,
            "device": devices.words(stay.device),
            "current": str(stay.pk) == request.session.get(stays.ID),
        }
        for stay in Stay.objects.of(request.user)
    ]
    context = {
        "application": of_type.get(Authenticator.Type.TOTP),
        "passkeys": [one for one in mine if one.type == Authenticator.Type.WEBAUTHN],
        "recovery": recovery,
        "left": len(recovery.wrap().get_unused_codes()) if recovery else 0,
        "passkeys_work": second_factor.passkeys_work(request),
        "open_here": open_here,
    }
    return render(request, "account/entering.html", context)


@require_POST
def stay_end(request: Request, pk: UUID) -> HttpResponse:
    stay = get_object_or_404(Stay.objects.of(request.user), pk=pk)
    if request.actor is None:
        raise Http404
    actions.end_stay(stay, by=request.actor)
    messages.success(request, _("Relier is closed there."))
    return redirect("mfa_index")


@require_POST
def stays_end(request: Request) -> HttpResponse:
    if request.actor is None:
        raise Http404
    confirming.require(request)
    actions.end_other_stays(request.user, but=request.session[stays.ID], by=request.actor)
    messages.success(request, _("Relier is open only here."))
    return redirect("mfa_index")
