"""Several printed sheets in one PDF, in their order, each page and each tag as it was.

    pdf = join([morning, afternoon], title="Tuesday 24 November")

What is printed together is read together: a voice reads the last sheet as well as the first. Only
what `copies.multiply` writes is joined. Anything else raises UnknownPdf. Source: ISO 32000-1:2008,
7.7.3 (pages), 12.3.3 (bookmarks), 14.7 (tags).
"""

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from .copies import File, Thing, UnknownPdf, listed, read, trailer

_NAME = re.compile(rb"\(C(\d{6})(U\d+x\d+y\d+)\)")
_KIDS = re.compile(rb"/K(?:ids)?\[([^]]*)\]")
_AROUND = re.compile(rb"/(?:Parent|Prev|Next) \d+ 0 R")
_REFERENCE = re.compile(rb"(\d+) 0 R")


def join(files: Sequence[bytes], *, title: str) -> bytes:
    """One PDF of these, named `title`. Raises ValueError where there are none, UnknownPdf."""
    if not files:
        raise ValueError("There is one file at least.")
    wholes = [_read(one) for one in files]
    made = _Joined(title, wholes[0])
    for one in wholes:
        made.add(one)
    return made.finished()


@dataclass(frozen=True)
class _Whole:
    """The objects of one file, and which of them hold the others."""

    things: dict[int, Thing]
    catalog: int
    info: int
    pages: int
    root: int
    document: int
    marks: int
    metadata: int

    @property
    def heads(self) -> set[int]:
        return {
            self.catalog, self.info, self.pages, self.root, self.document, self.marks,
            self.metadata,
        }  # fmt: skip

    def text(self, number: int, numbers: dict[int, int]) -> bytes:
        return self.things[number].written(numbers)


def _read(pdf: bytes) -> _Whole:
    things = read(pdf)
    catalog, info = trailer(pdf)

    def only(kind: bytes) -> int:
        found = [number for number, thing in things.items() if thing.is_a(kind)]
        if len(found) != 1:
            raise UnknownPdf(f"It has {len(found)} objects of type {kind.decode()}.")
        return found[0]

    root = only(b"StructTreeRoot")
    return _Whole(
        things, catalog, info, only(b"Pages"), root, things[root].references[0],
        only(b"Outlines"), only(b"Metadata"),
    )  # fmt: skip


