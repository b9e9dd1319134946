"""The pages of finding out together: one question a page, by voice, on one page; a no leaves no
trace; nothing that a browser may do twice is harmful."""

import pytest
from django.test import Client
from django.urls import reverse

from relier.competences import standing
from relier.competences.models import Answer, Positioning
from relier.journal.models import Line
from tests import factories as make

from . import finding


def begin_url(house, how="screen", language="en", **more):
    query = {"how": how, "language": language, **more}
    return reverse("positioning:begin", args=[house.awa.pk], query=query)


def page_url(name, positioning, *more):
    return reverse(f"positioning:{name}", args=[positioning.pk, *more])


@pytest.fixture
def nour(house, enter) -> Client:
    return enter(house.nour)


@pytest.fixture
def asked(house):
    """Asking has begun on the screen: one answer is there."""
    positioning = finding.begun(house.awa, house.nour)
    return finding.say(positioning, positioning.next_item, "yes")


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


# --- before the first question ---


def test_it_is_said_first_that_one_may_say_no(nour, house):
    for how in ("screen", "voice"):
        page = text(nour.get(begin_url(house, how)))
        for words in ("You may say no.", "We stop when you like.", "You can erase it", "is yours"):
            assert words in page, how


@pytest.mark.parametrize("how", ["screen", "voice"])
def test_a_no_leaves_no_trace(nour, house, how):
    nour.get(reverse("positioning:person", args=[house.awa.pk]))
    nour.get(begin_url(house, how))
    page = text(nour.post(begin_url(house, how), {"answer": "no"}))

    assert "No, and that is fine" in page
    assert not Positioning.objects.exists()
    assert not Line.objects.exists()


@pytest.mark.parametrize("how", ["page", "afterwards"])
def test_an_empty_page_is_not_kept(nour, house, how):
    page = text(nour.post(begin_url(house, how), {"helper": "Mariam"}))

    assert "there is none yet" in page
    assert "Mariam" in page or how == "afterwards"
    assert not Positioning.objects.exists()


def test_a_yes_leads_to_the_first_question(nour, house):
    answer = nour.post(begin_url(house, parts=["access"]), {"answer": "yes"})

    positioning = Positioning.objects.get()
    assert positioning.parts == ["access"]
    assert answer.url == page_url("question", positioning, positioning.next_item)


def test_a_yes_sent_twice_begins_once(nour, house):
    sent = {"answer": "yes", "form_key": "6f1c8c5e-0000-4000-8000-000000000001"}

    first, second = (nour.post(begin_url(house), sent).url for _time in range(2))

    assert first == second
    assert Positioning.objects.count() == 1


def test_codes_that_are_none_lead_back(nour, house):
    for query in ({"how": "exam"}, {"parts": "nothing"}, {"language": "xx"}):
        answer = nour.get(reverse("positioning:begin", args=[house.awa.pk], query=query))
        assert answer.url == reverse("positioning:person", args=[house.awa.pk])


# --- one question a page ---


def test_a_question_holds_its_words_three_answers_and_the_ways_out(nour, asked):
    page = text(nour.get(page_url("question", asked, "send-photo")))

    assert "I can send a photo with a message." in page
    for words in (
        "Yes, alone or with someone", "I could learn it", "I have no need of it",
        "understand", "rather not say", "Back", "Stop here",
    ):  # fmt: skip
        assert words in page, words


def test_nothing_of_the_workers_stands_in_the_middle_of_a_question(nour, asked):
    page = text(nour.get(page_url("question", asked, "send-photo")))

    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    inside = [link for link in links if link.startswith("/")]
    assert all(link.startswith(f"/positioning/{asked.pk}/questions/") for link in inside), inside
    assert reverse("account_logout") not in page
    assert reverse("set_language") not in page


def test_there_is_no_countdown_no_number_and_no_bar(nour, asked):
    page = text(nour.get(page_url("question", asked, "send-photo")))

    seen = page.split("<main")[1]
    assert "<progress" not in seen
    assert "<meter" not in seen
    assert " of 6" not in seen


def test_an_answer_leads_to_the_next_question(nour, asked):
    item = asked.next_item

    answer = nour.post(page_url("question", asked, item), {"says": "could_learn"})

    asked.refresh_from_db()
    assert finding.answers(asked)[item] == "could_learn"
    assert answer.url == page_url("question", asked, asked.next_item)


def test_showing_a_question_computes_nothing(nour, asked, monkeypatch):
    def computed(*_args):
        raise AssertionError("computed when a page is shown")

    monkeypatch.setattr(standing, "next_item", computed)

    for _time in range(2):
        assert nour.get(page_url("question", asked, asked.next_item)).status_code == 200
    assert nour.get(page_url("session", asked)).status_code == 302


