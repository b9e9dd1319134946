"""The pages of the frameworks: who reads them, what they show, what they cost."""

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from relier.accounts.actors import SYSTEM
from relier.competences.actions import frameworks as actions
from relier.competences.frameworks import shipped
from relier.competences.models import Annotation
from relier.journal import registry
from tests.factories import MemberFactory

from .factories import AnnotationFactory, official

LIST = reverse("competences:list")
DIGCOMP = reverse("competences:framework", args=["digcomp-3.0"])
SEARCHING = reverse("competences:item", args=["digcomp-3.0", "1.1"])
pytestmark = pytest.mark.django_db


@pytest.fixture
def nour(house, enter):
    """Nour's browser, in English."""
    return enter(house.nour)


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("address", [LIST, DIGCOMP, SEARCHING])
def test_signed_out_one_is_led_to_sign_in(client, address):
    response = client.get(address)

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_of_every_framework_opens(house, enter, language):
    house.nour.user.language = language
    house.nour.user.save()
    browser = enter(house.nour)

    for framework in shipped():
        assert (
            browser.get(reverse("competences:framework", args=[framework.key])).status_code == 200
        )
        for item in framework.items:
            address = reverse("competences:item", args=[framework.key, item.id])
            assert browser.get(address).status_code == 200


def test_the_list_says_whom_each_framework_is_about(nour):
    page = text_of(nour.get(LIST))

    assert page.index("About people") < page.index("DigComp 3.0") < page.index("About our own work")
    assert page.index("About our own work") < page.index("accompaniment in a CISP")
    assert "7 topics, 8 others were not read" in page


def test_a_framework_shows_its_limits_its_doubts_and_its_unknown_licence(nour):
    page = text_of(nour.get(reverse("competences:framework", args=["rectec-2019"])))

    assert "Only one of the twelve is about digital tools" in page
    assert "their titles are not verified" in page
    assert "Unknown: the guide can be read freely online" in page


def test_sources_are_said_to_be_in_english(nour):
    page = nour.get(reverse("competences:framework", args=["three-kinds-2009"])).content.decode()

    assert '<ul lang="en"><li>CDGAI booklet, 2023, citing the authors</li></ul>' in page


def test_levels_are_shown_as_they_correspond(nour):
    page = text_of(nour.get(DIGCOMP))

    row = page[page.index('<th scope="row">Advanced') :]
    assert row.index("Level 5") < row.index("Level 6") < row.index("C1") < row.index("</tr>")


def test_an_item_without_levels_says_so(nour):
    page = text_of(nour.get(reverse("competences:item", args=["rectec-2019", "per-1"])))

    assert "no level is given to it" in page


def test_a_working_translation_is_marked_and_stands_with_its_original(house, enter):
    house.nour.user.language = "fr"
    house.nour.user.save()

    page = text_of(enter(house.nour).get(SEARCHING))

    with translation.override("fr"):
        assert gettext("the title above is our translation") in page
    assert '<span lang="en">Browsing, searching and filtering information</span>' in page


def test_the_official_text_stands_apart_with_its_licence_and_attribution(nour):
    assert "Words of CS1.1.01." not in text_of(nour.get(SEARCHING))
    actions.import_official(official("c" * 64), by=SYSTEM)

    page = text_of(nour.get(SEARCHING))

    theirs = page[page.index("The official text") : page.index("What we say of it here")]
    assert "Words of CS1.1.01." in theirs
    assert "Words of LO1.1.21." in theirs
    assert '<dd lang="en">Words of CS1.1.01.</dd>' in theirs
    assert "Licence: CC-BY-4.0." in theirs
    assert "European Union, 2025" in theirs


def test_what_does_not_exist_is_not_found(nour):
    for name, args in (("framework", ["digcomp-9"]), ("item", ["digcomp-3.0", "9.9"])):
        assert nour.get(reverse(f"competences:{name}", args=args)).status_code == 404


def test_someone_contests_an_item_and_the_team_sees_it(house, enter):
    response = enter(house.bram).post(
        SEARCHING, {"kind": "contest", "words": "It forgets paper."}, follow=True
    )

    assert "It forgets paper." in text_of(response)
    browser = enter(house.nour)
    assert "contested here" in text_of(browser.get(DIGCOMP))
    assert "1 contested here" in text_of(browser.get(LIST))


def test_our_own_words_stand_beside_the_title_in_the_framework(house, enter):
    AnnotationFactory(author=house.bram, kind="adaptation", words="Find what I look for")

    for address in (DIGCOMP, SEARCHING):
        assert "Here we say: Find what I look for" in text_of(enter(house.nour).get(address))


def test_words_alone_are_enough_and_are_a_remark(house, enter):
    enter(house.nour).post(SEARCHING, {"words": "We ask it last."})

    assert Annotation.objects.get().kind == Annotation.Kind.NOTE


def test_without_words_nothing_is_kept_and_the_page_says_what_to_do(house, enter):
    response = enter(house.nour).post(SEARCHING, {"kind": "contest", "words": ""})

    assert "To correct:" in text_of(response)
    assert not Annotation.objects.exists()


