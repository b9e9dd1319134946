"""Reading the spreadsheets that people send: XLSX, ODS and CSV, as rows of typed cells.

    book = read(data)                       # here: only for a file that is trusted
    book = apart.read_apart(data)           # in a process apart, that can be killed

What a file is called is not asked: its content says what it is. A cell keeps its place (the line
and the letters of its column) and its kind; a formula is told as a formula, and what its file kept
as its result is not read. Macros and links to other files are left where they are, and said.
Everything is bounded (`bounds.py`): a bomb, a sheet without end or a locked file is refused with
one `Fault`, which says what is wrong.

    archives.py      an archive, unpacked within bounds whatever it claims; no entities
    workbook.py      XLSX, with openpyxl, on what was looked at
    opendocument.py  ODS, read in a stream
    separated.py     CSV: its encoding and separator are found
    apart.py         the process apart
    saying.py        days, numbers, hours as people write them
    headings.py      the day that a column is of, the month that a title names

Plain Python: no Django here.
"""

from .book import Book, Cell, Fault, Kind, Remark, Row, Sheet, Unreadable, letters
from .reading import MOST_BYTES, read

__all__ = [
    "MOST_BYTES",
    "Book",
    "Cell",
    "Fault",
    "Kind",
    "Remark",
    "Row",
    "Sheet",
    "Unreadable",
    "letters",
    "read",
]
