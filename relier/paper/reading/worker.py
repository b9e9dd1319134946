"""The process apart, in which files that nobody trusts are opened and read; it can be killed.

    with Worker() as worker:
        pages = worker.open(data)
        answer = worker.read(3, find)       # find(identifier) -> (layout as JSON, page) or None

`python -m relier.paper.reading.worker` is the other end. They talk over its standard input and
output in frames: the length of a header, of its bytes, the header as JSON, the bytes. A crash, a
bomb or a page that takes too long ends the process: `Unreadable` then says why, and another
`Worker` goes on with the next page. It knows no database, no key and no setting; where the system
allows it (Linux, macOS) its memory is bounded and it may write no file.
"""

import contextlib
import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, is_dataclass
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from relier.lib import apart

from .headers import MOST_PIXELS, MOST_SIDE, Fault, Unreadable

# identifier -> (the layout it was printed with, as JSON; the number of the page), or None.
Find = Callable[[str], tuple[str, int] | None]

MOST_MEMORY = 600 * 1024 * 1024
# The largest file that is received, and room for a header.
MOST_FRAME = 101 * 1024 * 1024
TO_OPEN, TO_READ = 60.0, 30.0  # seconds
# What a human needs to see a mark, and no more: a page is then about 200 kB.
PIXELS_A_MM = 6.0
QUALITY = 80
# The longest side of a page that could not be straightened.
AS_IT_IS = 1800

Header = dict[str, Any]


@dataclass(frozen=True)
class PageAnswer:
    """`state`, `why`, `identifier`, `page`: as the reader says. `reading`: questions, boxes and
    written rooms as plain JSON. `picture`: JPEG, grey; `pixels_a_mm`: None where it is as it was
    taken, not straightened."""

    state: str
    why: str
    identifier: str | None
    page: int | None
    picture: bytes
    pixels_a_mm: float | None = None
    reading: Header = field(default_factory=dict)


# --- frames --------------------------------------------------------------------------------------


class _Ended(Exception):  # noqa: N818 — a word for what happened
    """The other end is no more, or does not speak as it should."""


def _send(to: IO[bytes], header: Mapping[str, Any], data: bytes = b"") -> None:
    words = json.dumps(header).encode()
    to.write(struct.pack(">II", len(words), len(data)) + words)
    to.write(data)
    to.flush()


def _receive(of: IO[bytes]) -> tuple[Header, bytes]:
    """Raises _Ended."""
    words, size = struct.unpack(">II", _exactly(of, 8))
    if words + size > MOST_FRAME:
        raise _Ended
    try:
        header = json.loads(_exactly(of, words))
    except ValueError as garbled:
        raise _Ended from garbled
    if not isinstance(header, dict):
        raise _Ended
    return header, _exactly(of, size)


def _exactly(of: IO[bytes], size: int) -> bytes:
    data = of.read(size)
    if len(data) != size:
        raise _Ended
    return data


# --- on this side --------------------------------------------------------------------------------