def test_html_in_words_is_shown_as_words(house, enter):
    AnnotationFactory(author=house.bram, words="<script>alert(1)</script>")

    page = text_of(enter(house.nour).get(SEARCHING))

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_another_centre_reads_the_framework_and_none_of_our_words(house, enter):
    AnnotationFactory(author=house.bram, kind="contest", words="Between us.")
    browser = enter(house.zoe)

    assert "Between us." not in text_of(browser.get(SEARCHING))
    assert "contested here" not in text_of(browser.get(DIGCOMP)) + text_of(browser.get(LIST))


def test_a_federation_reads_frameworks_and_says_and_sees_nothing_of_centres(house, enter):
    AnnotationFactory(author=house.bram, kind="contest", words="Between us.")
    browser = enter(MemberFactory(of_federation=True))

    pages = [text_of(browser.get(address)) for address in (LIST, DIGCOMP, SEARCHING)]

    assert not any(said in "".join(pages) for said in ("Between us.", "contested here", "Say some"))
    assert browser.post(SEARCHING, {"words": "From above."}).status_code == 404
    assert Annotation.objects.count() == 1


def test_someone_without_a_membership_finds_nothing(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("a@example.invalid", "…", name="A"))

    gestures = [
        reverse(f"competences:{name}", args=[AnnotationFactory().pk])
        for name in ("annotation_correct", "annotation_withdraw")
    ]

    for address in (LIST, DIGCOMP, SEARCHING, *gestures):
        assert client.get(address).status_code == 404
        assert client.post(address, {"words": "Hello."}).status_code == 404


def test_the_author_says_it_otherwise_and_the_old_words_stay_below(house, enter):
    annotation = AnnotationFactory(author=house.bram, words="First words.")
    address = reverse("competences:annotation_correct", args=[annotation.pk])
    browser = enter(house.bram)

    assert "First words." in text_of(browser.get(address))
    page = text_of(browser.post(address, {"words": "Second words."}, follow=True))

    assert page.index("Second words.") < page.index("before</summary>") < page.index("First w")


def test_the_author_withdraws_after_a_page_that_says_what_happens(house, enter):
    annotation = AnnotationFactory(author=house.bram, kind="contest", words="Too hard.")
    address = reverse("competences:annotation_withdraw", args=[annotation.pk])
    browser = enter(house.bram)

    assert "Withdraw these words?" in text_of(browser.get(address))
    page = text_of(browser.post(address, follow=True))

    assert "1 withdrawn" in page
    assert "contested here" not in text_of(browser.get(DIGCOMP))


@pytest.mark.parametrize("gesture", ["annotation_correct", "annotation_withdraw"])
def test_only_the_author_finds_the_pages_that_change_their_words(house, enter, gesture):
    address = reverse(f"competences:{gesture}", args=[AnnotationFactory(author=house.bram).pk])
    others = [house.nour, house.coordinator, house.zoe, MemberFactory(of_federation=True)]

    for member in others:
        browser = enter(member)
        assert browser.get(address).status_code == 404
        assert browser.post(address, {"words": "Changed."}).status_code == 404
    assert enter(house.bram).get(address).status_code == 200


def test_the_same_gesture_twice_is_told_and_changes_nothing(house, enter):
    annotation = AnnotationFactory(author=house.bram)
    browser = enter(house.bram)
    address = reverse("competences:annotation_withdraw", args=[annotation.pk])
    browser.post(address)

    for again in (address, reverse("competences:annotation_correct", args=[annotation.pk])):
        page = text_of(browser.post(again, {"words": "Again."}, follow=True))
        assert "These words were already changed or withdrawn." in page
    assert Annotation.objects.count() == 1


@pytest.mark.parametrize("address", [LIST, DIGCOMP, SEARCHING])
def test_3_and_300_annotations_cost_the_same_queries(
    house, enter, address, django_assert_num_queries
):
    actions.import_official(official("d" * 64), by=SYSTEM)
    AnnotationFactory.create_batch(3, author=house.bram)
    browser = enter(house.nour)
    browser.get(address)

    with django_assert_num_queries(QUERIES[address]):
        browser.get(address)
    AnnotationFactory.create_batch(297, author=house.bram)
    AnnotationFactory.create_batch(5)

    with django_assert_num_queries(QUERIES[address]):
        browser.get(address)


# The session, the user, the memberships, the teams; then our own: imports, annotations.
QUERIES = {LIST: 6, DIGCOMP: 6, SEARCHING: 6}


def test_what_a_member_said_is_declared_and_handed_over(house):
    annotation = AnnotationFactory(author=house.bram)
    (holding,) = [h for h in registry.holdings() if h.model == "competences.Annotation"]

    rows = holding.hand_over(holding, [house.bram.user_id])

    assert [row["words"] for row in rows] == [annotation.words]
    assert holding.hand_over(holding, [house.nour.user_id]) == []
