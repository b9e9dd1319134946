"""How much of a spreadsheet is read. A centre's ten years of presence are some 20 000 lines."""

from collections.abc import Iterable
from typing import Final

from .book import Cell, Fault, Kind, Remark, Row, Sheet, Unreadable

MOST_SHEETS: Final = 30
MOST_ROWS: Final = 25_000  # that hold something, all sheets together
MOST_COLUMNS: Final = 400  # a year with a column for each day
LAST_LINE: Final = 200_000
LONGEST: Final = 1_000  # characters of a cell; the rest is not read
MOST_TEXT: Final = 24_000_000  # characters, all cells together
MOST_UNPACKED: Final = 64 * 1024 * 1024
MOST_PARTS: Final = 4_000
MOST_ELEMENTS: Final = 3_000_000
DEEPEST: Final = 60


class Gathering:
    """Takes rows in, and stops where there is too much."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.remarks: list[Remark] = []
        self.rows = self.text = 0

    def begin(self, title: str, *, is_hidden: bool = False) -> None:
        if len(self.sheets) >= MOST_SHEETS:
            raise Unreadable(Fault.TOO_LONG)
        self.sheets.append(Sheet(title[:80], [], is_hidden))

    def add(self, line: int, cells: Iterable[Cell]) -> None:
        """Raises Unreadable beyond the bounds. An empty row is left out."""
        kept = [self._within(cell) for cell in cells]
        while kept and not kept[-1].text:
            kept.pop()
        if not kept:
            return
        self.rows += 1
        self.text += sum(len(cell.text) for cell in kept)
        if len(kept) > MOST_COLUMNS:
            raise Unreadable(Fault.TOO_WIDE, line)
        if self.rows > MOST_ROWS or line > LAST_LINE or self.text > MOST_TEXT:
            raise Unreadable(Fault.TOO_LONG, line)
        self.sheets[-1].rows.append(Row(line, kept))

    def _within(self, cell: Cell) -> Cell:
        if cell.kind is Kind.TEXT:
            cell = Cell(Kind.TEXT, cell.text.strip())
        if len(cell.text) <= LONGEST:
            return cell
        self.remark(Remark.CUT)
        return Cell(cell.kind, cell.text[:LONGEST])

    def remark(self, said: Remark) -> None:
        if said not in self.remarks:
            self.remarks.append(said)

    def filled(self) -> list[Sheet]:
        found = [sheet for sheet in self.sheets if sheet.rows]
        if not found:
            raise Unreadable(Fault.EMPTY)
        return found
