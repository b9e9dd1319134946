"""The grid: presence of a session, taken on one page, in seconds; and put back in one gesture."""

from collections.abc import Sequence
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.journal import actions as journal
from relier.people.models import Person
from relier.training import access
from relier.training.actions.presences import Took, row_key, take_presence
from relier.training.expected import (
    Line,
    as_uuid,
    chosen,
    found_by,
    is_closed,
    lines_of,
)
from relier.training.forms.presence import PresenceForm, took_of
from relier.training.kept import kept_under
from relier.training.models import Session
from relier.training.models.presences import Modality
from relier.training.noted import with_noted
from relier.training.taken_along import may_be_taken_along

from .sessions import session_or_404


def presence(request: Request, pk: UUID) -> HttpResponse:
    """One line for each person. `more`: those who came without being expected, on this page only
    until it is kept."""
    actor = request.actor
    session = session_or_404(actor, pk)
    access.require(access.may_run(actor, session.team))
    if not may_be_taken(session):
        messages.info(request, _("Presence is taken on the day of the session, once it stands."))
        return redirect("training:session", pk=pk)
    more = more_of(request)
    lines = lines_of(session, actor, more)
    with_noted(lines, session, actor)
    form = PresenceForm(request.POST or None, session=session, lines=lines)
    found = None
    if form.is_bound:
        text = request.POST.get("q", "").strip()[:80]
        if "add" in request.POST or text:
            found = found_by(actor, text) if text and "add" not in request.POST else None
            form = PresenceForm(
                session=session, lines=lines, initial=typed_again(form, text, found)
            )
        elif form.is_valid():
            return keep(request, session, form)
    say_what_was_read(session, lines, actor)
    context = context_of(session, form, more, found)
    context["may_take_along"] = may_be_taken_along(request, session)
    return render(request, "training/presence.html", context)


def say_what_was_read(session: Session, lines: Sequence[Line], by: Actor) -> None:
    """A line of the journal for the list; one more where it says why someone is away."""
    pk, shown = str(session.pk), [line.person.pk for line in lines]
    journal.read_list("training.presence_shown", by=by, shown=shown, session=pk)
    away = [line.person.pk for line in lines if line.noted and line.noted.absence]
    if away:
        journal.read_list("training.absences_shown", by=by, shown=away, session=pk)


def may_be_taken(session: Session) -> bool:
    return session.day <= timezone.localdate() and not session.called_off


def more_of(request: Request) -> list[Person]:
    """Those added on this page, and whoever the address that leads here adds (`?add=`)."""
    added = filter(None, [request.POST.get("add"), request.GET.get("add")])
    return chosen(request.actor, [*request.POST.getlist("more"), *added])


def typed_again(form: PresenceForm, text: str, found: list[Person] | None) -> dict[str, object]:
    """The page with all that was typed; the name that was looked for stays if nobody has it."""
    return {**form.typed(), "q": "" if found is None or found else text}


def context_of(
    session: Session, form: PresenceForm, more: list[Person], found: list[Person] | None
) -> dict[str, object]:
    on_page = {line.person.pk for line in form.lines}
    return {
        "session": session,
        "form": form,
        "more": more,
        "found": [person for person in found or [] if person.pk not in on_page],
        "nobody": found is not None and not found,
        "already": [person for person in found or [] if person.pk in on_page],
        "is_new": not any(line.standing for line in form.lines),
        "has_unsaid": not all(line.standing for line in form.lines),
        "some_away": any(line.is_away or line.is_elsewhere for line in form.lines),
        "is_closed": is_closed(session),
        "is_late": session.day < timezone.localdate(),
    }


def keep(request: Request, session: Session, form: PresenceForm) -> HttpResponse:
    versions = {row.pk: row for line in form.lines for row in line.versions}
    everyone = Modality.IN_PERSON.value if "everyone" in request.POST else ""
    said = form.said(versions, others=everyone)
    away = entry_to_explain(form.lines, request.POST.get("explain", ""))
    if not said:
        if away is None:
            messages.info(request, _("Nothing new was said: what stood stays as it was."))
        return to_absence(session, away) if away else redirect("training:session", pk=session.pk)
    key = key_for(form.cleaned_data["form_key"], said, form.lines, request.actor)
    take_presence(session, said, by=request.actor, form_key=key)
    if away is None:
        return to_what_was_kept(session, key)
    messages.success(request, _("What you said on the list is kept."))
    return to_absence(session, away)


def entry_to_explain(lines: Sequence[Line], key: str) -> UUID | None:
    """The entry of whoever is to be explained away, as the button of their line says it."""
    noted = (line.noted for line in lines if str(line.person.pk) == key)
    return next((one.enrolment for one in noted if one), None)


def to_absence(session: Session, entry: UUID) -> HttpResponse:
    """To the form of an absence, filled with the day; it comes back to the grid."""
    answer = redirect("training:absence_new", pk=entry)
    answer["Location"] += f"?session={session.pk}"
    return answer


def key_for(key: UUID, said: dict[Person, Took], lines: Sequence[Line], by: Actor) -> UUID:
    """The key of the form; another one where it was sent already and says something else now (they
    went back in their browser): what is written twice is kept twice, and shown."""
    sent = {row.pk: row for line in lines for row in line.versions}
    for person, took in said.items():
        row = sent.get(row_key(key, person.root_id))
        if row is not None and (took_of(row) != took or row.author_id != by.id):
            return uuid4()
    return key


def to_what_was_kept(session: Session, key: UUID) -> HttpResponse:
    answer = redirect("training:session", pk=session.pk)
    answer["Location"] += f"?kept={key}"
    return answer


@require_POST
def presence_undo(request: Request, pk: UUID) -> HttpResponse:
    """Put back what stood before one form. Nothing is erased: it is one more version."""
    actor = request.actor
    session = session_or_404(actor, pk)
    access.require(access.may_run(actor, session.team))
    key = as_uuid(request.POST.get("kept", ""))
    kept = kept_under(key, lines_of(session, actor), actor) if key else None
    if kept is None:
        messages.info(request, _("This was put back already, or someone wrote meanwhile."))
        return redirect("training:session", pk=pk)
    again = uuid5(kept.key, "undo")
    take_presence(session, kept.undone, by=actor, form_key=again)
    return to_what_was_kept(session, again)