def test_what_is_not_understood_is_said_otherwise_once(nour, asked):
    address = page_url("question", asked, "send-photo")
    example = standing.bank_of(asked).item("send-photo").example.en
    first, second = text(nour.get(address)), text(nour.get(address + "?again"))

    assert example not in first
    assert 'href="?again"' in first
    assert example in second
    assert 'value="unclear"' in second
    nour.post(address, {"says": "unclear"})
    assert finding.answers(asked)["send-photo"] == "unclear"


def test_going_back_shows_the_answer_and_lets_it_be_changed(nour, asked):
    (first,) = finding.answers(asked)
    here = text(nour.get(page_url("question", asked, asked.next_item)))
    before = page_url("question", asked, first)
    assert f'href="{before}"' in here

    page = text(nour.get(before))
    assert 'value="yes" data-read aria-pressed="true"' in page
    assert f'href="{page_url("question", asked, asked.next_item)}"' in page
    nour.post(before, {"says": "no_need"})

    assert finding.answers(asked)[first] == "no_need"


def test_the_same_answer_sent_twice_is_one(nour, asked):
    address = page_url("question", asked, asked.next_item)
    sent = {"says": "yes", "form_key": "6f1c8c5e-0000-4000-8000-000000000002"}

    assert nour.post(address, sent).url == nour.post(address, sent).url

    assert Answer.objects.filter(item=asked.next_item).count() == 1


def test_two_tabs_answer_in_turn_and_nothing_is_lost(nour, asked):
    one, other = asked.next_item, "send-photo"

    nour.post(page_url("question", asked, one), {"says": "yes"})
    nour.post(page_url("question", asked, other), {"says": "could_learn"})
    nour.post(page_url("question", asked, one), {"says": "no_need"})

    said = finding.answers(asked)
    assert (said[one], said[other]) == ("no_need", "could_learn")


def test_an_answer_or_a_question_that_is_none_is_not_found(nour, asked):
    assert nour.post(page_url("question", asked, "send-photo"), {"says": "9"}).status_code == 404
    assert nour.get(page_url("question", asked, "nothing")).status_code == 404


def test_stopping_thanks_and_gives_the_screen_back(nour, house, asked):
    page = text(nour.post(page_url("pause", asked), follow=True))

    assert "We stop here. What you said is kept." in page
    assert "Give the screen back" in page
    assert page_url("session", asked) in page


def test_stopping_before_a_word_is_a_no(nour, house):
    positioning = finding.begun(house.awa, house.nour)
    sent = {"whose": str(house.awa.pk)}

    assert "No, and that is fine" in text(nour.post(page_url("pause", positioning), sent))
    again = nour.post(page_url("pause", positioning), sent)

    assert again.url == reverse("positioning:person", args=[house.awa.pk])
    assert not Line.objects.exists()


def test_it_is_taken_up_again_from_the_file(nour, house, asked):
    nour.post(page_url("pause", asked))

    page = text(nour.get(reverse("positioning:person", args=[house.awa.pk])))

    assert f'href="{page_url("session", asked)}"' in page
    assert nour.get(page_url("session", asked)).url == page_url("question", asked, asked.next_item)


def test_the_questions_are_in_the_language_that_was_chosen(nour, house):
    positioning = finding.begun(house.awa, house.nour, language="fr")

    page = text(nour.get(page_url("question", positioning, "send-photo")))

    assert '<html lang="fr"' in page
    assert "Je sais envoyer une photo avec un message." in page


# --- by voice ---


@pytest.fixture
def told(house):
    positioning = finding.begun(
        house.awa, house.nour, channel="voice", helper="Mariam", language="fr"
    )
    return finding.say(positioning, "send-photo", "yes")


def test_by_voice_there_is_a_text_to_say_in_their_language(nour, told):
    page = text(nour.get(page_url("question", told, "send-photo")))

    assert '<html lang="en"' in page
    assert '<h1 lang="fr">Je sais envoyer une photo avec un message.</h1>' in page
    assert "Say to Awa, with Mariam:" in page
    assert standing.bank_of(told).item("send-photo").example.fr in page


def test_all_is_read_back_before_it_is_kept(nour, told):
    back = page_url("read_back", told)
    page = text(nour.get(back))
    assert "Je sais envoyer une photo avec un message." in page
    assert "Oui" in page
    assert f'href="{page_url("question", told, "send-photo")}"' in page
    assert nour.get(page_url("result", told)).url == back

    answer = nour.post(back)

    assert answer.url == page_url("result", told)
    told.refresh_from_db()
    assert told.read_back_at
    assert nour.get(page_url("question", told, "send-photo")).url == page_url("result", told)


