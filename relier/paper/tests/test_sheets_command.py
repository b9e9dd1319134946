"""`relier sheets`: printing and reading by hand, with nothing in the tray."""

import io
import json

import cv2
import numpy as np
import pypdfium2
import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from relier.journal.models import Line
from relier.paper import loose
from relier.paper.management.commands.sheets import Progress
from relier.paper.models import Pile, PrintedPage, Printing, ReceivedFile, Scan
from tests import factories as make

from .tray import BOXES, NAME, pdf_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("room", "_in_english")]

DOTS_A_MM = 200 / 25.4
POSITIONING = "competences.positioning"


@pytest.fixture
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def nour(house):
    return ["--as", house.nour.user.email]


def pages_of(path) -> list[np.ndarray]:
    with pypdfium2.PdfDocument(path.read_bytes()) as document:
        return [
            np.atleast_3d(page.render(scale=200 / 72, grayscale=True).to_numpy())[..., 0].copy()
            for page in document
        ]


def crossed(grey, box):
    x, y, side = (round(length * DOTS_A_MM) for length in (box.x, box.y, box.side))
    for (x1, y1), (x2, y2) in (((0, 0), (1, 1)), ((1, 0), (0, 1))):
        start = (x + round(x1 * side), y + round(y1 * side))
        cv2.line(grey, start, (x + round(x2 * side), y + round(y2 * side)), 40, 4, cv2.LINE_AA)
    return grey


def saved(grey, path):
    assert cv2.imwrite(str(path), np.ascontiguousarray(grey))
    return str(path)


def read_into(out, *files) -> tuple[dict, int]:
    """What it wrote, and how it ended."""
    ended = 0
    try:
        call_command("sheets", "read", *files, "--json", str(out))
    except SystemExit as end:
        ended = end.code
    return json.loads(out.read_text(encoding="utf-8")), ended


# --- printing ------------------------------------------------------------------------------------


def test_what_is_printed_is_read_and_nothing_is_in_the_tray(nour, tmp_path, capsys):
    pdf, out = tmp_path / "boxes.pdf", tmp_path / "read.json"
    call_command("sheets", "print", BOXES, "--out", str(pdf), "--copies", "3", *nour)
    layout = Printing.objects.get().sheet.as_layout
    letter = next(box for box in layout.page(1).boxes if box.choice == "letter")
    first, second, _third = pages_of(pdf)
    files = [
        saved(crossed(first, letter)[::-1, ::-1], tmp_path / "first.png"),
        saved(second, tmp_path / "second.jpg"),
    ]

    told, ended = read_into(out, *files)

    known = list(PrintedPage.objects.order_by("copy__number").values_list("identifier", flat=True))
    assert ended == 0
    assert told["complete"] is True
    assert [page["identifier"] for page in told["pages"]] == known[:2]
    assert [page["file"] for page in told["pages"]] == files
    marked, blank = (page["answers"]["reply"] for page in told["pages"])
    assert marked == {"kind": "one", "answers": ["letter"], "sure": True}
    assert blank["answers"] == []
    assert not blank["sure"]
    assert told["pages"][0]["sheet"]["name"] == BOXES
    assert [page["reason"] for page in told["pages"]] == ["", ""]
    assert not any(table.objects.exists() for table in (Pile, ReceivedFile, Scan))
    assert capsys.readouterr().err.splitlines() == ["3 copies printed.", "2 pages read of 2."]


def test_what_is_written_by_hand_is_left_to_a_human(nour, tmp_path):
    pdf, out = tmp_path / "sheet.pdf", tmp_path / "read.json"
    call_command("sheets", "print", NAME, "--out", str(pdf), *nour)
    page = pages_of(pdf)[0]
    room = next(r for r in Printing.objects.get().sheet.as_layout.page(1).rooms
                if r.question == "words")  # fmt: skip
    x, y = round((room.x + 5) * DOTS_A_MM), round((room.y + 8) * DOTS_A_MM)
    cv2.putText(page, "Bonjour", (x, y), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.6, 30, 3)

    told, _ended = read_into(out, saved(page, tmp_path / "page.png"))

    words, day = (told["pages"][0]["answers"][key] for key in ("words", "day"))
    assert (words["kind"], words["answers"], words["sure"]) == ("line", [], False)
    assert words["written"] > day["written"]


def test_several_sheets_are_one_file_to_print(nour, tmp_path):
    pdf = tmp_path / "all.pdf"

    call_command("sheets", "print", BOXES, NAME, "--out", str(pdf), "--copies", "2", *nour)

    assert len(pages_of(pdf)) == PrintedPage.objects.count() == 4
    assert sorted(Printing.objects.values_list("sheet__name", flat=True)) == [BOXES, NAME]


