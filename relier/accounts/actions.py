"""Deeds on one's own entry: ending what is open elsewhere; and clearing what is over."""

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from relier.journal import actions as journal

from . import stays
from .actors import Actor, Kind
from .models import Stay, User


@transaction.atomic
def end_stay(stay: Stay, *, by: Actor) -> None:
    """Close Relier on one of one's own computers."""
    if stay.user_id != by.user:
        raise Http404
    stays.end([stay])
    journal.record("accounts.stay_ended", stay.user, by=by)


@transaction.atomic
def end_other_stays(user: User, *, but: str, by: Actor) -> int:
    """Close Relier everywhere but here. `but`: the id of the stay in use."""
    if user.pk != by.user:
        raise Http404
    ended = stays.end(list(Stay.objects.of(user).exclude(pk=but)))
    if ended:
        journal.record("accounts.stays_ended", user, by=by, count=ended)
    return ended


@transaction.atomic
def forget_second_factor(user: User, *, by: Actor) -> int:
    """Take away a second factor that is lost, its recovery codes with it; how many there were."""
    taken = Authenticator.objects.filter(user=user).delete()[0]
    journal.record("accounts.second_factor_forgotten", user, by=by)
    return taken


@transaction.atomic
def forget_old_sessions(*, by: Actor) -> int:
    """Clear the sessions that are over, and the rows of stays without a session; how many stays.
    Run daily: nothing of when one worked stays longer than a working day."""
    if by.kind is not Kind.SYSTEM:
        raise Http404
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    open_keys = Session.objects.values("session_key")
    return Stay.objects.exclude(session_key__in=open_keys).delete()[0]
