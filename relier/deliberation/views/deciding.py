"""What is proposed on a question, what is objected, and deciding."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from relier.centres.http import Request
from relier.deliberation import access, minutes, points
from relier.deliberation.actions import decisions as deciding
from relier.deliberation.actions import objections as objecting
from relier.deliberation.actions import proposals as proposing
from relier.deliberation.actions.releases import is_over, release_if_due
from relier.deliberation.forms.deciding import (
    AmendForm,
    DecisionForm,
    ObjectionForm,
    ProposalForm,
    TreatForm,
    WhyForm,
)
from relier.deliberation.gathering import as_it_stands
from relier.deliberation.models import Decision, Objection, Outcome, Proposal, Question

from .questions import question_or_404, to_run


def proposal_or_404(request: Request, pk: UUID) -> Proposal:
    questions = Question.objects.visible_to(request.actor)
    rows = Proposal.objects.filter(question__in=questions)
    return access.one_or_404(rows.select_related("question__centre", "statement"), pk=pk)


def proposal_to_run(request: Request, pk: UUID) -> Proposal:
    proposal = proposal_or_404(request, pk)
    access.require(access.may_run(request.actor, proposal.question))
    return proposal


@require_safe
def overview(request: Request, pk: UUID) -> HttpResponse:
    """All that was proposed and decided in this round, and the rounds before."""
    question = question_or_404(request.actor, pk)
    access.require(not question.is_prepared)
    decided = Decision.objects.of(question).select_related("owner__user")
    context = {
        "question": question,
        "is_over": is_over(question),
        "may_run": access.may_run(request.actor, question),
        "rule": minutes.rule_in_words(question, {}),
        "proposals": minutes.proposals_of(question, question.round),
        "decisions": decided.order_by("-decided_on", "pk"),
        "trials": question.decisions.filter(reopened_as=question.round),
        "rounds": question.past_rounds.order_by("-round"),
    }
    return render(request, "deliberation/deciding.html", context)


def proposal_new(request: Request, pk: UUID) -> HttpResponse:
    question = to_run(request.actor, pk)
    form = ProposalForm(request.POST or None, question=question)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = proposing.put(
                question, given["words"], statement=given.get("statement"),
                form_key=given["form_key"], by=request.actor,
            )  # fmt: skip
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("It is put before everybody."))
            return redirect("deliberation:proposal_read", pk=made.pk)
    context = {"form": form, "question": question}
    return render(request, "deliberation/proposal_new.html", context)


def proposal_read(request: Request, pk: UUID) -> HttpResponse:
    """A proposal, those that it amends, its objections; and a place to object."""
    proposal = proposal_or_404(request, pk)
    put = minutes.put_of(proposal)
    form = ObjectionForm(request.POST or None)
    if form.is_valid() and objected(request, put.proposal, form):
        messages.success(request, _("The objection is kept, and of nobody by name."))
        return redirect("deliberation:proposal_read", pk=put.proposal.pk)
    question = proposal.question
    is_discussed = put.is_standing and put.proposal.round == question.round
    context = {
        "question": question,
        "put": put,
        "may_run": access.may_run(request.actor, question),
        "may_treat": is_discussed and access.may_run(request.actor, question),
        "is_discussed": is_discussed,
        # Too late, what was written stays to be copied.
        "form": form if is_discussed or form.errors else None,
        "states": Objection.State,
    }
    return render(request, "deliberation/proposal.html", context)


def objected(request: Request, proposal: Proposal, form: ObjectionForm) -> bool:
    given = form.cleaned_data
    try:
        objecting.raise_as_member(
            proposal, given["words"], language=(get_language() or "fr")[:2],
            form_key=given["form_key"], by=request.actor,
        )  # fmt: skip
    except objecting.TooLate:
        form.add_error(None, _("It was amended, taken back or decided meanwhile."))
    except objecting.Flood:
        form.add_error(None, _("There are many objections already: deal with them first."))
    else:
        return True
    return False


def proposal_amend(request: Request, pk: UUID) -> HttpResponse:
    proposal = proposal_to_run(request, pk)
    here = {"words": proposal.words, "statement": proposal.statement_id}
    form = AmendForm(request.POST or None, question=proposal.question, initial=here)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = proposing.amend(
                proposal, given["words"], why=given["why"], statement=given.get("statement"),
                form_key=given["form_key"], by=request.actor,
            )  # fmt: skip
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("It is amended. The first words stay in sight."))
            return redirect("deliberation:proposal_read", pk=made.pk)
    context = {"form": form, "proposal": proposal, "question": proposal.question}
    return render(request, "deliberation/proposal_amend.html", context)


def proposal_take_back(request: Request, pk: UUID) -> HttpResponse:
    proposal = proposal_to_run(request, pk)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        try:
            proposing.take_back(proposal, why=form.cleaned_data["why"], by=request.actor)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("It is taken back. It stays in sight, with the reason."))
            return redirect("deliberation:proposal_read", pk=pk)
    context = {"form": form, "proposal": proposal}
    return render(request, "deliberation/proposal_take_back.html", context)


def objection_or_404(request: Request, key: UUID) -> Objection:
    """Of a question that this member runs."""
    questions = Question.objects.visible_to(request.actor)
    rows = Objection.objects.filter(proposal__question__in=questions)
    one = access.one_or_404(rows.select_related("proposal__question"), key=key)
    access.require(access.may_run(request.actor, one.proposal.question))
    return one


def objection_treat(request: Request, key: UUID) -> HttpResponse:
    """How it is dealt with, for everybody to read."""
    objection = objection_or_404(request, key)
    form = TreatForm(request.POST or None)
    if form.is_valid():
        try:
            objecting.treat(objection, form.cleaned_data["how"], by=request.actor)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("What you answer stands beside the objection."))
            return redirect("deliberation:proposal_read", pk=objection.proposal_id)
    context = {"form": form, "objection": objection, "states": Objection.State}
    return render(request, "deliberation/objection_treat.html", context)


@require_POST
def objection_taken_back(request: Request, key: UUID) -> HttpResponse:
    objection = objection_or_404(request, key)
    try:
        objecting.note_taken_back(objection, by=request.actor)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("It is noted that whoever raised it took it back."))
    return redirect("deliberation:proposal_read", pk=objection.proposal_id)


def decide(request: Request, pk: UUID) -> HttpResponse:
    """On a proposal: only what the rule that was announced allows."""
    proposal = proposal_to_run(request, pk)
    return decide_on(request, proposal.question, proposal)


def decide_nothing(request: Request, pk: UUID) -> HttpResponse:
    """Without a proposal: nothing is decided, and why."""
    return decide_on(request, to_run(request.actor, pk), None)


def decide_on(request: Request, question: Question, proposal: Proposal | None) -> HttpResponse:
    release_if_due(question)
    how = as_it_stands(proposal, question)
    is_met = how["why"] == "met"
    known: dict[str, Any] = {"words": proposal.words} if proposal and is_met else {}
    if not is_met:
        known["outcome"] = Outcome.NOTHING
    form = DecisionForm(
        request.POST or None, question=question, points=points.of_question(question),
        may_decide=is_met, initial=known,
    )  # fmt: skip
    if form.is_valid():
        try:
            made = deciding.decide(
                question, proposal, form.said(), form_key=form.cleaned_data["form_key"],
                by=request.actor,
            )  # fmt: skip
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("It is kept. Print the notice for the wall."))
            return redirect("deliberation:decision", pk=made.pk)
    context = {
        "form": form,
        "question": question,
        "proposal": proposal,
        "is_met": is_met,
        "rule": minutes.rule_in_words(question, how),
        "how": minutes.how_in_words(how),
    }
    return render(request, "deliberation/decide.html", context)
