"""Which sheet is answered, by whom and in which language, as an address says it: for the screen
and for voice."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.paper import access, names, sheets
from relier.paper.forms import GO, IN, LANGUAGE
from relier.paper.leading import address_after
from relier.paper.sheets import Answer, Answered, Channel, NotASheet, Occasion, Sheet
from relier.paper.typeset import Language


@dataclass(frozen=True)
class Asked:
    """A sheet on one occasion, for someone (`called`: by which name) or for nobody yet."""

    name: str
    occasion: Occasion
    subject: UUID | None
    called: str = ""

    @cached_property
    def sheet(self) -> Sheet:
        return sheets.build(self.name, self.occasion.values)

    @property
    def back_url(self) -> str:
        """The file of the person; the first page where there is none."""
        return reverse("file", args=[self.subject]) if self.subject else reverse("day")

    @property
    def back_label(self) -> str:
        return self.called or _("My day")

    def receive(
        self,
        answers: Mapping[str, Answer],
        channel: Channel,
        *,
        by: Actor,
        form_key: UUID,
        language: Language,
        helper: str = "",
    ) -> object:
        """What the room makes of them. Raises ValidationError, and then nothing is kept."""
        answered = Answered(
            sheet=self.sheet,
            answers=sheets.kept(answers),
            channel=channel,
            occasion=self.occasion.values,
            helper=helper,
            form_key=form_key,
            subject=self.subject,
            language=language,
        )
        with transaction.atomic():
            return sheets.receive(answered, by=by)


def asked_or_404(request: Request, name: str) -> Asked:
    """From `?person=…&occasion=n`, n counting those that the room offers now, from 0. What is not
    offered, or not to this member, is not found; a ballot is answered on paper only."""
    subject = _as_uuid(request.GET["person"]) if request.GET.get("person") else None
    access.require(access.may_answer_for(request.actor, subject))
    try:
        offered = sheets.entry(name).occasions(request.actor, subject)
    except NotASheet:
        raise access.Refused from None
    place = _as_place(request.GET.get("occasion", "0"))
    access.require(place < len(offered))
    asked = Asked(name, offered[place], subject, _called(request.actor, subject))
    access.require(asked.sheet.kind != "ballot")
    return asked


def _called(by: Actor, subject: UUID | None) -> str:
    found = names.called(by, [subject]).get(subject) if subject else None
    return found.name if found else ""


def _as_uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise access.Refused from None


def _as_place(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 5):
        raise access.Refused
    return int(text)


def after(request: Request, asked: Asked, made: object) -> HttpResponse:
    messages.success(request, _("Kept."))
    return redirect(address_after(asked.name, made, subject=asked.subject, by=request.actor))


# --- the language --------------------------------------------------------------------------------


def spoken(sheet: Sheet) -> list[Language]:
    """The languages in which this sheet can be read: those of the house, and another where the
    sheet was translated. One that is written in plain words speaks as it is."""
    if isinstance(sheet.title, str):
        return list(sheets.LANGUAGES)
    plain = sheets.worded(sheet, "fr").title
    return [
        one
        for one in sheets.LANGUAGES
        if one in dict(settings.LANGUAGES) or sheets.worded(sheet, one).title != plain
    ]


def language_of(request: Request, sheet: Sheet) -> Language:
    """The one that was just chosen, else the one of the page before, of the address, of whoever
    works."""
    way = request.POST.get(GO, "")
    wished = [
        way.removeprefix(IN) if way.startswith(IN) else "",
        request.POST.get(LANGUAGE, ""),
        request.GET.get("language", ""),
    ]
    known = {str(language): language for language in spoken(sheet)}
    found = [known[one] for one in wished if one in known]
    return found[0] if found else own_language()


def own_language() -> Language:
    """Of whoever works; English, where sheets do not speak it."""
    spoken: dict[str, Language] = {one: one for one in sheets.LANGUAGES}
    return spoken.get(get_language() or "", "en")


def languages(sheet: Sheet, now: Language) -> list[dict[str, Any]]:
    """Each language in its own words, with what chooses it."""
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"].capitalize(),
            "go": f"{IN}{code}",
            "current": code == now,
        }
        for code in spoken(sheet)
    ]
