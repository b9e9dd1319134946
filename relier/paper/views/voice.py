"""A sheet by voice, face to face or on the telephone: what is said, what is answered, then the
answers read back. Nothing is kept before they are agreed to: until then they travel in the page."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from relier.centres.http import Request
from relier.paper import access, sheets
from relier.paper.forms import CHANGE, GO, LANGUAGE, SheetForm, form_class
from relier.paper.typeset import Language
from relier.paper.worded import Worded

from .asked import Asked, after, asked_or_404, language_of, languages, own_language

READ_BACK, KEEP = "read-back", "keep"
# A dash, so that no question has this name.
HELPER = "voice-helper"
# A sheet that does not fit on a screen has the list of its questions at its head.
MANY = 6


def say(request: Request, name: str) -> HttpResponse:
    asked = asked_or_404(request, name)
    access.require(asked.sheet.audience == "person")
    language = language_of(request, asked.sheet)
    said, own = (sheets.worded(asked.sheet, one) for one in (language, own_language()))
    form = voice_form(asked, own)(request.POST or None)
    way = request.POST.get(GO, READ_BACK)
    goes_on = way in (READ_BACK, KEEP) and form.is_valid()
    if goes_on and way == KEEP:
        try:
            return after(request, asked, kept(request, asked, form, language))
        except ValidationError as refused:
            form.refuse(refused)
            goes_on = False
    context = {
        "asked": asked,
        "form": form,
        "said": said,
        "own": own,
        "language": language,
        "language_name": LANGUAGE,
        "languages": languages(asked.sheet, language),
    }
    if goes_on:
        return render(request, "paper/voice_read_back.html", context | read_back(form, said, own))
    return render(request, "paper/voice.html", context | to_say(form, said, own))


def voice_form(asked: Asked, own: Worded) -> type[SheetForm]:
    """The sheet in the words of whoever notes, and who stands between the two."""
    made = form_class(asked.sheet, own)
    made.base_fields[HELPER] = forms.CharField(
        label=_("Who interprets or helps"),
        max_length=80,
        required=False,
        help_text=_("An interpreter, a relative, a colleague; on the telephone or here."),
    )
    return made


def kept(request: Request, asked: Asked, form: SheetForm, language: Language) -> object:
    """Raises ValidationError, where the room refuses."""
    return asked.receive(
        form.answers,
        "voice",
        by=request.actor,
        form_key=form.cleaned_data["form_key"],
        language=language,
        helper=form.cleaned_data[HELPER],
    )


def to_say(form: SheetForm, said: Worded, own: Worded) -> dict[str, Any]:
    """Each question as it is said, where that is not the language of whoever notes; and where its
    answer is noted."""
    rows = []
    for number, question in enumerate(said.questions, start=1):
        with translation.override(said.language):
            lines = sheets.question_to_say(question) if said.language != own.language else []
        rows.append({"number": number, "lines": lines, "field": form[question.key]})
    return {"rows": rows, "helper": form[HELPER], "is_long": len(rows) > MANY}


def read_back(form: SheetForm, said: Worded, own: Worded) -> dict[str, Any]:
    """What is said again, line by line, and all that was noted, to travel in the page."""
    answers = form.answers
    given = [key for key, answer in answers.items() if answer is not None]
    *lines, right = sheets.read_back(said, answers)
    in_own_words = sheets.read_back(own, answers)[:-1] if said.language != own.language else []
    places = {question.key: at for at, question in enumerate(said.questions, start=1)}
    rows = [
        {
            "line": line,
            "own": in_own_words[at] if in_own_words else "",
            "at": places[given[at]],
            "go": f"{CHANGE}{given[at]}",
        }
        for at, line in enumerate(lines)
    ]
    raw = sheets.as_given(form.sheet, answers)
    return {
        "rows": rows,
        "right": right,
        "silent": len(answers) - len(given),
        "carried": [(key, one) for key, all_given in raw.items() for one in all_given],
        "helper": form.cleaned_data[HELPER],
        "helper_name": HELPER,
        "form_key": form.cleaned_data["form_key"],
    }
