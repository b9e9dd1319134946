"""Many copies of one document in one PDF, each page with something of its own laid over it.

Typst could typeset every copy again, but 200 sheets of three pages cost it two gigabytes. Here the
document is typeset once: the copies share its words, its letters and its drawings, and each has
its own pages and its own tags, so that a voice reads the last copy as well as the first. (Joining
PDFs with the tools of the trade loses the tags.)

Only what Typst 0.15 writes is read: a table of objects in clear, each `number 0 obj`. Anything
else raises UnknownPdf. Source: ISO 32000-1:2008, 7.3 (objects), 7.5.4 (cross-reference table),
8.10 (form XObjects), 14.7 (logical structure).
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

HEADER = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n"
_REFERENCE = re.compile(rb"(\d+) 0 R\b|\(|\bstream\r?\n")
_TABLE = re.compile(rb"xref\s+0 (\d+)\s*\n")
# Cells of a table name their heads; in the root of the tags, each name leads to its tag.
_NAME = re.compile(rb"\((U\d+x\d+y\d+)\)")
_NAMED = re.compile(rb"\((U\d+x\d+y\d+)\)(\d+) 0 R")
_STRING_END = re.compile(rb"\\.|[()]", re.DOTALL)


class UnknownPdf(ValueError):  # noqa: N818 — said as a sentence
    """Not a PDF as Typst writes it: what was looked for."""


class _Same(dict[int, int]):
    """Every number as it is."""

    def __missing__(self, number: int) -> int:
        return number


_SAME = _Same()


@dataclass(frozen=True)
class Thing:
    """An object: its text cut at the references in it, which are numbers, and its stream."""

    parts: tuple[bytes | int, ...]
    stream: bytes = b""

    @property
    def references(self) -> list[int]:
        return [part for part in self.parts if isinstance(part, int)]

    def is_a(self, kind: bytes) -> bool:
        start = self.parts[0]
        found = isinstance(start, bytes) and re.match(rb"<<(/Length \d+)?/Type/%s\b" % kind, start)
        return bool(found)

    def written(self, numbers: Mapping[int, int]) -> bytes:
        """Its text, with each reference as `numbers` says."""
        return b"".join(
            part if isinstance(part, bytes) else b"%d 0 R" % numbers[part] for part in self.parts
        )

    def whole(self, numbers: Mapping[int, int]) -> bytes:
        """Its text and its stream."""
        return self.written(numbers) + (b"\n" + self.stream if self.stream else b"")


def read(pdf: bytes) -> dict[int, Thing]:
    """Every object of a PDF by its number. Raises UnknownPdf."""
    table = pdf.rfind(b"startxref")
    start = re.match(rb"startxref\s+(\d+)", pdf[table:])
    found = start and _TABLE.match(pdf, int(start[1]))
    if not found:
        raise UnknownPdf("Its table of objects is not in clear.")
    lines = pdf[found.end() : found.end() + 20 * int(found[1])]
    offsets = [int(lines[at : at + 10]) for at in range(20, len(lines), 20)]  # 0 is not an object
    ends = dict(zip(sorted(offsets), [*sorted(offsets)[1:], found.start()], strict=True))
    return {
        number: _thing(pdf[offset : ends[offset]], number)
        for number, offset in enumerate(offsets, start=1)
    }


def trailer(pdf: bytes) -> tuple[int, int]:
    """The numbers of its catalogue, and of what is known of it (title, moment). UnknownPdf."""
    found = re.search(rb"/Root (\d+) 0 R/Info (\d+) 0 R", pdf[pdf.rfind(b"trailer") :])
    if not found:
        raise UnknownPdf("Its trailer names no catalogue.")
    return int(found[1]), int(found[2])


def _thing(text: bytes, number: int) -> Thing:
    head = b"%d 0 obj\n" % number
    if not text.startswith(head) or b"endobj" not in text:
        raise UnknownPdf(f"Object {number} is not where its table says.")
    body = text[len(head) : text.rindex(b"endobj")].rstrip(b"\r\n")
    parts: list[bytes | int] = []
    at = kept = 0
    while found := _REFERENCE.search(body, at):
        if found[0] == b"(":
            at = _after_string(body, found.end())
        elif found[1]:
            parts += [body[kept : found.start()], int(found[1])]
            at = kept = found.end()
        else:
            return Thing((*parts, body[kept : found.start()].rstrip()), body[found.start() :])
    return Thing((*parts, body[kept:]))


def _after_string(body: bytes, at: int) -> int:
    """Where a string that has just opened ends; it may hold brackets of its own."""
    depth = 1
    while depth:
        found = _STRING_END.search(body, at)
        if found is None:
            raise UnknownPdf("A string does not end.")
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        at = found.end()
    return at


# --- the copies ----------------------------------------------------------------------------------


def multiply(one: bytes, own: Iterable[bytes], titles: Sequence[str]) -> bytes:
    """As many copies of the document `one` as there are `titles`, their bookmarks in plain ASCII.

    `own`: PDFs whose pages, taken together and in order, are laid each over a page of the copies;
    what they draw is not read aloud. Raises UnknownPdf; ValueError when there are too few pages
    or too many.
    """
    made = _Copies(one, titles)
    for overlay in own:
        made.lay_over(overlay)
    return made.finished()


class File:
    """Objects written one after the other, then the table that finds them."""

    def __init__(self) -> None:
        self.out = bytearray(HEADER)
        self.offsets: dict[int, int] = {}
        self.last = 0

    def number(self) -> int:
        self.last += 1
        return self.last

    def put(self, number: int, text: bytes) -> int:
        self.offsets[number] = len(self.out)
        self.out += b"%d 0 obj\n%s\nendobj\n\n" % (number, text)
        return number

    def finished(self, end: bytes) -> bytes:
        table = len(self.out)
        lines = [b"%010d 00000 n\r\n" % self.offsets[n] for n in range(1, self.last + 1)]
        self.out += b"xref\n0 %d\n0000000000 65535 f\r\n" % (self.last + 1) + b"".join(lines)
        self.out += b"trailer\n<</Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (
            self.last + 1,
            end,
            table,
        )
        return bytes(self.out)


class _Copies:
    """The file under way. What the copies share is written once; each copy has its own pages,
    tags, and the table from what is drawn to its tag."""

    def __init__(self, one: bytes, titles: Sequence[str]) -> None:
        self.things = read(one)
        self.heads = trailer(one)
        self.titles = titles
        self.pages = self._only(b"Pages")[1].references
        self.root, root = self._only(b"StructTreeRoot")
        self.document = root.references[0]
        text = root.written(_SAME)
        parents = re.search(rb"/ParentTree<</Nums\[([^]]*)\]", text)
        if not parents:
            raise UnknownPdf("Its tags do not say what is drawn where.")
        self.parents = [int(one) for one in re.findall(rb"(\d+) 0 R", parents[1])]
        self.names = [(name, int(tag)) for name, tag in _NAMED.findall(text)]
        tags = [number for number, thing in self.things.items() if thing.is_a(b"StructElem")]
        self.tags = [number for number in tags if number != self.document]
        self.file = File()
        own = {*tags, *self.parents, *self.pages}
        self.shared = {number: self.file.number() for number in self.things if number not in own}
        self.whole = self.file.number()  # the tag that holds those of all the copies
        self.before, self.after = self.file.number(), self.file.number()
        self.waiting: list[int] = []  # drawings that no page has yet
        self.made: list[dict[int, int]] = []  # for each copy, the numbers of its objects

    def _only(self, kind: bytes) -> tuple[int, Thing]:
        found = [(number, thing) for number, thing in self.things.items() if thing.is_a(kind)]
        if len(found) != 1:
            raise UnknownPdf(f"It has {len(found)} objects of type {kind.decode()}.")
        return found[0]

    def lay_over(self, overlay: bytes) -> None:
        """Takes each page of `overlay` as a drawing, and writes the copies that are complete."""
        things = read(overlay)
        pages = next(thing for thing in things.values() if thing.is_a(b"Pages")).references
        bodies = [_page_parts(things[page]) for page in pages]
        shared = _reached(things, [resources for resources, _ in bodies])
        numbers = {number: self.file.number() for number in shared}
        for number in shared:
            self.file.put(numbers[number], things[number].whole(numbers))
        for resources, contents in bodies:
            self.waiting.append(self._drawing(things[contents], numbers[resources]))
        while len(self.waiting) >= len(self.pages):
            drawings, self.waiting = (
                self.waiting[: len(self.pages)],
                self.waiting[len(self.pages) :],
            )
            self._put_copy(drawings)

    def _drawing(self, contents: Thing, resources: int) -> int:
        """A page's contents as a drawing of its own (form XObject), as large as the page."""
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 595.2756 841.8898]/Resources %d 0 R"
        text = head % resources + contents.whole({}).removeprefix(b"<<")
        return self.file.put(self.file.number(), text)

    def _put_copy(self, drawings: Sequence[int]) -> None:
        own = [self.document, *self.tags, *self.parents, *self.pages]
        numbers = self.shared | {number: self.file.number() for number in own}
        own_name = _own_name(len(self.made))
        for number in self.tags:
            text = self.things[number].written(numbers)
            self.file.put(numbers[number], _NAME.sub(own_name, text))
        for number in self.parents:
            self.file.put(numbers[number], self.things[number].written(numbers))
        part = self.things[self.document].written({**numbers, self.root: self.whole})
        self.file.put(numbers[self.document], part.replace(b"/S/Document", b"/S/Part", 1))
        for index, page in enumerate(self.pages):
            self._put_page(page, numbers, index, drawings[index])
        self.made.append(numbers)

    def _put_page(self, page: int, numbers: Mapping[int, int], index: int, drawing: int) -> None:
        resources, contents = _page_parts(self.things[page])
        text = self.things[page].written(numbers)
        allowed = self.things[resources].written(numbers).removesuffix(b">>")
        if b"/XObject" in allowed:
            raise UnknownPdf("Its pages draw objects already.")
        place = len(self.made) * len(self.pages) + index
        text = text.replace(
            b"/Resources %d 0 R" % numbers[resources],
            b"/Resources%s/XObject<</own %d 0 R>>>>" % (allowed, drawing),
        ).replace(
            b"/Contents %d 0 R" % numbers[contents],
            b"/Contents[%d 0 R %d 0 R %d 0 R]" % (self.before, numbers[contents], self.after),
        )
        self.file.put(
            numbers[page],
            re.sub(rb"/StructParents \d+", b"/StructParents %d" % place, text, count=1),
        )

    # --- what holds the copies together ----------------------------------------------------------

    def finished(self) -> bytes:
        if self.waiting or len(self.made) != len(self.titles):
            raise ValueError(
                f"The pages laid over make {len(self.made)} copies of {len(self.pages)} pages, "
                f"with {len(self.waiting)} left; {len(self.titles)} copies were asked for."
            )
        self._put_around()
        heads = {
            b"Pages": self._page_tree,
            b"StructTreeRoot": self._tag_tree,
            b"Outlines": self._outlines,
        }
        digest = base64.b64encode(hashlib.sha256(self.file.out).digest()[:16])
        first = self.made[0]
        for number, new in self.shared.items():
            thing = self.things[number]
            head = next((put for kind, put in heads.items() if thing.is_a(kind)), None)
            text = head(new) if head else thing.whole(first)
            if thing.is_a(b"Metadata"):
                text = self._metadata(thing, digest)
            self.file.put(new, text)
        catalog, info = (self.shared[number] for number in self.heads)
        end = b"/Root %d 0 R/Info %d 0 R/ID[(%s)(%s)]" % (catalog, info, digest, digest)
        return self.file.finished(end)

    def _put_around(self) -> None:
        """What stands before and after the contents of each page: its own drawing, unread."""
        for number, drawn in (
            (self.before, b"q\n"),
            (self.after, b"\nQ\n/Artifact BMC\n/own Do\nEMC\n"),
        ):
            self.file.put(number, b"<</Length %d>>\nstream\n%s\nendstream" % (len(drawn), drawn))
        parts = listed(made[self.document] for made in self.made)
        text = b"<</Type/StructElem/S/Document/P %d 0 R/K%s>>" % (self.shared[self.root], parts)
        self.file.put(self.whole, text)

    def _page_tree(self, _number: int) -> bytes:
        kids = [made[page] for made in self.made for page in self.pages]
        return b"<</Type/Pages/Count %d/Kids%s>>" % (len(kids), listed(kids))

    def _tag_tree(self, _number: int) -> bytes:
        parents = [made[parent] for made in self.made for parent in self.parents]
        table = b" ".join(b"%d %d 0 R" % pair for pair in enumerate(parents))
        text = self.things[self.root].written(self.made[0])
        text = re.sub(rb"/K\[[^]]*\]", b"/K[%d 0 R]" % self.whole, text, count=1)
        text = re.sub(rb"/Nums\[[^]]*\]", b"/Nums[%s]" % table, text, count=1)
        if self.names:
            text = re.sub(rb"/Names\[[^]]*\]", b"/Names[%s]" % self._all_names(), text, count=1)
        return re.sub(rb"/ParentTreeNextKey \d+", b"/ParentTreeNextKey %d" % len(parents), text)

    def _all_names(self) -> bytes:
        """The heads of tables of every copy, each by a name of its own, in the order of names."""
        found = [
            (_NAME.sub(_own_name(copy), b"(%s)" % name), made[tag])
            for copy, made in enumerate(self.made)
            for name, tag in self.names
        ]
        return b"".join(b"%s%d 0 R" % pair for pair in sorted(found))

    def _outlines(self, number: int) -> bytes:
        """A bookmark for each copy."""
        marks = [self.file.number() for _ in self.titles]
        for at, (mark, title, made) in enumerate(zip(marks, self.titles, self.made, strict=True)):
            before = b"/Prev %d 0 R" % marks[at - 1] if at else b""
            after = b"/Next %d 0 R" % marks[at + 1] if at + 1 < len(marks) else b""
            text = b"<</Title(%s)/Parent %d 0 R%s%s/Dest[%d 0 R/Fit]>>"
            page = made[self.pages[0]]
            self.file.put(mark, text % (title.encode("ascii"), number, before, after, page))
        ends = (marks[0], marks[-1], len(marks))
        return b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % ends

    def _metadata(self, thing: Thing, digest: bytes) -> bytes:
        pages = len(self.made) * len(self.pages)
        body = thing.stream.removeprefix(b"stream\n")
        body = body[: body.rindex(b"endstream")].rstrip(b"\n")
        body = re.sub(rb"(<xmpTPg:NPages>)\d+", rb"\g<1>%d" % pages, body)
        body = re.sub(rb"(<xmpMM:(?:Instance|Document)ID>)[^<]*", rb"\g<1>%s" % digest, body)
        head = b"<</Length %d/Type/Metadata/Subtype/XML>>\nstream\n%s\nendstream"
        return head % (len(body), body)


def _own_name(copy: int) -> bytes:
    """What stands for a name in one copy, for `re.sub`."""
    return rb"(C%06d\1)" % copy


def _page_parts(page: Thing) -> tuple[int, int]:
    """The numbers of what a page may draw with, and of what it draws."""
    text = page.written(_SAME)
    found = [re.search(rb"/%s (\d+) 0 R" % name, text) for name in (b"Resources", b"Contents")]
    if not all(found):
        raise UnknownPdf("A page does not name what it draws.")
    resources, contents = (int(one[1]) for one in found if one)
    return resources, contents


def _reached(things: Mapping[int, Thing], starts: Iterable[int]) -> list[int]:
    """The objects that `starts` need, themselves first, each once."""
    reached: dict[int, None] = {}
    waiting = list(starts)
    while waiting:
        number = waiting.pop()
        if number not in reached:
            reached[number] = None
            waiting += things[number].references
    return list(reached)


def listed(numbers: Iterable[int]) -> bytes:
    return b"[%s]" % b" ".join(b"%d 0 R" % number for number in numbers)
