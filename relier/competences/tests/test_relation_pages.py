"""The pages of our items and of what comes before what: read, amended, taken back."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from relier.competences import banks, objections, relations
from relier.competences.actions import relations as actions
from relier.competences.models import RelationVersion
from relier.journal.registry import holdings
from tests.factories import MemberFactory, actor

pytestmark = pytest.mark.django_db
BANK = banks.find("craft")
NEED = BANK.needs[0]
RELATION = reverse("relations:relation", args=["craft"])
ADD = reverse("relations:need_add", args=["craft"])
REMOVE = reverse("relations:need_remove", args=["craft", NEED.item, NEED.needs])


def deed(item_id, language="en"):
    return BANK.item(item_id).deed.told_in(language)


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def as_read(page: str) -> str:
    """Words as one reads them, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def version(by, number=1):
    return actions.add_need(
        BANK, item=NEED.item, needed=other_than_needed(), because="So it is here.",
        on_top_of=number - 1, form_key=uuid4(), by=actor(by),
    )  # fmt: skip


def other_than_needed():
    """An item that may become a need of the first one."""
    return next(i.id for i in BANK.items if not objections.to_adding(BANK.pairs, NEED.item, i.id))


def answers(**more):
    return {
        "item": NEED.item, "needed": other_than_needed(), "because": "At our counter it is so.",
        "on_top_of": "0", "form_key": str(uuid4()), **more,
    }  # fmt: skip


@pytest.fixture
def bram(house, enter):
    return enter(house.bram)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_of_every_bank_opens(house, enter, language):
    house.nour.user.language = language
    house.nour.user.save()
    browser = enter(house.nour)

    assert browser.get(reverse("relations:banks")).status_code == 200
    for bank in banks.shipped():
        for page in ("bank", "relation", "whole", "versions", "need_add"):
            assert browser.get(reverse(f"relations:{page}", args=[bank.id])).status_code == 200


def test_a_bank_shows_each_item_with_what_it_is_tied_to(bram):
    page = text_of(bram.get(reverse("relations:bank", args=["everyday"])))

    for item in banks.find("everyday").items:
        assert f'id="{item.id}"' in page
        assert reverse("competences:item", args=[item.framework.key, item.framework.item]) in page


def test_one_finds_our_items_from_the_frameworks(bram):
    item = banks.find("everyday").items[-1]
    framework = reverse("competences:item", args=[item.framework.key, item.framework.item])

    assert reverse("relations:banks") in text_of(bram.get(reverse("competences:list")))
    assert f"#{item.id}" in text_of(bram.get(framework))


def test_an_unknown_bank_is_not_found(bram):
    assert bram.get(reverse("relations:bank", args=["no-such-bank"])).status_code == 404
    assert bram.get(reverse("relations:version", args=["craft", 9])).status_code == 404


def test_each_need_is_drawn_and_told_with_its_reason(bram):
    page = text_of(bram.get(RELATION))

    assert page.count("<svg") >= len(BANK.parts)
    assert 'role="region" tabindex="0"' in page
    for need in BANK.needs:
        assert need.because.en in page


def test_the_picture_carries_no_style_and_no_script(bram):
    page = text_of(bram.get(RELATION))

    assert "style=" not in page
    assert "<script" not in page


def test_lengths_are_written_with_a_point_in_french_too(house, enter):
    house.nour.user.language = "fr"
    house.nour.user.save()

    page = text_of(enter(house.nour).get(RELATION))

    assert not re.search(r'(?:width|height|x|y|viewBox)="[\d ]*\d,\d', page)


def test_a_need_is_added_through_its_page(house, bram):
    response = bram.post(ADD, answers(), follow=True)

    assert "At our counter it is so." in text_of(response)
    assert "Version 1, made by Bram" in text_of(response)
    assert relations.current(house.centre, BANK).number == 1


def test_a_loop_is_told_with_the_deeds_and_what_was_typed_stays(bram):
    page = text_of(bram.post(ADD, answers(item=NEED.needs, needed=NEED.item)))

    assert "go round in a circle" in page
    assert f"“{deed(NEED.item)}” asks for “{deed(NEED.needs)}”" in as_read(page)
    assert "At our counter it is so." in page
    assert not RelationVersion.objects.exists()


def test_what_follows_from_others_is_kept_once_one_says_so(bram):
    item, middle = NEED.item, NEED.needs
    bram.post(ADD, answers(item=middle, needed=other_than_needed()))
    again = answers(item=item, needed=other_than_needed(), on_top_of="1")

    page = text_of(bram.post(ADD, again))
    assert "Keep it all the same" in page
    bram.post(ADD, {**again, "although_it_follows": "on"})

    assert RelationVersion.objects.count() == 2


