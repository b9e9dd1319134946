"""What is attested at the end: how long it lasted and what was acquired. What comes after (the
project) was told for the file, and stands on no paper that is shown to others."""

from datetime import date

from django.utils.translation import gettext as _

from relier.training.models import EndAttestation, Ending, Enrolment, EntryCondition
from relier.ui import dates

from . import content, pieces
from .about import About
from .content import Block, Content


def attested(about: About) -> EndAttestation | None:
    """The latest one."""
    rows = EndAttestation.objects.current().filter(enrolment=about.entry)
    return rows.order_by("on", "written_at", "pk").last()


def condition_of(enrolment: Enrolment) -> EntryCondition | None:
    return EntryCondition.objects.current().filter(enrolment=enrolment).first()


def end_missing(about: About) -> str:
    return "" if attested(about) else _("The end is not attested yet.")


def digistart_missing(about: About) -> str:
    if not attested(about):
        return _("The end is not attested yet.")
    return "" if condition_of(about.entry) else _("What shows the condition of entry is not said.")


def end(about: About) -> Content:
    """The attestation of a programme of a CISP (order, article 10). Four queries."""
    return attestation(about, _("Attestation of training"), [], {})


def digistart(about: About) -> Content:
    """The attestation of what was acquired, under Digistart. What shows the condition of entry is a
    positioning or anything else that was accepted; no result of any stands here. Five queries."""
    condition = condition_of(about.entry)
    if condition is None:
        raise LookupError("What shows the condition of entry is not said.")
    said = _("Shown by: %(what)s, on %(day)s.") % {
        "what": condition.get_shown_by_display(),
        "day": dates.day(condition.on),
    }
    blocks = [
        content.heading(_("Condition of entry")),
        content.text(
            _("On entry, the person did not master a significant set of basic digital skills.")
        ),
        content.text(said),
    ]
    facts: dict[str, object] = {"condition": [condition.shown_by, condition.on.isoformat()]}
    return attestation(about, _("Attestation of what was acquired"), blocks, facts)


def attestation(about: About, title: str, more: list[Block], facts: dict[str, object]) -> Content:
    row, enrolment = attested(about), about.entry
    if row is None:
        raise LookupError("The end is not attested.")
    approval = pieces.approval_on(about.centre, enrolment.track.scheme, row.on)
    left_on = ending(enrolment)
    name = enrolment.person.root.name
    acquired = row.acquired.strip()
    return Content(
        title,
        [
            content.text(
                _("%(centre)s attests that %(name)s took part in the training below.")
                % {"centre": about.centre.name, "name": name}
            ),
            content.facts(
                [
                    *pieces.who(enrolment),
                    (_("From"), dates.day(enrolment.entered_on)),
                    (_("Until"), dates.day(left_on or row.on)),
                    (_("Hours followed"), pieces.hours_told(row.effective_minutes)),
                ]
            ),
            *more,
            content.heading(_("What was acquired")),
            content.text(acquired) if acquired else content.quiet(_("Nothing is written yet.")),
            content.text(_("Made on %(day)s.") % {"day": dates.day(row.on)}),
            pieces.centre_signs(),
        ],
        {
            **pieces.facts_of(enrolment, approval),
            **facts,
            "entry": [enrolment.programme.name, enrolment.entered_on.isoformat()],
            "ending": left_on.isoformat() if left_on else "",
            "attestation": [row.on.isoformat(), row.effective_minutes, row.acquired],
        },
        mention=pieces.mention(approval, pieces.ON_ACTS, about.on),
        centre=pieces.head(about.centre),
    )


def ending(enrolment: Enrolment) -> date | None:
    row = Ending.objects.current().filter(enrolment=enrolment, taken_back=False).first()
    return row.on if row else None
