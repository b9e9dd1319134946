"""The same people in every test: Awa is accompanied; Nour works with her, bound by secrecy;
Bram trains, not bound; Zoé works in another centre and must never see Awa."""

from datetime import date, timedelta

import factory
from allauth.mfa.models import Authenticator
from django.utils import timezone
from factory.django import DjangoModelFactory

from relier.accounts.models import Stay, User
from relier.centres.middleware import actor_of
from relier.centres.models import Centre, Federation, Member, Slip, Team
from relier.paper.models import (
    Copy,
    Decision,
    Picture,
    Pile,
    PrintedPage,
    PrintedSheet,
    Printing,
    ReceivedFile,
    Scan,
    State,
)
from relier.paper.reading.layouts import Layout, Page
from relier.people.models import (
    Audience,
    Entry,
    Following,
    Note,
    Person,
    Replacement,
    Sharing,
)
from relier.people.search import rebuild_name_keys
from relier.privacy.models import Card, Subject
from relier.support.models import (
    AgreedStep,
    Appointment,
    Consultation,
    Delay,
    HelpRequest,
    Intervention,
    Mandate,
    MandateScope,
    MomentApart,
    Procedure,
    ProcedureNews,
)


class FederationFactory(DjangoModelFactory):
    class Meta:
        model = Federation

    name = factory.Sequence(lambda n: f"Federation {n}")


class CentreFactory(DjangoModelFactory):
    class Meta:
        model = Centre

    name = factory.Sequence(lambda n: f"Les Passerelles {n}")
    kind = Centre.Kind.CISP
    phone = "04 000 00 00"
    address = "rue Inventée 1, 4000 Liège"


class TeamFactory(DjangoModelFactory):
    class Meta:
        model = Team

    centre = factory.SubFactory(CentreFactory)
    name = factory.Sequence(lambda n: f"Team {n}")


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"member{n}@example.invalid")
    name = factory.Sequence(lambda n: f"Member {n}")
    language = "en"
    password = factory.django.Password("correct horse battery")


class MemberFactory(DjangoModelFactory):
    """A member of a centre; `teams=[team]` puts them in teams."""

    class Meta:
        model = Member
        skip_postgeneration_save = True

    class Params:
        of_federation = factory.Trait(
            role=Member.Role.FEDERATION,
            centre=None,
            federation=factory.SubFactory(FederationFactory),
        )

    user = factory.SubFactory(UserFactory)
    centre = factory.SubFactory(CentreFactory)
    role = Member.Role.SOCIAL_WORKER
    status = Member.Status.BOUND

    @factory.post_generation
    def teams(self, create, extracted, **kwargs):
        if create and extracted:
            self.teams.set(extracted)


class StayFactory(DjangoModelFactory):
    class Meta:
        model = Stay

    user = factory.SubFactory(UserFactory)
    session_key = factory.Sequence(lambda n: f"session{n}")
    device = "Firefox/Windows"
    shared = True


class PasskeyFactory(DjangoModelFactory):
    """A key that opens nothing: only its place in the lists is looked at."""

    class Meta:
        model = Authenticator

    user = factory.SubFactory(UserFactory)
    type = Authenticator.Type.WEBAUTHN
    data = factory.LazyFunction(lambda: {"name": "my telephone", "credential": {}})


class SlipFactory(DjangoModelFactory):
    class Meta:
        model = Slip

    member = factory.SubFactory(MemberFactory)
    author = factory.SubFactory(MemberFactory)
    what = Slip.What.PASSWORD
    code_hash = factory.Sequence(lambda n: f"{n:064}")
    made_at = factory.LazyFunction(timezone.now)
    ends_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))


class SubjectFactory(DjangoModelFactory):
    class Meta:
        model = Subject

    centre = factory.SubFactory(CentreFactory)


