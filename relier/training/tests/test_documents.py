"""Documents of training: from the facts, kept to the byte, and what changed since."""

import hashlib
from datetime import date, time
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from pypdf.generic import BooleanObject

from relier.centres.access import Refused
from relier.paper.tests.reading import opened, printed, read_aloud, said
from relier.privacy.sealed import Sealed
from relier.training import figures
from relier.training.actions import conditions, journeys, sessions, tracks
from relier.training.documents import drawing, keeping
from relier.training.documents.about import About
from relier.training.documents.content import fingerprint
from relier.training.documents.kinds import KINDS, LAYOUT, OF_AN_ENTRY
from relier.training.models import PrintedDocument, PrintedFile
from tests import factories as make

from . import stories
from .stories import MONDAY, day

ON = date(2026, 3, 3)
PACKAGE = Path(__file__).parents[1]


def about(training, **more):
    enrolment = training.enrolment
    details = {"enrolment": enrolment, "track": enrolment.track, **more}
    return About(training.house.centre, more.pop("on", ON), **details)


def make_one(training, key, by=None, language="fr", **more):
    of = about(training, **more)
    return keeping.print_document(KINDS[key], of, by=by or training.nour, language=language)


def pdf_of(document):
    return document.files.get(form="pdf").read()


@pytest.fixture
def full(training):
    """Awa, with all that her documents want."""
    training.follows(0)
    training.follows(1, minutes=345)
    journeys.make_plan(training.enrolment, on=day(10), words="Le tableur.", by=training.nour)
    journeys.attest(
        training.enrolment, on=day(20), acquired="Se servir du tableur.", project="Un stage secret",
        by=training.nour,
    )  # fmt: skip
    workshop = sessions.open_workshop(
        "Tableur", team=training.house.team, track=training.track, by=training.bram
    )
    sessions.plan_session(
        "Tableur", day=date(2026, 3, 4), starts_at=time(9, 30), minutes=180, place="Salle 2",
        team=training.house.team, track=training.track, workshop=workshop, by=training.bram,
    )  # fmt: skip
    sessions.expect([training.house.awa], workshop, from_on=ON, by=training.bram)
    return training


KEYS = [kind.key for kind in OF_AN_ENTRY if kind.key != "digistart"]


def period_of(key):
    return {"period": 202601} if KINDS[key].of_month else {}


# --- on paper ------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_document_is_tagged_titled_and_says_its_language(full, key, language):
    pdf = opened(pdf_of(make_one(full, key, language=language, **period_of(key))))

    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == BooleanObject(True)
    assert root["/Lang"].startswith(language)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == BooleanObject(True)
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert pdf.metadata.title == PrintedDocument.objects.get().content["title"]


@pytest.mark.parametrize("key", KEYS)
def test_a_voice_reads_the_title_first_then_what_the_eye_reads(full, key):
    tags = read_aloud(pdf_of(make_one(full, key, **period_of(key))))

    spoken = [tag for tag in tags if tag.text.strip()]
    assert spoken[0].role == "H1"
    assert any(tag.role == "TH" for tag in tags) == (key not in {"plan", "end"})


def test_the_contract_says_the_programme_and_its_hours(full):
    words = said(pdf_of(make_one(full, "contract")))

    assert words[0] == "Contrat pédagogique"
    whole = printed(pdf_of(PrintedDocument.objects.get(kind="contract")))
    for piece in ("AwaDiallo", "Tableur600,00", "Texte400,00", "Entout1000,00", "30jours"):
        assert piece.replace("1000", "1 000").replace(" ", "") in whole.replace("\u202f", "")


def test_the_plan_holds_what_was_agreed_and_what_it_said_before(full):
    plan = full.enrolment.plans.get()
    journeys.change_plan(
        plan, {"words": "Le texte.", "on": day(30)}, by=full.nour, form_key=uuid4()
    )

    words = printed(pdf_of(make_one(full, "plan")))

    assert words.index("Letexte.") < words.index("Letableur.")


