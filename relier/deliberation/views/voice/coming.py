"""Coming in with a code, and going out. An address that holds a code is never drawn."""

from dataclasses import replace
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from relier.accounts.addresses import address_of
from relier.deliberation import languages
from relier.deliberation.actions import cards
from relier.deliberation.actions.doors import Knock, knock
from relier.deliberation.door import (
    Voice,
    draw,
    forget_all,
    forget_cookie,
    keep_cookie,
    keep_ticket,
    open_page,
    voice_page,
)
from relier.deliberation.models import KindOfVoice, Tablet


@open_page
def home(request: HttpRequest, voice: Voice | None) -> HttpResponse:
    """The question; without a card, the place to write a code."""
    if request.method == "POST":
        return enter(request, request.POST.get("code", ""))
    if voice is None:
        said = request.GET.get("said", "")
        return draw(request, "deliberation/voice/door.html", None, {"said": said})
    if voice.is_waiting_tablet:
        tablet = tablet_of(voice)
        context = {"tablet": tablet, "may_speak": voice.may_speak}
        return draw(request, "deliberation/voice/tablet.html", voice, context)
    return draw(request, "deliberation/voice/home.html", voice, where_it_stands(voice))


def tablet_of(voice: Voice) -> Tablet | None:
    return Tablet.objects.filter(pk=voice.ticket.tablet or 0).first()


def where_it_stands(voice: Voice) -> dict[str, object]:
    question, today = voice.question, timezone.localdate()
    first = question.accompanied_first_until
    waits = question.is_first_for_accompanied(on=today)
    numbers = voice.question.statements.shown().values_list("number", flat=True)
    left = voice.left(numbers) if voice.may_speak else []
    return {
        "question": question,
        "may_speak": voice.may_speak,
        "from_on": first + timedelta(days=1) if first and waits else None,
        "is_worker": voice.ticket.kind == KindOfVoice.WORKER,
        "is_prepared": question.is_prepared,
        "left": len(left),
        "all": len(numbers),
        "here": len(voice.answers.given),
        "is_proposed": question.proposals.filter(round=question.round).exists(),
        "is_decided": question.decisions.exists(),
    }


@open_page
def exchange(request: HttpRequest, voice: Voice | None, code: str) -> HttpResponse:
    """What the QR code of a card leads to: the code becomes a cookie, and leaves the address."""
    response = enter(request, code)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def enter(request: HttpRequest, code: str) -> HttpResponse:
    """To the clean address in any case; with a cookie when the code opens."""
    answer = knock(code, address=address_of(request))
    if answer.knock is not Knock.OPEN or answer.ticket is None:
        return redirect(reverse("voice:home", query={"said": answer.knock.value}))
    response = redirect("voice:home")
    keep_ticket(response, answer.ticket)
    return response


@require_POST
@voice_page
def begin(request: HttpRequest, voice: Voice) -> HttpResponse:
    """On a tablet: a code for whoever holds it now, drawn there and then."""
    if not voice.is_waiting_tablet:
        return redirect("voice:next")
    tablet = tablet_of(voice)
    code = cards.next_code(tablet) if tablet and voice.may_speak else None
    if code is None:
        return redirect("voice:home")
    response = redirect("voice:next")
    keep_ticket(response, replace(voice.ticket, code=code))
    return response


@require_POST
@open_page
def leave(request: HttpRequest, voice: Voice | None) -> HttpResponse:
    """Nothing stays on this telephone. A tablet is ready for whoever holds it next; from there, it
    is left for good."""
    if voice and voice.ticket.tablet and voice.ticket.code:
        response = redirect("voice:home")
        keep_ticket(response, replace(voice.ticket, code=""))
    else:
        response = redirect("voice:closed")
        forget_all(response)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@require_safe
@open_page
def closed(request: HttpRequest, voice: Voice | None) -> HttpResponse:
    response = draw(request, "deliberation/voice/closed.html", None, {})
    forget_cookie(response, languages.COOKIE)
    return response


@open_page
def language(request: HttpRequest, voice: Voice | None) -> HttpResponse:
    said = request.POST.get("language", "")
    wanted = voice.question.languages if voice else []
    offered = [code for code in languages.NAMES if code in {*wanted, *languages.spoken()}]
    if said not in offered:
        names = [(code, languages.NAMES[code]) for code in offered]
        return draw(request, "deliberation/voice/language.html", voice, {"languages": names})
    response = redirect("voice:home")
    keep_cookie(response, languages.COOKIE, said)
    return response
