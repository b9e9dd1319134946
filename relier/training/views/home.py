"""The first page of training: sessions of today and of the week, by team."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.centres.models import Team
from relier.training import access
from relier.training.expected import LATELY, with_taken, written
from relier.training.forms.sessions import teams_to_plan
from relier.training.models import Session
from relier.training.on_paper import with_list_out

A_WEEK = timedelta(days=7)
SHOWN_LATE = 10
# Pages of this room that other hands build: led to where they are.
FIRST_GESTURES = ("training:track_new", "training:tracks", "training:programme_new")


@dataclass
class OfTeam:
    """What one team plans: its sessions, day after day, the earliest first."""

    team: Team
    sessions: list[Session] = field(default_factory=list)

    @property
    def full_days(self) -> set[date]:
        """Those of several sessions."""
        standing = Counter(one.day for one in self.sessions if not one.called_off)
        return {day for day, times in standing.items() if times > 1}


@require_safe
def week(request: Request) -> HttpResponse:
    """`?day=`: from which day on, today unless said."""
    actor = request.actor
    access.require(access.is_member(actor))
    today = timezone.localdate()
    on = as_day(request.GET.get("day", ""), today)
    rows = Session.objects.visible_to(actor).filter(
        day__range=(on, on + A_WEEK - timedelta(days=1))
    )
    sessions = list(with_list_out(with_taken(rows)).select_related("team", "workshop"))
    mine = set(actor.teams)
    context = {
        "on": on,
        "today": today,
        "before": on - A_WEEK,
        "after": on + A_WEEK,
        "teams": by_team(sessions, mine),
        "mine": mine,
        "late": not_yet_taken(actor, today),
        "may_plan": access.trains(actor) and teams_to_plan(actor).exists(),
        "may_steer": access.may_steer(actor),
        "is_empty": not sessions and not Session.objects.visible_to(actor).exists(),
        "first": first_gestures(allowed=access.may_set(actor)),
    }
    return render(request, "training/week.html", context)


def as_day(text: str, today: date) -> date:
    """A day of the address; today, where it is none or so far that weeks cannot be counted."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if abs(day.year - today.year) < 100 else today


def by_team(sessions: list[Session], mine: set[int]) -> list[OfTeam]:
    """One's own teams first."""
    found: dict[int, OfTeam] = {}
    for session in sessions:
        found.setdefault(session.team_id, OfTeam(session.team)).sessions.append(session)
    return sorted(found.values(), key=lambda of: (of.team.pk not in mine, of.team.name, of.team.pk))


def not_yet_taken(actor: Actor, today: date) -> list[Session]:
    """Sessions of one's own teams of which nothing is written yet, the latest first. Said to
    remember, and counted nowhere."""
    if not access.trains(actor) or not actor.teams:
        return []
    rows = Session.objects.visible_to(actor).filter(team__in=actor.teams)
    rows = rows.between(today - timedelta(days=LATELY), today - timedelta(days=1))
    untaken = with_list_out(with_taken(rows)).exclude(written())
    return list(untaken.order_by("-day", "-starts_at", "pk")[:SHOWN_LATE])


def first_gestures(*, allowed: bool) -> dict[str, str]:
    """Where to open a track and a programme, for whoever may; "" where there is no such page."""
    return {name.partition(":")[2]: address_of(name) if allowed else "" for name in FIRST_GESTURES}


def address_of(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:  # not built, or about a thing that one chooses first
        return ""
