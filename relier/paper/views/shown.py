"""A page that came back, as a row of a list: which sheet and page, whose, and how far it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.paper import names
from relier.paper.checking import title_of
from relier.paper.models import Scan, State
from relier.paper.reading.identifiers import as_printed


@dataclass(frozen=True)
class Shown:
    """`what`: the sheet, or that nobody knows; `state`: how far it is, in a few words; `to_do`:
    the sentence that says what to do, "" where nothing is wrong."""

    scan: Scan
    what: str
    code: str
    called: str
    state: str
    to_do: str
    pictogram: str


def shown(scans: Iterable[Scan], by: Actor) -> list[Shown]:
    """With `page__copy__printing__sheet` at hand: one query, for the names."""
    scans = list(scans)
    called = names.called(by, [scan.subject_id for scan in scans])
    titles: dict[object, str] = {}

    def row(scan: Scan) -> Shown:
        what, code, name = _("A page that nobody knows yet"), "", ""
        if scan.page is not None:
            sheet = scan.page.copy.printing.sheet
            titles.setdefault(sheet.pk, title_of(sheet))
            what = _("%(sheet)s, page %(number)s") % {
                "sheet": titles[sheet.pk],
                "number": scan.page.number,
            }
            code = as_printed(scan.page.short)
            someone = called.get(scan.subject_id) if scan.subject_id else None
            name = someone.name if someone else ""
        state, pictogram = state_of(scan)
        return Shown(scan, what, code, name, state, str(scan.get_why_display()), pictogram)

    return [row(scan) for scan in scans]


def state_of(scan: Scan) -> tuple[str, str]:
    """In a few words, and the pictogram that goes with them."""
    if scan.aside_at is not None:
        why = scan.get_aside_why_display()
        return _("put aside: %(why)s") % {"why": why}, "folder"
    if scan.state == State.CLOSED:
        return _("closed"), "done"
    if scan.why:
        return _("waits for someone"), "warning"
    if scan.state == State.RECEIVED:
        return _("to be read"), "waiting"
    if scan.state == State.READ:
        return _("answers to check"), "question"
    return _("every answer is known"), "check"