class PersonFactory(DjangoModelFactory):
    """Someone accompanied; `followed_by=team` makes a team follow them, `worker=` their worker."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    centre = factory.SubFactory(CentreFactory)
    subject = factory.SubFactory(SubjectFactory, centre=factory.SelfAttribute("..centre"))
    call_name = factory.Sequence(lambda n: f"Person {n}")

    @factory.post_generation
    def followed_by(self, create, extracted, **kwargs):
        if create and extracted:
            Following.objects.create(person=self, team=extracted, worker=kwargs.get("worker"))

    @factory.post_generation
    def name_keys(self, create, extracted, **kwargs):
        if create:
            rebuild_name_keys([self])


class NoteFactory(DjangoModelFactory):
    class Meta:
        model = Note

    person = factory.SubFactory(PersonFactory)
    author = factory.SubFactory(MemberFactory)
    audience = Audience.SECRECY
    words = "She told me something."
    on = date(2026, 11, 23)


class EntryFactory(DjangoModelFactory):
    """A file opened with a reason, still open."""

    class Meta:
        model = Entry

    person = factory.SubFactory(PersonFactory)
    member = factory.SubFactory(MemberFactory, centre=factory.SelfAttribute("..person.centre"))
    reason = "She is at the door and her worker is ill."
    until = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=24))


class ReplacementFactory(DjangoModelFactory):
    """Someone joins a team until tomorrow."""

    class Meta:
        model = Replacement

    team = factory.SubFactory(TeamFactory)
    centre = factory.SelfAttribute("team.centre")
    member = factory.SubFactory(MemberFactory, centre=factory.SelfAttribute("..centre"))
    made_by = factory.SubFactory(MemberFactory, centre=factory.SelfAttribute("..centre"))
    until_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=1))


class SharingFactory(DjangoModelFactory):
    """A note shared until tomorrow."""

    class Meta:
        model = Sharing

    person = factory.SubFactory(PersonFactory)
    kind = Sharing.Kind.NOTE
    thing = factory.LazyAttribute(lambda made: NoteFactory(person=made.person).pk)
    sharer = factory.SubFactory(MemberFactory, centre=factory.SelfAttribute("..person.centre"))
    recipient = factory.SubFactory(MemberFactory, centre=factory.SelfAttribute("..person.centre"))
    same_mission = True
    interest = "So that the housing worker does not ask her twice."
    necessary = True
    informed = Sharing.Informed.ORALLY
    informed_on = factory.LazyFunction(timezone.localdate)
    until_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=1))


class CardFactory(DjangoModelFactory):
    class Meta:
        model = Card

    code_mac = factory.Sequence(lambda n: f"{n:064}")
    language = "fr"
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=365))


class HelpRequestFactory(DjangoModelFactory):
    class Meta:
        model = HelpRequest

    person = factory.SubFactory(PersonFactory)
    centre = factory.SelfAttribute("person.centre")
    heard_by = factory.SubFactory(MemberFactory)
    words = "I cannot open the letter on my telephone."
    received_on = date(2026, 11, 23)


class AppointmentFactory(DjangoModelFactory):
    class Meta:
        model = Appointment

    person = factory.SubFactory(PersonFactory)
    with_member = factory.SubFactory(MemberFactory)
    made_by = factory.SelfAttribute("with_member")
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=2))
    place = "room 2"


class DelayFactory(DjangoModelFactory):
    class Meta:
        model = Delay

    person = factory.SubFactory(PersonFactory)
    author = factory.SubFactory(MemberFactory)
    what = Delay.What.PAYMENT
    since = date(2026, 11, 16)


class ProcedureFactory(DjangoModelFactory):
    class Meta:
        model = Procedure

    person = factory.SubFactory(PersonFactory)
    author = factory.SubFactory(MemberFactory)
    about = "Ask again for the heating allowance"
    started_on = date(2026, 11, 23)


class ProcedureNewsFactory(DjangoModelFactory):
    class Meta:
        model = ProcedureNews

    procedure = factory.SubFactory(ProcedureFactory)
    author = factory.SelfAttribute("procedure.author")
    outcome = Procedure.Outcome.WAITING
    on = date(2026, 11, 23)


class AgreedStepFactory(DjangoModelFactory):
    class Meta:
        model = AgreedStep

    person = factory.SubFactory(PersonFactory)
    author = factory.SubFactory(MemberFactory)
    words = "I bring the letter."
    agreed_on = date(2026, 11, 23)


class InterventionFactory(DjangoModelFactory):
    class Meta:
        model = Intervention

    person = factory.SubFactory(PersonFactory)
    author = factory.SubFactory(MemberFactory)
    audience = Audience.SECRECY
    words = "We read the letter together."
    on = date(2026, 11, 23)


class MandateFactory(DjangoModelFactory):
    """Awa's mandate for her health insurance; `families=["tax"]` for others."""

    class Meta:
        model = Mandate
        skip_postgeneration_save = True

    person = factory.SubFactory(PersonFactory)
    received_by = factory.SubFactory(MemberFactory)
    duration = Mandate.Duration.ONE_MONTH
    starts_on = factory.LazyFunction(timezone.localdate)
    ends_on = factory.LazyAttribute(lambda mandate: mandate.starts_on + timedelta(days=29))
    ask_again_on = factory.LazyAttribute(lambda mandate: mandate.ends_on - timedelta(days=14))
    text = "You give a mandate."
    text_hash = "0" * 64
    text_version = "2026-11"
    language = "en"
    how = "orally"
    given_on = factory.SelfAttribute("starts_on")

    @factory.post_generation
    def families(self, create, extracted, **kwargs):
        for family in extracted or ["health"] if create else []:
            MandateScope.objects.create(mandate=self, family=family, words=f"your {family}")


