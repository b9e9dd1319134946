"""One question a page: on the screen, turned to the person; or by voice, with the text to say."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relier.centres.http import Request
from relier.competences import access, standing, wording
from relier.competences.actions import positionings as actions
from relier.competences.banks import BankItem
from relier.competences.models import Answer, Positioning
from relier.ui.forms import OnceForm
from relier.ui.styles import with_inline_styles

from . import finding

Channel, Says = Positioning.Channel, Answer.Says
PICTURES = {
    Says.YES: "can",
    Says.COULD_LEARN: "within-reach",
    Says.NO_NEED: "no-need",
    Says.UNCLEAR: "question",
    Says.RATHER_NOT: "skip",
}


@require_safe
def session(request: Request, pk: UUID) -> HttpResponse:
    """Go on where it was left, today or another day."""
    return redirect(finding.after_url(finding.made_or_404(request, pk)))


@with_inline_styles
def question(request: Request, pk: UUID, item: str) -> HttpResponse:
    """Each question has its own address: a reload, the browser's own back and a second tab show
    again what is there, and compute nothing."""
    positioning = finding.made_or_404(request, pk)
    asked = {one.id: one for one in standing.asked_of(positioning)}
    access.require(positioning.is_asked_one_by_one and item in asked)
    if not access.may_answer(request.actor, positioning):
        return redirect("positioning:result", pk=pk)  # by voice, and kept by now
    form = OnceForm(request.POST or None)
    if form.is_valid():
        says, key = request.POST.get("says", ""), form.cleaned_data["form_key"]
        done = actions.answer(positioning, item, says, by=request.actor, form_key=key)
        return redirect(finding.after_url(done))
    answers = positioning.answers.all().standing()
    with translation.override(positioning.language):
        page = question_page(positioning, asked[item], answers)
    if positioning.channel == Channel.VOICE:
        return render(request, "competences/positioning/voice.html", {**page, "form": form})
    page["example"] = page["example"] if "again" in request.GET else ""
    with translation.override(positioning.language):
        return render(request, "competences/positioning/question.html", {**page, "form": form})


def question_page(
    positioning: Positioning, item: BankItem, answers: Mapping[str, str]
) -> dict[str, Any]:
    """What a page of one question says, in the language in force."""
    told = wording.answers_of(wording.FELT)
    said = answers.get(item.id, "")
    options = [
        {"says": says, "words": words, "pictogram": PICTURES[Says(says)], "chosen": says == said}
        for says, words in told.items()
    ]
    before = before_of(item.id, list(answers))
    return {
        "positioning": positioning,
        "person": positioning.person,
        "item": item,
        "words": wording.i_can(item, positioning.language),
        "example": item.example.told_in(positioning.language),
        "answers": options[:3],
        "ways_out": options[3:],
        "said": said,
        "whose": finding.whose_of(positioning),
        "back_url": address(positioning, before) if before else "",
        "onward_url": finding.after_url(positioning) if said else "",
    }


def before_of(item: str, answered: list[str]) -> str:
    """The question before this one, in the order in which they were answered."""
    place = answered.index(item) if item in answered else len(answered)
    return answered[place - 1] if place else ""


def address(positioning: Positioning, item: str) -> str:
    return reverse("positioning:question", args=[positioning.pk, item])


@with_inline_styles
def pause(request: Request, pk: UUID) -> HttpResponse:
    """Stop here, or the end of the questions: thanks, and the screen goes back to the worker."""
    if request.method == "POST":
        return stop(request, pk)
    positioning = finding.made_or_404(request, pk)
    if positioning.channel != Channel.SCREEN:
        return redirect(finding.end_url(positioning))
    context = {
        "positioning": positioning,
        "person": positioning.person,
        "overview_url": finding.overview_url(positioning.person),
    }
    with translation.override(positioning.language):
        return render(request, "competences/positioning/pause.html", context)


def stop(request: Request, pk: UUID) -> HttpResponse:
    mine = Positioning.objects.made_by(request.actor).filter(pk=pk).first()
    if mine is None:
        return finding.gone(request)
    stopped = actions.stop(mine, by=request.actor)
    if stopped is None:
        # Nothing was said: it leaves no more trace than a no.
        with translation.override(mine.language):
            page = {"person": mine.person, "language": mine.language}
            return render(request, "competences/positioning/no.html", page)
    return redirect(finding.end_url(stopped))


def read_back(request: Request, pk: UUID) -> HttpResponse:
    """Every answer in words, to read aloud: corrected there, and only then kept."""
    positioning = finding.made_or_404(request, pk)
    if positioning.channel != Channel.VOICE or positioning.is_kept:
        return redirect("positioning:result", pk=pk)
    if request.method == "POST":
        actions.keep_read_back(positioning, by=request.actor)
        messages.success(request, _("Kept."))
        return redirect("positioning:result", pk=pk)
    context = {
        "positioning": positioning,
        "person": positioning.person,
        "overview_url": finding.overview_url(positioning.person),
        "said": said_back(positioning),
    }
    return render(request, "competences/positioning/read_back.html", context)


def said_back(positioning: Positioning) -> list[dict[str, str]]:
    """Each answer as it is read aloud, in the language of the questions."""
    bank, rows = standing.bank_of(positioning), []
    with translation.override(positioning.language):
        for item_id, says in positioning.answers.all().standing().items():
            item = bank.item(item_id)
            if item is not None:
                rows.append(
                    {
                        "words": wording.i_can(item, positioning.language),
                        "says": wording.answer_of(says, positioning.evidence),
                        "url": address(positioning, item_id),
                    }
                )
    return rows
