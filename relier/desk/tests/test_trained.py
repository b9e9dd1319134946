"""Training in a person's file: what is under way, what is over, and the documents that are kept, as
far as each may read them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from relier.training.actions import enrolments, journeys
from relier.training.documents import keeping
from relier.training.documents.about import About
from relier.training.documents.kinds import KINDS
from relier.training.models import PrintedDocument
from relier.training.tests import stories
from tests import factories as make


@pytest.fixture
def training(house):
    return stories.begin(house)


@pytest.fixture
def kept(training):
    """Their contract, which says hours, and their plan, which is told."""
    house, entry = training.house, training.enrolment
    journeys.make_plan(entry, on=stories.MONDAY, words="Écrire", by=training.nour)
    about = About(house.centre, timezone.localdate(), entry, training.track)
    return {
        key: keeping.print_document(KINDS[key], about, by=training.nour, language="fr")
        for key in ("contract", "plan")
    }


def file_of(training, client):
    return client.get(reverse("file", args=[training.house.awa.pk]))


def papers(training):
    return reverse("training:entry_papers", args=[training.enrolment.pk])


def ends(training):
    yesterday = timezone.localdate() - timedelta(days=1)
    by = training.nour
    enrolments.end(training.enrolment, "completed", on=yesterday, by=by, form_key=uuid4())


@pytest.mark.parametrize("who", ["nour", "bram"])
def test_the_team_is_led_from_the_file_to_every_document(training, kept, enter, who):
    client = enter(getattr(training.house, who))

    answer = file_of(training, client)

    assert papers(training) in answer.text
    (one,) = answer.context["training"]
    assert one.documents == 2
    assert shown(client, training) == {"contract", "plan"}


def shown(client, training):
    """The kinds that the page of documents lists as kept, each of which opens."""
    page = client.get(papers(training)).context["page"]
    for document in page:
        assert client.get(reverse("training:paper", args=[document.pk])).status_code == 200
    return {document.kind for document in page}


def test_the_coordinator_of_no_team_of_theirs_reads_hours_and_nothing_told(training, kept, enter):
    client = enter(training.house.coordinator)

    assert shown(client, training) == {"contract"}
    told = reverse("training:paper", args=[kept["plan"].pk])
    assert client.get(told).status_code == 404


def test_whoever_does_not_follow_finds_neither_the_file_nor_a_document(training, kept, enter):
    other = make.MemberFactory(centre=training.house.centre, teams=[training.house.other_team])

    for member in (other, training.house.zoe):
        client = enter(member)
        assert papers(training) not in file_of(training, client).text
        assert client.get(papers(training)).status_code == 404
        for document in kept.values():
            paper = reverse("training:paper", args=[document.pk])
            assert client.get(paper).status_code == 404


def test_the_documents_of_a_training_that_is_over_are_still_reached(training, kept, enter):
    ends(training)

    answer = file_of(training, enter(training.house.nour))

    (one,) = answer.context["training"]
    assert one.over_on == timezone.localdate() - timedelta(days=1)
    assert papers(training) in answer.text


def test_what_is_under_way_stands_before_what_is_over(training, enter):
    ends(training)
    again = enrolments.enrol(
        training.house.awa, training.programme, entered_on=timezone.localdate(), by=training.bram
    )

    answer = file_of(training, enter(training.house.nour))

    keys = [one.pk for one in answer.context["training"]]
    assert keys == [again.pk, training.enrolment.pk]


def test_a_file_costs_the_same_however_many_documents_are_kept(
    training, enter, django_assert_max_num_queries
):
    client = enter(training.house.nour)

    def cost():
        file_of(training, client)
        with django_assert_max_num_queries(60) as asked:
            file_of(training, client)
        return len(asked)

    few = cost()
    PrintedDocument.objects.bulk_create(
        PrintedDocument(
            centre=training.house.centre, kind="hours", wall="hours", template="hours-1-1",
            language="fr", enrolment=training.enrolment, author=training.house.nour,
            made_at=timezone.now(), sha256="0" * 64,
        )
        for _number in range(300)
    )  # fmt: skip

    assert cost() == few
