"""Pages about slips: made by whoever runs the centre, used once by whoever it was printed for."""

from uuid import UUID

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from relier.accounts import confirming, sealing, stays
from relier.accounts.forms import ChosenPasswordForm
from relier.lib.sealing import DoesNotOpen
from relier.ui.forms import OnceForm

from . import access, actions, codes
from .forms import CodeForm, ComeInForm, DoWithoutForm
from .http import Request
from .middleware import actor_of
from .models import Slip, SlipQuerySet
from .views import one_member

# The slip that a browser is using; and the code that a page has just made, to be shown and printed.
USING, MADE = "slip_used", "slip_made"
NO_SLIP = str(UUID(int=0))


# --- making one ------------------------------------------------------------------------------


def new(request: Request, pk: UUID, what: str) -> HttpResponse:
    """Look once, then make it. Two gestures, and one's own password if it is long ago."""
    member = one_member(request, pk)
    access.require(access.may_make_slip(request.actor, member, what))
    confirming.require(request)
    form = OnceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        slip, code = actions.make_slip(
            member, what=what, by=request.actor, form_key=form.cleaned_data["form_key"]
        )
        if code:
            show_once(request, slip, code)
        return redirect("centres:slip", pk=slip.pk)
    context = {
        "form": form,
        "member": member,
        "what": what,
        "days": settings.SLIP_LASTS.days,
        "heading": HEADINGS[Slip.What(what)]() % {"name": member.name},
        "back_url": reverse("centres:member_edit", args=[member.pk]),
    }
    return render(request, "centres/slip_new.html", context)


HEADINGS = {
    Slip.What.INVITATION: lambda: _("An invitation for %(name)s?"),
    Slip.What.PASSWORD: lambda: _("A slip for a new password for %(name)s?"),
    Slip.What.SECOND_FACTOR: lambda: _("Do without the lost telephone of %(name)s?"),
}


@require_safe
def show(request: Request, pk: UUID) -> HttpResponse:
    """The code, in the browser that made it; then only that a slip waits, and until when."""
    slip = slip_of_centre(request, pk)
    code = code_of(request, slip)
    context = {"slip": slip, "member": slip.member, "standing": is_standing(slip)}
    if code:
        link = link_of(request, code)
        context |= {"code": codes.in_groups(code), "link": link}
    return render(request, "centres/slip.html", context)


@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    slip = slip_of_centre(request, pk)
    actions.withdraw_slip(slip, by=request.actor)
    request.session.pop(MADE, None)
    messages.success(request, _("This slip opens no more."))
    return redirect("centres:member_edit", pk=slip.member_id)


def slip_of_centre(request: Request, pk: UUID) -> Slip:
    access.require(access.may_set(request.actor))
    slips = Slip.objects.filter(member__centre=request.actor.centre).select_related(
        "member__user", "member__centre"
    )
    return access.one_or_404(slips, pk=pk)


def is_standing(slip: Slip) -> bool:
    return Slip.objects.standing(at=timezone.now()).filter(pk=slip.pk).exists()


def show_once(request: HttpRequest, slip: Slip, code: str) -> None:
    """For the page and the print that follow: sealed, and forgotten with the session."""
    sealed = sealing.seal(code, place=f"centres.slip:{slip.pk}")
    request.session[MADE] = {"slip": str(slip.pk), "code": sealed}


def code_of(request: HttpRequest, slip: Slip) -> str:
    """The code, in the browser that made it and while it opens; else ""."""
    made = request.session.get(MADE, {})
    if made.get("slip") != str(slip.pk) or not is_standing(slip):
        return ""
    try:
        return sealing.unseal(made["code"], place=f"centres.slip:{slip.pk}")
    except DoesNotOpen:
        return ""


def link_of(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("slip_link", args=[code]))


# --- using one -------------------------------------------------------------------------------


@login_not_required
def open_by_link(request: HttpRequest, code: str) -> HttpResponse:
    """What the drawing of a slip leads to. The address holds the code: it is left at once."""
    take(request, code)
    return redirect("slip")


def take(request: HttpRequest, code: str) -> bool:
    """Recognise a code, for the pages that follow in this browser. Those that fail are counted."""
    counted = ratelimit.consume(
        request,
        app="relier.centres",
        action="slips",
        config={"slips": settings.TRIES_OF_SLIPS},
        limit_get=True,
    )
    if counted is None:
        messages.error(request, _("That was many tries. Wait an hour, then try again."))
        return False
    slip = standing_slips().filter(code_hash=codes.hash_of(code)).first()
    if slip is None:
        messages.error(
            request,
            _("This code does not open. It may be used already, too old, or copied wrong."),
        )
        return False
    counted.rollback()
    request.session[USING] = str(slip.pk)
    return True


def standing_slips() -> SlipQuerySet:
    return (
        Slip.objects.standing(at=timezone.now())
        .filter(member__left_on=None, member__user__is_active=True)
        .select_related("member__user", "member__centre")
    )


@login_not_required
def use(request: HttpRequest) -> HttpResponse:
    """The code, then what it is for."""
    slip = standing_slips().filter(pk=request.session.get(USING, NO_SLIP)).first()
    if slip is None:
        request.session.pop(USING, None)
        return ask_code(request)
    form = form_for(slip, request)
    if form.is_valid():
        return done(request, slip, form)
    context = {"slip": slip, "member": slip.member, "form": form}
    return render(request, "centres/slip_use.html", context)


def ask_code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST if "code" in request.POST else None)
    if form.is_valid() and take(request, form.cleaned_data["code"]):
        return redirect("slip")
    return render(request, "centres/slip_code.html", {"form": form})


def form_for(slip: Slip, request: HttpRequest) -> BaseForm:
    user = slip.member.user
    sent = request.POST if request.method == "POST" and "code" not in request.POST else None
    if slip.what == Slip.What.INVITATION:
        return ComeInForm(sent, user=user, initial={"name": user.name})
    if slip.what == Slip.What.PASSWORD:
        return ChosenPasswordForm(sent, user=user)
    return DoWithoutForm(sent, user=user)


def done(request: HttpRequest, slip: Slip, form: BaseForm) -> HttpResponse:
    """The slip is spent; then the ordinary door, with the second factor if there is one."""
    said, by = form.cleaned_data, actor_of(slip.member)  # type: ignore[attr-defined]
    try:
        if slip.what == Slip.What.INVITATION:
            actions.come_in(slip, name=said["name"], password=said["password1"], by=by)
        elif slip.what == Slip.What.PASSWORD:
            actions.choose_password(slip, password=said["password1"], by=by)
        else:
            actions.do_without(slip, by=by)
    except access.Refused:  # a double click: the other one came first
        messages.info(request, _("This slip opens no more."))
        return redirect("account_login")
    logout(request)  # whoever was signed in here is somebody else
    request.session[stays.SHARED] = said.get("shared", True)
    user = slip.member.user
    next_page = reverse("day" if slip.what == Slip.What.PASSWORD else "mfa_index")
    login = Login(user=user, email=user.email, redirect_url=next_page)
    return perform_password_login(request, {"email": user.email}, login)
