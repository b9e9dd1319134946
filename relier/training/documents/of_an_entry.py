"""What is signed as someone enters: the pedagogical contract and the individual training plan."""

from typing import Any

from django.utils.translation import gettext as _

from relier.training.legal import rulebook
from relier.training.models import Track, TrainingPlan
from relier.training.rules import Rulebook
from relier.training.words_of_law import amount
from relier.ui import dates

from . import content, pieces
from .about import About
from .content import Block, Content


def contract(about: About) -> Content:
    """The pedagogical contract (order, article 8). Five queries."""
    enrolment = about.entry
    approval = pieces.approval_on(about.centre, enrolment.track.scheme, enrolment.entered_on)
    units = list(enrolment.programme.units.all())
    book = rulebook(about.centre.pk)
    return Content(
        _("Pedagogical contract"),
        [
            content.facts(
                [
                    *pieces.who(enrolment),
                    (_("Day of entry"), dates.day(enrolment.entered_on)),
                    (_("Length"), hours_in_words(enrolment.programme.minutes)),
                ]
            ),
            content.heading(_("What is taught")),
            programme(units, enrolment.programme.minutes),
            content.heading(_("The centre")),
            content.points(duties_of_centre(enrolment.track, book, about)),
            content.heading(_("The person")),
            content.points(
                [
                    _("comes to the sessions, and says so beforehand when they cannot;"),
                    _("brings the proof of an absence, when there is one;"),
                    _("keeps to the house rules, received with this contract."),
                ]
            ),
            content.text(
                _("Signed in two copies, one for each. The centre keeps its own with the file.")
            ),
            pieces.both_sign(enrolment),
        ],
        {
            **pieces.facts_of(enrolment, approval),
            "entry": [enrolment.programme.name, enrolment.entered_on.isoformat()],
            "programme": [[unit.name, unit.minutes] for unit in units],
        },
        mention=pieces.mention(approval, pieces.ON_ACTS, about.on),
        centre=pieces.head(about.centre),
    )


def duties_of_centre(track: Track, book: Rulebook, about: About) -> list[str]:
    """What the texts ask of the centre; only what was read of each."""
    entered = about.entry.entered_on
    said = [_("asks no money for the training;")] if track.scheme == Track.Scheme.CISP else []
    if track.scheme == Track.Scheme.CISP:
        plan = amount(book.rule("plan_days", entered))
        said += [
            _("makes an individual training plan with the person within %(days)s, and changes it"
              " with them;") % {"days": plan},
        ]  # fmt: skip
    return [
        *said,
        _("looks with the person at where they stand, on entry, along the way and at the end;"),
        _("gives the house rules, which say how data are protected and how to complain;"),
        _("lets the person read their own file, and keeps it as long as the law asks;"),
        _("attests at the end how long the training lasted and what was acquired."),
    ]


def programme(units: list[Any], minutes: int) -> Block:
    rows = [[unit.name, pieces.hours_cell(unit.minutes)] for unit in units]
    rows.append([_("In all"), pieces.hours_cell(minutes)])
    return content.grid([_("Unit"), _("Hours")], rows, total=True, wide=[5, 1])


def hours_in_words(minutes: int) -> str:
    return _("%(number)s hours") % {"number": pieces.hours_said(minutes)}


def plan_of(about: About) -> TrainingPlan | None:
    return TrainingPlan.objects.current().filter(enrolment=about.entry).first()


def plan_missing(about: About) -> str:
    return "" if plan_of(about) else _("The plan is not written yet.")


def plan(about: About) -> Content:
    """The individual training plan (PIF) as it was agreed, and what it said before. Four
    queries."""
    enrolment = about.entry
    approval = pieces.approval_on(about.centre, enrolment.track.scheme, enrolment.entered_on)
    here = plan_of(about)
    if here is None:
        raise LookupError("There is no plan to print.")
    versions = list(TrainingPlan.objects.versions_of(here))
    before = [one for one in reversed(versions) if one.pk != here.pk]
    minutes = here.minutes or enrolment.programme.minutes
    return Content(
        _("Individual training plan (PIF)"),
        [
            content.facts(
                [
                    *pieces.who(enrolment),
                    (_("Day of entry"), dates.day(enrolment.entered_on)),
                    (_("Plan of"), dates.day(here.on)),
                    (_("Length"), hours_in_words(minutes)),
                ]
            ),
            content.heading(_("What we agreed")),
            content.text(here.words) if here.words else content.quiet(_("Nothing is written yet.")),
            pieces.both_sign(enrolment),
            *revisions(before, enrolment.programme.minutes),
        ],
        {
            **pieces.facts_of(enrolment, approval),
            "entry": [enrolment.programme.name, enrolment.entered_on.isoformat()],
            "plan": [[one.on.isoformat(), one.minutes, one.words] for one in versions],
        },
        mention=pieces.mention(approval, pieces.ON_ACTS, about.on),
        centre=pieces.head(about.centre),
    )


def revisions(before: list[TrainingPlan], minutes: int) -> list[Block]:
    """What the plan said before, the latest first."""
    if not before:
        return []
    said: list[Block] = [content.NEW_PAGE, content.heading(_("What the plan said before"))]
    for one in before:
        signed = dates.short_day(one.signed_on) if one.signed_on else _("not signed")
        said += [
            content.facts(
                [
                    (_("Plan of"), dates.day(one.on)),
                    (_("Signed on"), signed),
                    (_("Length"), hours_in_words(one.minutes or minutes)),
                ]
            ),
            content.text(one.words or _("Nothing was written.")),
        ]
    return said
