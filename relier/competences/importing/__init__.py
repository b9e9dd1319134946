"""Taking in the official data of a framework, from a file that may be anything.

`read_official(path)` reads the DigComp 3.0 data supplement of the European Commission, as a
workbook (XLSX) or as JSON-LD, into a `Framework` with its statements and outcomes. What the file
is called does not matter: its content is looked at. Whatever is wrong raises one FrameworkError
whose sentence says what is wrong and what to do; nothing is written anywhere.

    opening.py      the file: is it one, is it small enough, what is inside
    workbook.py     XLSX -> Supplement
    linked_data.py  JSON-LD -> Supplement, read as plain JSON
    supplement.py   Supplement -> Framework, once every count and every link holds

Plain Python: no Django here.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from relier.competences.frameworks import Framework
from relier.competences.strict import gettext_noop

from . import linked_data, workbook
from .opening import JSON, WORKBOOK, read_bounded, sniff
from .supplement import differences, sum_of_facts, to_framework, with_our_words

__all__ = ["Official", "Remark", "read_official", "sum_of_facts", "with_our_words"]

# The two files published on 24 November 2025: how a copy is known to be whole and unchanged.
OFFICIAL: Final = {
    "cc7e9879f1f4df9fa71f68190aedf487cbcd26ddd86c92dc387618b61e3287c7": WORKBOOK,
    "f282a4f76891e1a0f5371cd2f2b13dd0ca3c36ead430980ca4114aa0dec84390": JSON,
}
_NAMES: Final = {WORKBOOK: ".xlsx", JSON: ".jsonld"}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell whoever imports: one sentence with named gaps, and what fills them."""

    template: str
    gaps: dict[str, object]

    def __str__(self) -> str:
        return self.template % self.gaps if self.gaps else self.template


@dataclass(frozen=True, slots=True)
class Official:
    """A framework read from its official file.

    sha256   of the bytes of the file, in hexadecimal
    format   "xlsx" or "jsonld", by its content
    remarks  what is worth knowing and does not forbid the import
    """

    framework: Framework
    sha256: str
    format: str
    remarks: tuple[Remark, ...]


def read_official(path: str | Path) -> Official:
    """Read an official file. Raises FrameworkError, and no other error, when it cannot be taken.

    Holds the whole file in memory: `opening.MAX_BYTES` at most, and as a workbook
    `workbook.MAX_UNPACKED` more.
    """
    raw = read_bounded(path)
    kind = sniff(raw)
    read = workbook.read if kind == WORKBOOK else linked_data.read
    supplement = read(raw)
    framework = to_framework(supplement)
    digest = sha256(raw).hexdigest()
    return Official(framework, digest, kind, _remarks(Path(path), kind, digest, framework))


def _remarks(path: Path, kind: str, digest: str, framework: Framework) -> tuple[Remark, ...]:
    found = []
    if path.suffix.lower() in _NAMES.values() and path.suffix.lower() != _NAMES[kind]:
        found.append(
            Remark(
                gettext_noop(
                    "The name says %(name)s, the content is %(kind)s: the content counts."
                ),
                {"name": path.suffix.lower(), "kind": _NAMES[kind]},
            )
        )
    if digest not in OFFICIAL:
        found.append(
            Remark(
                gettext_noop(
                    "This is not one of the two files of 24 November 2025: "
                    "check that it comes from the European Commission."
                ),
                {},
            )
        )
    for difference in differences(framework):
        found.append(
            Remark(
                gettext_noop("It differs from the facts that come with Relier: %(what)s."),
                {"what": difference},
            )
        )
    return tuple(found)
