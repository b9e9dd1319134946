"""The pages of our banks of items, and of what comes before what in each."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relier.centres.http import Request
from relier.competences import access, banks, pictured, relations
from relier.competences.actions import relations as actions
from relier.competences.banks import Bank
from relier.competences.forms.relations import AmendForm, NeedForm, WhyForm
from relier.competences.models import RelationVersion
from relier.competences.relations import Relation


def bank_list(request: Request) -> HttpResponse:
    access.require(access.may_read(request.actor))
    return render(request, "competences/bank_list.html", {"banks": banks.shipped()})


def bank_page(request: Request, bank_id: str) -> HttpResponse:
    bank = access.bank_or_404(request.actor, bank_id)
    parts = [(part, bank.items_of(part.id)) for part in bank.parts]
    return render(request, "competences/bank.html", {"bank": bank, "parts": parts})


def relation_page(request: Request, bank_id: str) -> HttpResponse:
    bank = access.bank_or_404(request.actor, bank_id)
    made = relations.versions(request.actor, bank)
    relation = relations.of_version(made[0], bank) if made else relations.shipped(bank)
    return draw(request, relation, made, is_current=True)


def version_page(request: Request, bank_id: str, number: int) -> HttpResponse:
    bank = access.bank_or_404(request.actor, bank_id)
    made = relations.versions(request.actor, bank)
    if number == (made[0].number if made else relations.SHIPPED):
        return redirect("relations:relation", bank.id)
    return draw(request, version_or_404(request, bank, number), made, is_current=False)


def draw(
    request: Request, relation: Relation, made: list[RelationVersion], *, is_current: bool
) -> HttpResponse:
    context = {
        "bank": relation.bank,
        "relation": relation,
        "parts": pictured.parts_of(relation, get_language() or "en"),
        "version": next((row for row in made if row.number == relation.number), None),
        "has_versions": bool(made),
        "is_current": is_current,
        "may_amend": is_current and access.may_amend(request.actor),
        "may_take_back": not is_current and access.may_amend(request.actor),
    }
    return render(request, "competences/relation.html", context)


def relation_whole(request: Request, bank_id: str) -> HttpResponse:
    bank = access.bank_or_404(request.actor, bank_id)
    relation = relations.current(request.actor, bank)
    context = {
        "bank": bank,
        "relation": relation,
        "picture": pictured.whole_picture(relation, get_language() or "en"),
    }
    return render(request, "competences/relation_whole.html", context)


def version_list(request: Request, bank_id: str) -> HttpResponse:
    bank = access.bank_or_404(request.actor, bank_id)
    made = relations.versions(request.actor, bank)
    context = {
        "bank": bank,
        "versions": pictured.shown(made, bank),
        "may_amend": access.may_amend(request.actor),
    }
    return render(request, "competences/relation_versions.html", context)


def version_or_404(request: Request, bank: Bank, number: int) -> Relation:
    try:
        return relations.at(request.actor, bank, number)
    except LookupError:
        raise access.Refused from None


# --- amending --------------------------------------------------------------------------------


def need_add(request: Request, bank_id: str) -> HttpResponse:
    bank = access.bank_or_404(request.actor, bank_id)
    access.require(access.may_amend(request.actor))
    relation = relations.current(request.actor, bank)
    initial = {"on_top_of": relation.number, "item": request.GET.get("item", "")}
    form = NeedForm(request.POST or None, bank=bank, initial=initial)
    context = {"bank": bank, "form": form}

    def keep(given: dict[str, Any]) -> None:
        actions.add_need(bank, **given, by=request.actor)
        messages.success(request, _("Kept, as a new version."))

    return amend(request, form, keep, "competences/relation_add.html", context)


def need_remove(request: Request, bank_id: str, item_id: str, needed_id: str) -> HttpResponse:
    bank = access.bank_or_404(request.actor, bank_id)
    access.require(access.may_amend(request.actor))
    relation = relations.current(request.actor, bank)
    item, needed = bank.item(item_id), bank.item(needed_id)
    access.require(item is not None and needed is not None)
    need = relation.need(item_id, needed_id)
    if need is None and request.method != "POST":
        messages.info(request, _("This is not said any more: there is nothing to take out."))
        return redirect("relations:relation", bank.id)
    form = WhyForm(request.POST or None, bank=bank, initial={"on_top_of": relation.number})
    context = {
        "bank": bank,
        "form": form,
        "item": item,
        "needed": needed,
        "need": need,
        "way": pictured.between(relation, need) if need else (),
        "heading": _("Take this out?"),
        "back_url": reverse("relations:relation", args=[bank.id]),
    }

    def keep(given: dict[str, Any]) -> None:
        actions.remove_need(bank, item=item_id, needed=needed_id, **given, by=request.actor)
        messages.success(request, _("Taken out, as a new version."))

    return amend(request, form, keep, "competences/relation_remove.html", context)


def take_back(request: Request, bank_id: str, number: int) -> HttpResponse:
    bank = access.bank_or_404(request.actor, bank_id)
    access.require(access.may_amend(request.actor))
    earlier = version_or_404(request, bank, number)
    current = relations.current(request.actor, bank)
    form = WhyForm(request.POST or None, bank=bank, initial={"on_top_of": current.number})
    context = {
        "bank": bank,
        "form": form,
        "number": earlier.number,
        "heading": _("Take this version back?"),
        "back_url": reverse("relations:versions", args=[bank.id]),
    }

    def keep(given: dict[str, Any]) -> None:
        actions.take_back(bank, number=number, **given, by=request.actor)
        messages.success(request, _("Taken back, as a new version."))

    return amend(request, form, keep, "competences/relation_take_back.html", context)


def amend(
    request: Request,
    form: AmendForm,
    keep: Callable[[dict[str, Any]], None],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Keep what was said, unless something stands against it, or a colleague was there first:
    then what was typed stands, and what changed meanwhile is told above it."""
    bank: Bank = context["bank"]
    meanwhile: list[pictured.VersionShown] = []
    if form.is_valid():
        try:
            keep(form.cleaned_data)
        except actions.Objected as answer:
            form.object(answer.objection)
        except actions.Meanwhile:
            rows = relations.since(request.actor, bank, form.cleaned_data["on_top_of"])
            meanwhile = pictured.shown(rows, bank)
            form.show_again_on(relations.current(request.actor, bank).number)
        else:
            return redirect("relations:relation", bank.id)
    return render(request, template, {**context, "meanwhile": meanwhile})
