"""The process apart, in which a spreadsheet that nobody trusts is read; it can be killed.

`python -m relier.lib.spreadsheets.apart` is the other end: the file on its standard input, JSON on
its standard output. A bomb, a crash or a file that takes too long ends that process and nothing
else. It knows no database, no key and no setting; where the system allows it (Linux, macOS) its
memory is bounded and it may write no file.
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
from typing import IO, Any

from relier.lib.apart import bound, environment

from .book import Book, Fault, Unreadable
from .reading import MOST_BYTES, read

MOST_MEMORY = 700 * 1024 * 1024
MOST_ANSWER = 64 * 1024 * 1024
TO_READ = 60.0  # seconds
NAME = "relier.lib.spreadsheets.apart"
# `archives.parse` has refused every entity before openpyxl sees a part.
OF_LIBRARIES = {"OPENPYXL_DEFUSEDXML": "False"}


def read_apart(data: bytes, *, within: float = TO_READ) -> Book:
    """Raises Unreadable. `within`: seconds, after which the process is ended."""
    if len(data) > MOST_BYTES:
        raise Unreadable(Fault.TOO_LARGE)
    process = subprocess.Popen(
        [sys.executable, "-m", NAME],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(**OF_LIBRARIES),
        close_fds=True,
    )
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("The process apart was started without its pipes.")
    ended_late = threading.Event()
    limit = threading.Timer(within, _end, [process, ended_late])
    limit.start()
    try:
        answer = _exchange(process.stdin, process.stdout, data)
    finally:
        limit.cancel()
        process.kill()
        process.stdout.close()
        process.wait()
    if ended_late.is_set():
        raise Unreadable(Fault.SLOW)
    return _understood(answer)


def _end(process: "subprocess.Popen[bytes]", ended_late: threading.Event) -> None:
    ended_late.set()
    process.kill()


def _exchange(to: IO[bytes], of: IO[bytes], data: bytes) -> bytes:
    """The other end reads the whole before it answers, so neither waits for the other."""
    with contextlib.suppress(OSError), to:  # it ended before it had read the whole
        to.write(data)
    return of.read(MOST_ANSWER + 1)


def _understood(answer: bytes) -> Book:
    if len(answer) > MOST_ANSWER:
        raise Unreadable(Fault.TOO_LONG)
    try:
        said = json.loads(answer)
        if "fault" in said:
            raise Unreadable(Fault(str(said["fault"])), int(said.get("line", 0)))
        return Book.from_plain(said)
    except (ValueError, KeyError, TypeError) as garbled:
        raise Unreadable(Fault.CRASHED) from garbled


# --- in the process apart ------------------------------------------------------------------------


def answered(data: bytes) -> dict[str, Any]:
    try:
        return read(data).as_plain()
    except Unreadable as why:
        return {"fault": why.fault.value, "line": why.line}
    except (MemoryError, RecursionError):
        return {"fault": Fault.MEMORY.value}


def main() -> None:
    bound(MOST_MEMORY)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is not taken for an answer
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    out.write(json.dumps(answered(data), ensure_ascii=False).encode())
    out.flush()


if __name__ == "__main__":
    main()
