"""What may be wrong with a line, in words that say what to do.

A problem that *stops* a line keeps it out of the import until the file is mended, or until somebody
says that such lines are left out. One *to look at* is read as it says, and stops nothing. One that
is *known* says that the line is in the house already: nothing is added.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class Weight(StrEnum):
    STOPS = "stops"
    LOOK = "look"
    KNOWN = "known"


class Problem(NamedTuple):
    """`column`: its letters, "" for a whole line. `gaps` fill the sentence; plain values."""

    line: int
    column: str
    code: str
    gaps: Mapping[str, str] = {}

    @property
    def weight(self) -> Weight:
        return SENTENCES[self.code][0]

    def __str__(self) -> str:
        return str(SENTENCES[self.code][1]) % self.gaps

    @property
    def place(self) -> str:
        """As a spreadsheet program says it: B12."""
        return f"{self.column}{self.line}"


STOPS, LOOK, KNOWN = Weight.STOPS, Weight.LOOK, Weight.KNOWN

SENTENCES: Mapping[str, tuple[Weight, Any]] = {
    # --- cells
    "formula": (STOPS, _(
        "A formula: what it gave is not read. Copy the column, and paste its values in "
        "its place."
    )),
    "error": (STOPS, _(
        "The cell holds an error (%(said)s). Write what it should say, or empty it."
    )),
    "empty": (STOPS, _("Nothing is written here: %(what)s is needed.")),
    "too_long": (STOPS, _("This is longer than %(most)s characters. Shorten it.")),
    "not_text": (LOOK, _("A number where words are expected. It is read as “%(said)s”.")),
    "no_name": (STOPS, _(
        "This looks like a note, and not like a name: “%(said)s”. Take the line away, or write "
        "who it is."
    )),
    "total": (LOOK, _("A line that adds up: it is nobody, and is not read.")),
    "remark": (LOOK, _("A remark or a signature: it is nobody, and is not read.")),
    "no_letter": (STOPS, _("There is no letter in this name: “%(said)s”.")),
    # --- numbers that identify
    "zero_lost": (STOPS, _(
        "A telephone number that lost its first zero: %(said)s. Give the column the "
        "format “text”, and write it again."
    )),
    "exponent": (STOPS, _(
        "An identifier that was turned into a number, and lost its digits: %(said)s. Give"
        " the column the format “text”, and write it again."
    )),
    "became_number": (STOPS, _(
        "An identifier that was turned into a number: %(said)s. Its first zeros may be "
        "lost. Give the column the format “text”, and write it again."
    )),
    "phone": (STOPS, _("This is no telephone number: “%(said)s”.")),
    "national_number": (LOOK, _(
        "The check digits of this national number are wrong. It is not kept here; look at"
        " it where you keep it."
    )),
    # --- days and hours
    "not_day": (STOPS, _("This is no day: “%(said)s”. Write it as 31/12/2026.")),
    "two_ways": (STOPS, _(
        "This day can be read two ways: %(first)s or %(second)s. Write it as %(iso)s, "
        "year first."
    )),
    "text_day": (LOOK, _(
        "A day kept as a text, read as %(day)s. Where a column holds texts and days, the "
        "others may have had day and month turned round: look at them."
    )),
    "serial_day": (LOOK, _(
        "A bare number, read as the day %(day)s. Give the column the format “date”."
    )),
    "future_birth": (STOPS, _("A date of birth in the future: %(day)s.")),
    "old_birth": (STOPS, _("A date of birth more than 120 years ago: %(day)s.")),
    "far_day": (STOPS, _("The year is far from this one: %(day)s. Look at it.")),
    "future_day": (STOPS, _("This day has not come yet: %(day)s.")),
    "not_hour": (STOPS, _("This is no hour: “%(said)s”. Write it as 09:30.")),
    "not_duration": (STOPS, _("This is no duration: “%(said)s”. Write it as 3h30, 3:30 or 3,5.")),
    "too_many_hours": (STOPS, _("More than a day has: %(said)s.")),
    "contract_late": (LOOK, _("The contract was signed after the day of entry.")),
    "left_before": (STOPS, _("The last day is before the day of entry.")),
    "ends_before": (STOPS, _("The session ends before it begins.")),
    # --- words of a list
    "not_listed": (STOPS, _("“%(said)s” is none of these: %(most)s.")),
    "reason_unknown": (LOOK, _(
        "Why they left is not one of our reasons: it is read as “another reason”."
    )),
    # --- what the house has
    "no_track": (STOPS, _(
        "No track of this name: “%(said)s”. Open it first, or write its name as it stands"
        " here."
    )),
    "no_programme": (STOPS, _(
        "This track has no programme on that day. Write its programme first."
    )),
    "no_such_programme": (STOPS, _("This track has no programme of this name: “%(said)s”.")),
    "no_team": (STOPS, _("No team of this name: “%(said)s”.")),
    "which_team": (STOPS, _("Say which team: the centre has several.")),
    "nobody": (STOPS, _("Nobody of this name is in the centre: import the people first.")),
    "several_people": (STOPS, _(
        "Several people of this name are in the centre: add the date of birth."
    )),
    "not_entered": (STOPS, _(
        "This person had not entered the track “%(track)s” on that day: import the "
        "entries first, or their hours would count nowhere."
    )),
    "no_session": (STOPS, _(
        "There is no session on %(day)s in “%(track)s”. Import the sessions first, or let"
        " them be made below."
    )),
    "which_session": (STOPS, _("There are several sessions that day: say at what hour it begins.")),
    "which_track": (STOPS, _("Say in which track: this person is in several.")),
    "beyond_session": (STOPS, _("More than the session lasts: %(said)s, and it lasts %(most)s.")),
    "taken_otherwise": (STOPS, _(
        "The presence was taken already, and says %(said)s. It is corrected on the page "
        "of the session."
    )),
    "nothing_said": (STOPS, _("Neither hours followed nor hours missed.")),
    "beyond_programme": (LOOK, _(
        "With this line, the hours are more than those of the programme (%(most)s): what "
        "goes beyond is kept, and does not count."
    )),
    "closed_month": (LOOK, _(
        "The statements of this month have left: these hours will be told as late."
    )),
    "programme_length": (STOPS, "%(said)s"),
    # --- sheets by day
    "day_formula": (STOPS, _(
        "The day of this column is a formula, which is not read. Copy the line of the days, "
        "and paste its values in its place."
    )),
    "day_unsaid": (STOPS, _(
        "“%(said)s” says no month, or no year: say them where the columns are said."
    )),
    "no_such_day": (STOPS, _("There is no such day in that month: “%(said)s”.")),
    "weekday_differs": (STOPS, _(
        "“%(said)s” is another day of the week in that month and year: look at the month and "
        "the year."
    )),
    "day_twice": (STOPS, _(
        "This day stands a second time: “%(said)s”. Add both columns up into one, or take one "
        "away."
    )),
    "day_nameless": (LOOK, _("A column without a day: it is not read.")),
    "code_unknown": (STOPS, _(
        "Nobody said what “%(said)s” means: say it where the columns are said."
    )),
    "not_in_cell": (STOPS, _(
        "This is neither hours nor a code: “%(said)s”. Write it as 3h30, 3:30 or 3,5."
    )),
    "no_length": (STOPS, _(
        "Nothing tells how long this day lasts: say how long a whole day is where the columns "
        "are said, or plan the session first."
    )),
    "several_that_day": (STOPS, _(
        "Several sessions stand that day in this track, and a sheet by day does not say which "
        "one this is. Write these hours on the page of each session."
    )),
    # --- categories, absences, placements
    "no_entry": (STOPS, _(
        "This person never entered a track here: import the people and their entries first."
    )),
    "no_such_entry": (STOPS, _("This person did not enter a track on that day: %(day)s.")),
    "which_entry": (STOPS, _(
        "This person entered several times: add the track, or the day of entry."
    )),
    "no_category": (STOPS, _(
        "“%(said)s” is no category of articles 5 and 6. Write it as 5, 3° bis, or as 6."
    )),
    "category_otherwise": (STOPS, _(
        "The entry says another category already (%(said)s). It is changed on the page of the "
        "entry."
    )),
    "not_listed_ground": (STOPS, _(
        "“%(said)s” is none of the grounds of article 3. Write its number, from 1 to 13."
    )),
    "ground_not_said": (STOPS, _(
        "Ground %(said)s is not said here: an absence without a reason needs no line, and hours "
        "that remained are said with the end of the training."
    )),
    "absence_otherwise": (STOPS, _(
        "An absence is noted already that crosses this one: ground %(said)s, from %(first)s to "
        "%(last)s. It is corrected on the page of the entry."
    )),
    "crosses": (STOPS, _("These days cross those of line %(other)s.")),
    "until_before": (STOPS, _("The last day is before the first.")),
    "after_leaving": (LOOK, _("The training ended before that: on %(day)s.")),
    "no_proof": (LOOK, _("No proof has come: these hours wait for it, without a reason.")),
    "placement_otherwise": (STOPS, _(
        "A placement is noted already that crosses this one, from %(first)s to %(last)s. It is "
        "corrected on the page of the entry."
    )),
    "placement_fault": (LOOK, "%(said)s"),
    # --- the same twice
    "twice": (STOPS, _("Line %(other)s says the same: take one of them away.")),
    "twice_otherwise": (STOPS, _(
        "Line %(other)s speaks of the same, and says otherwise: keep one of them."
    )),
    "number_twice": (STOPS, _("The same number as line %(other)s, with another name: %(said)s.")),
    "same_entry": (KNOWN, _("The same entry as line %(other)s: it is added once.")),
    "known": (KNOWN, _("This is in the house already: nothing is added.")),
    "same_person": (KNOWN, _("The same person as %(who)s: no second file is opened.")),
}  # fmt: skip


def stopped(problems: Iterable[Problem], *, by_cell: bool = False) -> set[tuple[int, str]]:
    """What stays out: (line, ""), or (line, column) where each cell stands for itself."""
    stops = (one for one in problems if one.weight is Weight.STOPS)
    return {(one.line, one.column if by_cell else "") for one in stops}


def as_plain(problems: Iterable[Problem]) -> list[list[Any]]:
    return [[one.line, one.column, one.code, dict(one.gaps)] for one in problems]


def from_plain(plain: Iterable[Any]) -> list[Problem]:
    return [Problem(line, column, code, gaps) for line, column, code, gaps in plain]
