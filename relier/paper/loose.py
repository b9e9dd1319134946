"""Loose files, read without the tray: nothing is kept, nothing is sent, nobody is named.

    for page in read_files(paths, told=progress): …

Each page is one plain value, in the words of the language in force:

    {"file": "scan.pdf", "page": 3, "identifier": "7K3M…", "code": "7K3M-Q9XT",
     "sheet": {"name": …, "version": …, "language": …, "occasion": {…}, "page": 1},
     "reason": "", "answers": {"reply": {"kind": "one", "answers": ["phone"], "sure": true}}}

`reason` says why a page was not read, or must be looked at; "" where there is nothing to say.
`written`, beside the answers of a question that is written by hand, is the share of its room that
holds ink: what is written there is for a human. Files are opened in the process apart.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol, Self

from django.utils.translation import gettext as _

from .actions.receiving import MOST_BYTES
from .models import PrintedPage
from .models.scans import Why
from .reading import identifiers
from .reading.headers import Fault, Unreadable, kind_of
from .reading.layouts import BOXED
from .reading.worker import Find, PageAnswer, Worker
from .rules.proposals import on_page, proposals

Page = dict[str, Any]
# How many pages were read, of how many there are so far.
Told = Callable[[int, int], None]


class Reads(Protocol):
    """What `reading.worker.Worker` does."""

    def open(self, data: bytes) -> int: ...
    def read(self, number: int, find: Find) -> PageAnswer: ...
    def close(self) -> None: ...


class NotAFile(Exception):  # noqa: N818 — said as a sentence
    """What cannot even be opened, and why, in words."""


def read_files(
    paths: Iterable[Path], *, told: Told, reader: Callable[[], Reads] = Worker
) -> Iterator[Page]:
    """Every page of every file, in their order. A file that cannot be read is one page without a
    number, with its reason."""
    waiting = list(paths)
    done = 0
    seen: set[str] = set()
    for left, path in zip(range(len(waiting) - 1, -1, -1), waiting, strict=True):
        with _File(path, reader) as file:
            for page in file.pages():
                if page["identifier"] in seen and not page["reason"]:
                    page["reason"] = str(Why.DUPLICATE.label)
                if page["answers"]:
                    seen.add(page["identifier"])
                done += 1
                told(done, done + file.left + left)
                yield page


class _File:
    """A file, open in a process apart; another process goes on where one ended."""

    def __init__(self, path: Path, reader: Callable[[], Reads]) -> None:
        self._path, self._reader = path, reader
        self._worker: Reads | None = None
        self._data, self._count = b"", 0
        self.left = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_told: object) -> None:
        self._end()

    def pages(self) -> Iterator[Page]:
        try:
            self._data = _bytes_of(self._path)
            self._open()
        except NotAFile as refused:
            yield self._page(None, reason=str(refused))
            return
        except Unreadable as refused:
            yield self._page(None, reason=_in_words(refused))
            return
        for number in range(1, self._count + 1):
            self.left = self._count - number
            yield self._read(number)

    def _open(self) -> Reads:
        self._worker = self._reader()
        self._count = self._worker.open(self._data)
        return self._worker

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def _read(self, number: int) -> Page:
        try:
            worker = self._worker or self._open()
            return self._told(number, worker.read(number, find))
        except Unreadable as refused:
            self._end()  # with a new process, the next page is read all the same
            return self._page(number, reason=_in_words(refused))

    def _told(self, number: int, answer: PageAnswer) -> Page:
        page = self._page(number, reason=_why(answer.why))
        if answer.identifier is None:
            return page
        page["identifier"] = answer.identifier
        page["code"] = identifiers.as_printed(identifiers.by_hand(answer.identifier))
        printed = _printed(answer.identifier)
        if printed is None:
            page["reason"] = str(Why.UNKNOWN.label)
            return page
        sheet = printed.copy.printing.sheet
        page["sheet"] = {
            "name": sheet.name,
            "version": sheet.version,
            "language": sheet.language,
            "occasion": sheet.occasion,
            "page": printed.number,
        }
        if answer.state == "read":
            page["answers"] = _answers(printed, answer)
        return page

    def _page(self, number: int | None, *, reason: str) -> Page:
        return {
            "file": str(self._path),
            "page": number,
            "identifier": None,
            "code": None,
            "sheet": None,
            "reason": reason,
            "answers": {},
        }


def find(identifier: str) -> tuple[str, int] | None:
    """Any page that was printed here, of whatever centre."""
    page = _printed(identifier)
    return (page.copy.printing.sheet.layout, page.number) if page else None


def _printed(identifier: str) -> PrintedPage | None:
    rows = PrintedPage.objects.select_related("copy__printing__sheet")
    return rows.filter(identifier=identifier).first()


def _answers(printed: PrintedPage, answer: PageAnswer) -> dict[str, Any]:
    """Question -> what is proposed, and whether nobody needs to look."""
    layout = printed.copy.printing.sheet.as_layout
    questions = on_page(layout, layout.page(printed.number))
    proposed = proposals(answer.reading, questions)
    found: dict[str, Any] = {}
    for question in questions:
        one = proposed[question.key]
        said = {"kind": question.kind, "answers": list(one.answers), "sure": one.sure}
        if question.kind not in BOXED:
            said["written"] = answer.reading.get("written", {}).get(question.key, 0.0)
        found[question.key] = said
    return found


def _bytes_of(path: Path) -> bytes:
    """Raises NotAFile, Unreadable."""
    try:
        if not path.is_file():
            raise NotAFile(_("This is not a file, or it is not there."))
        with path.open("rb") as source:
            data = source.read(MOST_BYTES + 1)
    except OSError as refused:
        raise NotAFile(_("This file cannot be opened.")) from refused
    if not data:
        raise Unreadable(Fault.EMPTY)
    if len(data) > MOST_BYTES:
        most = {"most": MOST_BYTES // (1024 * 1024)}
        raise NotAFile(
            _("This file is larger than %(most)s MB. Divide it, or scan in grey.") % most
        )
    if kind_of(data[:8]) is None:
        raise Unreadable(Fault.KIND)
    return data


def _in_words(refused: Unreadable) -> str:
    return str(Why(refused.fault.value).label)


def _why(said: str) -> str:
    if not said:
        return ""
    return str(Why(said).label if said in Why.values else Why.CRASHED.label)