class _Joined:
    """The file under way. The first one lends its catalogue; what holds the others is left out."""

    def __init__(self, title: str, first: _Whole) -> None:
        self.title, self.first = title, first
        self.file = File()
        self.heads: dict[int, int] = {}
        self.kids: list[int] = []  # pages
        self.parts: list[int] = []  # the tags of each copy
        self.parents: list[int] = []  # for each page, its tags
        self.names: list[tuple[bytes, int]] = []
        self.marks: list[tuple[int, bytes]] = []

    def add(self, one: _Whole) -> None:
        numbers = self._numbered(one)
        copies = len(self.parts)

        def own(found: re.Match[bytes]) -> bytes:
            return b"(C%06d%s)" % (copies + int(found[1]), found[2])

        marks = _reached_by_next(one)
        parts = one.things[one.document].references[1:]
        for number, thing in one.things.items():
            if number in one.heads or number in marks:
                continue
            text = thing.whole(numbers)
            if thing.is_a(b"Page"):
                text = self._page(text, one)
            elif thing.is_a(b"StructElem"):
                text = _NAME.sub(own, text)
            if number in parts:
                text = text.replace(b"/S/Part", b"/S/Part%s" % _language(one), 1)
            self.file.put(numbers[number], text)
        root = one.text(one.root, numbers)
        self.names += [(_NAME.sub(own, name), tag) for name, tag in _names(root)]
        self.parents += _parents(root)
        self.parts += [numbers[part] for part in parts]
        self.kids += [numbers[page] for page in one.things[one.pages].references]
        self.marks += [(numbers[mark], _AROUND.sub(b"", one.text(mark, numbers))) for mark in marks]

    def _numbered(self, one: _Whole) -> dict[int, int]:
        """A number for each object; those that hold the others have those of the first file."""
        if one is self.first:
            numbers = {number: self.file.number() for number in one.things}
            self.heads = {number: numbers[number] for number in one.heads}
            return numbers
        numbers = {number: self.file.number() for number in one.things if number not in one.heads}
        same = ("catalog", "info", "pages", "root", "document", "marks", "metadata")
        return numbers | {
            getattr(one, name): self.heads[getattr(self.first, name)] for name in same
        }

    def _page(self, text: bytes, one: _Whole) -> bytes:
        found = re.search(rb"/StructParents (\d+)", text)
        if not found:
            raise UnknownPdf("A page has no tags.")
        place = len(self.parents) + int(found[1])
        return text.replace(found[0], b"/StructParents %d" % place, 1)

    # --- what holds them all ---------------------------------------------------------------------

    def finished(self) -> bytes:
        first, heads = self.first, self.heads
        put = self.file.put
        put(heads[first.pages], _with(first.text(first.pages, heads | _any(first)), self.kids))
        self._put_tags(first)
        self._put_marks(heads[first.marks])
        digest = base64.b64encode(hashlib.sha256(self.file.out).digest()[:16])
        put(heads[first.catalog], first.text(first.catalog, heads))
        title = b"/Title<FEFF%s>" % self.title.encode("utf-16-be").hex().upper().encode()
        info = first.text(first.info, heads)
        put(heads[first.info], b"<<%s%s" % (title, _without_title(info)))
        put(heads[first.metadata], self._metadata(first.things[first.metadata], digest))
        end = b"/Root %d 0 R/Info %d 0 R/ID[(%s)(%s)]" % (
            heads[first.catalog], heads[first.info], digest, digest,
        )  # fmt: skip
        return self.file.finished(end)

    def _put_tags(self, first: _Whole) -> None:
        heads = self.heads
        document = _with(first.text(first.document, heads | _any(first)), self.parts)
        self.file.put(heads[first.document], document)
        text = first.text(first.root, heads | _any(first))
        table = b" ".join(b"%d %d 0 R" % pair for pair in enumerate(self.parents))
        names = b"".join(b"%s%d 0 R" % pair for pair in self.names)
        text = re.sub(rb"/Nums\[[^]]*\]", b"/Nums[%s]" % table, text, count=1)
        text = re.sub(rb"/Names\[[^]]*\]", b"/Names[%s]" % names, text, count=1)
        following = b"/ParentTreeNextKey %d" % len(self.parents)
        text = re.sub(rb"/ParentTreeNextKey \d+", following, text, count=1)
        self.file.put(heads[first.root], text)

    def _put_marks(self, holder: int) -> None:
        numbers = [number for number, _text in self.marks]
        for at, (number, text) in enumerate(self.marks):
            before = b"/Prev %d 0 R" % numbers[at - 1] if at else b""
            after = b"/Next %d 0 R" % numbers[at + 1] if at + 1 < len(numbers) else b""
            around = b"/Parent %d 0 R%s%s" % (holder, before, after)
            self.file.put(number, text.removesuffix(b">>") + around + b">>")
        ends = (numbers[0], numbers[-1], len(numbers))
        self.file.put(holder, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % ends)

    def _metadata(self, thing: Thing, digest: bytes) -> bytes:
        body = thing.stream.removeprefix(b"stream\n")
        body = body[: body.rindex(b"endstream")].rstrip(b"\n")
        said = escape(self.title, quote=False).encode()
        title = rb'(<dc:title><rdf:Alt><rdf:li xml:lang="x-default">)[^<]*'
        body = re.sub(title, lambda found: found[1] + said, body)
        body = re.sub(rb"(<xmpTPg:NPages>)\d+", rb"\g<1>%d" % len(self.kids), body)
        body = re.sub(
            rb"(<xmpMM:(?:Instance|Document)ID>)[^<]*", lambda found: found[1] + digest, body
        )
        head = b"<</Length %d/Type/Metadata/Subtype/XML>>\nstream\n%s\nendstream"
        return head % (len(body), body)


def _any(one: _Whole) -> dict[int, int]:
    """Numbers for what is written in another's place in a moment."""
    return {number: 0 for number in one.things if number not in one.heads}


def _with(text: bytes, numbers: Sequence[int]) -> bytes:
    """What holds others, holding these."""
    kind = b"/Kids" if b"/Kids" in text else b"/K"
    text = re.sub(rb"/Count \d+", b"/Count %d" % len(numbers), text, count=1)
    return _KIDS.sub(kind + listed(numbers), text, count=1)


def _without_title(info: bytes) -> bytes:
    """The rest of what is known of a file. Its title is written in figures, or in clear."""
    rest = re.sub(rb"/Title(<[0-9A-F]*>|\((?:\\.|[^()\\])*\))", b"", info, count=1)
    return rest.removeprefix(b"<<")


def _names(root: bytes) -> list[tuple[bytes, int]]:
    found = re.findall(rb"(\(C\d{6}U\d+x\d+y\d+\))(\d+) 0 R", root)
    return [(name, int(tag)) for name, tag in found]


def _parents(root: bytes) -> list[int]:
    found = re.search(rb"/Nums\[([^]]*)\]", root)
    if not found:
        raise UnknownPdf("Its tags do not say what is drawn where.")
    return [int(one) for one in _REFERENCE.findall(found[1])]


def _reached_by_next(one: _Whole) -> list[int]:
    """The bookmarks of a file, in their order."""
    marks = []
    text = one.text(one.marks, {number: number for number in one.things})
    here = re.search(rb"/First (\d+) 0 R", text)
    while here:
        marks.append(int(here[1]))
        text = one.text(marks[-1], {number: number for number in one.things})
        here = re.search(rb"/Next (\d+) 0 R", text)
    return marks


def _language(one: _Whole) -> bytes:
    found = re.search(rb"/Lang\([^)]*\)", one.text(one.catalog, {n: n for n in one.things}))
    return found[0] if found else b""
