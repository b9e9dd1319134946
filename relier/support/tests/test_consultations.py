"""The register of BCSS consultations: the person first, then their agreement, then that it took
place. What it showed is kept nowhere, because there is nowhere to keep it."""

import io

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from relier.centres.models import Centre
from relier.journal.models import Line
from relier.people.actions import merge
from relier.privacy.actions import erase, hand_over
from relier.support.actions import consultations as actions
from relier.support.lists import rows_of
from relier.support.mandates import consultation_text
from relier.support.models import Consultation
from relier.support.models.consultations import Closed
from tests import factories as make

from .pages import told

TODAY = timezone.localdate()

# Every column there is, and why a result could not stand in it. A new one needs its reason here.
COLUMNS = {
    "id": "an opaque number",
    "centre": "a key",
    "person": "a key",
    "purpose": "a key of a list, said before the consultation",
    "purpose_words": "the words of that list, copied: nobody types them",
    "begun_by": "a key",
    "begun_at": "a moment, by the clock",
    "declaration": "free, but closed by the consultation",
    "declared_at": "a moment, by the clock",
    "declared_by": "a key",
    "agreed_on": "a day, before the consultation",
    "agreed_how": "one of three",
    "helper": "a name, closed by the consultation",
    "text": "the text that was read, assembled: nobody types it",
    "text_hash": "computed",
    "text_version": "of the text",
    "language": "of the text",
    "received_by": "a key",
    "consulted_on": "a day",
    "consulted_by": "a key",
    "quality": "a key of a list",
    "quality_words": "the words of that list, copied: nobody types them",
    "form_key": "an opaque number",
}


@pytest.fixture
def cpas(house):
    Centre.objects.filter(pk=house.centre.pk).update(kind=Centre.Kind.CPAS)
    return house


def row(house, of, key):
    return rows_of(of, house.centre.pk, on=TODAY)[key]


def begun(house, declaration="I have no work since June.", person=None):
    return actions.begin_consultation(
        person or house.awa, purpose=row(house, "purposes", "income"), declaration=declaration,
        by=make.actor(house.nour),
    )  # fmt: skip


def agreed(house, line):
    template, text = consultation_text(row(house, "purposes", "income"), language="fr")
    return actions.agree_first(
        line, template, text, how="paper", on=TODAY, by=make.actor(house.nour)
    )


def noted(house, line):
    return actions.note_consultation(
        line, on=TODAY, quality=row(house, "qualities", "asked"), by=make.actor(house.nour)
    )


def page_of(line, name="consultation"):
    return reverse(f"support:{name}", args=[line.pk])


# --- nowhere to keep a result ---


def test_every_column_has_a_reason_not_to_hold_a_result():
    assert {field.name for field in Consultation._meta.get_fields()} == set(COLUMNS)


def test_nothing_else_hangs_on_a_consultation():
    assert Consultation._meta.related_objects == ()


def test_after_the_consultation_no_field_is_offered_at_all(cpas, enter):
    line = noted(cpas, agreed(cpas, begun(cpas)))

    page = told(enter(cpas.nour).get(page_of(line)))

    main = page[page.index("<main") : page.index("</main>")]
    assert "<textarea" not in main
    assert "<input" not in main


def test_the_step_of_the_consultation_has_no_free_field(cpas, enter):
    line = agreed(cpas, begun(cpas))

    page = told(enter(cpas.nour).get(page_of(line)))

    main = page[page.index("<main") : page.index("</main>")]
    assert "<textarea" not in main
    assert 'type="text"' not in main


def test_what_the_person_said_is_closed_by_the_consultation(cpas):
    line = noted(cpas, begun(cpas, declaration=""))

    with pytest.raises(actions.AlreadyConsulted):
        actions.declare_first(line, "seen: salary", by=make.actor(cpas.nour))
    with pytest.raises(actions.AlreadyConsulted):
        agreed(cpas, line)
    line.declaration = "seen: salary"
    with pytest.raises(Closed):
        line.save()

    line.refresh_from_db()
    assert line.declaration == ""


def test_what_the_person_said_is_said_once(cpas):
    line = begun(cpas)

    actions.declare_first(line, "Something else.", by=make.actor(cpas.nour))

    line.refresh_from_db()
    assert line.declaration == "I have no work since June."


def test_a_form_kept_open_since_before_adds_nothing(cpas, enter):
    line = begun(cpas, declaration="")
    client = enter(cpas.nour)
    noted(cpas, line)

    answer = client.post(
        page_of(line), {"step": "declare", "declaration": "seen: salary"}, follow=True
    )

    assert "nothing more is written before it" in told(answer)
    line.refresh_from_db()
    assert line.declaration == ""


# --- in order, and what is missing ---


def test_the_steps_in_order_are_kept_with_who_and_when(cpas, enter):
    client = enter(cpas.nour)
    client.post(
        reverse("support:consultations", args=[cpas.awa.pk]),
        {"purpose": "income", "declaration": "I have no work."},
    )
    line = Consultation.objects.get()
    text = page_of(line, "consultation_text") + "?language=fr"
    shown = client.get(text).context["form"]["shown"].value()
    client.post(text, {"answer": "yes", "shown": shown, "how": "paper"})
    client.post(page_of(line), {"step": "consult", "on": TODAY, "quality": "asked"})

    line.refresh_from_db()
    assert (line.declared_by, line.received_by, line.consulted_by) == (cpas.nour,) * 3
    assert "votre demande de revenu d’intégration" in line.text
    assert line.text_hash == shown
    assert (line.consulted_on, line.quality) == (TODAY, "asked")


