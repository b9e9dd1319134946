"""Correcting the words of a request: what stands is theirs, and what was written stays behind."""

from uuid import uuid4

import pytest
from django.urls import reverse

from relier.journal.models import Line
from relier.support.models import EarlierWords
from tests import factories as make

from .pages import told
from .reception import WORDS, asked, cost, request_page, unnamed

BETTER = "My gas will be cut off on Friday, not the water."


def correct_page(request):
    return reverse("support:request_correct", args=[request.pk])


def sent(client, request, words, **more):
    """As the page shows it now, with other words."""
    form = client.get(correct_page(request)).context["form"]
    shown = {name: form[name].value() for name in ("shown", "form_key")}
    return {**shown, "words": words, **more}


def test_the_words_are_corrected_and_what_was_written_stays(house, enter):
    request, bram = asked(house), enter(house.bram)

    answer = bram.post(correct_page(request), sent(bram, request, BETTER))

    page = told(bram.get(answer.url))
    request.refresh_from_db()
    assert (answer.url, request.words) == (request_page(request), BETTER)
    assert page.index(BETTER) < page.index("Before the correction") < page.index(WORDS)
    assert "Bram corrected it" in page


def test_the_journal_says_that_it_was_corrected_and_not_a_word(house, enter):
    request, nour = asked(house), enter(house.nour)

    nour.post(correct_page(request), sent(nour, request, BETTER))

    line = Line.objects.get(kind="support.request_corrected")
    assert (line.subject, line.details) == (house.awa.pk, {})


def test_a_correction_sent_twice_is_kept_once(house, enter):
    request, nour = asked(house), enter(house.nour)
    correction = sent(nour, request, BETTER)

    answers = [nour.post(correct_page(request), correction).status_code for _time in range(2)]

    assert answers == [302, 302]
    assert EarlierWords.objects.count() == 1


def test_nothing_changed_is_nothing_kept(house, enter):
    request, nour = asked(house), enter(house.nour)

    nour.post(correct_page(request), sent(nour, request, WORDS))

    assert not EarlierWords.objects.exists()


def test_two_at_once_the_second_sees_the_first_and_loses_nothing(house, enter):
    request, nour, bram = asked(house), enter(house.nour), enter(house.bram)
    correction = sent(nour, request, BETTER)
    bram.post(correct_page(request), sent(bram, request, "Bram heard this."))

    page = nour.post(correct_page(request), correction)

    request.refresh_from_db()
    assert request.words == "Bram heard this."
    assert "Bram heard this." in told(page)
    assert page.context["form"]["words"].value() == BETTER


def test_kept_again_it_comes_after_theirs(house, enter):
    request, nour, bram = asked(house), enter(house.nour), enter(house.bram)
    correction = sent(nour, request, BETTER)
    bram.post(correct_page(request), sent(bram, request, "Bram heard this."))
    form = nour.post(correct_page(request), correction).context["form"]

    again = {name: form[name].value() for name in ("shown", "form_key", "words")}
    nour.post(correct_page(request), again)

    request.refresh_from_db()
    earlier = [before.words for before in EarlierWords.objects.all()]
    assert (request.words, earlier) == (BETTER, ["Bram heard this.", WORDS])


def test_without_words_it_is_refused_and_nothing_changes(house, enter):
    request, nour = asked(house), enter(house.nour)

    page = nour.post(correct_page(request), sent(nour, request, " "))

    request.refresh_from_db()
    assert "words" in page.context["form"].errors
    assert request.words == WORDS


@pytest.mark.parametrize("make_one", [asked, unnamed])
def test_strangers_find_nothing(house, enter, make_one):
    request = make_one(house)
    other = make.MemberFactory(centre=house.centre, teams=[house.other_team])

    for member in (other, house.zoe, house.reception):
        assert enter(member).get(correct_page(request)).status_code == 404
        assert enter(member).post(correct_page(request), {"words": "x"}).status_code == 404


def test_the_page_costs_the_same_however_often_it_was_corrected(house, enter):
    request, nour = asked(house), enter(house.nour)
    once_corrected = {"request": request, "words": "Before.", "corrected_by": house.nour}
    EarlierWords.objects.create(**once_corrected, form_key=uuid4())
    few = cost(nour, request_page(request))

    for _time in range(9):
        EarlierWords.objects.create(**once_corrected, form_key=uuid4())

    assert cost(nour, request_page(request)) == few
