"""The pages of the frameworks: all of them, one of them, one of its items."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relier.centres.http import Request
from relier.competences import access, shelf, shown
from relier.competences.actions import frameworks as actions
from relier.competences.forms.frameworks import AnnotationForm, WordsForm
from relier.competences.frameworks import Reference, shipped
from relier.competences.models import Annotation


def framework_list(request: Request) -> HttpResponse:
    access.require(access.may_read(request.actor))
    context = {
        "audiences": shown.by_audience(shipped()),
        "imported": shelf.imported_keys(),
        "contested": Annotation.objects.visible_to(request.actor).contested(),
    }
    return render(request, "competences/list.html", context)


def framework_page(request: Request, key: str) -> HttpResponse:
    framework = access.framework_or_404(request.actor, key)
    annotations = (
        Annotation.objects.visible_to(request.actor)
        .about(framework.id, framework.version)
        .standing()
    )
    context = {
        "framework": framework,
        "groups": shown.item_rows(framework, annotations),
        "level_table": shown.level_table(framework),
        "titles_are_ours": any(
            item.title.is_ours(get_language() or "en") for item in framework.items
        ),
    }
    return render(request, "competences/framework.html", context)


def item_page(request: Request, key: str, item_id: str) -> HttpResponse:
    framework, item = access.item_or_404(request.actor, key, item_id)
    may_annotate = access.may_annotate(request.actor)
    access.require(may_annotate or request.method != "POST")
    form = AnnotationForm(request.POST or None)
    if may_annotate and form.is_valid():
        reference = Reference(framework.id, framework.version, item.id)
        actions.annotate(reference, **form.cleaned_data, by=request.actor)
        messages.success(request, _("Kept. Your centre can read it here."))
        return redirect("competences:item", key, item_id)
    annotations = (
        Annotation.objects.visible_to(request.actor)
        .about(framework.id, framework.version, item.id)
        .signed()
    )
    standing, withdrawn = shown.told(annotations, request.actor)
    context = {
        "framework": framework,
        "item": item,
        "group": framework.group(item.group),
        "graded": framework.is_graded(item),
        "levels": shown.official_levels(framework, item),
        "statements": len(framework.statements_of(item.id)),
        "outcomes": len(framework.outcomes_of(item.id)),
        "form": form,
        "may_annotate": may_annotate,
        "standing": standing,
        "adaptation": shown.adaptation(standing),
        "contested": any(told.annotation.kind == shown.CONTEST for told in standing),
        "withdrawn": withdrawn,
    }
    return render(request, "competences/item.html", context)


def page_of(annotation: Annotation) -> str:
    reference = annotation.reference
    return reverse("competences:item", args=[reference.key, reference.item])


def annotation_correct(request: Request, pk: UUID) -> HttpResponse:
    annotation = access.annotation_or_404(request.actor, pk)
    access.require(access.may_change(request.actor, annotation))
    if not annotation.stands:
        return already_changed(request, annotation)
    form = WordsForm(request.POST or None, initial={"words": annotation.words})
    if form.is_valid():
        actions.correct(annotation, **form.cleaned_data, by=request.actor)
        messages.success(request, _("Kept. What it said before stays readable below it."))
        return redirect(page_of(annotation))
    context = {"form": form, "annotation": annotation, "back_url": page_of(annotation)}
    return render(request, "competences/annotation_correct.html", context)


def annotation_withdraw(request: Request, pk: UUID) -> HttpResponse:
    annotation = access.annotation_or_404(request.actor, pk)
    access.require(access.may_withdraw(request.actor, annotation))
    if not annotation.stands:
        return already_changed(request, annotation)
    if request.method == "POST":
        actions.withdraw(annotation, by=request.actor)
        messages.success(request, _("Withdrawn."))
        return redirect(page_of(annotation))
    context = {
        "annotation": annotation,
        "heading": _("Withdraw these words?"),
        "back_url": page_of(annotation),
    }
    return render(request, "competences/annotation_withdraw.html", context)


def already_changed(request: Request, annotation: Annotation) -> HttpResponse:
    """The same gesture twice, or a page open in two places: nothing more to do."""
    messages.info(request, _("These words were already changed or withdrawn."))
    return redirect(page_of(annotation))