def test_the_statement_for_the_person_says_their_hours_in_plain_words(full):
    words = printed(pdf_of(make_one(full, "hours")))

    assert "Vousavezsuivilaformationpendant:11h45" in words.replace("\u00a0", "")
    assert "Dites-le-nous." in words


def test_no_document_of_hours_says_a_ground(training):
    for number in range(4):
        training.follows(number)
    training.follows(7, minutes=0, missed=120)

    assert figures.minutes_of(training.enrolment).assimilated
    for key in ("hours", "month"):
        words = printed(pdf_of(make_one(training, key, **period_of(key)))).casefold()
        assert "motif" not in words
        assert "justif" not in words


def test_no_evaluation_and_no_project_stands_on_any_document(full):
    journeys.evaluate(full.enrolment, "entry", "Un mot intime", on=day(3), by=full.nour)

    for key in KEYS:
        words = printed(pdf_of(make_one(full, key, **period_of(key))))
        assert "intime" not in words
        assert "stagesecret" not in words


def test_a_convocation_names_the_day_and_where_and_a_message_says_the_same(full):
    words = printed(pdf_of(make_one(full, "convocation")))
    with translation.override("fr"):
        from relier.training.documents.for_the_person import message

        text = message(about(full))

    assert "Mercredi4mars2026" in words
    assert "Salle2" in words
    assert "Nous vous attendons mercredi 4 mars 2026, à 9\u00a0h\u00a030." in text
    assert len(text) < 320


def test_hostile_words_are_printed_as_they_are(training):
    journeys.make_plan(
        training.enrolment, on=day(1), words='#set page(fill: red) *gras* $x$ "\\', by=training.nour
    )

    assert '#setpage(fill:red)*gras*$x$"\\' in printed(pdf_of(make_one(training, "plan")))


# --- the approval --------------------------------------------------------------------------------


def approve(training):
    tracks.add_approval(
        "25/001", scheme="cisp", from_on=date(2024, 1, 1), until_on=date(2029, 12, 31),
        by=training.coordinator,
    )  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_the_mention_and_number_of_the_approval_stand_on_it(full, key):
    approve(full)

    words = printed(pdf_of(make_one(full, key, **period_of(key))))

    assert "CentreagrééparlaRégionwallonnesouslen°25/001" in words.replace("\u00a0", "")


def test_a_dated_setting_says_where_the_mention_stands(full):
    approve(full)
    tracks.change_rule(
        "mention_on_statements", from_on=date(2026, 1, 1), value=0, source="Circulaire",
        reason="La page des heures n’est pas un acte", by=full.coordinator,
    )  # fmt: skip

    assert "25/001" not in printed(pdf_of(make_one(full, "hours")))
    assert "25/001" in printed(pdf_of(make_one(full, "contract")))


def test_without_an_approval_that_day_no_number_is_made_up(full):
    assert "agréé" not in printed(pdf_of(make_one(full, "contract")))


# --- kept ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", KEYS)
def test_it_is_printed_again_to_the_byte_after_facts_changed(full, key):
    document = make_one(full, key, **period_of(key))
    before = {file.form: file.read() for file in document.files.all()}
    full.house.centre.name = "Un autre nom"
    full.house.centre.save()
    full.follows(2)

    again = PrintedDocument.objects.get(pk=document.pk)

    assert {file.form: file.read() for file in again.files.all()} == before
    assert {form: hashlib.sha256(data).hexdigest() for form, data in before.items()} == {
        file.form: file.sha256 for file in again.files.all()
    }


@pytest.mark.parametrize("key", KEYS)
def test_drawn_again_from_what_was_kept_it_is_the_same_to_the_byte(full, key):
    document = PrintedDocument.objects.get(pk=make_one(full, key, **period_of(key)).pk)

    for file in document.files.all():
        assert keeping.drawn(document, file.form) == file.read()
    assert document.sha256 == fingerprint(
        document.content, kind=key, template=document.template, language="fr"
    )


