"""By voice: each statement is read aloud (by the telephone, or by someone who helps), and answered
by a key from 1 to 4 or by a word. Then every answer is said again, and given.

The words are those of the sheet of paper (`deliberation.sheets`), said as every sheet of the house
is (`relier.paper.sheets.voice`). It is no page of a member: it stands behind a card like the
others, so that no account is ever beside a voice.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from relier.deliberation import languages
from relier.deliberation.door import Voice, draw, keep_answers, speaking
from relier.deliberation.rules import spoken
from relier.deliberation.rules.answers import SAID, WORDS
from relier.deliberation.sheets import key_of, voices_sheet
from relier.paper.sheets import cleaned, read_back, worded
from relier.paper.typeset import Language

from .answering import give, read


@require_safe
@speaking
def aloud(request: HttpRequest, voice: Voice) -> HttpResponse:
    """To the next statement; when none is left, to what is said again."""
    left = voice.left(voice.statements())
    fresh = [one for one in left if one not in voice.answers.skipped]
    if fresh:
        return redirect("voice:aloud_one", number=fresh[0])
    return redirect("voice:aloud_back")


@speaking
def aloud_one(request: HttpRequest, voice: Voice, number: int) -> HttpResponse:
    """One statement. What is not understood is asked again, with what may be said."""
    every = voice.statements()
    if number not in every:
        raise Http404
    wrong = ""
    if request.method == "POST":
        said = spoken.heard(request.POST.get("key") or request.POST.get("said", ""))
        if said is not None:
            here = voice.answers.only(every)
            given = (
                here.with_skipped(number)
                if said == spoken.SKIP
                else here.with_answer(number, SAID[said])
            )
            response = redirect("voice:aloud")
            keep_answers(response, voice, given)
            return response
        wrong = pgettext("person", "This is not an answer. Say a number from 1 to 4, or 0 to skip.")
    order = voice.order(every)
    context = {
        "statement": read(every[number], voice),
        "place": order.index(number) + 1,
        "all": len(order),
        "wrong": wrong,
    }
    return draw(request, "deliberation/voice/aloud_one.html", voice, context)


@speaking
def aloud_back(request: HttpRequest, voice: Voice) -> HttpResponse:
    """Every answer said again, to agree to before anything is given."""
    if request.method == "POST":
        return give(voice)
    context = {"lines": said_again(voice), "nothing": not voice.answers.given}
    return draw(request, "deliberation/voice/aloud_back.html", voice, context)


def said_again(voice: Voice) -> list[str]:
    """In the language of the page, as any sheet of the house is read back."""
    every, here = voice.statements(), voice.answers
    words = {key_of(one): read(every[one], voice).words for one in every}
    sheet = voices_sheet(words=voice.question.words, **words)
    given = {key_of(one): WORDS[answer] for one, answer in here.only(every).given.items()}
    language: Language = "fr" if languages.of_page(voice.language) == "fr" else "en"
    return read_back(worded(sheet, language), cleaned(sheet, given))
