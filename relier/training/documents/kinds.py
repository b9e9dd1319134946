"""Every document of training: its name, its wall, its template, what is missing before it can be
printed.

`version` is that of its words and of what it asks; `LAYOUT`, that of the drawing they share.
Whoever changes one gives it another number: the test of templates has their fingerprints.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from relier.training.models import PrintedFile
from relier.training.models.documents import Wall

from . import activity, attestations, for_the_person, of_a_year, of_an_entry, statements
from .about import About
from .content import Content

Words = str | Promise
LAYOUT = 1
PDF, ODS, CSV = PrintedFile.Form.PDF, PrintedFile.Form.ODS, PrintedFile.Form.CSV


def nothing_missing(_about: About) -> str:
    return ""


def nobody_else(_about: About) -> list[UUID]:
    return []


@dataclass(frozen=True)
class Kind:
    """`says`: about -> what it says. `missing`: about -> why it cannot be printed yet, "" where it
    can. `original`: which paper is the original, and how long it is kept. `named`: about -> the
    entries that a document of the centre names."""

    key: str
    name: Words
    about: Words
    wall: Wall
    says: Callable[[About], Content]
    original: Words
    version: int = 1
    missing: Callable[[About], str] = nothing_missing
    forms: tuple[PrintedFile.Form, ...] = (PDF,)
    of_month: bool = False
    named: Callable[[About], list[UUID]] = nobody_else

    @property
    def template(self) -> str:
        """« contract-1-1 »: the version of the words, then of the drawing."""
        return f"{self.key}-{self.version}-{LAYOUT}"


SIGNED = _(
    "The signed paper is the original: keep it with the file, ten years from the day of entry."
)
TO_SEND = _("The paper signed for the centre is the original: keep a copy of what leaves.")
TO_GIVE = _("It is for the person. Nothing has to be signed.")
TABLES = (PDF, ODS, CSV)

OF_AN_ENTRY = (
    Kind(
        "contract", _("Pedagogical contract"), _("To sign at the latest on the day of entry."),
        Wall.HOURS, of_an_entry.contract, SIGNED,
    ),
    Kind(
        "plan", _("Individual training plan"), _("What was agreed, and what it said before."),
        Wall.TOLD, of_an_entry.plan, SIGNED, missing=of_an_entry.plan_missing,
    ),
    Kind(
        "convocation", _("Convocation"), _("When and where the person is expected."),
        Wall.HOURS, for_the_person.convocation, TO_GIVE, missing=for_the_person.convocation_missing,
    ),
    Kind(
        "hours", _("My hours"), _("For the person, in plain words and large print."),
        Wall.HOURS, for_the_person.my_hours, TO_GIVE,
    ),
    Kind(
        "month", _("Statement of a month"), _("Hours of one month, to sign."),
        Wall.HOURS, statements.of_person, TO_SEND, missing=statements.of_person_missing,
        forms=TABLES, of_month=True,
    ),
    Kind(
        "end", _("Attestation of training"), _("How long it lasted and what was acquired."),
        Wall.TOLD, attestations.end, SIGNED, missing=attestations.end_missing,
    ),
    Kind(
        "digistart", _("Digistart attestation"),
        _("What was acquired, and what shows the condition of entry."),
        Wall.TOLD, attestations.digistart, SIGNED, missing=attestations.digistart_missing,
    ),
)  # fmt: skip

OF_THE_CENTRE = (
    Kind(
        "track_month", _("Statement of a month"), _("Everyone of a track, in one month."),
        Wall.MONTHS, statements.of_track, TO_SEND, missing=statements.of_track_missing,
        forms=TABLES, of_month=True, named=statements.named,
    ),
    Kind(
        "annual", _("Annual table of hours (L.3)"), _("Every track, month after month."),
        Wall.MONTHS, of_a_year.annual, TO_SEND, missing=of_a_year.nothing, forms=TABLES,
    ),
    Kind(
        "report", _("Activity report"),
        _("Hours, supervision, and what was carried out of the approved hours."),
        Wall.MONTHS, activity.report, TO_SEND, missing=of_a_year.nothing, forms=TABLES,
    ),
)  # fmt: skip

KINDS = {kind.key: kind for kind in (*OF_AN_ENTRY, *OF_THE_CENTRE)}

# What each fact is called where it is said that it changed since.
FACTS: dict[str, Words] = {
    "centre": _("the name or the address of the centre"),
    "person": _("the name of the person"),
    "approval": _("the approval"),
    "track": _("the track"),
    "tracks": _("the tracks"),
    "entry": _("the entry"),
    "programme": _("the programme"),
    "plan": _("the plan"),
    "sessions": _("the sessions"),
    "hours": _("the hours"),
    "people": _("who has hours in it"),
    "closing": _("the closing of the month"),
    "condition": _("what shows the condition of entry"),
    "ending": _("the end of the training"),
    "attestation": _("what is attested"),
    "supervision": _("the hours of supervision"),
    "approved": _("the approved hours"),
}