def test_what_it_says_and_its_bytes_are_sealed(full):
    document = make_one(full, "plan")
    file = document.files.get()

    row = PrintedDocument.objects.filter(pk=document.pk).values("content").get()
    assert isinstance(row["content"], Sealed)
    assert "tableur" not in row["content"]
    assert b"%PDF" not in bytes(PrintedFile.objects.get(pk=file.pk).sealed)


def test_sent_twice_it_is_kept_once(full):
    key = uuid4()
    for _ in range(2):
        keeping.print_document(
            KINDS["contract"], about(full), by=full.nour, language="fr", form_key=key
        )

    assert PrintedDocument.objects.count() == 1


def test_its_page_says_which_facts_changed_since(full):
    document = make_one(full, "hours")
    assert keeping.since(document).is_the_same

    full.follows(2)
    approve(full)

    with translation.override("en"):
        since = keeping.since(PrintedDocument.objects.get(pk=document.pk))
        assert [str(fact) for fact in since.facts] == ["the approval", "the hours"]
    assert pdf_of(document)


def test_another_template_is_said_too(full):
    document = make_one(full, "contract")
    PrintedDocument.objects.filter(pk=document.pk).update(template="contract-0-0")

    assert keeping.since(PrintedDocument.objects.get(pk=document.pk)).template


def test_printing_anew_leaves_the_earlier_one(full):
    first = make_one(full, "hours")
    full.follows(2)
    second = make_one(full, "hours")

    assert first.sha256 != second.sha256
    assert PrintedDocument.objects.filter(kind="hours").count() == 2


def test_no_plan_no_paper(training):
    with pytest.raises(ValidationError, match="not written yet"):
        make_one(training, "plan")


def test_a_template_that_changes_has_another_number():
    """Whoever changes the drawing raises LAYOUT in kinds.py, then writes its fingerprint here."""
    source = (PACKAGE / "typst" / "paper.typ").read_bytes()

    assert (LAYOUT, hashlib.sha256(source).hexdigest()[:16]) == (1, "9fd925f615e04197")
    assert drawing.PAPER.file == PACKAGE / "typst" / "paper.typ"


# --- Digistart -----------------------------------------------------------------------------------


@pytest.fixture
def digistart(house):
    started = stories.begin(house, units=(("Le clavier", 40 * 60),), scheme="digistart")
    for number in (0, 1, 2):
        started.follows(number)
    journeys.attest(started.enrolment, on=day(9), acquired="Le clavier.", by=started.nour)
    return started


def test_the_condition_is_shown_by_a_positioning_or_by_anything_else(digistart):
    with pytest.raises(ValidationError, match="condition"):
        make_one(digistart, "digistart")

    for how, words in (("talk", "unentretien"), ("position", "unpositionnement")):
        conditions.say_condition(
            digistart.enrolment, how, on=MONDAY, by=digistart.nour, form_key=uuid4()
        )
        paper = printed(pdf_of(make_one(digistart, "digistart")))
        assert words in paper
        assert "Leclavier." in paper


def test_a_cisp_entry_has_no_condition_to_show(training):
    with pytest.raises(ValidationError, match="Digistart"):
        conditions.say_condition(training.enrolment, "talk", on=MONDAY, by=training.nour)


# --- walls ---------------------------------------------------------------------------------------


def test_whoever_may_not_write_it_may_not_print_it(full):
    zoe = make.actor(full.house.zoe)
    rosa = make.actor(full.house.reception)
    for by, key in ((zoe, "contract"), (rosa, "contract"), (full.coordinator, "plan")):
        with pytest.raises(Refused):
            make_one(full, key, by=by)


def test_the_coordinator_sees_papers_of_hours_and_none_of_what_is_told(full):
    for key in ("contract", "plan", "end"):
        make_one(full, key)

    seen = PrintedDocument.objects.visible_to(full.coordinator).values_list("kind", flat=True)
    assert set(seen) == {"contract"}
    assert PrintedDocument.objects.visible_to(full.bram).count() == 3
    assert not PrintedDocument.objects.visible_to(make.actor(full.house.zoe)).exists()