def test_stopping_by_voice_leads_to_reading_back(nour, told):
    assert nour.post(page_url("pause", told)).url == page_url("read_back", told)


def test_what_waits_to_be_read_back_is_found_again(nour, house, told):
    page = text(nour.get(reverse("positioning:person", args=[house.awa.pk])))

    assert page_url("read_back", told) in page


# --- on one page ---


def test_one_answer_is_enough_on_a_page(nour, house):
    answer = nour.post(begin_url(house, "page"), {"item-send-photo": "yes"})

    positioning = Positioning.objects.get()
    assert answer.url == page_url("result", positioning)
    assert (positioning.evidence, positioning.channel) == ("felt", "page")
    assert finding.answers(positioning) == {"send-photo": "yes"}


def test_what_was_shown_is_kept_apart(nour, house):
    nour.post(begin_url(house, "page"), {"item-send-photo": "yes", "evidence": "shown"})

    assert Positioning.objects.get().evidence == "shown"


def test_what_was_seen_afterwards_is_dated_and_says_what(nour, house):
    sent = {
        "item-send-photo": "yes", "item-call": "could_learn", "on": "2026-11-20",
        "seen": "She sent a photo of the letter.", "evidence": "felt",
    }  # fmt: skip

    nour.post(begin_url(house, "afterwards"), sent)

    positioning = Positioning.objects.get()
    assert (positioning.evidence, positioning.channel) == ("observed", "afterwards")
    assert (str(positioning.on), positioning.seen) == (sent["on"], sent["seen"])


def test_a_page_sent_twice_is_kept_once(nour, house):
    sent = {"item-call": "yes", "form_key": "6f1c8c5e-0000-4000-8000-000000000003"}

    for _time in range(2):
        nour.post(begin_url(house, "page"), sent)

    assert Positioning.objects.count() == 1
    assert Answer.objects.count() == 1


def test_a_day_to_come_is_refused_and_what_was_noted_stands(nour, house):
    page = text(nour.post(begin_url(house, "page"), {"item-call": "yes", "on": "2999-01-01"}))

    assert "still to come" in page
    assert '<option value="yes" selected>' in page


def test_a_page_is_corrected_by_whoever_noted_it(nour, house, enter):
    positioning = finding.shared(house.awa, house.nour)
    address = page_url("page_change", positioning)
    assert '<option value="could_learn" selected>' in text(nour.get(address))

    nour.post(address, {"item-send-message": "yes", "item-send-photo": "yes"})

    assert finding.answers(positioning)["send-photo"] == "yes"
    assert enter(house.bram).get(address).status_code == 404


# --- walls ---


def test_a_stranger_finds_nothing(house, enter, asked, told):
    pages = [
        page_url("session", asked), page_url("question", asked, "send-photo"),
        page_url("pause", asked), page_url("result", asked), page_url("result_pdf", asked),
        page_url("share", asked), page_url("erase", asked), page_url("read_back", told),
    ]  # fmt: skip
    other = make.MemberFactory(centre=house.centre, teams=[house.other_team])

    for member in (house.bram, other, house.coordinator, house.reception, house.zoe):
        client = enter(member)
        for address in pages:
            assert client.get(address).status_code == 404, address
            assert client.post(address).status_code in {404, 405}, address


def test_a_colleague_of_the_team_cannot_tell_that_it_exists(house, enter, asked, told):
    bram = enter(house.bram)
    addresses = [
        reverse("positioning:person", args=[house.awa.pk]),
        reverse("positioning:over_time", args=[house.awa.pk]),
        reverse("file", args=[house.awa.pk]),
    ]
    before = [bram.get(address).content for address in addresses]
    Positioning.objects.all().delete()

    assert [len(page) for page in before] == [
        len(bram.get(address).content) for address in addresses
    ]


def test_the_page_of_positionings_costs_the_same_for_two_and_for_twelve(
    house, nour, django_assert_num_queries
):
    address = reverse("positioning:person", args=[house.awa.pk])
    for number in range(12):
        finding.shared(house.awa, house.nour)
        if number == 1:
            nour.get(address)
            from django.db import connection
            from django.test.utils import CaptureQueriesContext

            with CaptureQueriesContext(connection) as few:
                nour.get(address)

    with django_assert_num_queries(len(few)):
        nour.get(address)
