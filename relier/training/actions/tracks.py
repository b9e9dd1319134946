"""Opening tracks and programmes, noting approvals, changing a legal number."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.models import Team
from relier.journal import actions as journal
from relier.journal.once import once
from relier.training import access
from relier.training.hours import HOUR, Scheme, most_minutes
from relier.training.legal import rulebook
from relier.training.models import (
    Approval,
    ApprovedHours,
    Cause,
    Enrolment,
    Programme,
    ProgrammeUnit,
    RuleChange,
    Track,
)
from relier.training.posting import hold, post


@transaction.atomic
def open_track(
    name: str,
    *,
    by: Actor,
    team: Team,
    opened_on: date,
    scheme: str = Track.Scheme.CISP,
    category: str = "",
    method: str = "",
    cedefop_code: str = "",
    in_group: bool = False,
    form_key: UUID | None = None,
) -> Track:
    access.require(access.may_set(by) and team.centre_id == by.centre)

    def keep(key: UUID) -> Track:
        track = Track(
            centre_id=by.own_centre, name=name, team=team, opened_on=opened_on, scheme=scheme,
            category=category, method=method, cedefop_code=cedefop_code, in_group=in_group,
            form_key=key,
        )  # fmt: skip
        track.full_clean(exclude=["form_key"])
        track.save()
        journal.record("training.track_opened", track, by=by)
        return track

    return once(Track.objects.visible_to(by), form_key, keep, said={"name": name})


@transaction.atomic
def change_track(track: Track, changes: dict[str, Any], *, by: Actor) -> Track:
    """Put its name, category or code right, or close it. What its hours stand under (its scheme,
    how one enters) is not changed: another track is opened."""
    access.require(access.may_set(by) and access.may_see(by, track))
    allowed = {"name", "category", "method", "cedefop_code", "team", "closed_on"}
    if not set(changes) <= allowed:
        raise ValueError("This part of a track does not change.")
    track = Track.objects.select_for_update(of=("self",)).get(pk=track.pk)
    changed = sorted(name for name, value in changes.items() if getattr(track, name) != value)
    if changed:
        for name in changed:
            setattr(track, name, changes[name])
        track.full_clean()
        track.save(update_fields=changed)
        journal.record("training.track_changed", track, by=by, fields=changed)
    return track


@transaction.atomic
def add_approval(
    number: str,
    *,
    by: Actor,
    scheme: str,
    from_on: date,
    until_on: date,
    form_key: UUID | None = None,
) -> Approval:
    access.require(access.may_set(by))

    def keep(key: UUID) -> Approval:
        approval = Approval(
            centre_id=by.own_centre, number=number, scheme=scheme, from_on=from_on,
            until_on=until_on, form_key=key,
        )  # fmt: skip
        approval.full_clean(exclude=["form_key"])
        approval.save()
        journal.record("training.approval_added", approval, by=by)
        return approval

    return once(Approval.objects.visible_to(by), form_key, keep, said={"number": number})


@transaction.atomic
def approve_hours(
    approval: Approval, track: Track, *, year: int, hours: int, by: Actor
) -> ApprovedHours:
    """Note how many hours are approved for a track in a year; said again, the number changes."""
    access.require(
        access.may_set(by) and access.may_see(by, approval) and access.may_see(by, track)
    )
    Approval.objects.select_for_update().get(pk=approval.pk)
    lookup = {"approval": approval, "track": track, "year": year}
    approved = ApprovedHours.objects.filter(**lookup).first() or ApprovedHours(
        **lookup, centre_id=by.own_centre
    )
    if approved.hours != hours:
        approved.hours = hours
        approved.full_clean()
        approved.save()
        journal.record("training.hours_approved", approved, by=by, year=year, hours=hours)
    return approved


@transaction.atomic
def open_programme(
    track: Track,
    name: str,
    units: Sequence[tuple[str, int]],
    *,
    by: Actor,
    from_on: date,
    form_key: UUID | None = None,
) -> Programme:
    """Keep a programme and its units (name, minutes). Raises ValidationError where it lasts longer
    than the text allows, or where Digistart asks for more."""
    access.require(access.may_set(by) and access.may_see(by, track))
    minutes = sum(minutes for _name, minutes in units)
    check_length(track, minutes, on=from_on)

    def keep(key: UUID) -> Programme:
        programme = Programme(
            centre_id=track.centre_id, track=track, name=name, from_on=from_on, minutes=minutes,
            form_key=key,
        )  # fmt: skip
        programme.full_clean(exclude=["form_key"])
        programme.save()
        for position, (unit, lasts) in enumerate(units, start=1):
            row = ProgrammeUnit(
                programme=programme, centre_id=track.centre_id, position=position, name=unit,
                minutes=lasts,
            )  # fmt: skip
            row.full_clean()
            row.save()
        journal.record("training.programme_opened", programme, by=by)
        return programme

    said = {"name": name, "minutes": minutes}
    return once(Programme.objects.visible_to(by), form_key, keep, said=said)


def check_length(track: Track, minutes: int, *, on: date) -> None:
    """Raises ValidationError where a programme of so many minutes may not be."""
    book, scheme = rulebook(track.centre_id), Scheme(track.scheme)
    most = most_minutes(scheme, book, on)
    if minutes > most:
        text = _("A programme lasts at most %(hours)s hours.")
        raise ValidationError(text % {"hours": most // HOUR})
    least = book.whole("digistart_hours_least", on) * HOUR if scheme is Scheme.DIGISTART else 1
    if minutes < least:
        text = _("A programme lasts at least %(hours)s hours.")
        raise ValidationError(text % {"hours": max(1, least // HOUR)})


@transaction.atomic
def change_rule(
    key: str,
    *,
    by: Actor,
    from_on: date,
    reason: str,
    value: Decimal | None = None,
    source: str = "",
    doubt: str = "",
    form_key: UUID | None = None,
) -> RuleChange:
    """Say a legal number otherwise, from a day on; without a value, it is again as it came. Hours
    since that day are counted again, and what differs is posted with this cause."""
    access.require(access.may_set(by))

    def keep(form: UUID) -> RuleChange:
        change = RuleChange(
            centre_id=by.own_centre, key=key, value=value, from_on=from_on, reason=reason,
            source=source, doubt=doubt, author_id=by.id, form_key=form,
        )  # fmt: skip
        change.full_clean(exclude=["form_key"])
        change.save()
        journal.record("training.rule_changed", change, by=by, rule=key)
        touched = Enrolment.objects.not_left_before(from_on).filter(centre=by.own_centre)
        after = touched.values_list("pk", flat=True)
        post(hold(after), cause=Cause.RULE, by=by)
        return change

    said = {"value": value, "from_on": from_on, "reason": reason}
    return once(RuleChange.objects.filter(author=by.id), form_key, keep, said=said)
