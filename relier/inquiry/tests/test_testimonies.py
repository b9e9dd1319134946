"""What was lived: a draft of one's own, a testimony that leads to nobody, taken back."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from relier.centres.access import Refused
from relier.inquiry import taking_back
from relier.inquiry.actions import problems, testimonies, ties
from relier.inquiry.models import Draft, Passage, Testimony
from relier.journal.models import Line
from tests import factories as make

WORDS = "The page timed out while she was looking for her card.\nShe left without an answer."


def begun(member, whose="worker"):
    return testimonies.begin(WORDS, whose=whose, by=make.actor(member))


def told(member, **more):
    more = {"whose": "worker", **more}
    return testimonies.give_words(WORDS, by=make.actor(member), **more)


def test_nobody_else_finds_a_draft_nor_a_trace_of_it(house, enter):
    draft = begun(house.bram)
    officer = make.MemberFactory(centre=house.centre, is_officer=True)

    for member in (house.nour, house.coordinator, officer, house.zoe):
        for page in ("draft", "draft_edit", "draft_give", "draft_throw"):
            answer = enter(member).get(reverse(f"inquiry:{page}", args=[draft.pk]))
            assert answer.status_code == 404
        with pytest.raises(Refused):
            testimonies.give(draft, sign=False, heard_back=False, by=make.actor(member))
    assert not Line.objects.filter(kind__startswith="inquiry.").exists()


def test_the_author_writes_changes_and_gives_it_in_a_few_pages(house, enter):
    bram = enter(house.bram)
    bram.post(reverse("inquiry:testimony_new"), {"words": "A beginning.", "whose": "worker"})
    draft = Draft.objects.get()
    bram.post(reverse("inquiry:draft_edit", args=[draft.pk]), {"words": WORDS, "whose": "worker"})

    answer = bram.post(reverse("inquiry:draft_give", args=[draft.pk]), {})

    given = Testimony.objects.get()
    assert answer.url == taking_back.address_of_code(given.pk)
    assert taking_back.code_to_show(given.pk) in bram.get(answer.url).content.decode()
    assert (given.words, given.signed_by, Draft.objects.count()) == (WORDS, None, 0)


def test_nothing_that_is_kept_leads_from_an_unsigned_testimony_to_its_author(house):
    draft = begun(house.bram)

    given = testimonies.give(draft, sign=False, heard_back=False, by=make.actor(house.bram))

    assert given.pk != draft.pk
    assert given.form_key != draft.form_key
    line = Line.objects.get(kind="inquiry.testimony_given")
    assert house.bram.pk not in {line.actor, line.subject}
    assert line.centre == house.centre.pk
    row = Testimony.objects.filter(pk=given.pk).values().get()
    assert str(house.bram.pk) not in str(row)
    assert str(house.bram.user_id) not in str(row)


def test_a_testimony_that_is_signed_says_by_whom(house, enter):
    given = told(house.bram, sign=True)

    page = enter(house.nour).get(reverse("inquiry:testimony", args=[given.pk])).content.decode()

    assert "Bram" in page
    assert Line.objects.get(kind="inquiry.testimony_given").actor == house.bram.pk


def test_words_of_someone_accompanied_are_kept_only_once_they_heard_them(house, enter):
    draft = begun(house.bram, whose="accompanied")
    bram, give = enter(house.bram), reverse("inquiry:draft_give", args=[draft.pk])

    assert bram.post(give, {}).status_code == 200
    assert not Testimony.objects.exists()
    assert bram.post(give, {"heard_back": "on"}).status_code == 302
    assert Testimony.objects.get().heard_back


def test_the_database_itself_refuses_words_of_someone_who_did_not_agree(house):
    given = told(house.bram)

    for changed in ({"whose": "accompanied"}, {"whose": "accompanied", "heard_back": True,
                                               "signed_by": house.bram}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Testimony.objects.filter(pk=given.pk).update(**changed)


def test_nobody_signs_the_words_of_someone_accompanied(house):
    with override("en"), pytest.raises(ValidationError, match="nobody signs"):
        told(house.bram, whose="accompanied", heard_back=True, sign=True)


def test_whoever_signed_takes_it_back_and_its_words_are_gone(house, enter):
    given = told(house.bram, sign=True)
    problem = problems.write("Time is short", by=make.actor(house.nour))
    ties.found(problem, given, "She left without an answer.", by=make.actor(house.nour))

    enter(house.bram).post(reverse("inquiry:withdraw", args=[given.pk]))

    given.refresh_from_db()
    assert given.is_withdrawn
    assert given.words == ""
    assert Passage.objects.get().words == ""
    for page in ("inquiry:problem", "inquiry:testimony"):
        pk = problem.pk if page.endswith("problem") else given.pk
        seen = enter(house.nour).get(reverse(page, args=[pk])).content.decode()
        assert "taken back" in seen
        assert "without an answer" not in seen


def test_the_code_takes_back_what_nobody_signed_and_a_wrong_one_does_not(house, enter):
    given, other = told(house.bram), told(house.bram)
    nour, address = enter(house.nour), reverse("inquiry:withdraw", args=[given.pk])

    for wrong in ("", "7K3MQ-9XT2H-FD8CB", taking_back.code_to_show(other.pk)):
        assert nour.post(address, {"code": wrong}).status_code == 200
    assert nour.post(address).status_code == 200
    assert Testimony.objects.standing().count() == 2

    code = taking_back.code_to_show(given.pk).lower().replace("-", " ")
    assert nour.post(address, {"code": code}).status_code == 302
    assert Testimony.objects.standing().get() == other
    assert Line.objects.get(kind="inquiry.testimony_withdrawn").actor != house.nour.pk


def test_a_colleague_takes_back_nothing_that_someone_else_signed(house):
    given = told(house.bram, sign=True)

    with pytest.raises(ValidationError):
        testimonies.withdraw(given, by=make.actor(house.coordinator))


def test_the_address_of_the_code_closes_after_an_hour(house, enter, monkeypatch):
    given = told(house.bram)
    address = taking_back.address_of_code(given.pk)
    monkeypatch.setattr(taking_back, "time", lambda: 2_000_000_000)

    assert enter(house.bram).get(address).status_code == 404


def test_a_form_sent_twice_gives_one_testimony(house, enter):
    bram, form = enter(house.bram), {"words": WORDS, "whose": "worker", "form_key": make_key()}

    for _time in range(2):
        bram.post(reverse("inquiry:testimony_new"), form)

    assert Draft.objects.count() == 1


def make_key():
    return "0b1f7f5c-3d1e-4a55-9c61-0d9a3f6b8e21"


def test_giving_twice_by_a_double_click_gives_one_and_shows_its_code(house, enter):
    draft, bram = begun(house.bram), enter(house.bram)
    give, form = reverse("inquiry:draft_give", args=[draft.pk]), {"form_key": make_key()}

    answers = [bram.post(give, form) for _time in range(2)]

    assert answers[0].url == answers[1].url
    assert Testimony.objects.count() == 1


@pytest.mark.parametrize("address", ["inquiry:testimonies", "inquiry:problems"])
def test_a_list_costs_the_same_however_long(house, enter, address):
    bram, counts = enter(house.bram), []

    for many in (3, 20):
        for number in range(many):
            told(house.bram, sign=True)
            problems.write(f"Problem {number}", by=make.actor(house.bram))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            bram.get(reverse(address))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_sheet_of_nobody_becomes_a_testimony_that_names_nobody(house):
    from relier.inquiry.sheets import TESTIMONY, receive_testimony
    from relier.paper import sheets

    sheet = sheets.build(TESTIMONY)
    answers = {"words": WORDS, "agreed": True}
    said = sheets.Answered(sheet=sheet, answers=answers, channel="paper", subject=house.awa.pk)

    made = receive_testimony(said, make.actor(house.nour))

    assert (made.whose, made.heard_back, made.signed_by) == ("accompanied", True, None)
    assert str(house.awa.pk) not in str(Testimony.objects.values().get())


@pytest.mark.parametrize(
    "answers", [{"words": None, "agreed": True}, {"words": WORDS, "agreed": None},
                {"words": WORDS, "agreed": False}],
)  # fmt: skip
def test_without_words_or_without_agreement_nothing_is_kept(house, answers):
    from relier.inquiry.sheets import TESTIMONY, receive_testimony
    from relier.paper import sheets

    said = sheets.Answered(sheet=sheets.build(TESTIMONY), answers=answers, channel="voice")

    with pytest.raises(ValidationError):
        receive_testimony(said, make.actor(house.nour))
    assert not Testimony.objects.exists()