def test_a_missing_declaration_or_agreement_shows_in_words(cpas, enter):
    line = noted(cpas, begun(cpas, declaration=""))
    client = enter(cpas.nour)

    one = told(client.get(page_of(line)))
    listed = told(client.get(reverse("support:consultations", args=[cpas.awa.pk])))

    assert "Missing: nothing was kept of what the person said" in one
    assert "Missing: no written agreement" in one
    assert "no declaration before" in listed
    assert "no agreement before" in listed


def test_before_it_is_noted_the_page_says_what_is_missing_and_blocks_nothing(cpas, enter):
    line = begun(cpas, declaration="")
    client = enter(cpas.nour)

    asked = told(client.get(page_of(line)))
    client.post(page_of(line), {"step": "consult", "on": TODAY, "quality": "asked"})

    assert "Their written agreement is not there yet." in asked
    line.refresh_from_db()
    assert line.closed


def test_a_refusal_is_written_nowhere_and_what_it_entails_is_said(cpas, enter):
    line = begun(cpas)
    client = enter(cpas.nour)
    address = page_of(line, "consultation_text")
    text = told(client.get(address))
    lines = Line.objects.count()

    no = told(client.post(address, {"answer": "no"}))

    assert "Without these papers, the answer may also be no." in text
    assert "We did not write down your answer." in no
    line.refresh_from_db()
    assert line.agreed_on is None
    assert Line.objects.count() == lines


def test_noted_twice_the_first_stands_and_has_one_line(cpas):
    line = noted(cpas, begun(cpas))

    again = actions.note_consultation(
        line, on=TODAY, quality=row(cpas, "qualities", "helped"), by=make.actor(cpas.nour)
    )

    assert again.quality == "asked"
    assert Line.objects.filter(kind="support.consultation_noted").count() == 1


def test_the_database_wants_who_and_under_which_code(cpas):
    line = begun(cpas)

    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.filter(pk=line.pk).update(consulted_on=TODAY)


def test_the_journal_has_no_word_of_it(cpas):
    noted(cpas, begun(cpas, declaration="canary-heron"))

    kept = list(Line.objects.filter(kind__startswith="support.consultation"))
    assert len(kept) == 2
    assert "canary-heron" not in str([line.details for line in kept])


def test_the_agreement_prints_the_same_words(cpas, enter, monkeypatch):
    line = agreed(cpas, begun(cpas))

    answer = enter(cpas.nour).get(page_of(line, "consultation_paper"))

    reader = PdfReader(io.BytesIO(answer.content))
    read = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    for sentence in filter(None, line.text.split("\n")):
        assert " ".join(sentence.split()) in read
    assert line.text_hash in reader.metadata.keywords


# --- whose it is ---


def test_a_centre_that_is_no_cpas_has_no_register(house, enter):
    line = make.ConsultationFactory(person=house.awa, begun_by=house.nour)
    client = enter(house.nour)

    for address in (
        page_of(line),
        page_of(line, "consultation_text"),
        page_of(line, "consultation_paper"),
        reverse("support:consultations", args=[house.awa.pk]),
    ):
        assert client.get(address).status_code == 404
    with pytest.raises(Http404):
        begun(house)
    file = told(client.get(reverse("file", args=[house.awa.pk])))
    assert "BCSS" not in file


def test_in_a_cpas_someone_not_bound_finds_nothing_and_no_hint(cpas, enter):
    line = begun(cpas)
    bram = enter(cpas.bram)

    assert bram.get(page_of(line)).status_code == 404
    assert "BCSS" not in told(bram.get(reverse("file", args=[cpas.awa.pk])))
    assert "BCSS consultations" in told(enter(cpas.nour).get(reverse("file", args=[cpas.awa.pk])))


def test_those_of_a_merged_file_are_found_together(cpas):
    twin = make.PersonFactory(centre=cpas.centre, followed_by=cpas.team)
    both = {begun(cpas), begun(cpas, person=twin)}
    merge(cpas.awa, twin, by=make.actor(cpas.nour))

    assert set(Consultation.objects.of_file(cpas.awa.root.file_ids)) == both


def test_it_is_handed_over_and_erased_with_the_rest(cpas):
    begun(cpas, declaration="canary-heron")
    make.MandateFactory(person=cpas.awa, received_by=cpas.nour)
    by = make.actor(cpas.nour)

    held = hand_over([cpas.awa.pk], by=by)
    erase([cpas.awa.pk], by=by)

    assert held["support.Consultation"]["rows"][0]["declaration"] == "canary-heron"
    assert held["support.MandateScope"]["rows"][0]["words"] == "your health"
    assert not Consultation.objects.exists()


@pytest.mark.parametrize("count", [3, 60])
def test_the_list_costs_the_same(cpas, enter, count, django_assert_max_num_queries):
    for _number in range(count):
        make.ConsultationFactory(person=cpas.awa, begun_by=cpas.nour, done=True)
    client = enter(cpas.nour)
    address = reverse("support:consultations", args=[cpas.awa.pk])
    client.get(address)

    with django_assert_max_num_queries(10):
        client.get(address)
