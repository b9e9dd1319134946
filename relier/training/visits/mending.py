"""Where each irregularity is mended, and by whom: grouped by what is wrong, then by the file or the
session that it is about. In the order of days: nobody is ranked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.training.inspection import Code, Irregularity, Visit
from relier.training.models import Enrolment, Session

from .facts import Told

# Codes that are mended on the page of a session; the others on that of a file.
OF_A_SESSION = {
    Code.NO_TRAINER: "training:session_edit",
    Code.LIST_MISSING: "training:presence",
    Code.LIST_UNSIGNED: "training:presence",
    Code.LIST_DIFFERS: "training:presence",
    Code.CENTRE_CLOSED: "training:session_edit",
}
OF_A_FILE = {
    Code.CONTRACT_LATE: "training:entry_contract",
    Code.CONTRACT_MISSING: "training:entry_contract",
    Code.NO_CONTRACT_YET: "training:entry_contract",
    Code.OTHER_FILE: "training:entry_category",
    Code.OUTSIDE_STAY: "training:entry_end",
    Code.UNJUSTIFIED_DAYS: "training:absence_new",
    Code.UNJUSTIFIED_SHARE: "training:absence_new",
}


@dataclass(frozen=True)
class Words:
    """What is wrong, what to do, and who can."""

    title: str
    deed: str
    who: str


@dataclass
class Item:
    """One file or one session. `minutes`: what its rows would cost; `rows`: how many. `drawn`: this
    visit looked at one of them. `key`: the enrolment or the session."""

    code: Code
    key: UUID
    url_name: str
    first_on: date | None = None
    last_on: date | None = None
    minutes: int = 0
    rows: int = 0
    drawn: bool = False
    name: str = ""
    url: str = ""
    about: list[UUID] = field(default_factory=list)

    @property
    def words(self) -> Words:
        return words_of(self.code)

    @property
    def is_session(self) -> bool:
        return self.url_name in OF_A_SESSION.values()


def items_of(told: Told, visit: Visit) -> list[Item]:
    """Every irregularity of the year, by what is wrong; those drawn first, then by day."""
    found: dict[tuple[Code, UUID], Item] = {}
    erased = told.unknown.erased
    for one in visit.irregularities:
        if one.trainee in erased:
            continue  # what is sealed is mended by nobody here
        key, url_name = where(one, told)
        item = found.setdefault((one.code, key), Item(one.code, key, url_name))
        add(item, one)
    order = list(Code)
    return sorted(
        found.values(),
        key=lambda item: (
            order.index(item.code), not item.drawn, item.first_on or date.min, item.key.bytes,
        ),
    )  # fmt: skip


def where(one: Irregularity, told: Told) -> tuple[UUID, str]:
    session = told.session_of.get(one.about)
    if one.code in OF_A_SESSION and session:
        return session, OF_A_SESSION[one.code]
    return UUID(one.trainee), OF_A_FILE.get(one.code, "training:entry")


def add(item: Item, one: Irregularity) -> None:
    item.minutes += one.minutes
    item.rows += one.day is not None
    item.drawn |= one.drawn
    day = one.day or one.problem.due_on
    if day:
        item.first_on = min(day, item.first_on or day)
        item.last_on = max(day, item.last_on or day)


def named(items: Iterable[Item], actor: Actor) -> list[Item]:
    """The same with the name of each and the address of its page, as this member may see them. Two
    queries. What they may not see has no name and leads nowhere."""
    shown = list(items)
    keys = {item.key for item in shown}
    entries = Enrolment.objects.visible_to(actor).filter(pk__in=keys)
    people = {
        one.pk: one.person.root
        for one in entries.select_related("person__root")
        if one.person.root.set_aside_at is None
    }
    sessions = Session.objects.visible_to(actor).in_bulk(keys)
    for item in shown:
        if item.key in people:
            item.name, item.about = people[item.key].name, [people[item.key].pk]
        elif item.key in sessions:
            item.name = sessions[item.key].name
        if item.name:
            item.url = reverse(item.url_name, args=[item.key])
    return shown


@dataclass
class Kind:
    """What is wrong, and of how many files or sessions; `drawn`: of which this visit looked at."""

    code: Code
    count: int = 0
    drawn: int = 0

    @property
    def words(self) -> Words:
        return words_of(self.code)


def kinds_of(items: Iterable[Item]) -> list[Kind]:
    found: dict[Code, Kind] = {}
    for item in items:
        kind = found.setdefault(item.code, Kind(item.code))
        kind.count += 1
        kind.drawn += item.drawn
    return list(found.values())


# --- in words ------------------------------------------------------------------------------------


def words_of(code: Code) -> Words:
    title, deed, who = WORDS[code]
    return Words(title(), deed(), who())


def the_team_or_you() -> str:
    return _("Who can: the team that follows, and you.")


def planners() -> str:
    return _("Who can: the team of the session, and you.")


def the_team() -> str:
    return _("Who can: the team that follows. What a plan says is not shown to you.")


def explain() -> str:
    return _("The day is past: write down the reason, and keep it for the answer.")


Say = Callable[[], str]
WORDS: dict[Code, tuple[Say, Say, Say]] = {
    Code.LIST_MISSING: (
        lambda: _("No presence list"), lambda: _("Find the list of the session."), planners,
    ),
    Code.LIST_UNSIGNED: (
        lambda: _("The list is not signed"),
        lambda: _("Have it signed, and say when it was: a list signed afterwards says so."),
        planners,
    ),
    Code.LIST_DIFFERS: (
        lambda: _("The list and what was entered differ"),
        lambda: _("Compare both, and correct the presence."), planners,
    ),
    Code.NO_TRAINER: (
        lambda: _("Nobody is named as giving the session"),
        lambda: _("Say who gave it."), planners,
    ),
    Code.CENTRE_CLOSED: (
        lambda: _("The centre was closed that day"), lambda: _("Check the day."), planners,
    ),
    Code.OUTSIDE_STAY: (
        lambda: _("Before entry, or after the end"),
        lambda: _("Check the days of entry and of the end."), the_team_or_you,
    ),
    Code.NO_FILE: (
        lambda: _("Hours of somebody without a file"),
        lambda: _("Open the file, or correct who it was."), the_team_or_you,
    ),
    Code.PROGRAMME_PASSED: (
        lambda: _("More hours than the programme may count"),
        lambda: _("Correct the hours."), the_team_or_you,
    ),
    Code.PROOF_MISSING: (
        lambda: _("An absence counts, and its proof is missing"),
        lambda: _("Ask for the proof."), the_team_or_you,
    ),
    Code.UNJUSTIFIED_DAYS: (
        lambda: _("Too many days without a reason in the year"),
        lambda: _("If there was a reason, explain the absence and ask for its proof."),
        the_team_or_you,
    ),
    Code.UNJUSTIFIED_SHARE: (
        lambda: _("Too many hours without a reason for the hours followed"),
        lambda: _("If there was a reason, explain the absence and ask for its proof."),
        the_team_or_you,
    ),
    Code.CAP_PASSED: (
        lambda: _("More than its ground allows"), lambda: _("Correct the hours."), the_team_or_you,
    ),
    Code.NO_CONTRACT_YET: (
        lambda: _("Hours before the contract was signed"),
        lambda: _("If it was signed earlier, correct its day; otherwise keep the reason."),
        the_team_or_you,
    ),
    Code.NO_PLAN_YET: (
        lambda: _("Hours after the training plan was due, before it came"), explain, the_team,
    ),
    Code.DOCUMENT_LATE: (
        lambda: _("Hours that no document carried yet"), explain, the_team_or_you,
    ),
    Code.OTHER_HOUR: (lambda: _("Another reason"), explain, the_team_or_you),
    Code.DOCUMENT_MISSING: (
        lambda: _("A document that shows why one may enter is missing"),
        lambda: _("Ask for the document, or note that it came."), the_team_or_you,
    ),
    Code.DOCUMENT_OUT_OF_DATE: (
        lambda: _("A document was too old"),
        lambda: _("Check the date it bears, or ask for another."), the_team_or_you,
    ),
    Code.NOT_ELIGIBLE: (
        lambda: _("The person could not enter by what the file says"), explain, the_team_or_you,
    ),
    Code.CONTRACT_LATE: (
        lambda: _("The contract was signed after the day of entry"),
        lambda: _("Check its day; otherwise keep the reason."), the_team_or_you,
    ),
    Code.CONTRACT_MISSING: (
        lambda: _("No contract"), lambda: _("Have it signed, and note its day."), the_team_or_you,
    ),
    Code.PLAN_LATE: (lambda: _("The training plan came late"), explain, the_team),
    Code.PLAN_MISSING: (
        lambda: _("No training plan"), lambda: _("Write it together."), the_team,
    ),
    Code.OTHER_FILE: (
        lambda: _("Why the person may enter is not said"),
        lambda: _("Say the category: the documents that it asks follow."), the_team_or_you,
    ),
}  # fmt: skip
