"""Voices on paper: a pile printed from a question, read by two, and rows like any other."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from relier.accounts.actors import SYSTEM
from relier.centres.access import Refused
from relier.deliberation.actions import papers, questions
from relier.deliberation.actions.releases import release_if_due
from relier.deliberation.models import Ballot, PaperPile, Question, Release, Wording
from relier.deliberation.rules import codes
from relier.deliberation.sheets import NAME
from relier.deliberation.tests.stories import opened, prepared, speak
from relier.journal import keys
from relier.journal.models import Line
from relier.lib import keyring
from relier.paper import actions
from relier.paper.models import BallotCount, BallotDoubt, BallotFile, BallotPage, BallotSheet, Scan
from relier.paper.rules.ballots import BLANK, VOID
from relier.paper.tests.tray import Told, received
from tests import factories as make
from tests.paper_voices import close, pages_of, pile, read, says

FIVE = [{1: 1, 2: 1}, {1: -1, 2: 1}, {1: 0, 2: 2}, {2: -1}, {1: 1, 2: 1, 3: 1, 4: 1}]


@pytest.fixture(autouse=True)
def in_english():
    """Sentences as the code says them, whether the catalogues are compiled or not."""
    with override("en"):
        yield


@pytest.fixture
def question(house):
    return opened(house.nour)


@pytest.fixture
def count(house, question):
    return pile(question, house, by_hand=5)


def now(count):
    return BallotCount.objects.get(pk=count.pk)


# --- printing -------------------------------------------------------------------------------------


def test_whoever_runs_the_question_prints_sheets_of_it_and_nobody_else(house, question):
    for member in (house.reception, house.zoe):
        with pytest.raises(Refused):
            actions.open_pile(
                NAME, question.pk, kind="worker", copies=5, by=make.actor(member),
                readers=(house.nour, house.bram),
            )  # fmt: skip
    with pytest.raises(Refused):  # a reader of another centre
        actions.open_pile(
            NAME, question.pk, kind="worker", copies=5, by=make.actor(house.nour),
            readers=(house.nour, house.zoe),
        )  # fmt: skip
    assert not BallotCount.objects.exists()
    assert not PaperPile.objects.exists()


def test_nothing_is_printed_before_the_question_is_open_nor_after_its_end(house, question):
    with pytest.raises(ValidationError, match="Open the question first"):
        pile(prepared(house.nour), house)
    questions.close(question, by=make.actor(house.nour))
    with pytest.raises(ValidationError, match="No voice is taken"):
        pile(question, house)


@pytest.mark.parametrize("copies", [4, 501])
def test_a_pile_has_five_sheets_to_five_hundred(house, question, copies):
    with pytest.raises(ValidationError):
        pile(question, house, copies=copies)


def test_a_form_sent_twice_is_one_pile_and_the_same_sheets(house, question):
    key = uuid4()
    one, other = (pile(question, house, form_key=key, copies=5) for _twice in range(2))

    assert one == other
    assert PaperPile.objects.get().printed == BallotSheet.objects.count() == 5
    nour = make.actor(house.nour)
    assert actions.pdf_of_pile(one, by=nour) == actions.pdf_of_pile(other, by=nour)
    with pytest.raises(Refused):
        actions.pdf_of_pile(one, by=make.actor(house.bram))


def test_each_sheet_has_codes_and_a_receipt_of_its_own_and_no_code_of_a_card(house, count):
    receipts = set(BallotSheet.objects.values_list("receipt", flat=True))
    assert len(receipts) == BallotSheet.objects.count() == 10
    assert {len(one) for one in receipts} == {codes.RECEIPT + 1}
    identifiers = set(BallotPage.objects.values_list("identifier", flat=True))
    assert len(identifiers) == 10 * len(count.sheet.as_layout.pages)
    assert {one[7:] for one in identifiers} == {count.identifier[7:]}
    ring = keys.ring().of(keyring.CARDS)
    said = json.dumps([list(map(str, row)) for row in BallotSheet.objects.values_list()])
    for receipt in receipts:
        assert codes.key_of(receipt.replace("-", "").ljust(codes.LENGTH, "0"), ring) is None
        assert said.count(receipt) == 1


def test_a_sheet_says_the_words_of_its_language_and_of_the_day_it_was_printed(house, question):
    one = question.statements.shown().first()
    Wording.objects.create(
        statement=one, language="en", words="The room is too cold.", made="reviewed"
    )
    count = pile(question, house, language="en", large=True)
    Wording.objects.update(words="Something else.")

    assert count.sheet.occasion["s1"] == "The room is too cold."
    assert count.sheet.occasion["s2"] == "Il faut un ordinateur de plus."
    assert actions.pdf_of_pile(count, by=make.actor(house.nour)).startswith(b"%PDF")


def test_the_page_of_the_question_leads_to_the_pile_and_to_its_count(house, question, enter):
    nour = enter(house.nour)
    address = reverse("paper:ballot_pile_new", args=[NAME, question.pk])
    asked = reverse("deliberation:question", args=[question.pk])
    assert address in nour.get(asked).content.decode()
    form = nour.get(address)
    key = form.context["form"]["form_key"].value()
    sent = {
        "kind": "worker", "copies": 6, "language": "en", "large": "on", "form_key": key,
        "one": house.nour.pk, "two": house.bram.pk,
    }  # fmt: skip

    made = [nour.post(address, sent) for _twice in range(2)]

    count = BallotCount.objects.get()
    assert {answer.url for answer in made} == {reverse("paper:ballot_pile", args=[count.pk])}
    assert nour.get(made[0].url).status_code == 200
    pdf = nour.get(reverse("paper:ballot_pile_pdf", args=[count.pk]))
    assert pdf.content.startswith(b"%PDF")
    assert pdf["Cache-Control"] == "no-store"
    assert reverse("paper:ballot", args=[count.pk]) in nour.get(asked).content.decode()
    assert enter(house.bram).get(made[0].url).status_code == 404
    assert enter(house.zoe).get(address).status_code == 404


# --- reading --------------------------------------------------------------------------------------


def test_each_sheet_that_came_back_is_one_voice_of_its_kind(house, question, count):
    sheets = pages_of(count)
    done = read(house, count, *[says(one, row) for one, row in zip(sheets, FIVE, strict=False)])
    assert done.ballots == now(count).counted == 5

    close(count, house)

    found = {ballot.receipt: ballot for ballot in Ballot.objects.of(question)}
    wanted = {
        one.receipt.replace("-", ""): {str(number): answer for number, answer in row.items()}
        for one, row in zip(sheets, FIVE, strict=False)
    }
    assert {receipt: ballot.answers for receipt, ballot in found.items()} == wanted
    assert {ballot.kind for ballot in found.values()} == {"accompanied"}
    assert all(ballot.waits for ballot in found.values())
    assert PaperPile.objects.get().state == PaperPile.State.COUNTED


def test_a_void_line_is_a_skip_and_an_empty_sheet_is_no_voice(house, question, count):
    one, other, *rest = pages_of(count)
    read(house, count, says(one, {1: 1}, unsure={2}), says(other, {}, unsure={1}),
         *[says(sheet, row) for sheet, row in zip(rest, FIVE[:3], strict=False)])  # fmt: skip
    for doubt in list(count.doubts.all()):
        given = [VOID] if doubt.question == "s2" else [BLANK]
        for reader in (house.nour, house.bram):
            actions.say_vote(doubt, given, by=make.actor(reader))

    close(count, house)

    answers = [ballot.answers for ballot in Ballot.objects.of(question)]
    assert len(answers) == 4
    assert {"1": 1} in answers


def test_nothing_counts_before_both_readers_say_the_same(house, count):
    sheets = pages_of(count)
    read(house, count, says(sheets[0], {1: 1}, unsure={2}),
         *[says(sheet, row) for sheet, row in zip(sheets[1:], FIVE[:4], strict=False)])  # fmt: skip
    doubt = count.doubts.get()
    actions.say_vote(doubt, ["agree"], by=make.actor(house.nour))
    with pytest.raises(ValidationError, match="waits for both"):
        close(count, house)
    actions.say_vote(doubt, ["disagree"], by=make.actor(house.bram))
    assert count.doubts.get().together

    actions.say_vote(doubt, ["disagree"], by=make.actor(house.nour))
    close(count, house)
    assert {"1": 1, "2": -1} in [ballot.answers for ballot in Ballot.objects.all()]


def test_a_sheet_read_twice_counts_once_and_a_copy_marked_otherwise_is_refused(house, count):
    sheets = pages_of(count)
    first = read(house, count, says(sheets[0], {1: 1}), says(sheets[1], {1: -1}))
    again = read(
        house, count, says(sheets[2], {1: 1}), says(sheets[0], {1: 1}), says(sheets[2], {1: 1}),
        says(sheets[1], {1: 1}),
    )  # fmt: skip

    assert (first.ballots, again.ballots) == (2, 1)
    assert (again.again, again.copied) == ([2, 3], [4])
    assert now(count).counted == 3
    said = BallotSheet.objects.get(receipt=sheets[1].receipt).says
    assert said == {"s1": ["disagree"], "s2": [], "s3": [], "s4": []}


def test_the_same_file_twice_is_refused(house, count):
    (one, *_others) = pages_of(count)
    read(house, count, says(one, {1: 1}))
    with pytest.raises(ValidationError, match="counted already"):
        read(house, count, says(one, {1: 1}))


def test_a_sheet_of_another_question_or_of_another_pile_is_refused(house, question, count):
    other = pile(opened(house.nour), house)
    beside = pile(question, house)
    pages = [says(pages_of(one)[0], {1: 1}) for one in (other, count, beside)]

    done = read(house, count, *pages)

    assert (done.ballots, done.foreign) == (1, [1, 3])
    assert not BallotPage.objects.filter(ballot__count__in=[other, beside], is_read=True).exists()


def test_the_two_numbers_must_agree_before_it_is_closed(house, count):
    read(house, count, *[says(one, {1: 1}) for one in pages_of(count)[:4]])
    with pytest.raises(ValidationError, match="find out why"):
        close(count, house)
    assert not Ballot.objects.exists()


def test_of_a_sheet_of_several_pages_the_one_that_is_missing_is_said_and_the_other_counts(house):
    question = opened(house.nour, words=[f"Idée numéro {number}." for number in range(14)])
    count = pile(question, house, by_hand=5)
    assert len(count.sheet.as_layout.pages) > 1
    sheets = pages_of(count)[:5]
    whole = [says(one, {1: 1, 14: -1}, page=page) for one in sheets[1:] for page in (1, 2)]
    done = read(house, count, says(sheets[0], {1: 1, 14: -1}, page=2), *whole)

    assert (done.ballots, now(count).counted, actions.missing_pages(count)) == (9, 5, 1)
    close(count, house)
    answers = sorted(len(ballot.answers) for ballot in Ballot.objects.of(question))
    assert answers == [1, 2, 2, 2, 2]


def test_a_page_that_no_scanner_reads_is_read_from_the_paper_by_its_code(house, count):
    sheets = pages_of(count)
    read(house, count, *[says(one, {1: 1}) for one in sheets[:4]])
    short = BallotPage.objects.get(identifier=sheets[4].identifiers[0]).short
    with pytest.raises(ValidationError, match="No page of this count"):
        actions.add_from_paper(now(count), by=make.actor(house.nour), short="0000-0000")
    known = BallotPage.objects.get(identifier=sheets[0].identifiers[0]).short
    with pytest.raises(ValidationError, match="read already"):
        actions.add_from_paper(now(count), by=make.actor(house.nour), short=known)

    actions.add_from_paper(now(count), by=make.actor(house.nour), short=f"{short[:4]}-{short[4:]}")
    for doubt in list(count.doubts.all()):
        for reader in (house.nour, house.bram):
            actions.say_vote(doubt, ["pass"], by=make.actor(reader))
    close(count, house)

    assert {"1": 0, "2": 0, "3": 0, "4": 0} in [one.answers for one in Ballot.objects.all()]


def test_a_count_begun_again_forgets_what_was_read_and_reads_it_anew(house, count):
    sheets = pages_of(count)[:5]
    read(house, count, *[says(one, {1: 1}) for one in sheets])
    count = actions.begin_again(now(count), by=make.actor(house.nour))
    assert (count.counted, BallotPage.objects.filter(is_read=True).count()) == (0, 0)
    count = actions.say_by_hand(count, 5, by=make.actor(house.nour))

    read(house, count, *[says(one, {1: -1}) for one in sheets])
    close(count, house)
    assert [ballot.answers for ballot in Ballot.objects.all()] == [{"1": -1}] * 5


# --- its end --------------------------------------------------------------------------------------


def closed(house, count):
    sheets = pages_of(count)
    read(house, count, *[says(one, row) for one, row in zip(sheets, FIVE, strict=False)])
    close(count, house)
    return sheets


def test_once_closed_no_row_of_paper_is_left_of_any_sheet(house, count):
    closed(house, count)

    for model in (BallotSheet, BallotPage, BallotDoubt, BallotFile):
        assert not model.objects.exists(), model
    count = now(count)
    assert (count.votes, count.result, count.counted) == ({}, {}, 5)
    with pytest.raises(ValidationError, match="is closed"):
        close(count, house)
    assert Ballot.objects.count() == 5


def test_a_sheet_that_comes_too_late_is_known_for_a_ballot_and_its_picture_is_not_kept(
    house, count
):
    sheets = closed(house, count)

    (scan,) = received(house, says(sheets[7], {1: 1}))

    assert (scan.why, scan.page) == ("ballot", None)
    assert not hasattr(Scan.objects.get(pk=scan.pk), "picture")
    assert Scan.objects.get(pk=scan.pk).file.emptied_at is not None


def test_the_page_of_a_count_tells_no_total_of_it(house, count, enter):
    closed(house, count)
    page = enter(house.nour).get(reverse("paper:ballot", args=[count.pk])).content.decode()

    assert "counted with all the other voices" in page
    assert "<table" not in page


def test_the_journal_says_that_a_pile_was_printed_and_counted_and_nothing_of_any_sheet(
    house, question
):
    before = Line.objects.count()
    count = pile(question, house, by_hand=5)
    sheets = closed(house, count)
    lines = list(Line.objects.order_by("number").values_list("kind", flat=True))[before:]
    said = json.dumps(list(map(str, Line.objects.values_list())))

    assert lines == ["paper.ballots_opened", "paper.ballots_printed", "paper.ballots_closed"]
    for one in sheets:
        assert one.receipt not in said
        assert not any(identifier in said for identifier in one.identifiers)


def test_figures_move_by_releases_and_not_as_a_pile_is_counted(house, question, count):
    closed(house, count)
    assert release_if_due(question) is None
    speak(question, house.nour, FIVE)
    release = release_if_due(question)

    assert (release.voices, Ballot.objects.count()) == (5, 10)


def test_the_results_of_the_end_wait_for_a_pile_that_is_out_some_days_and_no_longer(
    house, question, count
):
    speak(question, house.nour, FIVE)
    questions.close(question, by=make.actor(house.nour))
    question.refresh_from_db()
    assert release_if_due(question) is None
    closed(house, count)
    release = release_if_due(question)
    assert (release.is_final, release.voices) == (True, 10)


def test_a_pile_that_never_comes_back_holds_nothing_up_for_ever(house, question, count):
    speak(question, house.nour, FIVE)
    long_ago = timezone.localdate() - timedelta(days=15)
    Question.objects.update(opened_on=long_ago, closes_on=long_ago)
    question.refresh_from_db()

    assert release_if_due(question).is_final
    read(house, count, *[says(one, {1: 1}) for one in pages_of(count)[:5]])
    with pytest.raises(ValidationError, match="too late"):
        close(count, house)
    assert (Ballot.objects.count(), now(count).is_open) == (5, True)
    assert BallotSheet.objects.exists()


def test_a_pile_that_is_given_up_is_waited_for_no_more(house, question, count):
    questions.close(question, by=make.actor(house.nour))
    speak_rows = Ballot.objects.of(question).count()
    actions.give_up(now(count), by=make.actor(house.nour))

    assert PaperPile.objects.get().state == PaperPile.State.GIVEN_UP
    assert not BallotSheet.objects.exists()
    assert speak_rows == Release.objects.count() == 0


def test_a_pile_left_open_is_given_up_in_time_by_itself(house, count):
    BallotCount.objects.update(opened_at=timezone.now() - timedelta(days=400))
    assert actions.forget_ballots(by=SYSTEM, on=timezone.localdate()) == 1
    assert PaperPile.objects.get().state == PaperPile.State.GIVEN_UP
    assert not BallotPage.objects.exists()


def test_sheets_of_workers_wait_until_people_accompanied_have_met(house):
    question = opened(house.nour, accompanied_first_until=timezone.localdate() + timedelta(days=3))
    count = pile(question, house, kind="worker", by_hand=5)
    read(house, count, *[says(one, {1: 1}) for one in pages_of(count)[:5]])

    with pytest.raises(ValidationError, match="speak first"):
        close(count, house)
    Question.objects.update(accompanied_first_until=None)
    close(count, house)
    assert {ballot.kind for ballot in Ballot.objects.all()} == {"worker"}


def test_a_pile_taken_twice_is_taken_once(house, question, count):
    assert papers.take_pile(count.pk, [("AAAAA-AAAAA", {1: "agree"})]) == 1
    assert papers.take_pile(count.pk, [("BBBBB-BBBBB", {1: "agree"})]) == 0
    assert Ballot.objects.get().receipt == "AAAAAAAAAA"


def test_of_two_files_read_at_once_a_page_that_is_in_both_is_counted_once(house, count):
    (one, other, *_rest) = pages_of(count)

    def meanwhile(number):
        if number == 1 and not BallotPage.objects.filter(is_read=True).exists():
            read(house, count, says(one, {1: 1}), by=house.bram)

    done = read(
        house, count, says(other, {1: 1}), says(one, {1: 1}), reader=Told(at_page=meanwhile)
    )
    assert (done.ballots, done.again, now(count).counted) == (1, [2], 2)


@pytest.mark.parametrize("large", [False, True])
def test_the_longest_statements_are_printed_whole_and_none_stands_outside_its_page(house, large):
    longest = [f"{'Une phrase assez longue, ' * 9} {number}."[-240:] for number in range(5)]
    count = pile(opened(house.nour, words=longest), house, large=large)

    layout = count.sheet.as_layout
    for page in layout.pages:
        for left, top, width, height in page.rows.values():
            assert left + width <= 190
            assert 45 < top < top + height < 297 - 32 - 45
    assert sum(len(page.rows) for page in layout.pages) == 5
