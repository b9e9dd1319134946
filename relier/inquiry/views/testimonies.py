"""Testimonies of the centre; a draft and what becomes of it; taking one back."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relier.centres.access import may_write_names
from relier.centres.http import Request
from relier.inquiry import access, taking_back
from relier.inquiry.actions import testimonies as deeds
from relier.inquiry.forms.testimonies import CodeForm, DraftForm, GiveForm
from relier.inquiry.models import Draft, Testimony

from .finding import draft_or_404, testimony_or_404

A_PAGE = 20


@require_safe
def testimony_list(request: Request) -> HttpResponse:
    actor = request.actor
    access.require(access.is_member(actor))
    rows = Testimony.objects.visible_to(actor).standing().select_related("signed_by__user")
    context = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "drafts": Draft.objects.visible_to(actor),
        "may_use_paper": may_write_names(actor),
    }
    return render(request, "inquiry/testimony_list.html", context)


@require_safe
def testimony_read(request: Request, pk: UUID) -> HttpResponse:
    testimony = testimony_or_404(request.actor, pk)
    passages = testimony.passages.select_related("problem").order_by("problem__title", "pk")
    context = {
        "testimony": testimony,
        "problems": list(dict.fromkeys(one.problem for one in passages)),
        "is_mine": access.signed(request.actor, testimony),
    }
    return render(request, "inquiry/testimony.html", context)


def testimony_new(request: Request) -> HttpResponse:
    access.require(access.is_member(request.actor))
    form = DraftForm(request.POST or None)
    if form.is_valid():
        key = form.cleaned_data["form_key"]
        draft = deeds.begin(**form.said(), form_key=key, by=request.actor)
        return redirect("inquiry:draft", pk=draft.pk)
    return render(request, "inquiry/testimony_new.html", {"form": form})


@require_safe
def draft_read(request: Request, pk: UUID) -> HttpResponse:
    return render(request, "inquiry/draft.html", {"draft": draft_or_404(request.actor, pk)})


def draft_edit(request: Request, pk: UUID) -> HttpResponse:
    draft = draft_or_404(request.actor, pk)
    here = {"words": draft.words, "whose": draft.whose}
    form = DraftForm(request.POST or None, initial=here)
    if form.is_valid():
        deeds.change(draft, form.said(), by=request.actor)
        messages.success(request, _("The draft is kept. Only you read it."))
        return redirect("inquiry:draft", pk=pk)
    return render(request, "inquiry/draft_edit.html", {"form": form, "draft": draft})


def draft_throw(request: Request, pk: UUID) -> HttpResponse:
    draft = draft_or_404(request.actor, pk)
    if request.method == "POST":
        deeds.throw_away(draft, by=request.actor)
        messages.success(request, _("The draft is thrown away."))
        return redirect("inquiry:testimonies")
    context = {"draft": draft, "heading": _("Throw the draft away"), "deed_class": "danger"}
    return render(request, "inquiry/draft_throw.html", context)


def draft_give(request: Request, pk: UUID) -> HttpResponse:
    known = given_before(request)
    if known is not None:
        return after_giving(known)
    draft = draft_or_404(request.actor, pk)
    # Nothing need be ticked: a form sent empty is sent.
    form = GiveForm(request.POST if request.method == "POST" else None, draft=draft)
    if form.is_valid():
        given = deeds.give(draft, **form.said(), by=request.actor)
        if given.signed_by_id:
            messages.success(request, _("The testimony is given. The centre reads it."))
        return after_giving(given)
    context = {"form": form, "draft": draft, "heading": _("Give the testimony")}
    return render(request, "inquiry/draft_give.html", context)


def given_before(request: Request) -> Testimony | None:
    """The same form, sent twice: its draft is gone, and its testimony has the key of the form."""
    if request.method != "POST":
        return None
    try:
        key = UUID(request.POST.get("form_key", ""))
    except ValueError:
        return None
    return Testimony.objects.visible_to(request.actor).standing().filter(form_key=key).first()


def after_giving(given: Testimony) -> HttpResponse:
    """Signed, its page; else the code that takes it back."""
    if given.signed_by_id:
        return redirect("inquiry:testimony", pk=given.pk)
    return redirect(taking_back.address_of_code(given.pk))


@require_safe
def given(request: Request, seal: str) -> HttpResponse:
    """The code, shown for an hour to whoever has this address."""
    testimony = testimony_or_404(request.actor, taking_back.opened(seal))
    access.require(not testimony.is_withdrawn)
    code = taking_back.code_to_show(testimony.pk)
    return render(request, "inquiry/given.html", {"testimony": testimony, "code": code})


def testimony_withdraw(request: Request, pk: UUID) -> HttpResponse:
    testimony = testimony_or_404(request.actor, pk)
    is_mine = access.signed(request.actor, testimony)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and (is_mine or form.is_valid()):
        code = "" if is_mine else form.cleaned_data["code"]
        try:
            deeds.withdraw(testimony, code, by=request.actor)
        except ValidationError as problem:
            form.add_error("code", problem)
        else:
            messages.success(request, _("The testimony is taken back. Its words are gone."))
            return redirect("inquiry:testimonies")
    context = {
        "testimony": testimony,
        "form": None if is_mine else form,
        "heading": _("Take the testimony back"),
        "deed_class": "danger",
    }
    return render(request, "inquiry/testimony_withdraw.html", context)