def test_what_is_printed_is_a_line_of_the_journal_in_the_name_of_who_printed(house, nour, tmp_path):
    call_command("sheets", "print", BOXES, "--out", str(tmp_path / "one.pdf"), *nour)

    line = Line.objects.get(kind="paper.printed")
    assert (line.actor, line.centre) == (house.nour.pk, house.centre.pk)


def test_an_occasion_is_told_by_what_makes_it_different(nour, tmp_path):
    out = str(tmp_path / "access.pdf")

    call_command("sheets", "print", POSITIONING, "--out", out, "--occasion", "parts=access", *nour)

    occasion = Printing.objects.get().sheet.occasion
    assert occasion.keys() == {"bank", "version", "parts"}
    assert occasion["parts"] == "access"


@pytest.mark.parametrize(
    ("names", "more", "sentence"),
    [
        ([POSITIONING], [], "printed for one occasion"),
        ([POSITIONING], ["--occasion", "parts=nowhere"], "not printed with this"),
        ([BOXES], ["--occasion", "colour"], "key=value"),
        (["people.consent"], ["--occasion", "purpose=soul"], "not printed with this"),
        (["nobody.knows"], [], "No room has a sheet"),
        ([BOXES], ["--copies", "0"], "Print from 1 to"),
        ([BOXES], ["--copies", "2001"], "Print from 1 to"),
        (["tests.ballot"], [], "A ballot is not printed"),
    ],
)
def test_what_cannot_be_printed_is_said_and_nothing_is_kept(nour, tmp_path, names, more, sentence):
    out = tmp_path / "none.pdf"

    with pytest.raises(CommandError, match=sentence) as refused:
        call_command("sheets", "print", *names, "--out", str(out), *more, *nour)

    assert refused.value.returncode == 1
    assert not out.exists()
    assert list(tmp_path.iterdir()) == []
    assert not Printing.objects.exists()


