"""An archive that may be anything, unpacked within bounds that do not rely on what it claims."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any
from xml.parsers import expat

from .book import Fault, Unreadable
from .bounds import DEEPEST, MOST_ELEMENTS, MOST_PARTS, MOST_UNPACKED

_CHUNK = 64 * 1024


class Archive:
    """A zip. Only the parts that are asked for are unpacked, all within one measure."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            parts = self._zip.infolist()
        except Exception as broken:  # zipfile raises many kinds on a damaged archive
            raise Unreadable(Fault.DAMAGED) from broken
        if len(parts) > MOST_PARTS:
            raise Unreadable(Fault.BOMB)
        self._parts = {part.filename: part for part in parts}
        if len(self._parts) != len(parts):
            raise Unreadable(Fault.DAMAGED)
        self._left = MOST_UNPACKED

    @property
    def names(self) -> list[str]:
        return list(self._parts)

    @property
    def is_locked(self) -> bool:
        return any(part.flag_bits & 0x1 for part in self._parts.values())

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part, piece by piece. Raises Unreadable once too much is unpacked."""
        part = self._parts[name]
        if part.file_size > self._left:
            raise Unreadable(Fault.BOMB)
        try:
            with self._zip.open(part) as packed:
                while piece := packed.read(_CHUNK):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise Unreadable(Fault.BOMB)
                    yield piece
        except Unreadable:
            raise
        except MemoryError:
            raise
        except Exception as broken:
            raise Unreadable(Fault.DAMAGED) from broken

    def whole(self, name: str) -> bytes:
        return b"".join(self.pieces(name))


class Watch:
    """What a parser tells, element by element: counted, and nothing else here."""

    def __init__(self) -> None:
        self.elements = self.depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        if self.elements > MOST_ELEMENTS or self.depth > DEEPEST:
            raise Unreadable(Fault.BOMB)

    def end(self, tag: str) -> None:
        self.depth -= 1


def parse(pieces: Iterable[bytes], target: Any) -> None:
    """Have `target` told of each element (`{namespace}name`, attributes). A document that declares
    a type is refused: what a spreadsheet program writes declares none, and no entity comes without
    one. What defusedxml does in Python, straight on expat: a sheet has a million elements."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse

    def start(tag: str, attributes: dict[str, str]) -> None:
        named = {_braced(name): value for name, value in attributes.items()}
        target.start(_braced(tag), named)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda tag: target.end(_braced(tag))
    if hasattr(target, "data"):
        parser.CharacterDataHandler = target.data
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as broken:  # an unknown encoding, too
        raise Unreadable(Fault.DAMAGED) from broken


def _braced(name: str) -> str:
    return "{" + name if "}" in name else name


def _refuse(*_declared: Any) -> Any:
    raise Unreadable(Fault.ENTITIES)
