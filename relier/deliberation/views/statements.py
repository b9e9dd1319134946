"""Statements: writing one, wording it in another language, looking at those that were proposed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from relier.centres.http import Request
from relier.deliberation import access, languages
from relier.deliberation.actions import statements as deeds
from relier.deliberation.forms.questions import (
    AppealForm,
    RefusalForm,
    StatementForm,
    WordingForm,
)
from relier.deliberation.models import Question, Statement
from relier.deliberation.pictures import pictures
from relier.deliberation.rules import wording

from .questions import to_run


def statement_or_404(request: Request, pk: UUID) -> Statement:
    """One of a question that this member runs."""
    questions = Question.objects.visible_to(request.actor)
    rows = Statement.objects.filter(question__in=questions)
    rows = rows.select_related("question", "decided_by__user").prefetch_related("wordings")
    statement = access.one_or_404(rows, pk=pk)
    access.require(access.may_run(request.actor, statement.question))
    return statement


def statement_new(request: Request, pk: UUID) -> HttpResponse:
    """One after another; what could be plainer is said once, then kept as it is if wanted."""
    question = to_run(request.actor, pk)
    usual = {"language": (question.languages or ["fr"])[0]}
    form = StatementForm(request.POST or None, pictograms=pictures(), initial=usual)
    advice: wording.Advice | None = None
    if form.is_valid():
        given = form.cleaned_data
        advice = wording.look_at(given["words"], given["language"])
        if not advice or given["looked_at"] == given["words"]:
            try:
                deeds.write(
                    question, given["words"], language=given["language"],
                    pictogram=given["pictogram"], form_key=given["form_key"], by=request.actor,
                )  # fmt: skip
            except ValidationError as problem:
                form.add_error(None, problem)
            else:
                messages.success(request, _("The statement is kept."))
                return redirect("deliberation:statement_new", pk=pk)
        form.data = {**request.POST.dict(), "looked_at": given["words"]}
    context = {
        "form": form,
        "question": question,
        "advice": advice,
        "written": question.statements.shown(),
    }
    return render(request, "deliberation/statement_new.html", context)


def statement_word(request: Request, pk: UUID) -> HttpResponse:
    """Its words in other languages; taking it away while the question is prepared."""
    statement = statement_or_404(request, pk)
    wanted = [code for code in statement.question.languages if code != statement.language]
    have = {one.language for one in statement.wordings.all()}
    first = next((code for code in wanted if code not in have), wanted[0] if wanted else "")
    form = WordingForm(request.POST or None, statement=statement, initial={"language": first})
    if form.is_valid():
        given = form.cleaned_data
        try:
            deeds.word(
                statement, given["words"], language=given["language"], made=given["made"],
                by=request.actor,
            )  # fmt: skip
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("These words are kept."))
            return redirect("deliberation:statement_word", pk=pk)
    context = {"form": form, "statement": statement, "wordings": named_wordings(statement)}
    return render(request, "deliberation/statement_word.html", context)


def named_wordings(statement: Statement) -> list[dict[str, Any]]:
    return [
        {"language": languages.NAMES[one.language], "code": one.language, "wording": one}
        for one in statement.wordings.all()
    ]


@require_POST
def statement_remove(request: Request, pk: UUID) -> HttpResponse:
    statement = statement_or_404(request, pk)
    question = statement.question_id
    try:
        deeds.remove(statement, by=request.actor)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("The statement is taken away."))
    return redirect("deliberation:question", pk=question)


@require_safe
def proposed(request: Request, pk: UUID) -> HttpResponse:
    """What was proposed and waits, what was refused and is contested, what was refused."""
    question = to_run(request.actor, pk)
    refused = question.statements.filter(state=Statement.State.REFUSED).order_by("pk")
    context = {
        "question": question,
        "waiting": question.statements.waiting().select_related("decided_by__user"),
        "refused": refused.select_related("decided_by__user", "appeal_by__user"),
    }
    return render(request, "deliberation/proposed.html", context)


def statement_look(request: Request, pk: UUID) -> HttpResponse:
    """Put it to the vote, or say why not; after an appeal, another member than the first."""
    statement = statement_or_404(request, pk)
    is_appeal = statement.state == Statement.State.REFUSED
    shows = request.POST.get("do") == "show"
    typed = request.POST if request.method == "POST" and not shows else None
    form = (AppealForm if is_appeal else RefusalForm)(typed)
    try:
        if shows:
            deeds.show(statement, by=request.actor)
            messages.success(request, _("It is put to the vote."))
            return redirect("deliberation:proposed", pk=statement.question_id)
        if form.is_valid():
            refuse(statement, form.cleaned_data, is_appeal=is_appeal, request=request)
            messages.success(request, _("It is not put to the vote. Whoever wishes reads why."))
            return redirect("deliberation:proposed", pk=statement.question_id)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    context = {
        "statement": statement,
        "form": form,
        "is_appeal": is_appeal,
        "advice": wording.look_at(statement.words, statement.language),
        "language": languages.NAMES.get(statement.language, statement.language),
        "refused_it": statement.decided_by_id == request.actor.id and is_appeal,
    }
    return render(request, "deliberation/statement_look.html", context)


def refuse(
    statement: Statement, given: dict[str, Any], *, is_appeal: bool, request: Request
) -> None:
    if is_appeal:
        deeds.uphold(statement, given["answer"], by=request.actor)
    else:
        deeds.refuse(statement, why=given["why"], words=given["words"], by=request.actor)
