"""SECURITY.md is held to its word: every row of ASVS 5.0.0 level 2, and every test it names."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")

# ASVS 5.0.0: how many requirements of levels 1 and 2 each section has, in its order. Those of level
# 3 come last in their section; sections that hold only such ones (3.1, 3.6, 6.7…) are absent.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2,
    "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2,
    "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "9.1": 3, "9.2": 4,
    "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3,
    "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4,
    "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
    "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip
STANDS = {"met", "partly", "not met", "outside", "none here"}
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if re.match(r"\| \d+\.\d", line)
]


def rows_asked() -> list[str]:
    return [f"{name}.{n}" for name, many in SECTIONS.items() for n in range(1, many + 1)]


def test_the_standard_is_whole():
    assert len(rows_asked()) == 253


def test_each_row_of_the_standard_stands_once():
    asked = rows_asked()
    told: list[str] = []
    for row, *_ in ROWS:
        first, _, last = row.partition(" to ")
        told += asked[asked.index(first) : asked.index(last or first) + 1]

    assert told == asked


def test_each_row_says_how_it_stands():
    assert {stands for _row, _asks, stands, _where in ROWS} <= STANDS


def test_a_row_that_is_partly_met_says_what_lacks():
    for row, _asks, stands, where in ROWS:
        assert where.strip() or stands in {"met", "none here", "outside"}, row


def test_every_file_named_exists():
    named = set(re.findall(r"`((?:tests|relier|docs|requirements)/[\w/.*-]+)`", PAGE))

    assert len(named) > 30
    for name in named:
        found = list(ROOT.glob(name)) or list(ROOT.glob(f"{name}*"))
        assert found, name
