"""Made-up years of training centres, irregular by a share that is known to the minute."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

import numpy as np

from relier.training.inspection import (
    Calendar,
    Code,
    Facts,
    Frame,
    Problem,
    Procedure,
    Row,
    Trainee,
)

YEAR = 2025
PROCEDURE = Procedure(
    whole_under=50,
    weeks=2,
    low=Fraction(1, 5),
    high=Fraction(4, 5),
    confidence=0.95,
    width=0.10,
    document_valid_days=7,
    unjustified_share=Fraction(1, 10),
    unjustified_days=5,
)
CENTRES = {"workshop": (12, 1, 150), "small": (30, 2, 4000), "large": (150, 5, 25000)}


def span(first: date, last: date) -> frozenset[date]:
    return frozenset(first + timedelta(days=n) for n in range((last - first).days + 1))


HOLIDAYS = (
    span(date(2025, 1, 1), date(2025, 1, 3))
    | span(date(2025, 2, 24), date(2025, 3, 7))
    | span(date(2025, 4, 28), date(2025, 5, 9))
    | span(date(2025, 7, 5), date(2025, 8, 24))
    | span(date(2025, 10, 20), date(2025, 10, 31))
    | span(date(2025, 12, 22), date(2025, 12, 31))
)


@cache
def clean_year(centre: str, seed: int) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Rows without a problem, and the list each is on. Workers close four weeks in summer."""
    people, tracks, wanted = CENTRES[centre]
    rng = np.random.default_rng([seed, people])
    days = [date(2025, 1, 6) + timedelta(days=n) for n in range(350)]
    days = [day for day in days if day.weekday() < 5 and not 195 < day.timetuple().tm_yday < 223]
    rows: list[Row] = []
    lists: list[str] = []
    each = int(wanted / people / 0.8)  # sessions of each person, four in five followed
    places = sorted(rng.choice(2 * len(days), size=min(each, 2 * len(days)), replace=False))
    for track in range(tracks):
        for place in places:
            day, session = days[place // 2], f"k{track}-{place}"
            minutes = int(rng.choice([90, 150, 180, 180, 210, 240, 420]))
            for person in range(track, people, tracks):
                if rng.random() < 0.8:
                    there = minutes - int(rng.choice([0, 0, 0, 15, 45]))
                    id = f"{session}-p{person:03d}"
                    rows.append(Row(id, f"p{person:03d}", f"k{track}", day, there))
                    lists.append(session)
    return tuple(rows), tuple(lists)


def spoilt(rows: tuple[Row, ...], groups: list[str], rate: float, seed: int) -> list[int]:
    """Irregular minutes of each row: groups by chance, four rows in five of each (all of them when
    rows go one by one), until the share is reached."""
    rng = np.random.default_rng([seed, 1])
    names = sorted(set(groups))
    minutes = np.array([row.minutes for row in rows])
    of_group = dict(zip(names, rng.random(len(names)), strict=True))
    # Longer rows come a little sooner.
    rank = np.array([of_group[g] for g in groups]) / (minutes / minutes.mean()) ** 0.3
    alone = len(names) == len(rows)
    spared = (rng.random(len(rows)) < 0.2) & (not alone)
    sequence = np.lexsort((rng.random(len(rows)), rank, spared))
    part = rng.random(len(rows)) < 0.2
    lost = [0] * len(rows)
    left = round(rate * int(minutes.sum()))
    # A second round, when in part is not enough, takes the rest of the rows.
    for partly in (True, False):
        for i in sequence:
            most = int(minutes[i]) // 3 if partly and part[i] else int(minutes[i])
            add = min(left, most - lost[i])
            lost[i] += max(0, add)
            left -= max(0, add)
    return lost


def centre_year(centre: str, rate: float, pattern: str, seed: int) -> Frame:
    rows, lists = clean_year(centre, seed)
    groups = {
        "rows": [row.id for row in rows],
        "lists": list(lists),
        "people": [row.trainee for row in rows],
        "weeks": [str(row.day.isocalendar().week) for row in rows],
    }[pattern]
    lost = spoilt(rows, groups, rate, seed)
    bad = tuple(
        replace(row, problems=(Problem(row.id, Code.OTHER_HOUR, n),)) if n else row
        for row, n in zip(rows, lost, strict=True)
    )
    entry = date(YEAR, 1, 1)
    tracks = {row.trainee: row.track for row in rows}
    people = tuple(Trainee(id, track, entry, entry) for id, track in tracks.items())
    facts = Facts(YEAR, date(YEAR, 12, 31), people, bad, Calendar(HOLIDAYS))
    return Frame.of(facts, PROCEDURE)
