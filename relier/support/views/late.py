"""What was being typed when a colleague put the thing under secrecy: handed over, never lost."""

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.centres.http import Request
from relier.people.actions import keep_late_words
from relier.people.models import Person
from relier.support import access


def hand_over_late(
    request: Request, person: Person | None, words: str, versions: Iterable[UUID]
) -> HttpResponse:
    """Nothing is there (404) but for whoever had opened the thing, and wrote something."""
    access.require(person is not None and request.method == "POST")
    assert person is not None  # noqa: S101 — required above
    keep_late_words(
        person,
        words.strip(),
        written_about=versions,
        on=timezone.localdate(),
        form_key=_key(request.POST.get("form_key", "")),
        by=request.actor,
    )
    messages.success(request, _("Handed over under secrecy. You will not read it again here."))
    return redirect("file", pk=person.root_id)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
