"""What is proposed and decided, for whoever holds a card of this round; objecting to it, and taking
back what was objected on this telephone. Nothing ties an objection to the card that opens the page.
"""

from uuid import UUID, uuid4

from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from relier.deliberation import minutes
from relier.deliberation.actions import objections as deeds
from relier.deliberation.actions import places
from relier.deliberation.door import (
    OBJECTED,
    Voice,
    draw,
    keep_cookie,
    voice_page,
)
from relier.deliberation.forms.voices import ObjectForm
from relier.deliberation.models import Decision, Objection, Proposal

ON_A_PAGE = 3


@require_safe
@voice_page
def proposed(request: HttpRequest, voice: Voice) -> HttpResponse:
    """Decisions first, then what is proposed with what was objected and answered."""
    question = voice.question
    decisions = Decision.objects.filter(question=question).select_related("owner__user")
    told = [
        ("decision", one, minutes.outcome_in_words(one), minutes.again_in_words(one))
        for one in decisions.order_by("-round", "-decided_on", "pk")
    ]
    puts = [("proposal", one, "", "") for one in minutes.proposals_of(question, question.round)]
    page = Paginator([*told, *puts], ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rule": minutes.rule_in_words(question, {}),
        "may_object": not voice.is_waiting_tablet,
        "own": raised_here(request),
        "states": Objection.State,
    }
    return draw(request, "deliberation/voice/proposed.html", voice, context)


@voice_page
def object_to(request: HttpRequest, voice: Voice, pk: UUID) -> HttpResponse:
    """What would go wrong, in a few words."""
    proposal = proposal_of(voice, pk)
    form = ObjectForm(request.POST or None)
    context: dict[str, object] = {
        "proposal": proposal,
        "typed": request.POST.get("words", ""),
        "form_key": request.POST.get("form_key") or uuid4(),
        "most": places.are_all_taken(voice.ticket),
    }
    if request.method == "POST" and not context["most"]:
        if not form.is_valid():
            context["wrong"] = True
        else:
            try:
                made = deeds.raise_with_card(
                    proposal, form.cleaned_data["words"], language=voice.language,
                    form_key=form.cleaned_data["form_key"], ticket=voice.ticket,
                )  # fmt: skip
            except deeds.Flood:
                context["flood"] = True
            except places.TooMuch:
                context["most"] = True
            except deeds.TooLate:
                context["late"] = True
            else:
                response = redirect("voice:thanks", what="objection")
                remember(request, response, made)
                return response
    return draw(request, "deliberation/voice/object.html", voice, context)


@require_POST
@voice_page
def take_back(request: HttpRequest, voice: Voice, key: UUID) -> HttpResponse:
    """Only one that was raised on this telephone."""
    rows = Objection.objects.filter(proposal__question=voice.question)
    objection = rows.select_related("proposal").filter(key=key).first()
    if objection is None or key not in raised_here(request):
        raise Http404
    deeds.take_back_with_card(objection)
    return redirect("voice:thanks", what="taken-back")


def proposal_of(voice: Voice, pk: UUID) -> Proposal:
    """One that stands in this round; nobody holds a tablet that waits."""
    rows = Proposal.objects.of(voice.question).standing()
    proposal = rows.select_related("question").filter(pk=pk).first()
    if proposal is None or voice.is_waiting_tablet:
        raise Http404
    return proposal


# --- on this telephone, and nowhere else ----------------------------------------------------------


def _signer() -> signing.Signer:
    return signing.Signer(salt=OBJECTED)


def raised_here(request: HttpRequest) -> set[UUID]:
    try:
        return {UUID(one) for one in _signer().unsign_object(request.COOKIES.get(OBJECTED, ""))}
    except (signing.BadSignature, ValueError, TypeError):
        return set()


def remember(request: HttpRequest, response: HttpResponse, objection: Objection) -> None:
    every = raised_here(request) | {objection.key}
    keep_cookie(response, OBJECTED, _signer().sign_object(sorted(map(str, every))))
