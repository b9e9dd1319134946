"""Opening a file that may be anything: a folder, a pipe, a shortcut, 200 MB, a web page.

Nothing is read before the file is known to be an ordinary one of a reasonable size; the kind of
file is told by its first bytes, since names lie.
"""

import os
import stat
from pathlib import Path
from typing import Final

from relier.competences.strict import FrameworkError, gettext_noop

WORKBOOK: Final = "xlsx"
JSON: Final = "jsonld"
# Nine times the larger of the two official files.
MAX_BYTES: Final = 4 * 1024 * 1024

_NO_FILE: Final = gettext_noop("There is no file there: check the path.")
_FOREIGN: Final = (
    (b"PK\x05\x06", gettext_noop("The file is an empty archive: take the official file again.")),
    (
        b"\xd0\xcf\x11\xe0",
        gettext_noop(
            "The file is an old or a locked workbook: take the official .xlsx again, "
            "without a password."
        ),
    ),
    (b"%PDF", gettext_noop("The file is a PDF: take the data supplement (.xlsx or .jsonld).")),
    (b"<", gettext_noop("The file is a web page or XML: take the file itself, not its page.")),
    (b"\x1f\x8b", gettext_noop("The file is compressed: unpack it first.")),
)


def read_bounded(path: str | Path) -> bytes:
    """The bytes of an ordinary file of MAX_BYTES at most.

    Raises FrameworkError for anything else. A link is refused rather than followed: what it
    points at can change between the look and the reading.
    """
    try:
        _refuse_unless_ordinary(os.lstat(path).st_mode)
        handle = os.open(path, _flags())
    except FrameworkError:
        raise
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FrameworkError(_NO_FILE) from error
    except PermissionError as error:
        raise FrameworkError(
            gettext_noop("The file may not be read by you: copy it where you may read it.")
        ) from error
    except (OSError, ValueError) as error:  # a name too long, a zero byte, a link put there since
        raise FrameworkError(
            gettext_noop("The file cannot be opened: check the path, or copy it somewhere else.")
        ) from error
    with os.fdopen(handle, "rb") as file:
        return _read(file.fileno())


def _flags() -> int:
    """Never follow a link, never wait for the other end of a pipe; not all systems know these."""
    wanted = ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
    flags = os.O_RDONLY
    for name in wanted:
        flags |= getattr(os, name, 0)
    return flags


def _refuse_unless_ordinary(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise FrameworkError(gettext_noop("This is a folder: give the file that is in it."))
    if stat.S_ISLNK(mode):
        raise FrameworkError(gettext_noop("This is a shortcut to a file: give the file itself."))
    if not stat.S_ISREG(mode):
        raise FrameworkError(
            gettext_noop("This is a device or a pipe: save what it gives in a file first.")
        )


def _read(handle: int) -> bytes:
    # Looked at again on the open file: the one opened is the one read.
    status = os.fstat(handle)
    _refuse_unless_ordinary(status.st_mode)
    if status.st_size > MAX_BYTES:
        raise _too_large()
    pieces, left = [], MAX_BYTES + 1
    try:
        while left and (piece := os.read(handle, min(left, 1 << 20))):
            pieces.append(piece)
            left -= len(piece)
    except OSError as error:
        raise FrameworkError(
            gettext_noop("The file cannot be read to its end: copy it to this computer first.")
        ) from error
    raw = b"".join(pieces)
    if len(raw) > MAX_BYTES:
        raise _too_large()
    if not raw.strip():
        raise FrameworkError(gettext_noop("The file is empty: take the official file again."))
    return raw


def _too_large() -> FrameworkError:
    return FrameworkError(
        gettext_noop(
            "The file is larger than %(most)s MB, and the official one is not: take that one."
        ),
        most=MAX_BYTES // (1024 * 1024),
    )


def sniff(raw: bytes) -> str:
    """WORKBOOK or JSON, by the first bytes. Raises FrameworkError for any other kind of file."""
    if raw.startswith(b"PK\x03\x04"):
        return WORKBOOK
    start = raw.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        return JSON
    for mark, sentence in _FOREIGN:
        if start.startswith(mark):
            raise FrameworkError(sentence)
    raise FrameworkError(
        gettext_noop(
            "The file is neither a workbook nor JSON-LD: take the DigComp 3.0 data supplement."
        )
    )