class Worker:
    """One process apart, with at most one file open in it."""

    def __init__(self, *, to_open: float = TO_OPEN, to_read: float = TO_READ) -> None:
        self._to_open, self._to_read = to_open, to_read
        self._process: subprocess.Popen[bytes] | None = None
        self._late = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def open(self, data: bytes) -> int:
        """How many pages a file has. Raises Unreadable."""
        if not data:
            raise Unreadable(Fault.EMPTY)
        header, _ = self._ask({"do": "open"}, data, within=self._to_open)
        return _whole(header, "pages")

    def read(self, number: int, find: Find) -> PageAnswer:
        """A page of the file that is open, from 1. Raises Unreadable."""
        header, picture = self._ask(
            {"do": "read", "number": number}, within=self._to_read, find=find
        )
        try:
            return PageAnswer(
                state=str(header["state"]),
                why=str(header["why"]),
                identifier=header["identifier"],
                page=header["page"],
                picture=picture,
                pixels_a_mm=header["pixels_a_mm"],
                reading=dict(header["reading"]),
            )
        except (KeyError, TypeError, ValueError) as garbled:
            raise self._broken() from garbled

    def picture(self, number: int) -> bytes:
        """The page as it was taken, for a human: JPEG, grey. Raises Unreadable."""
        _, jpeg = self._ask({"do": "show", "number": number}, within=self._to_read)
        return jpeg

    def close(self) -> None:
        """Ends the process, whatever it does."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                # What was still to be written to a process that is no more stays unwritten.
                with contextlib.suppress(OSError):
                    pipe.close()
        process.wait()

    def _ask(
        self, header: Header, data: bytes = b"", *, within: float, find: Find | None = None
    ) -> tuple[Header, bytes]:
        process = self._started()
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("The process apart was started without its pipes.")
        self._late = False
        limit = threading.Timer(within, self._end_it_late, [process])
        limit.start()
        try:
            _send(process.stdin, header, data)
            while True:
                answer, blob = _receive(process.stdout)
                if answer.get("ask") != "find":
                    break
                known = find(str(answer["identifier"])) if find else None
                layout, page = known or (None, None)
                _send(process.stdin, {"layout": layout, "page": page})
        except (_Ended, OSError, KeyError) as ended:
            raise self._broken() from ended
        finally:
            limit.cancel()
        if "fault" in answer:
            raise Unreadable(_fault(answer["fault"]))
        return answer, blob

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__ if __name__ != "__main__" else NAME],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=apart.environment(**OF_LIBRARIES),
                close_fds=True,
            )
        return self._process

    def _end_it_late(self, process: "subprocess.Popen[bytes]") -> None:
        self._late = True
        process.kill()

    def _broken(self) -> Unreadable:
        self.close()
        return Unreadable(Fault.SLOW if self._late else Fault.CRASHED)


NAME = "relier.paper.reading.worker"
OF_LIBRARIES = {
    "OPENCV_IO_MAX_IMAGE_PIXELS": str(MOST_PIXELS),
    "OPENCV_IO_MAX_IMAGE_WIDTH": str(MOST_SIDE),
    "OPENCV_IO_MAX_IMAGE_HEIGHT": str(MOST_SIDE),
    "OPENCV_LOG_LEVEL": "SILENT",
    # Threads ask for address space, which is bounded; other pages use the other cores.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


def _whole(header: Header, name: str) -> int:
    value = header.get(name)
    if not isinstance(value, int) or value < 1:
        raise Unreadable(Fault.CRASHED)
    return value


def _fault(said: object) -> Fault:
    try:
        return Fault(str(said))
    except ValueError:
        return Fault.CRASHED


# --- in the process apart ------------------------------------------------------------------------


def _space_unused() -> int:
    """What the system bounds is the space of addresses, and libraries take much of it that they
    never use: that is added, so that the memory that is really held stays below MOST_MEMORY."""
    try:
        space, held = Path("/proc/self/statm").read_text().split()[:2]
    except (OSError, ValueError):
        return 300 * 1024 * 1024  # as measured on Linux
    return (int(space) - int(held)) * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Answers until its input ends."""
    from . import pictures, reader  # noqa: F401  (loaded before memory is bounded)

    apart.bound(MOST_MEMORY + _space_unused())
    talk_in, talk_out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is not taken for an answer
    served = _Served(talk_in, talk_out)
    while True:
        try:
            header, data = _receive(talk_in)
        except _Ended:
            return
        try:
            answer, blob = served.answer(header, data)
        except Unreadable as why:
            answer, blob = {"fault": why.fault.value}, b""
        except MemoryError:
            answer, blob = {"fault": Fault.MEMORY.value}, b""
        except _Ended:
            return
        _send(talk_out, answer, blob)


class _Served:
    def __init__(self, talk_in: IO[bytes], talk_out: IO[bytes]) -> None:
        import cv2

        from . import pictures

        cv2.setNumThreads(1)
        self._in, self._out, self._pictures = talk_in, talk_out, pictures
        self._pages: pictures.Pages | None = None

    def answer(self, header: Header, data: bytes) -> tuple[Header, bytes]:
        if header.get("do") == "open":
            self._pages = None
            self._pages = self._pictures.Pages(data)
            return {"pages": self._pages.count, "kind": self._pages.kind}, b""
        if self._pages is None:
            raise Unreadable(Fault.DAMAGED)
        grey = self._pages.page(int(header["number"]))
        return self._read(grey) if header["do"] == "read" else ({}, _jpeg(_smaller(grey)))

    def _read(self, grey: Any) -> tuple[Header, bytes]:
        import cv2

        from . import reader

        try:
            read = reader.read_page(grey, self._find)
            straight = read.where is not None
            shown = reader.straightened(grey, read, PIXELS_A_MM) if straight else _smaller(grey)
            jpeg = _jpeg(shown)
        except cv2.error as refused:
            memory = "memory" in str(refused).lower()
            raise Unreadable(Fault.MEMORY if memory else Fault.DAMAGED) from refused
        told = {
            "state": read.state.value,
            "why": read.why.value if read.why else "",
            "identifier": read.identifier,
            "page": read.page,
            "pixels_a_mm": PIXELS_A_MM if straight else None,
            "reading": reading_as_json(read),
        }
        return told, jpeg

    def _find(self, identifier: str) -> Any:
        from .layouts import from_json

        _send(self._out, {"ask": "find", "identifier": identifier})
        known, _ = _receive(self._in)
        return (from_json(known["layout"]), known["page"]) if known["layout"] else None


def reading_as_json(read: Any) -> Header:
    """What a `PageReading` says of boxes, questions and written rooms."""
    boxes = [[*at, as_plain(said)] for at, said in read.boxes.items()]
    return {
        "boxes": boxes,
        "questions": {key: as_plain(said) for key, said in read.questions.items()},
        "written": {key: float(share) for key, share in read.written.items()},
    }


def as_plain(value: Any) -> Any:
    """Anything that the reader says, as JSON holds it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: as_plain(one) for name, one in vars(value).items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): as_plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_plain(one) for one in value]
    if hasattr(value, "item"):  # a number of NumPy
        return value.item()
    return value


def _jpeg(grey: Any) -> bytes:
    import cv2

    done, jpeg = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return jpeg.tobytes() if done else b""


def _smaller(grey: Any) -> Any:
    import cv2

    longest = max(grey.shape)
    if longest <= AS_IT_IS:
        return grey
    scale = AS_IT_IS / longest
    return cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


if __name__ == "__main__":
    main()
