"""Hands that were raised, of all statements on one sheet; what was counted, and taking one back."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relier.centres.http import Request
from relier.deliberation import access, told_hands
from relier.deliberation.actions import hands as deeds
from relier.deliberation.forms.hands import SheetForm
from relier.deliberation.models import Question, ShowOfHands

from .questions import to_run


def hands(request: Request, pk: UUID) -> HttpResponse:
    """One line for each statement; a line that is left empty says nothing."""
    question = to_run(request.actor, pk)
    if question.is_prepared:
        messages.info(request, _("Open the question first."))
        return redirect("deliberation:question", pk=pk)
    form = SheetForm(
        request.POST or None, statements=list(question.statements.shown()),
        since=question.opened_on or timezone.localdate(),
        initial={"seen": told_hands.last_of(question)},
    )  # fmt: skip
    if form.is_valid():
        given = form.cleaned_data
        try:
            deeds.count_hands(
                question, form.counts(), on=given["on"], seen=given["seen"],
                form_key=given["form_key"], by=request.actor,
            )  # fmt: skip
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The hands are written down."))
            return redirect("deliberation:hands", pk=pk)
    context = {"question": question, "form": form, "counted": told_hands.counts_of(question)}
    return render(request, "deliberation/hands.html", context)


@require_POST
def hands_take_back(request: Request, pk: int) -> HttpResponse:
    rows = ShowOfHands.objects.filter(question__in=Question.objects.visible_to(request.actor))
    row = access.one_or_404(rows.select_related("question"), pk=pk)
    deeds.take_back(row, by=request.actor)
    messages.success(request, _("This count is taken back. It stays in sight, and counts no more."))
    return redirect("deliberation:hands", pk=row.question_id)
