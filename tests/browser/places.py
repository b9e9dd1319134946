"""Which address to open for each page of tests/walls.py, from whatever is planted."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from relier.centres.middleware import actor_of
from relier.centres.models import Member
from relier.competences import banks
from relier.competences.models import Annotation, Positioning
from relier.deliberation.models import Meeting, Objection, Question, ShowOfHands, Statement
from relier.inquiry.models import Draft, Problem, Testimony
from relier.paper.models import BallotCount, Scan, State
from relier.people.models import Entry, Merge, Note, Person, Replacement, Sharing
from relier.privacy.models import Archive, ArchiveOpening, Consent, Purge, RightsRequest
from relier.resources.models import Resource
from relier.support.models import (
    AgreedStep,
    Appointment,
    CalendarFeed,
    Consultation,
    Delay,
    HelpRequest,
    Intervention,
    Mandate,
    MomentApart,
    Procedure,
)
from relier.training.models import (
    Enrolment,
    ImportedFile,
    PresenceList,
    PrintedDocument,
    Workshop,
)
from relier.training.models import Session as TrainingSession
from relier.training.models.documents import Wall
from tests import pages_of_paper
from tests.walls import NO_GET, PAGES, Page, query_of

# Answers that are no page to look at: a file, a calendar, an icon that is not there.
NO_PAGE = {
    "people:consent_paper",
    "people:consent_kept_paper",
    "support:mandate_text_paper",
    "deliberation:results_csv",
    "deliberation:results_json",
    "deliberation:wall",
    "deliberation:notice",
    "deliberation:releases_csv",
    "paper:ballot_pile_pdf",
    "support:mandate_paper",
    "support:consultation_paper",
    "support:take_home_pdf",
    # An address that is given once.
    "inquiry:given",
    "deliberation:meeting_paper",
    "deliberation:meeting_send",
    "resources:sheet_pdf",
    "training:paper_file",
    "support:calendar_feed",
    "positioning:result_pdf",
    "threads:thread_pdf",
    "training:visit_pdf",
    "training:day_lists_pdf",
    "rights:hand_over_pdf",
    "rights:hand_over_json",
    "paper:batch_pdf",
    "paper:batch_list",
    "paper:picture",
    "paper:strip",
    "no_icon",
    "recovery_paper",
    "slip_paper",
    "paper:ballot_strip",
    "training:import_model",
    "training:import_problems",
    "training:presence_send",
    "training:presence_worker",
}
# Looked at on the way of someone who goes through them: test_entering.
ON_THE_WAY = {
    "kept_words",
    "locked",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_edit_webauthn",
    "mfa_login_webauthn",
    "mfa_remove_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
    "centres:slip",
}
# Looked at on the telephone of someone with a card, in seven languages: test_own_page.
OF_A_PERSON = {page.name for page in PAGES if page.name.startswith("own:")}
# Looked at on the telephone of someone with a voice card: test_voice.
OF_A_VOICE = {page.name for page in PAGES if page.name.startswith("voice:")}
# Closed as soon as anyone is there: it is looked at in an empty copy.
EMPTY_COPY = {"centres:first_house"}
ABOUT_A_PERSON = {
    "note": Note,
    "request": HelpRequest,
    "appointment": Appointment,
    "delay": Delay,
    "procedure": Procedure,
    "step": AgreedStep,
    "intervention": Intervention,
    "mandate": Mandate,
    "consultation": Consultation,
}
RUNS_THE_HOUSE = (Member.Role.ADMINISTRATOR, Member.Role.COORDINATOR)
POSITIONINGS = {"positioning": "screen", "spoken": "voice", "noted": "afterwards"}


def things(person: Person, member: Member) -> dict[str, Any]:
    """One of each kind that the pages are about: those of this person first, then any of the
    centre. `member` is whoever opens the pages. What is not planted is left out."""
    centre, annotation = member.centre, Annotation.objects.filter(author=member).first()
    followed = Person.objects.followed_by(actor_of(member))
    colleagues = Member.objects.active().of_centre(centre.pk).exclude(pk=member.pk)
    found: dict[str, Any] = {
        "person": person,
        "purpose": "contact",
        "kind": "note",
        "what": "password",
        "wrong_code": "aaaaaaaaaaaa",
        "framework": "digcomp-3.0",
        "item": "1.1",
        "bank": "everyday",
        "family": "health",
        "code": "7K3MQ-9XT2H-FD8CB",
        "asked": "send-photo",
        "sheet_name": pages_of_paper.SHEET,
        "asked_on_paper": "reply",
        "number": "0",
        "sheet": "support.request",
        "needing": banks.find("everyday").needs[0].item,
        "needed": banks.find("everyday").needs[0].needs,
        "annotation": annotation,
        "team": member.teams.first(),
        # Whoever runs the house opens pages about others, and none of them about oneself.
        "member": colleagues.exclude(role__in=RUNS_THE_HOUSE).first(),
        "feed": CalendarFeed.objects.filter(member=member).first(),
        "merge": Merge.objects.filter(kept=person, undone_at=None).first(),
        "twin": followed.filter(call_name=person.call_name).exclude(root=person).first(),
        "waiting": HelpRequest.objects.waiting_in(centre.pk).first(),
        "entry": Entry.objects.filter(person=person).first(),
        "replacement": Replacement.objects.of_centre(centre.pk).first(),
        "sharing": Sharing.objects.filter(person=person, recipient=member).first(),
        "moment": MomentApart.objects.filter(centre=centre).first(),
        "right": RightsRequest.objects.open().filter(subject=person.subject).first(),
        "purge": Purge.objects.filter(centre=centre).first(),
        "archive": Archive.objects.filter(centre=centre).first(),
        "opening": ArchiveOpening.objects.filter(archive__centre=centre).first(),
        "consent": Consent.objects.open().filter(subject=person.subject).first(),
    }
    found |= {"year": str(timezone.localdate().year), "draw": "7"}
    found |= trained_by(member)
    found |= entered(member)
    found |= imported(member)
    found |= on_paper(person, member)
    found |= counted_by(member)
    found |= inquired(member)
    found |= asked_by(member)
    made = Positioning.objects.made_by(actor_of(member)).of_file(person)
    for kind, channel in POSITIONINGS.items():
        found[kind] = made.filter(channel=channel).first()
    for kind, model in ABOUT_A_PERSON.items():
        found[kind] = model.objects.filter(person=person).last()
    return {kind: thing for kind, thing in found.items() if thing}


def inquired(member: Member) -> dict[str, Any]:
    """A problem that is linked and stands on something, one testimony, a draft of this member."""
    actor = actor_of(member)
    problems = Problem.objects.visible_to(actor).exclude(passages=None)
    problem = problems.order_by("title", "pk").first()
    if problem is None:
        return {}
    return {
        "problem": problem,
        "testimony": Testimony.objects.visible_to(actor).standing().first(),
        "draft": Draft.objects.visible_to(actor).first(),
        "tied_kind": "resource",
        "resource": Resource.objects.visible_to(actor).first(),
    }


def asked_by(member: Member) -> dict[str, Any]:
    """A question of which much is told, one that is prepared, a statement and one proposed; what
    happens in a room; a question that is over, what is proposed, objected and decided there."""
    questions = Question.objects.visible_to(actor_of(member)).order_by("words", "pk")
    opened = questions.filter(opened_on__isnull=False)
    question = opened.filter(counters__member=member).first()
    prepared = questions.filter(opened_on=None).first()
    proposals = Statement.objects.waiting().filter(question__in=questions)
    meeting = Meeting.objects.filter(question__in=questions).first()
    objection = Objection.objects.standing().filter(proposal__question__in=questions).first()
    over = objection and objection.proposal.question
    return {
        "pile_name": "deliberation.voices",
        "over_question": over,
        "asked_again": opened.filter(round=2).first(),
        "past_round": "1",
        "put": objection and objection.proposal,
        # By its key: the row itself is written anew as others come.
        "objection": objection and str(objection.key),
        "decision": over and over.decisions.first(),
        "meeting": meeting,
        "agenda_line": meeting and meeting.items.last(),
        "count_of_hands": ShowOfHands.objects.filter(question__in=questions).first(),
        "question": question,
        "prepared_question": prepared,
        "statement": prepared and prepared.statements.first(),
        "proposal": proposals.first(),
    }


def trained_by(member: Member) -> dict[str, Any]:
    """A workshop with people, its latest session that has begun, and one who is expected."""
    rows = Workshop.objects.visible_to(actor_of(member)).exclude(participations=None)
    workshop = rows.order_by("name", "pk").first()
    if workshop is None:
        return {}
    begun = TrainingSession.objects.filter(workshop=workshop, day__lte=timezone.localdate())
    session = begun.order_by("-day", "-starts_at").first()
    return {
        "workshop": workshop,
        "training_session": session,
        "participation": workshop.participations.first(),
        "presence_list": PresenceList.objects.filter(session__team=workshop.team).first(),
    }


def entered(member: Member) -> dict[str, Any]:
    """An entry in a track of which most is written, and one of each thing written of it."""
    entries = Enrolment.objects.visible_to(actor_of(member)).exclude(evaluations=None)
    entry = entries.order_by("entered_on", "pk").first()
    if entry is None:
        return {}
    return {
        "enrolment": entry,
        "track": entry.track,
        "evidence": entry.evidence.filter(correction=None).first(),
        "absence": entry.absences.filter(correction=None).first(),
        "placement": entry.placements.filter(correction=None).first(),
        "evaluation": entry.evaluations.filter(correction=None).first(),
        "paper_of_hours": "contract",
        "paper_of_told": "plan",
        "paper_month": "202601",
        **printed_for(member),
    }


def printed_for(member: Member) -> dict[str, Any]:
    """A document of each wall, that this member reads."""
    rows = PrintedDocument.objects.visible_to(actor_of(member)).order_by("made_at", "pk")
    return {f"printed_{wall}": rows.filter(wall=wall).first() for wall in Wall.values}


def imported(member: Member) -> dict[str, Any]:
    """A spreadsheet that waits, and one that was imported."""
    files = ImportedFile.objects.visible_to(actor_of(member))
    return {
        "import_waiting": files.waiting().first(),
        "import_kept": files.filter(kept_at__isnull=False, undone_at=None).first(),
    }


def on_paper(person: Person, member: Member) -> dict[str, Any]:
    """The page of this person that came back and waits, and what it is a part of."""
    rows = Scan.objects.visible_to(actor_of(member)).standing().exclude(state=State.CLOSED)
    rows = rows.filter(page__copy__subject=person.subject)
    scan = rows.select_related("page__copy__printing__sheet", "file__pile").first()
    if scan is None or scan.page is None:
        return {}
    copy = scan.page.copy
    return {
        "scan": scan,
        "copy": copy,
        "batch": copy.printing,
        "printed": copy.printing.sheet,
        "pile": scan.file.pile,
    }


def counted_by(member: Member) -> dict[str, Any]:
    """A count of ballots that this member reads, and a strip that waits."""
    counts = BallotCount.objects.read_by(actor_of(member)).open()
    count = counts.filter(is_apart=False).first()
    pile = {"paper_pile": counts.filter(is_apart=True).first()}
    return pile | ({"count": count, "strip": count.doubts.first()} if count else {})


def address(page: Page, found: dict[str, Any]) -> str:
    parts = [found[kind] for kind in filter(None, page.about.split(","))]
    arguments = [part if isinstance(part, str) else part.pk for part in parts]
    person = getattr(found.get("person"), "pk", "")
    return reverse(page.name, args=arguments) + query_of(page, person)


def to_look_at() -> Iterator[Page]:
    """Every page that draws something for someone who is signed in."""
    elsewhere = NO_PAGE | ON_THE_WAY | OF_A_PERSON | OF_A_VOICE | EMPTY_COPY | {"account_login"}
    for page in PAGES:
        if page.read != NO_GET and page.name not in elsewhere:
            yield page


def room_of(page: Page) -> str:
    return page.name.rpartition(":")[0]


# The pages by rooms, in shares of about the same length, so that workers finish together.
SHARES = {
    "the daily work": {"support", "training"},
    "people and rights": {"people", "rights", "paper"},
    "what one can do": {"competences", "positioning", "relations", "ui"},
}
SHARES["the house"] = {room_of(page) for page in PAGES} - set().union(*SHARES.values())


def share(name: str) -> list[Page]:
    return [page for page in to_look_at() if room_of(page) in SHARES[name]]