class ConsultationFactory(DjangoModelFactory):
    """Begun, with what the person said first; `done=True` for one that took place."""

    class Meta:
        model = Consultation

    class Params:
        done = factory.Trait(
            consulted_on=date(2026, 11, 23),
            consulted_by=factory.SelfAttribute("begun_by"),
            quality="asked",
            quality_words="file under examination",
        )

    person = factory.SubFactory(PersonFactory)
    begun_by = factory.SubFactory(MemberFactory)
    purpose = "income"
    purpose_words = "your request for the integration income"
    declaration = "I have no work since June."
    declared_by = factory.SelfAttribute("begun_by")
    declared_at = factory.LazyFunction(timezone.now)


class MomentApartFactory(DjangoModelFactory):
    class Meta:
        model = MomentApart

    asked_by = factory.SubFactory(MemberFactory)
    centre = factory.SelfAttribute("asked_by.centre")
    asked_at = factory.LazyFunction(timezone.now)


class PrintedSheetFactory(DjangoModelFactory):
    class Meta:
        model = PrintedSheet

    name = "tests.sheet"
    version = "1"
    language = "fr"
    large = False
    keeps = "working"
    audience = "person"
    layout = Layout("tests.sheet", "1", "fr", False, (), (Page(1, (), (), (), (), {}),)).to_json()
    pdf_sha256 = "0" * 64
    digest = factory.Sequence(lambda n: f"{n:064}")


class PrintedPageFactory(DjangoModelFactory):
    """The one page of a copy printed for someone: `subject=`, `author=`."""

    class Meta:
        model = PrintedPage

    class Params:
        subject = factory.SubFactory(SubjectFactory)
        author = factory.SubFactory(MemberFactory)

    number = 1
    identifier = factory.Sequence(lambda n: f"{n:013}")
    short = factory.Sequence(lambda n: f"{n:08}")
    centre = factory.SelfAttribute("subject.centre")

    @factory.lazy_attribute
    def copy(self):
        batch = Printing.objects.create(
            centre=self.centre, sheet=PrintedSheetFactory(), by=self.author, at=timezone.now()
        )
        return Copy.objects.create(
            printing=batch, centre=self.centre, number=1, subject=self.subject
        )


class ReceivedFileFactory(DjangoModelFactory):
    class Meta:
        model = ReceivedFile

    class Params:
        author = factory.SubFactory(MemberFactory)

    centre = factory.SelfAttribute("author.centre")
    kind = ReceivedFile.Kind.PDF
    sha256 = factory.Sequence(lambda n: f"{n:064}")
    kept_sha256 = factory.SelfAttribute("sha256")
    size = kept_size = 5
    pages = 1
    key = "0" * 64
    received_at = factory.LazyFunction(timezone.now)

    @factory.lazy_attribute
    def pile(self):
        return Pile.objects.create(
            centre=self.centre, by=self.author, at=timezone.now(), how=Pile.How.SCAN
        )


class ScanFactory(DjangoModelFactory):
    """A page of `subject` that came back, received by `author`, with its picture."""

    class Meta:
        model = Scan
        skip_postgeneration_save = True

    class Params:
        subject = factory.SubFactory(SubjectFactory)
        author = factory.SubFactory(MemberFactory)

    centre = factory.SelfAttribute("author.centre")
    file = factory.SubFactory(ReceivedFileFactory, author=factory.SelfAttribute("..author"))
    page = factory.SubFactory(
        PrintedPageFactory,
        subject=factory.SelfAttribute("..subject"),
        author=factory.SelfAttribute("..author"),
    )
    number = 1
    state = State.READ
    reading = factory.LazyFunction(dict)
    received_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def picture(self, create, extracted, **kwargs):
        if create:
            Picture.of(self, extracted or b"a picture", pixels_a_mm=None).save()


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    class Params:
        subject = factory.SubFactory(SubjectFactory)
        author = factory.SubFactory(MemberFactory)

    scan = factory.SubFactory(
        ScanFactory,
        subject=factory.SelfAttribute("..subject"),
        author=factory.SelfAttribute("..author"),
    )
    centre = factory.SelfAttribute("author.centre")
    question = "words"
    given = factory.LazyFunction(dict)
    by = factory.SelfAttribute("author")
    at = factory.LazyFunction(timezone.now)


def rewrite(row, **values):
    """Someone changed the row meanwhile: a fresh copy of it, and `row` itself knows nothing."""
    fresh = type(row).objects.get(pk=row.pk)
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save()


def actor(member: Member):
    """The Actor of a member, as the middleware builds it."""
    return actor_of(member)
