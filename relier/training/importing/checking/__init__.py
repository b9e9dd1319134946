"""The dry run: a file, what was said of it, and the house as it is now -> what it would add, and
what is wrong with each line. It writes nothing; done again, it says the same.

    frame.py      what every kind of file shares: the sheet, what was decided, the house
    people.py     people and the day they entered a track
    presences.py  who was there, and how long
    sessions.py   sessions
    tracks.py     tracks and their programmes
    days.py       sheets with one column per day
    categories.py, absences.py, placements.py
                  what is said of an entry
    who.py, placing.py, entries.py
                  whose each line is, where a presence goes, which entry is meant
"""

from relier.accounts.actors import Actor
from relier.training.importing.models import ImportedFile, What

from . import absences, categories, days, people, placements, presences, sessions, tracks
from .frame import Checked, Frame, Told, frame_of

__all__ = ["Checked", "Told", "check"]

CHECKS = {
    What.PEOPLE: people.check,
    What.PRESENCES: presences.check,
    What.SESSIONS: sessions.check,
    What.TRACKS: tracks.check,
    What.DAYS: days.check,
    What.CATEGORIES: categories.check,
    What.ABSENCES: absences.check,
    What.PLACEMENTS: placements.check,
}


def check(file: ImportedFile, *, by: Actor, told: Told | None = None) -> Checked:
    """`told`: called with how many lines are done, of how many."""
    frame: Frame = frame_of(file, by, told)
    checked = CHECKS[What(file.what)](frame)
    checked.problems = sorted(
        [*frame.aside, *checked.problems], key=lambda one: (one.line, len(one.column), one.column)
    )
    return checked
