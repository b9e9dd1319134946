"""Importing an official file, and saying something of an item."""

import uuid
from dataclasses import replace

import pytest
from django.http import Http404

from relier.accounts.actors import SYSTEM
from relier.competences import shelf
from relier.competences.actions import frameworks as actions
from relier.competences.frameworks import Reference
from relier.competences.models import Annotation, ImportedFramework
from relier.journal.models import Line
from tests.factories import MemberFactory, actor

from .factories import AnnotationFactory, official, whole_framework

SEARCHING = Reference("digcomp", "3.0", "1.1")
pytestmark = pytest.mark.django_db


def annotate(by, **more):
    given = {"kind": "contest", "words": "It forgets the telephone.", "form_key": uuid.uuid4()}
    return actions.annotate(SEARCHING, **given | more, by=actor(by))


def test_an_official_file_is_kept_with_its_licence_and_its_sum():
    row, is_new = actions.import_official(official("a" * 64), by=SYSTEM)

    assert is_new
    assert (row.framework, row.version, row.sha256) == ("digcomp", "3.0", "a" * 64)
    assert row.licence == "CC-BY-4.0"
    assert "European Union" in row.attribution
    assert Line.objects.deeds().get().kind == "competences.framework_imported"


def test_the_shelf_shows_the_official_texts_once_imported():
    before = shelf.one("digcomp-3.0")

    actions.import_official(official(str(uuid.uuid4())), by=SYSTEM)

    assert before.texts_in == ""
    assert shelf.one("digcomp-3.0") == whole_framework()


def test_the_same_file_again_changes_nothing():
    first, _new = actions.import_official(official(), by=SYSTEM)

    again, is_new = actions.import_official(official(), by=SYSTEM)

    assert (again, is_new) == (first, False)
    assert ImportedFramework.objects.count() == 1
    assert Line.objects.count() == 1


def test_another_file_that_says_the_same_changes_nothing():
    actions.import_official(official("a" * 64), by=SYSTEM)

    _row, is_new = actions.import_official(official("b" * 64), by=SYSTEM)

    assert not is_new
    assert ImportedFramework.objects.count() == 1


def test_a_newer_file_becomes_a_new_version_and_the_older_one_stays():
    framework = whole_framework()
    item = replace(framework.items[0], description="Said otherwise.")
    newer = replace(framework, items=(item, *framework.items[1:]))
    actions.import_official(official("a" * 64), by=SYSTEM)

    row, is_new = actions.import_official(official(str(uuid.uuid4()), newer), by=SYSTEM)

    assert is_new
    assert ImportedFramework.objects.count() == 2
    assert ImportedFramework.objects.of_version("digcomp", "3.0").first() == row
    assert shelf.one("digcomp-3.0").items[0].description == "Said otherwise."


def test_our_own_words_of_today_stand_beside_the_texts_of_an_older_import():
    framework = whole_framework()
    item = framework.items[0]
    old_title = replace(item.title, fr="Une vieille traduction")
    older = replace(framework, items=(replace(item, title=old_title), *framework.items[1:]))

    actions.import_official(official(str(uuid.uuid4()), older), by=SYSTEM)

    shown = shelf.one("digcomp-3.0").items[0]
    assert shown.title.fr == item.title.fr
    assert shown.description == item.description


def test_an_older_file_brought_back_does_not_take_the_place_of_the_newer_one():
    framework = whole_framework()
    newer = replace(framework, terms=framework.terms[:0])
    actions.import_official(official("a" * 64), by=SYSTEM)
    actions.import_official(official("b" * 64, newer), by=SYSTEM)

    row, is_new = actions.import_official(official("a" * 64), by=SYSTEM)

    assert (row.sha256, is_new) == ("a" * 64, False)
    assert ImportedFramework.objects.of_version("digcomp", "3.0").first().sha256 == "b" * 64


def test_no_member_imports_from_a_page(house):
    with pytest.raises(Http404):
        actions.import_official(official(), by=actor(house.coordinator))


def test_a_member_contests_an_item_and_it_is_journaled(house):
    annotation = annotate(house.bram)

    assert (annotation.centre, annotation.author) == (house.centre, house.bram)
    line = Line.objects.deeds().get()
    assert (line.kind, line.actor) == ("competences.annotated", house.bram.pk)
    assert "telephone" not in str(line.details)


def test_the_same_form_sent_twice_is_kept_once(house):
    key = uuid.uuid4()

    assert annotate(house.bram, form_key=key) == annotate(house.bram, form_key=key)
    assert Annotation.objects.count() == 1


def test_a_federation_does_not_annotate():
    with pytest.raises(Http404):
        annotate(MemberFactory(of_federation=True))


def test_a_correction_keeps_what_was_said_before(house):
    annotation = annotate(house.bram)

    correction = actions.correct(
        annotation, words="It forgets paper too.", form_key=uuid.uuid4(), by=actor(house.bram)
    )

    assert correction.replaces == annotation
    assert (correction.kind, correction.reference) == ("contest", SEARCHING)
    assert Annotation.objects.standing().get() == correction
    assert Annotation.objects.get(pk=annotation.pk).words == "It forgets the telephone."


def test_the_same_words_are_not_a_correction(house):
    annotation = annotate(house.bram)

    kept = actions.correct(
        annotation, words=annotation.words, form_key=uuid.uuid4(), by=actor(house.bram)
    )

    assert kept == annotation
    assert Annotation.objects.count() == 1


def test_words_already_corrected_are_not_corrected_again(house):
    annotation = annotate(house.bram)
    given = {"form_key": uuid.uuid4(), "by": actor(house.bram)}
    actions.correct(annotation, words="Once.", **given)

    with pytest.raises(Http404):
        actions.correct(annotation, words="Twice.", **given | {"form_key": uuid.uuid4()})


def test_nobody_corrects_the_words_of_another(house):
    annotation = annotate(house.bram)

    with pytest.raises(Http404):
        actions.correct(annotation, words="No.", form_key=uuid.uuid4(), by=actor(house.nour))


def test_withdrawn_words_no_longer_count_and_stay_readable(house):
    annotation = annotate(house.bram)

    actions.withdraw(annotation, by=actor(house.bram))

    assert not Annotation.objects.standing().exists()
    assert Annotation.objects.get().withdrawn_at is not None


def test_withdrawing_twice_is_refused_and_leaves_the_first_day(house):
    annotation = annotate(house.bram)
    actions.withdraw(annotation, by=actor(house.bram))
    first = Annotation.objects.get().withdrawn_at

    with pytest.raises(Http404):
        actions.withdraw(annotation, by=actor(house.bram))

    assert Annotation.objects.get().withdrawn_at == first


def test_a_coordinator_withdraws_only_what_someone_who_left_had_said(house):
    annotation = annotate(house.bram)
    coordinator = actor(house.coordinator)
    with pytest.raises(Http404):
        actions.withdraw(annotation, by=coordinator)

    annotation.author.left_on = "2026-11-23"

    assert actions.withdraw(annotation, by=coordinator).withdrawn_at


def test_the_coordinator_of_another_centre_withdraws_nothing(house):
    annotation = AnnotationFactory(author=house.bram)
    annotation.author.left_on = "2026-11-23"

    with pytest.raises(Http404):
        actions.withdraw(annotation, by=actor(MemberFactory(role="coordinator")))