def test_a_file_that_cannot_be_written_prints_nothing(nour, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("sheets", "print", BOXES, "--out", str(tmp_path / "no" / "one.pdf"), *nour)

    assert not Printing.objects.exists()


def test_printing_is_in_the_name_of_a_member_who_may(house, tmp_path):
    out = ["--out", str(tmp_path / "one.pdf")]
    administrator = make.MemberFactory(centre=house.centre, role="administrator")

    for who, sentence in (
        ([], "Say who prints"),
        (["--as", "nobody@example.invalid"], "Nobody of this name"),
        (["--as", administrator.user.email], "may not print"),
    ):
        with pytest.raises(CommandError, match=sentence):
            call_command("sheets", "print", BOXES, *out, *who)
    assert not Printing.objects.exists()


def test_a_member_of_two_centres_says_in_which(house, nour, tmp_path):
    other = make.MemberFactory(user=house.nour.user)
    out = ["--out", str(tmp_path / "one.pdf")]

    with pytest.raises(CommandError, match="Say who prints"):
        call_command("sheets", "print", BOXES, *out, *nour)
    call_command("sheets", "print", BOXES, *out, *nour, "--centre", other.centre.name)

    assert Printing.objects.get().centre == other.centre


def test_the_list_says_what_print_takes(nour, tmp_path, capsys):
    call_command("sheets", "list", *nour)
    lines = capsys.readouterr().out.splitlines()

    assert "support.request" in lines
    consent = next(line for line in lines if line.startswith("people.consent"))
    words = consent.split("  #")[0].split()
    call_command("sheets", "print", *words, "--out", str(tmp_path / "consent.pdf"), *nour)
    assert Printing.objects.get().sheet.occasion == {"purpose": "file", "version": "2026-11"}


# --- reading -------------------------------------------------------------------------------------


def test_files_that_cannot_be_read_are_each_said_in_a_sentence(nour, tmp_path):
    pdf, out = tmp_path / "boxes.pdf", tmp_path / "read.json"
    call_command("sheets", "print", BOXES, "--out", str(pdf), *nour)
    (tmp_path / "empty.png").touch()
    (tmp_path / "words.pdf").write_text("Nothing but words.")
    (tmp_path / "cut.pdf").write_bytes(pdf.read_bytes()[:300])
    (tmp_path / "stranger.pdf").write_bytes(pdf_of(1))
    names = ["empty.png", "words.pdf", "cut.pdf", "stranger.pdf", "gone.pdf", ".", "boxes.pdf"]

    told, ended = read_into(out, *(str(tmp_path / name) for name in names))

    reasons = [page["reason"] for page in told["pages"]]
    assert [reason.split(".")[0] for reason in reasons] == [
        "This file is empty",
        "This file is not a PDF, TIFF, JPEG or PNG",
        "This file is damaged, or is not what it says it is",
        "No code of ours can be seen",
        "This is not a file, or it is not there",
        "This is not a file, or it is not there",
        "",
    ]
    assert [page["page"] for page in told["pages"]] == [None, None, None, 1, None, None, 1]
    assert ended == 3
    assert told["complete"] is True


def test_a_page_that_was_erased_or_printed_elsewhere_is_unknown(nour, tmp_path):
    pdf, out = tmp_path / "boxes.pdf", tmp_path / "read.json"
    call_command("sheets", "print", BOXES, "--out", str(pdf), *nour)
    PrintedPage.objects.all().delete()

    told, ended = read_into(out, str(pdf))

    (page,) = told["pages"]
    assert page["reason"].startswith("This page was not printed here")
    assert page["code"]
    assert page["answers"] == {}
    assert ended == 3


def test_the_same_page_twice_is_said(nour, tmp_path):
    pdf, out = tmp_path / "boxes.pdf", tmp_path / "read.json"
    call_command("sheets", "print", BOXES, "--out", str(pdf), *nour)

    told, _ended = read_into(out, str(pdf), str(pdf))

    assert [page["reason"] for page in told["pages"]] == [
        "",
        "Another picture of this page is there already.",
    ]


def test_stopped_it_leaves_what_was_read_and_says_that_it_is_not_all(
    nour, tmp_path, monkeypatch, capsys
):
    pdf, out = tmp_path / "boxes.pdf", tmp_path / "read.json"
    call_command("sheets", "print", BOXES, "--out", str(pdf), "--copies", "3", *nour)
    read_all = loose.read_files

    def stopped_after_one(paths, told):
        yield next(read_all(paths, told=told))
        raise KeyboardInterrupt

    monkeypatch.setattr(loose, "read_files", stopped_after_one)
    told, ended = read_into(out, str(pdf))

    assert ended == 130
    assert told["complete"] is False
    assert len(told["pages"]) == 1
    assert capsys.readouterr().err.endswith("Stopped: what was read until then is written.\n")


def test_stopped_while_it_prints_nothing_is_kept(nour, tmp_path, monkeypatch):
    def stopped(*_args, **_how):
        raise KeyboardInterrupt

    monkeypatch.setattr("relier.paper.printing.print_sheet", stopped)
    with pytest.raises(CommandError, match="Stopped") as ended:
        call_command("sheets", "print", BOXES, "--out", str(tmp_path / "one.pdf"), *nour)

    assert ended.value.returncode == 130
    assert list(tmp_path.iterdir()) == []
    assert not Printing.objects.exists()


def test_where_it_cannot_write_it_does_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(loose, "read_files", lambda *_args, **_how: pytest.fail("read"))

    with pytest.raises(CommandError, match="cannot be written"):
        call_command("sheets", "read", "scan.pdf", "--json", str(tmp_path / "no" / "read.json"))


def test_it_may_be_written_to_the_standard_output(nour, tmp_path, capsys):
    pdf = tmp_path / "boxes.pdf"
    call_command("sheets", "print", BOXES, "--out", str(pdf), *nour)
    capsys.readouterr()

    call_command("sheets", "read", str(pdf), "--json", "-")

    assert json.loads(capsys.readouterr().out)["pages"][0]["reason"] == ""


# --- progress ------------------------------------------------------------------------------------


class Watched(io.StringIO):
    def __init__(self, looked_at):
        super().__init__()
        self.looked_at = looked_at

    def isatty(self):
        return self.looked_at

    def write(self, text, style_func=None, ending=None):
        return super().write(text)


@pytest.mark.parametrize(
    ("looked_at", "shown"), [(True, "\r1 / 3 pages\r2 / 3 pages\n"), (False, "")]
)
def test_progress_is_one_line_for_whoever_looks_and_nothing_for_a_file(looked_at, shown):
    screen = Watched(looked_at)
    progress = Progress(screen, "pages")

    progress.told(1, 3)
    progress.told(2, 3)
    progress.end()

    assert screen.getvalue() == shown


def test_a_crash_of_the_process_apart_costs_one_page(nour, tmp_path):
    from relier.paper.reading.headers import Fault, Unreadable
    from relier.paper.reading.worker import Worker

    pdf, told = tmp_path / "boxes.pdf", []
    call_command("sheets", "print", BOXES, "--out", str(pdf), "--copies", "3", *nour)

    class Fragile(Worker):
        def read(self, number, find):
            if number == 2:
                self.close()
                raise Unreadable(Fault.CRASHED)
            return super().read(number, find)

    pages = list(loose.read_files([pdf], told=lambda *done: told.append(done), reader=Fragile))

    assert [bool(page["answers"]) for page in pages] == [True, False, True]
    assert pages[1]["reason"].startswith("This page could not be opened")
    assert told == [(1, 3), (2, 3), (3, 3)]
