"""The pages of printing, receiving, the tray and checking, as Nour walks through them."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from relier.journal.models import Line
from relier.paper import actions
from relier.paper.models import Copy, Decision, Pile, Printing, Scan, State, Why
from relier.paper.settling import settled
from relier.paper.sheets import Occasion, registry
from tests import factories as make

from .tray import BOXES, NAME, Told, a_picture, file_of, page, printed_for, received, with_exif

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("room", "in_english")]


@pytest.fixture(autouse=True)
def told(monkeypatch):
    """The pages read what they are told, and not what a process apart sees."""
    machine = Told()
    defaults = {**actions.reading.read_waiting.__kwdefaults__, "reader": machine}
    monkeypatch.setattr(actions.reading.read_waiting, "__kwdefaults__", defaults)
    return machine


@pytest.fixture
def at_screen(enter):
    """A member at a screen, in English."""

    def sit(member):
        type(member.user).objects.filter(pk=member.user.pk).update(language="en")
        return enter(member)

    return sit


@pytest.fixture
def nour(house, at_screen):
    return at_screen(house.nour)


def upload(*pages, name="scan.pdf"):
    return SimpleUploadedFile(name, file_of(*pages).getvalue())


def doubtful(house, person=None, *, name=NAME, by=None, **more):
    """A page that came back, on which every answer waits."""
    printed = printed_for(house, person, name=name)[0]
    return received(house, page(printed.identifier, sure=False, **more), by=by)[0]


def check_address(scan):
    return reverse("paper:check", args=[scan.page.copy.printing.sheet_id])


def pressed(client, address, gesture, **more):
    """Press a button of the page of checking that stands at this address now."""
    shown = client.get(address).content.decode()
    fields = dict(re.findall(r'type="hidden" name="(place|seen)" value="([^"]*)"', shown))
    return client.post(address.split("?")[0], {**fields, "gesture": gesture, **more})


def text_of(answer):
    pages = PdfReader(BytesIO(answer.content)).pages
    return "\n".join(one.extract_text() for one in pages)


# --- printing ------------------------------------------------------------------------------------


def print_form(house, **more):
    return {"language": "fr", "people": [str(house.awa.pk)], "blank": "", "q": "", **more}


def test_a_sheet_is_printed_for_someone_and_for_nobody_yet(house, nour):
    answer = nour.post(reverse("paper:print", args=[NAME]), print_form(house, blank="2"))

    batch = Printing.objects.get()
    assert answer.url == reverse("paper:batch", args=[batch.pk])
    subjects = Copy.objects.order_by("number").values_list("subject", flat=True)
    assert list(subjects) == [house.awa.pk, None, None]
    pdf = nour.get(reverse("paper:batch_pdf", args=[batch.pk]))
    assert len(PdfReader(BytesIO(pdf.content)).pages) == 3
    assert "Diallo" not in "".join(
        one.extract_text() for one in PdfReader(BytesIO(pdf.content)).pages
    )


def test_the_list_alone_bears_names_and_is_a_line_of_the_journal(house, nour):
    nour.post(reverse("paper:print", args=[NAME]), print_form(house, blank="1"))

    pdf = nour.get(reverse("paper:batch_list", args=[Printing.objects.get().pk]))

    assert "Awa Diallo" in text_of(pdf)
    assert Line.objects.filter(kind="paper.list_printed").count() == 1


def test_sent_twice_a_batch_is_printed_once(house, nour):
    key = "0c0ffee0-0000-4000-8000-000000000001"
    form = print_form(house, form_key=key)

    first = nour.post(reverse("paper:print", args=[NAME]), form)
    again = nour.post(reverse("paper:print", args=[NAME]), form)

    assert first.url == again.url
    assert Printing.objects.count() == 1


def test_nobody_ticked_and_no_blank_copy_is_said_and_prints_nothing(house, nour):
    answer = nour.post(reverse("paper:print", args=[NAME]), print_form(house, people=[]))

    assert b"Tick someone, or say how many blank copies." in answer.content
    assert not Printing.objects.exists()


def test_a_search_keeps_what_was_ticked(house, nour):
    other = make.PersonFactory(centre=house.centre, call_name="Idris", followed_by=house.team)
    form = print_form(house, q="idris", find="1")

    answer = nour.post(reverse("paper:print", args=[NAME]), form).content.decode()

    assert re.search(rf'value="{house.awa.pk}"[^>]*checked', answer)
    assert f'value="{other.pk}"' in answer
    assert not Printing.objects.exists()


def test_someone_whom_no_team_of_theirs_follows_is_not_printed_for(house, nour):
    stranger = make.PersonFactory(centre=house.centre, followed_by=house.other_team)

    answer = nour.post(reverse("paper:print", args=[NAME]), print_form(house, people=[stranger.pk]))

    assert b"Someone who is ticked is not found any more." in answer.content
    assert not Printing.objects.exists()


def test_what_was_put_together_for_one_person_is_printed_for_nobody_else(house, nour, monkeypatch):
    def occasions(_by, subject):
        return [Occasion(), *([Occasion({"of": str(subject)}, "Hers")] if subject else [])]

    entry = replace(registry.entry(NAME), occasions=occasions)
    address = reverse("paper:print", args=[NAME]) + f"?person={house.awa.pk}"

    # Put back before the room leaves: after, its sheet would stay registered for the next tests.
    with monkeypatch.context() as until_then:
        until_then.setitem(registry._entries, NAME, entry)
        refused = nour.post(address, print_form(house, occasion="1", blank="1"))
        assert b"print it for them only" in refused.content
        assert not Printing.objects.exists()
        nour.post(address, print_form(house, occasion="1"))

    assert Printing.objects.get().sheet.occasion == {"of": str(house.awa.pk)}


def test_whoever_does_not_reach_everyone_prints_them_no_more(house, nour, at_screen):
    nour.post(reverse("paper:print", args=[NAME]), print_form(house))
    batch = Printing.objects.get()

    colette = at_screen(house.coordinator)

    assert colette.get(reverse("paper:batch", args=[batch.pk])).status_code == 200
    assert b"Awa" not in colette.get(reverse("paper:batch", args=[batch.pk])).content
    for name in ("batch_pdf", "batch_list"):
        assert colette.get(reverse(f"paper:{name}", args=[batch.pk])).status_code == 404


# --- receiving -----------------------------------------------------------------------------------


def test_files_are_kept_read_and_counted(house, nour):
    printed = printed_for(house, house.awa, None)
    files = [upload(page(printed[0].identifier)), upload(page(printed[1].identifier), page(None))]

    answer = nour.post(reverse("paper:receive"), {"scans": files}, follow=True)

    assert b"2 files are kept." in answer.content
    assert b"<strong>3</strong> of 3 pages read" in answer.content
    assert Scan.objects.count() == 3


def test_a_pile_is_read_on_where_it_was_left(house, nour, monkeypatch):
    monkeypatch.setattr("relier.paper.views.receiving.READ_FOR", 0.0)
    printed = printed_for(house, *[None] * 3)
    nour.post(reverse("paper:receive"), {"scans": [upload(*(page(p.identifier) for p in printed))]})
    pile = Pile.objects.get()
    assert Scan.objects.to_read().count() == 2

    for _round in range(3):
        answer = nour.post(reverse("paper:pile", args=[pile.pk]), follow=True)

    assert b"<strong>3</strong> of 3 pages read" in answer.content
    assert not Scan.objects.to_read().exists()


def test_the_same_sending_twice_is_one_pile(house, nour):
    key = "0c0ffee0-0000-4000-8000-000000000002"
    printed = printed_for(house, house.awa)[0]

    for _time in range(2):
        nour.post(
            reverse("paper:receive"), {"scans": [upload(page(printed.identifier))], "form_key": key}
        )

    assert (Pile.objects.count(), Scan.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "This file is empty."), (b"GIF89a" + b"x" * 50, "not a PDF, TIFF, JPEG or PNG"),
     (b"MZ\x90\x00%PDF-1.7", "not a PDF")],
)  # fmt: skip
def test_a_hostile_file_is_answered_in_words_and_takes_no_other_along(house, nour, content, said):
    good = upload(page(printed_for(house, house.awa)[0].identifier))
    bad = SimpleUploadedFile("../../x<script>.jpg", content)

    answer = nour.post(reverse("paper:receive"), {"scans": [bad, good]}, follow=True)

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert b"<script>.jpg" not in answer.content
    assert Scan.objects.count() == 1


def test_what_is_more_than_is_taken_at_once_is_dropped_and_said(house, nour, monkeypatch):
    monkeypatch.setattr("relier.paper.uploads.MOST_BYTES", 1000)
    small = upload(page(printed_for(house, house.awa)[0].identifier))
    large = SimpleUploadedFile("large.pdf", b"%PDF-" + b"x" * 200_000)

    answer = nour.post(reverse("paper:receive"), {"scans": [small, large]}, follow=True)

    assert b"at once: the rest is not kept" in answer.content
    assert Scan.objects.count() == 1


def test_a_file_sent_to_a_page_that_takes_none_is_dropped(house, nour):
    answer = nour.post(reverse("paper:tray"), {"scans": upload(page(None))})
    assert answer.status_code == 405
    sent = nour.post(reverse("support:request_new"), {"words": upload(page(None))})

    assert sent.status_code == 200
    assert not sent.wsgi_request.FILES


def test_where_a_picture_was_taken_is_not_kept(house, nour, told, monkeypatch):
    told.pages = [page(state="unidentified", why="no_code")]
    monkeypatch.setattr(told, "open", lambda _data: 1)
    photo = SimpleUploadedFile("photo.jpg", with_exif(a_picture(), b"50.46 N 4.86 E"))

    nour.post(reverse("paper:receive"), {"scans": [photo]})

    assert b"50.46" not in Pile.objects.get().files.get().content()


# --- by telephone --------------------------------------------------------------------------------


def test_a_photograph_is_answered_on_the_spot(house, nour):
    printed = printed_for(house, house.awa)[0]

    answer = nour.post(
        reverse("paper:phone"), {"photo": upload(page(printed.identifier))}, follow=True
    )

    assert b"This page is well taken" in answer.content
    assert b"Votre demande, page 1 of 1." in answer.content


def test_a_photograph_taken_again_puts_the_first_aside_and_keeps_both(house, nour):
    printed = printed_for(house, house.awa)[0]
    lost = page(state="unidentified", why="no_code")
    first = nour.post(reverse("paper:phone"), {"photo": upload(lost)}, follow=True)
    assert b"Take it again, if you can" in first.content
    hidden = dict(re.findall(r'name="(pile|again)" value="([^"]*)"', first.content.decode()))

    nour.post(reverse("paper:phone"), {"photo": upload(page(printed.identifier)), **hidden})

    before, after = Scan.objects.order_by("received_at")
    assert (before.aside_why, after.why) == ("again", "")
    assert Pile.objects.count() == 1


def test_the_next_page_leaves_the_bad_one_in_the_tray(house, nour):
    nour.post(reverse("paper:phone"), {"photo": upload(page(state="unidentified", why="no_code"))})

    nour.post(
        reverse("paper:phone"), {"photo": upload(page(printed_for(house, house.awa)[0].identifier))}
    )

    assert Scan.objects.in_tray().filter(why=Why.NO_CODE).count() == 1


def test_no_photograph_is_said(nour):
    assert b"Take a photograph first." in nour.post(reverse("paper:phone"), {"pile": ""}).content


# --- the tray ------------------------------------------------------------------------------------


def test_each_reason_to_wait_has_its_list(house, nour):
    scan = doubtful(house, house.awa)
    received(
        house,
        page(scan.page.identifier),
        page("0" * 13),
        page(state="unidentified", why="no_code"),
    )

    home = nour.get(reverse("paper:home")).content.decode()

    for words in ("Answers to check", "Unknown pages", "Pages that could not be read",
                  "A second picture of a page"):  # fmt: skip
        assert words in home
    for which in ("answers", "unknown", "unreadable", "duplicates"):
        listed = nour.get(reverse("paper:tray"), {"which": which}).content.decode()
        assert listed.count('href="/paper/pages/') == 1, which


def test_a_page_is_read_by_hand_from_its_code(house, nour):
    printed = printed_for(house, house.awa)[0]
    lost = received(house, page(state="unidentified", why="no_code"))[0]
    address = reverse("paper:page", args=[lost.pk])

    wrong = nour.post(address, {"gesture": "by_hand", "code": "0000-0000"})
    assert b"No page has this code" in wrong.content
    nour.post(address, {"gesture": "by_hand", "code": printed.short})

    lost.refresh_from_db()
    assert (lost.page, lost.state) == (printed, State.READ)


def test_a_duplicate_is_preferred_a_page_put_aside_and_taken_back(house, nour):
    scan = doubtful(house, house.awa)
    again = received(house, page(scan.page.identifier))[0]

    nour.post(reverse("paper:page", args=[again.pk]), {"gesture": "prefer"})
    nour.post(reverse("paper:page", args=[scan.pk]), {"gesture": "aside", "why": "again"})
    assert Scan.objects.standing().get() == again
    assert Scan.objects.get(pk=scan.pk).aside_why == "again"

    nour.post(reverse("paper:page", args=[scan.pk]), {"gesture": "take_back"})
    assert Scan.objects.get(pk=scan.pk).why == Why.DUPLICATE


def test_a_page_is_put_aside_with_a_reason_only(house, nour):
    scan = doubtful(house, house.awa)

    answer = nour.post(reverse("paper:page", args=[scan.pk]), {"gesture": "aside"})

    assert b"Say why this page is put aside." in answer.content


def test_missing_pages_are_listed_once_another_is_back(house, nour):
    printed = printed_for(house, house.awa, name="tests.two_pages")
    assert b"Missing pages" not in nour.get(reverse("paper:home")).content

    received(house, page(printed[0].identifier))

    listed = nour.get(reverse("paper:tray"), {"which": "missing"}).content.decode()
    assert "Deux pages, page 2" in listed


def test_the_picture_is_a_jpeg_that_no_browser_keeps(house, nour, at_screen):
    scan = doubtful(house, house.awa)

    whole = nour.get(reverse("paper:picture", args=[scan.pk]))
    small = nour.get(reverse("paper:picture", args=[scan.pk]) + "?small")
    strip = nour.get(reverse("paper:strip", args=[scan.pk, "reply"]))

    for answer in (whole, small, strip):
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.content.startswith(b"\xff\xd8")
    assert len(small.content) < len(whole.content)
    assert nour.get(reverse("paper:strip", args=[scan.pk, "age"])).status_code == 404
    zoe = at_screen(house.zoe)
    assert zoe.get(reverse("paper:picture", args=[scan.pk])).status_code == 404


def test_a_blank_copy_is_given_to_someone(house, nour):
    scan = doubtful(house, None)
    copy = scan.page.copy

    found = nour.post(reverse("paper:whose", args=[copy.pk]), {"q": "awa", "find": "1"})
    assert b"Awa Diallo" in found.content
    nour.post(reverse("paper:whose", args=[copy.pk]), {"person": str(house.awa.pk), "q": "awa"})

    copy.refresh_from_db()
    assert copy.subject_id == house.awa.pk


# --- checking ------------------------------------------------------------------------------------


def test_the_same_question_of_every_page_comes_first(house, nour):
    first, second = doubtful(house, house.awa), doubtful(house, None)
    address = check_address(first)
    asked = []

    for _answer in range(6):
        shown = nour.get(address).content.decode()
        asked.append(re.search(r'name="place" value="([^"]*)"', shown)[1])
        pressed(nour, address, "illegible")

    questions = [place.split(":")[1] for place in asked]
    assert questions == ["reply", "reply", "day", "day", "words", "words"]
    assert {place.split(":")[0] for place in asked} == {str(first.pk), str(second.pk)}
    assert b"Every answer is known" in nour.get(address).content


def test_a_choice_a_proposal_and_what_is_typed_are_kept_each_by_one_press(house, nour):
    scan = doubtful(house, house.awa)
    address = check_address(scan)
    shown = nour.get(address).content.decode()
    assert re.search(r'value="choose:letter" aria-keyshortcuts="2 Enter" autofocus', shown)
    assert "<strong>0</strong> of 3" in shown

    pressed(nour, address, "choose:letter")
    pressed(nour, address, "keep", answer="24/11/2026")
    pressed(nour, address, "keep", answer="Je cherche un cours")

    answers = {key: one.answers for key, one in settled(scan).items()}
    assert answers == {
        "reply": ("letter",),
        "day": ("24/11/2026",),
        "words": ("Je cherche un cours",),
    }
    scan.refresh_from_db()
    assert scan.state == State.CHECKED


def test_a_wrong_answer_is_said_beside_the_page_and_what_was_typed_stays(house, nour):
    scan = doubtful(house, house.awa)

    answer = pressed(nour, check_address(scan) + f"?at={scan.pk}:day", "keep", answer="31/02/2026")

    assert b"Write a day that exists" in answer.content
    assert b'value="31/02/2026"' in answer.content
    assert not Decision.objects.exists()


def test_nothing_typed_where_there_is_ink_is_no_answer(house, nour):
    scan = doubtful(house, house.awa, written=0.3)

    answer = pressed(nour, check_address(scan) + f"?at={scan.pk}:day", "keep", answer="")

    assert "press “Nothing is written”" in answer.content.decode()
    assert not Decision.objects.exists()


def test_undoing_comes_back_to_the_answer(house, nour):
    scan = doubtful(house, house.awa)
    address = check_address(scan)
    pressed(nour, address, "choose:phone")

    back = pressed(nour, address, "undo")

    assert back.url.endswith(f"at={scan.pk}%3Areply")
    assert settled(scan)["reply"].answers is None
    pressed(nour, address, "undo")  # nothing is left to take back
    assert Decision.objects.count() == 2


def test_pressed_twice_or_after_a_colleague_nothing_is_decided_again(house, nour):
    scan = doubtful(house, house.awa)
    address = check_address(scan)
    form = {"place": f"{scan.pk}:reply", "seen": "0", "gesture": "choose:phone"}
    nour.post(address, form)

    nour.post(address, {**form, "gesture": "choose:letter"})

    assert settled(scan)["reply"].answers == ("phone",)
    assert Decision.objects.count() == 1


def test_two_answers_are_proposed_to_nobody(house, nour):
    scan = doubtful(house, house.awa, reply=("phone", "letter"))

    shown = nour.get(check_address(scan)).content.decode()

    assert "The machine sees two answers" in shown
    assert "autofocus" not in shown


def test_a_number_is_read_by_two_each_alone(house, nour, at_screen):
    scan = doubtful(house, house.awa, name="tests.count")
    address = check_address(scan)
    make.MemberFactory(centre=house.centre)
    colleague = make.MemberFactory(centre=house.centre, teams=[house.team])
    other = at_screen(colleague)

    pressed(nour, address, "keep", answer="12")
    assert b"waits for a colleague" in nour.get(address).content
    assert (
        b"12" not in other.get(address).content.split(b"<main")[1].replace(b"of 12", b"")[:0] + b""
    )
    pressed(other, address, "keep", answer="17")
    assert b"12 \xc2\xb7 17" in nour.get(address).content
    pressed(nour, address, "keep", answer="17")

    assert settled(scan)["present"].answers == ("17",)


def test_whoever_reads_second_sees_nothing_of_the_first(house, nour, at_screen):
    scan = doubtful(house, house.awa, name="tests.count")
    colleague = make.MemberFactory(centre=house.centre, teams=[house.team])
    pressed(nour, check_address(scan), "keep", answer="83")

    shown = at_screen(colleague).get(check_address(scan)).content.decode()

    assert "83" not in re.sub(r'[0-9a-f-]{36}|value="[^"]{40,}"', "", shown.split("<main")[1])


def test_a_sheet_of_which_nothing_is_theirs_is_not_there(house, nour, at_screen):
    address = check_address(doubtful(house, house.awa))

    assert at_screen(house.zoe).get(address).status_code == 404
    assert at_screen(house.bram).get(address).status_code == 404  # not bound: under secrecy
    assert at_screen(house.coordinator).get(address).status_code == 404


# --- closing -------------------------------------------------------------------------------------


def test_a_copy_is_handed_over_once_every_answer_is_known(house, nour, room):
    scan = doubtful(house, house.awa)
    address = reverse("paper:copy", args=[scan.page.copy_id])
    refused = nour.post(address, {"helper": ""})
    assert b"3 answers wait for someone to look at them." in refused.content
    for gesture, more in (("choose:phone", {}), ("blank", {}), ("keep", {"answer": "Un cours"})):
        pressed(nour, check_address(scan), gesture, **more)

    closed = nour.post(address, {"helper": "Mariam, la sœur"})

    assert closed.url == reverse("file", args=[house.awa.pk])
    assert room.received[0].answers == {"reply": "phone", "day": None, "words": "Un cours"}
    assert room.received[0].helper == "Mariam, la sœur"
    assert b"Received by Nour" in nour.get(address).content


def test_what_a_room_refuses_is_said_in_its_place_and_nothing_is_closed(house, nour, room):
    scan = doubtful(house, house.awa, name=BOXES)
    pressed(nour, check_address(scan), "choose:phone")
    room.refusal = ValidationError("Dites d'abord à qui est cette feuille.")

    answer = nour.post(reverse("paper:copy", args=[scan.page.copy_id]), {"helper": ""})

    assert "Dites d&#x27;abord à qui est cette feuille." in answer.content.decode()
    assert Copy.objects.get().closed_at is None


def test_looking_at_a_page_is_a_line_that_the_person_reads(house, nour):
    scan = doubtful(house, house.awa)

    nour.get(check_address(scan))

    assert Line.objects.filter(kind="paper.page_read", subject=house.awa.pk).count() == 1


# --- lists that are long -------------------------------------------------------------------------


def test_a_list_costs_as_many_queries_however_long(house, nour):
    def fill(many):
        printed = printed_for(house, *[house.awa] * many, name=BOXES)
        return received(house, *(page(one.identifier, sure=False) for one in printed))[0]

    def cost(address, *arguments):
        url = reverse(f"paper:{address}", args=arguments)
        nour.get(url)  # what is asked once a session
        with CaptureQueriesContext(connection) as asked:
            assert nour.get(url).status_code == 200, url
        return len(asked)

    def costs(scan):
        return {
            **{address: cost(address) for address in ("home", "tray", "batches")},
            "pile": cost("pile", scan.file.pile_id),
            "check": cost("check", scan.page.copy.printing.sheet_id),
            "copy": cost("copy", scan.page.copy_id),
        }

    with_few = costs(fill(3))

    assert costs(fill(300)) == with_few
