"""Bringing here, closed, a question that was asked with Polis."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.deliberation import access
from relier.deliberation.actions import polis as deeds
from relier.deliberation.forms.polis import PolisForm
from relier.deliberation.models import Question
from relier.deliberation.rules.polis import UnreadablePolis, read
from relier.paper.uploads import dropped, takes_files


@takes_files
def bring(request: Request) -> HttpResponse:
    access.require(access.may_prepare(request.actor))
    form = PolisForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        question = brought(form, by=request.actor)
        if question is not None:
            messages.success(request, _("The question is here, closed, with what it found."))
            return redirect("deliberation:question", pk=question.pk)
    elif request.method == "POST" and dropped(request):
        form.add_error(None, _("These files are too large to be taken together."))
    return render(request, "deliberation/polis.html", {"form": form})


def brought(form: PolisForm, *, by: Actor) -> Question | None:
    """None where a file is refused: the form then says why."""
    given = form.cleaned_data
    files = [given[name].read() if given.get(name) else b"" for name in FILES]
    try:
        found = read(*files)
        words = given["words"] or deeds.topic_of(found)
        if not words:
            form.add_error("words", _("Write the question: no file says it."))
            return None
        return deeds.bring(
            found, words=words, language=given["language"], form_key=given["form_key"], by=by
        )
    except UnreadablePolis as why:
        form.refuse(why)
    except ValidationError as problem:
        form.add_error(None, problem)
    return None


FILES = ("statements", "votes", "summary")
