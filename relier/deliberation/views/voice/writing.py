"""Proposing a statement, writing a sentence, contesting a refusal."""

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from relier.deliberation.actions import places, voices
from relier.deliberation.actions import statements as deeds
from relier.deliberation.door import Voice, draw, speaking, voice_page
from relier.deliberation.forms.voices import ContestForm, ProposeForm, SentenceForm
from relier.deliberation.models import Aspect, Statement
from relier.deliberation.rules import wording


@speaking
def propose(request: HttpRequest, voice: Voice) -> HttpResponse:
    """One idea. What could be plainer is said once, then it is kept as it is if that is wanted."""
    form = ProposeForm(request.POST or None)
    context: dict[str, object] = {
        "typed": request.POST.get("words", ""),
        "form_key": request.POST.get("form_key") or uuid4(),
        "most": places.are_all_taken(voice.ticket),
    }
    if request.method == "POST" and not context["most"]:
        if form.is_valid():
            words = form.cleaned_data["words"]
            advice = wording.look_at(words, voice.language)
            if not advice or request.POST.get("looked_at") == words:
                return kept(request, voice, form, context)
            context |= {"advice": advice, "typed": words}
        else:
            context["wrong"] = True
    return draw(request, "deliberation/voice/propose.html", voice, context)


def kept(
    request: HttpRequest, voice: Voice, form: ProposeForm, context: dict[str, object]
) -> HttpResponse:
    given = form.cleaned_data
    try:
        deeds.propose(
            voice.question, given["words"], language=voice.language, form_key=given["form_key"],
            ticket=voice.ticket,
        )  # fmt: skip
    except deeds.Flood:
        return draw(request, "deliberation/voice/propose.html", voice, {**context, "flood": True})
    except places.TooMuch:
        return draw(request, "deliberation/voice/propose.html", voice, {**context, "most": True})
    return redirect("voice:thanks", what="idea")


@speaking
def sentence(request: HttpRequest, voice: Voice) -> HttpResponse:
    """Why, what would follow, what one could try. `?s=` names the statement it is about."""
    form = SentenceForm(request.POST or None)
    about = statement_of(voice, request.GET.get("s", ""))
    context: dict[str, object] = {
        "form": form,
        "about": about,
        "aspects": Aspect,
        "typed": request.POST.get("words", ""),
        "chosen": request.POST.get("aspect", Aspect.REASON),
        "published": request.POST.get("may_be_published", "") == "on",
        "most": places.are_all_taken(voice.ticket),
    }
    if request.method == "POST" and not context["most"]:
        if not form.is_valid():
            context["wrong"] = True
        else:
            try:
                voices.give_sentence(
                    voice.ticket, language=voice.language, statement=about, **form.cleaned_data
                )
            except voices.Flood:
                context["flood"] = True
            except places.TooMuch:
                context["most"] = True
            except voices.NotNow:
                return redirect("voice:home")
            else:
                return redirect("voice:thanks", what="sentence")
    return draw(request, "deliberation/voice/sentence.html", voice, context)


def statement_of(voice: Voice, number: str) -> Statement | None:
    if not number.isdecimal() or len(number) > 4:
        return None
    return voice.question.statements.shown().filter(number=int(number)).first()


@require_safe
@voice_page
def thanks(request: HttpRequest, voice: Voice, what: str) -> HttpResponse:
    return draw(request, "deliberation/voice/thanks.html", voice, {"what": what})


@require_safe
@voice_page
def refused(request: HttpRequest, voice: Voice) -> HttpResponse:
    """What was not put to the vote, why, and what was answered to whoever contested it."""
    rows = voice.question.statements.filter(state=Statement.State.REFUSED).order_by("pk")
    context = {"refused": rows[:30], "may_speak": voice.may_speak}
    return draw(request, "deliberation/voice/refused.html", voice, context)


@speaking
def contest(request: HttpRequest, voice: Voice, pk: UUID) -> HttpResponse:
    """Ask, once, that another member looks at a refusal."""
    rows = voice.question.statements.filter(state=Statement.State.REFUSED, appeal="")
    statement = rows.filter(pk=pk).first()
    if statement is None:
        raise Http404
    form = ContestForm(request.POST or None)
    if form.is_valid():
        deeds.contest(statement, form.cleaned_data["words"])
        return redirect("voice:thanks", what="appeal")
    context = {
        "statement": statement,
        "typed": request.POST.get("words", ""),
        "wrong": request.method == "POST",
    }
    return draw(request, "deliberation/voice/contest.html", voice, context)