def test_without_a_reason_nothing_is_kept(bram):
    page = text_of(bram.post(ADD, answers(because=" ")))

    assert 'aria-invalid="true"' in page
    assert not RelationVersion.objects.exists()


def test_a_need_is_taken_out_and_the_reason_is_read_in_the_versions(house, bram):
    bram.post(REMOVE, {"why": "We saw otherwise.", "on_top_of": "0", "form_key": str(uuid4())})

    page = text_of(bram.get(reverse("relations:versions", args=["craft"])))
    assert "We saw otherwise." in page
    assert relations.current(house.centre, BANK).need(NEED.item, NEED.needs) is None


def test_what_was_taken_out_already_is_said(house, bram):
    actions.remove_need(
        BANK, item=NEED.item, needed=NEED.needs, why="…", on_top_of=0, form_key=uuid4(),
        by=actor(house.nour),
    )  # fmt: skip

    assert "nothing to take out" in text_of(bram.get(REMOVE, follow=True))


def test_the_second_of_two_reads_what_changed_and_keeps_what_was_typed(house, bram):
    version(house.nour)
    late = {"why": "I saw it.", "on_top_of": "0", "form_key": str(uuid4())}

    page = text_of(bram.post(REMOVE, late))

    assert "this was changed meanwhile" in page
    assert "So it is here." in page
    assert "I saw it." in page
    assert RelationVersion.objects.count() == 1
    bram.post(REMOVE, {**late, "on_top_of": re.search(r'on_top_of" value="(\d+)"', page)[1]})
    assert RelationVersion.objects.count() == 2


def test_the_same_form_sent_twice_is_kept_once(bram):
    data = answers()

    for _twice in range(2):
        response = bram.post(ADD, data)

    assert response.status_code == 302
    assert RelationVersion.objects.count() == 1


def test_the_same_form_sent_again_about_something_else_is_given_back(bram):
    data = answers()
    bram.post(ADD, data)

    response = bram.post(ADD, {**data, "because": "I thought again.", "needed": NEED.needs})

    assert "I thought again." in response.content.decode()
    assert RelationVersion.objects.count() == 1


def test_an_earlier_version_is_read_and_taken_back(house, bram):
    version(house.nour)
    before = reverse("relations:version", args=["craft", 0])

    assert "It is no longer in use." in text_of(bram.get(before))
    bram.post(
        reverse("relations:take_back", args=["craft", 0]),
        {"why": "We talked.", "on_top_of": "1", "form_key": str(uuid4())},
    )

    assert relations.current(house.centre, BANK).number == 2
    assert relations.current(house.centre, BANK).needs == BANK.needs


def test_the_version_in_use_has_one_address(bram):
    assert bram.get(reverse("relations:version", args=["craft", 0])).url == RELATION


def test_a_member_of_another_centre_reads_nothing_of_it(house, enter):
    version(house.nour)
    zoe = enter(house.zoe)

    assert "So it is here." not in text_of(zoe.get(RELATION))
    assert zoe.get(reverse("relations:version", args=["craft", 1])).status_code == 404


def test_a_federation_reads_and_is_offered_nothing_to_change(enter):
    browser = enter(MemberFactory(of_federation=True))

    assert ADD not in text_of(browser.get(RELATION))
    assert browser.post(ADD, answers()).status_code == 404


def test_a_form_without_its_number_keeps_nothing(bram):
    text_of(bram.post(ADD, answers(on_top_of="")))

    assert not RelationVersion.objects.exists()


@pytest.mark.parametrize("page", ["relation", "versions"])
def test_a_page_costs_as_much_with_one_version_as_with_thirty(
    house, bram, page, django_assert_max_num_queries
):
    address = reverse(f"relations:{page}", args=["craft"])
    version(house.nour)
    with django_assert_max_num_queries(50) as one:
        bram.get(address)
    kept = RelationVersion.objects.get()
    for number in range(2, 31):
        kept.pk, kept.number, kept.form_key = uuid4(), number, uuid4()
        kept._state.adding = True
        kept.save()

    with django_assert_max_num_queries(len(one)):
        text_of(bram.get(address))


def test_who_signed_a_version_finds_it_among_what_is_held_about_them(house):
    version(house.nour)
    held = next(h for h in holdings(about="member") if h.model == "competences.RelationVersion")

    assert held.rows([house.nour.user_id]).count() == 1
