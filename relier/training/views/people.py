"""Who is expected: at every session of a workshop from a day on, or at one session."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.people.models import Person
from relier.training import access
from relier.training.actions import sessions as deeds
from relier.training.actions import workshops as changes
from relier.training.expected import chosen, found_by, near
from relier.training.forms.workshops import ExpectForm, WithdrawForm
from relier.training.models import Enrolment, Participation, Session, Workshop

from .sessions import session_or_404
from .workshops import workshop_or_404

# People of the track to tick: a large group, and no more than a page.
OFFERED = 60


def workshop_people(request: Request, pk: UUID) -> HttpResponse:
    workshop = workshop_or_404(request.actor, pk)
    return expects(request, workshop, "training:workshop", timezone.localdate())


def session_people(request: Request, pk: UUID) -> HttpResponse:
    session = session_or_404(request.actor, pk)
    return expects(request, session, "training:session", session.day)


def expects(request: Request, at: Workshop | Session, back: str, day: date) -> HttpResponse:
    """People of the track to tick, a box for any other name; `day`: from when, unless said."""
    actor = request.actor
    access.require(access.may_run(actor, at.team))
    text = request.POST.get("q", "").strip()[:80]
    ticked = chosen(actor, request.POST.getlist("people"))
    found = found_by(actor, text) if text else []
    offered = offered_for(actor, at, day, [*ticked, *found])
    one_day = isinstance(at, Session)
    form = ExpectForm(
        request.POST or None, offered=offered, one_day=one_day, initial={"from_on": day}
    )
    if form.is_bound and text:
        form = ExpectForm(
            offered=offered, one_day=one_day,
            initial={
                "from_on": request.POST.get("from_on", ""),
                "people": [str(one.pk) for one in ticked] + only(found),
                "q": "" if found else text,
            },
        )  # fmt: skip
    elif form.is_bound and form.is_valid():
        people = chosen(actor, form.cleaned_data["people"])
        expect(people, at, form.cleaned_data.get("from_on") or day, by=actor)
        messages.success(request, _("They are expected."))
        return redirect(back, pk=at.pk)
    context = {"form": form, "at": at, "back": back, "nobody": bool(text) and not found}
    return render(request, "training/people.html", context)


def only(found: list[Person]) -> list[str]:
    """The one who was found, ticked at once."""
    return [str(found[0].pk)] if len(found) == 1 else []


def offered_for(
    actor: Actor, at: Workshop | Session, day: date, first: Iterable[Person]
) -> list[Person]:
    """Whom to tick: those just chosen or found, then the people of the track who are not expected
    yet. Two queries at most."""
    offered = {person.pk: person for person in first}
    if at.track_id:
        rows = Enrolment.objects.visible_to(actor).under_way(on=day).filter(track=at.track_id)
        known = Participation.objects.filter(standing_at(at)).values("person__root")
        ids = rows.exclude(person__root__in=known).order_by().values("person__root")
        people = near(actor).filter(pk__in=ids).order_by("call_name", "family_name", "pk")
        offered |= {person.pk: person for person in people[:OFFERED]}
    return list(offered.values())


def standing_at(at: Workshop | Session) -> Q:
    if isinstance(at, Workshop):
        return Q(workshop=at, until_on=None)
    return Q(session=at, until_on=None) | Q(workshop=at.workshop_id or None, until_on=None) & ~Q(
        workshop=None
    )


def expect(people: list[Person], at: Workshop | Session, from_on: date, *, by: Actor) -> None:
    """Expect them; whoever had been withdrawn from this one session is expected at it again."""
    deeds.expect(people, at, from_on=from_on, by=by)
    if isinstance(at, Session):
        again = Participation.objects.filter(session=at, person__root__in=people)
        for row in again.exclude(until_on=None):
            changes.expect_again(row, by=by)


def participation(request: Request, pk: int) -> HttpResponse:
    """No longer expected from a day on; or expected again."""
    actor = request.actor
    rows = Participation.objects.visible_to(actor).select_related(
        "person__root", "workshop__team", "session__team"
    )
    row = access.one_or_404(rows, pk=pk)
    at = row.workshop or row.session
    access.require(access.may_run(actor, at.team))
    back = "training:workshop" if row.workshop else "training:session"
    last = row.session.day - timedelta(days=1) if row.session else timezone.localdate()
    form = WithdrawForm(request.POST or None, initial={"until_on": row.until_on or last})
    if request.method == "POST" and "again" in request.POST:
        try:
            changes.expect_again(row, by=actor)
            messages.success(request, _("Expected again."))
        except ValidationError:  # they were added anew meanwhile
            messages.info(request, _("They are expected already."))
        return redirect(back, pk=at.pk)
    if form.is_valid():
        deeds.no_longer_expect(row, until_on=form.cleaned_data["until_on"], by=actor)
        messages.success(request, _("Kept. You can put it back."))
        return redirect("training:participation", pk=pk)
    context = {"form": form, "row": row, "at": at, "back": back, "person": row.person.root}
    return render(request, "training/participation.html", context)
