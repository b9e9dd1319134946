"""The frameworks that come with Relier: whole, honest about what they do not know."""

import json

import pytest

from relier.competences.frameworks import find, shipped
from relier.competences.package_files import as_data, from_data, parse
from tools import french


@pytest.fixture(params=shipped(), ids=lambda framework: framework.key)
def framework(request):
    return request.param


def test_seven_frameworks_come_with_relier():
    assert [framework.key for framework in shipped()] == [
        "access-foundations-1",
        "cisp-accompaniment-2020",
        "digcomp-3.0",
        "digcomp-2.2",
        "digital-wallonia-2023",
        "rectec-2019",
        "three-kinds-2009",
    ]


def test_a_package_written_and_read_again_is_the_same(framework):
    written = json.dumps(as_data(framework)).encode()

    assert parse(written) == framework


def test_every_item_belongs_to_a_group_that_has_a_title(framework):
    assert all(framework.group(item.group).title.fr for item in framework.items)


def test_every_licence_is_stated_and_an_unknown_one_says_so(framework):
    assert framework.attribution
    unknown = framework.licence is None
    assert framework.licence_note.fr.startswith("Inconnue") == unknown
    assert framework.licence_note.en.startswith("Unknown") == unknown


def test_no_text_of_someone_else_is_shipped(framework):
    assert not framework.texts_in
    assert not any(row.text for row in framework.statements)
    assert not any(row.text for row in framework.outcomes)


def french_of(data) -> list[str]:
    if isinstance(data, dict):
        own = [data["fr"]] if isinstance(data.get("fr"), str) else []
        return own + [text for value in data.values() for text in french_of(value)]
    return [text for value in data for text in french_of(value)] if isinstance(data, list) else []


def test_the_french_keeps_to_the_words_and_the_typography_of_the_house(framework):
    texts = french_of(as_data(framework))

    assert texts
    assert not [(text, french.faults(text)) for text in texts if french.faults(text)]


def test_an_item_leads_to_an_item_that_exists(framework):
    for item in framework.items:
        if item.became:
            later = find(item.became.framework, item.became.version)
            assert later.item(item.became.item)


def test_digcomp_3_has_its_areas_competences_and_filed_identifiers():
    digcomp = find("digcomp", "3.0")

    assert (len(digcomp.groups), len(digcomp.items)) == (5, 21)
    assert (len(digcomp.statements), len(digcomp.outcomes)) == (362, 523)
    assert len([s for s in digcomp.statements if s.ai == "explicit"]) == 49


def test_the_four_levels_cover_the_eight_and_the_six():
    digcomp = find("digcomp", "3.0")

    assert digcomp.covers("four", "advanced", to="eight") == ("5", "6")
    assert digcomp.covers("four", "basic", to="six") == ("A1", "A2")
    assert digcomp.covers("six", "C1", to="four") == ("advanced",)


def test_two_competences_of_rectec_are_never_graded():
    rectec = find("rectec", "2019")

    ungraded = [item.id for item in rectec.items if not rectec.is_graded(item)]

    assert ungraded == ["per-1", "per-2"]
    assert rectec.licence is None


def test_the_framework_of_accompaniment_is_about_workers_and_says_what_was_not_read():
    cisp = find("cisp-accompaniment", "2020")

    assert cisp.audience == "workers"
    assert "was not read" in cisp.verified_scope.en
    assert cisp.items_are == "parts"


def test_the_scale_of_digital_wallonia_says_eight_topics_were_not_read():
    scale = find("digital-wallonia", "2023")

    assert (len(scale.items), scale.items_unread) == (7, 8)
    assert [step.title.fr for step in scale.scale("felt").steps] == [
        "Ne sait pas le faire",
        "Se débrouille, sans plus",
        "Bonnes connaissances",
        "Expert",
    ]


def test_the_foundations_are_ours_given_to_everyone_and_never_graded():
    ours = find("access-foundations", "1")

    assert (ours.publisher, ours.licence) == ("The Relier contributors", "CC0-1.0")
    assert not any(ours.is_graded(item) for item in ours.items)
    assert "not validated" in ours.limits.en


def test_our_working_translations_are_marked():
    digcomp = find("digcomp", "3.0")

    assert all(item.title.is_ours("fr-be") for item in digcomp.items)
    assert not any(item.title.is_ours("en") for item in digcomp.items)
    assert find("rectec", "2019").item("org-1").title.is_ours("en")


def test_from_data_does_not_change_what_it_is_given(framework):
    data = as_data(framework)
    before = json.dumps(data)

    from_data(data)

    assert json.dumps(data) == before
