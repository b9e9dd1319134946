"""A centre's own settings: its details, teams, members; and each member's own."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relier.accounts import confirming, second_factor, stays
from relier.accounts.models import User
from relier.centres.http import Request
from relier.journal import keys
from relier.lib.keyring import NoKeys
from relier.ui.dates import day

from . import access, actions
from .forms import (
    AnswerDelayForm,
    CentreForm,
    FirstHouseForm,
    MyForm,
    NewMemberForm,
    OfficersForm,
    PlaceForm,
    SecondFactorForm,
    TeamForm,
)
from .middleware import CHOSEN
from .models import AnswerDelay, Centre, Member, SecondFactorRule, Slip, Team, in_force


@login_not_required
def first_house(request: Request) -> HttpResponse:
    """On an empty copy in an office: the centre and its first member. Closed for ever after."""
    access.require(not settings.SERVED and not User.objects.exists())
    form = FirstHouseForm(request.POST or None)
    if form.is_valid():
        values = {k: v for k, v in form.cleaned_data.items() if k != "form_key"}
        member = actions.open_house(**values)
        request.session[stays.SHARED] = False  # an office is set up on one's own computer
        login(request, member.user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("day")
    return render(request, "centres/first_house.html", {"form": form})


def choose_centre(request: Request) -> HttpResponse:
    """For those who work in several centres: which one is in use."""
    memberships = (
        Member.objects.active().filter(user=request.user).select_related("centre", "federation")
    )
    if request.method == "POST":
        chosen = access.one_or_404(memberships, pk=as_uuid(request.POST.get("member", "")))
        request.session[CHOSEN] = str(chosen.pk)
        return redirect("day")
    return render(request, "centres/choose.html", {"memberships": memberships})


def as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def my_settings(request: Request) -> HttpResponse:
    member = access.one_or_404(
        Member.objects.active().select_related("user"), pk=getattr(request.actor, "id", None)
    )
    form = MyForm(
        request.POST or None,
        initial={
            "name": member.user.name,
            "reached_by": member.reached_by,
            "language": member.user.language,
        },
    )
    if form.is_valid():
        actions.change_myself(member, **form.cleaned_data, by=request.actor)
        messages.success(request, _("Kept."))
        return redirect("centres:my_settings")
    several = Member.objects.active().filter(user=request.user).count() > 1
    return render(
        request, "centres/my_settings.html", {"form": form, "member": member, "several": several}
    )


def own_centre(request: Request) -> Centre:
    access.require(access.may_set(request.actor))
    return access.one_or_404(Centre.objects.all(), pk=request.actor.centre)


def team_settings(request: Request) -> HttpResponse:
    centre = own_centre(request)
    members = (
        Member.objects.active()
        .of_centre(centre.pk)
        .select_related("user")
        .prefetch_related("teams")
    )
    return render(
        request,
        "centres/team_settings.html",
        {
            "centre": centre,
            "members": members,
            "officers": [member for member in members if member.is_officer],
            "teams": centre.teams.all(),
            "second_factor": centre.second_factor_rules.filter(
                from_on__lte=timezone.localdate()
            ).first(),
            "within": in_force(centre.answer_delays.all(), on=timezone.localdate()),
            "keys": said_of_keys() if request.actor.role == Member.Role.ADMINISTRATOR else None,
        },
    )


def said_of_keys() -> dict[str, object]:
    """Where the keys are, which they are, and whether they are on paper: for who administers."""
    try:
        fingerprint = keys.ring().fingerprint
    except NoKeys:
        fingerprint = _("the file is not there: nothing under secrecy can be read")
    kit = keys.last_kit()
    if kit is None:
        said = _("No recovery kit printed yet: “relier keys kit” makes it.")
    elif kit.fingerprint != fingerprint:
        said = _("The kit of %(day)s lacks the latest keys: print another one.")
    else:
        said = _("The recovery kit was printed on %(day)s.")
    on_paper = said % {"day": day(timezone.localtime(kit.at))} if kit else said
    return {"path": settings.KEYS_FILE, "fingerprint": fingerprint, "kit": on_paper}


def centre_edit(request: Request) -> HttpResponse:
    centre = own_centre(request)
    form = CentreForm(request.POST or None, instance=centre)
    if form.is_valid():
        actions.change_centre(centre, **form.cleaned_data, by=request.actor)
        messages.success(request, _("Kept."))
        return redirect("centres:team_settings")
    return render(request, "centres/centre_edit.html", {"form": form})


def answer_delay(request: Request) -> HttpResponse:
    """Within how many working days the centre answers: what stands, what was said before."""
    centre = own_centre(request)
    form = AnswerDelayForm(request.POST or None)
    if form.is_valid():
        actions.say_answer_delay(**form.cleaned_data, by=request.actor)
        messages.success(request, _("Kept."))
        return redirect("centres:team_settings")
    said = AnswerDelay.objects.of_centre(centre.pk).select_related("author__user")
    within = in_force(said, on=timezone.localdate())
    context = {"form": form, "within": within, "said": said}
    return render(request, "centres/answer_delay.html", context)


def officers(request: Request) -> HttpResponse:
    """Who reads the journal of the centre: its data protection officers."""
    centre = own_centre(request)
    confirming.require(request)
    named = Member.objects.active().of_centre(centre.pk).filter(is_officer=True)
    # Nobody chosen is an answer too: what is sent is then empty, and is still sent.
    sent = request.POST if request.method == "POST" else None
    form = OfficersForm(sent, centre=centre.pk, initial={"officers": named})
    if form.is_valid():
        actions.name_officers(form.cleaned_data["officers"], by=request.actor)
        messages.success(request, _("Kept."))
        return redirect("centres:team_settings")
    return render(request, "centres/officers.html", {"form": form})


def second_factor_rule(request: Request) -> HttpResponse:
    """Of whom a second factor is asked: what stands, what was said before."""
    centre = own_centre(request)
    confirming.require(request)
    form = SecondFactorForm(request.POST or None)
    if form.is_valid():
        actions.say_second_factor(**form.cleaned_data, by=request.actor)
        messages.success(request, _("Kept."))
        return redirect("centres:team_settings")
    said = SecondFactorRule.objects.of_centre(centre.pk).select_related("author__user")
    return render(request, "centres/second_factor_rule.html", {"form": form, "said": said})


def team_new(request: Request) -> HttpResponse:
    centre = own_centre(request)
    form = TeamForm(request.POST or None, centre=centre.pk)
    if form.is_valid():
        actions.add_team(name=form.cleaned_data["name"], by=request.actor)
        return redirect("centres:team_settings")
    return render(request, "centres/team_edit.html", {"form": form, "team": None})


def team_edit(request: Request, pk: int) -> HttpResponse:
    centre = own_centre(request)
    team = access.one_or_404(Team.objects.filter(centre=centre), pk=pk)
    form = TeamForm(request.POST or None, initial={"name": team.name}, centre=centre.pk, team=team)
    if form.is_valid():
        actions.rename_team(team, name=form.cleaned_data["name"], by=request.actor)
        return redirect("centres:team_settings")
    return render(request, "centres/team_edit.html", {"form": form, "team": team})


@require_POST
def team_close(request: Request, pk: int) -> HttpResponse:
    """Close a team, or open it again."""
    team = access.one_or_404(Team.objects.filter(centre=own_centre(request)), pk=pk)
    deed = actions.reopen_team if "again" in request.POST else actions.close_team
    deed(team, by=request.actor)
    messages.success(request, _("Kept."))
    return redirect("centres:team_edit", pk=pk)


def member_new(request: Request) -> HttpResponse:
    centre = own_centre(request)
    confirming.require(request)
    form = NewMemberForm(request.POST or None, centre=centre.pk)
    if form.is_valid():
        member = actions.add_member(**form.cleaned_data, by=request.actor)
        messages.success(request, _("%(name)s is a member of the centre.") % {"name": member.name})
        if access.may_make_slip(request.actor, member, Slip.What.INVITATION):
            return redirect("centres:slip_new", pk=member.pk, what=Slip.What.INVITATION)
        messages.info(
            request,
            _("This e-mail already has an account: they enter with the password that they know."),
        )
        return redirect("centres:team_settings")
    return render(request, "centres/member_edit.html", {"form": form, "member": None})


def one_member(request: Request, pk: UUID) -> Member:
    centre = own_centre(request)
    members = Member.objects.active().of_centre(centre.pk).select_related("user")
    return access.one_or_404(members, pk=pk)


def member_edit(request: Request, pk: UUID) -> HttpResponse:
    member = one_member(request, pk)
    confirming.require(request)
    initial = {"role": member.role, "status": member.status, "teams": member.teams.all()}
    form = PlaceForm(request.POST or None, initial=initial, centre=member.centre_id)
    if form.is_valid():
        try:
            actions.place_member(member, **form.cleaned_data, by=request.actor)
        except ValidationError as found:
            form.add_error(None, found)
        else:
            messages.success(request, _("Kept."))
            return redirect("centres:team_settings")
    may_make = [what for what in Slip.What if access.may_make_slip(request.actor, member, what)]
    context = {
        "form": form,
        "member": member,
        "may_make": may_make,
        "has_second_factor": second_factor.has_one(member.user),
        "waiting": member.slips.standing(at=timezone.now()),
    }
    return render(request, "centres/member_edit.html", context)


def member_left(request: Request, pk: UUID) -> HttpResponse:
    member = one_member(request, pk)
    confirming.require(request)
    if request.method == "POST":
        actions.member_leaves(member, by=request.actor)
        messages.success(request, _("%(name)s no longer enters here.") % {"name": member.name})
        return redirect("centres:team_settings")
    context = {
        "member": member,
        "heading": _("%(name)s leaves the centre?") % {"name": member.name},
        "back_url": reverse("centres:member_edit", args=[member.pk]),
    }
    return render(request, "centres/member_left.html", context)
