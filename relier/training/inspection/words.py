"""The visit in plain lines, for a terminal."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from .facts import Code, Mend
from .intervals import Interval
from .outcome import (
    HOUR,
    Branch,
    FilesCheck,
    HoursCheck,
    Irregularity,
    Outlook,
    Recovery,
    Remark,
    Visit,
)

MOST_LISTED = 40

BRANCHES = {
    Branch.UNDER: "under the lower threshold",
    Branch.BETWEEN: "between the two thresholds",
    Branch.BEYOND: "over the upper threshold",
    Branch.NO_HOURS: "no hours were counted there",
    Branch.NO_WEEK: "no full week without a school holiday holds any hours",
}
RECOVERIES = {
    Recovery.NOTHING: "nothing can be said, nothing is asked back",
    Recovery.SEEN: "only the irregular hours seen are asked back",
    Recovery.SAMPLE: "a random sample is extrapolated, at the lower bound of its interval",
    Recovery.WEEKS: "the weeks are extrapolated, at the lower bound of their interval",
}
REMARKS = {
    Remark.FEWER_WEEKS: "there are fewer weeks than are to be drawn: all of them were taken",
    Remark.EVERY_ROW: "the sample is every row of the year: the rate is known, not estimated",
    Remark.ENLARGED: "more rows than planned were drawn, to keep the interval narrow enough",
    Remark.NO_INTERVAL: "one week cannot be extrapolated: what was seen is asked back",
}
CODES = {
    Code.LIST_MISSING: "no presence list",
    Code.LIST_UNSIGNED: "the list is not signed",
    Code.LIST_DIFFERS: "the list and what was entered differ",
    Code.NO_TRAINER: "no trainer is named for the session",
    Code.CENTRE_CLOSED: "the centre was closed that day",
    Code.OUTSIDE_STAY: "before entry, or after the end",
    Code.NO_FILE: "hours of somebody without a file",
    Code.PROGRAMME_PASSED: "more hours than the programme may count",
    Code.PROOF_MISSING: "assimilated, and its proof is missing",
    Code.UNJUSTIFIED_DAYS: "too many days without a reason this year",
    Code.UNJUSTIFIED_SHARE: "too many hours without a reason for the hours followed",
    Code.CAP_PASSED: "more than its ground allows",
    Code.NO_CONTRACT_YET: "before the contract was signed",
    Code.NO_PLAN_YET: "the training plan was due and was not there",
    Code.DOCUMENT_LATE: "no document of eligibility carried it yet",
    Code.OTHER_HOUR: "another reason",
    Code.DOCUMENT_MISSING: "a document of eligibility is missing",
    Code.DOCUMENT_OUT_OF_DATE: "a document was too old on entry day",
    Code.NOT_ELIGIBLE: "not eligible",
    Code.CONTRACT_LATE: "the contract was signed after entry day",
    Code.CONTRACT_MISSING: "no contract",
    Code.PLAN_LATE: "the training plan came late",
    Code.PLAN_MISSING: "no training plan",
    Code.OTHER_FILE: "another reason",
}
DEEDS = {
    Mend.FIND_LIST: "find the list",
    Mend.HAVE_SIGNED: "have the list signed, or say why it was not",
    Mend.MATCH_LIST: "correct what was entered from the list",
    Mend.NAME_TRAINER: "name the trainer",
    Mend.CORRECT_DAY: "check the day",
    Mend.OPEN_FILE: "open the file, or correct who it was",
    Mend.CORRECT_HOURS: "correct the hours",
    Mend.ASK_PROOF: "ask for the proof",
    Mend.ASK_DOCUMENT: "ask for the document",
    Mend.SIGN_CONTRACT: "have the contract signed",
    Mend.WRITE_PLAN: "write the plan",
    Mend.EXPLAIN: "keep what explains it, for the answer to the inspector",
}
DOUBTS = {
    "low_is_under": "at exactly the lower threshold, only what was seen is asked back",
    "scope": "one rate for the centre, or one for each track",
    "measure": "the rate counts minutes, or rows",
    "follow_up": "between the thresholds",
    "beyond": "over the upper threshold, what is extrapolated",
    "files_width": "width of the interval that says how many files a sample holds",
}


def report(visit: Visit) -> list[str]:
    """Every line, without an end of line. Ids only: no name is known here."""
    return [
        f"Rehearsal of the inspector's visit, year {visit.year}, seed {visit.seed}",
        f"Weeks drawn: {_days(visit.weeks)}",
        *([f"Weeks drawn after them: {_days(visit.more_weeks)}"] if visit.more_weeks else []),
        "",
        *_files(visit.files),
        *(line for check in visit.hours for line in ("", *_hours(check, visit))),
        "",
        *_total(visit),
        *(["", *_outlook(visit.outlook)] if visit.outlook else []),
        "",
        *_to_mend(visit.irregularities),
        "",
        "What the text leaves open, and what was chosen here:",
        *(f"  {DOUBTS.get(name, name)}: {value}" for name, value in visit.procedure.doubts()),
        "  The order as it stands since 21 February 2025 was not read.",
    ]


def _files(check: FilesCheck) -> Iterator[str]:
    how = "all of them" if check.is_whole else "a sample of each track"
    yield f"Files: {check.files}; looked at: {len(check.looked_at)} ({how})"
    yield f"  refused: {len(check.refused)}{_list(check.refused)}"
    if check.interval and not check.is_whole:
        yield f"  of all the files, refused: {_between(check.interval)}"
    yield f"  asked back: {hours(check.recovery)}"


def _hours(check: HoursCheck, visit: Visit) -> Iterator[str]:
    procedure = visit.procedure
    yield f"Hours of {f'the track {check.track}' if check.track else 'the centre'}"
    yield f"  in the year: {hours(check.year_minutes)}, {check.year_rows} rows"
    yield (
        f"  in the weeks drawn: {hours(check.minutes)}, {check.rows} rows;"
        f" irregular: {hours(check.irregular)}"
    )
    rate = "none" if check.rate is None else share(float(check.rate))
    low, high = share(float(procedure.low)), share(float(procedure.high))
    yield f"  rate: {rate} (thresholds: {low} and {high}): {BRANCHES[check.branch]}"
    if check.second:
        yield f"  with the weeks drawn after them: {BRANCHES[check.second]}"
    if check.weeks_interval:
        yield (
            "  these weeks alone say of all the weeks without holidays:"
            f" {_between(check.weeks_interval)}"
        )
    if sample := check.sample:
        yield f"  random sample: {len(sample.rows)} rows, {hours(sample.minutes)}"
        yield f"  irregular in it: {share(sample.rate)}, of the year {_between(sample.interval)}"
    yield from (f"  {REMARKS[remark]}" for remark in check.remarks)
    yield f"  {RECOVERIES[check.recovers]}: {hours(check.recovery)}"


def _total(visit: Visit) -> Iterator[str]:
    money = visit.recovery_euros
    yield f"Asked back in all: {hours(visit.recovery)}" + (f", {money} EUR" if money else "")


def _outlook(outlook: Outlook) -> Iterator[str]:
    yield f"If the inspector came another day ({outlook.draws} draws):"
    for track, chances in outlook.chances.items():
        where = f"  track {track}: " if track else "  "
        told = (f"{BRANCHES[b]} {share(c)}" for b, c in chances.items() if c)
        yield f"{where}{'; '.join(told)}; extrapolated {share(outlook.extrapolated[track])}"
    low, middle, high = (hours(minutes) for minutes in outlook.recovery)
    yield f"  asked back: {middle} in the middle, between {low} and {high} nine times in ten"


def _to_mend(irregularities: tuple[Irregularity, ...]) -> Iterator[str]:
    yield f"To mend: {len(irregularities)}"
    for code, count in sorted(Counter(one.code for one in irregularities).items()):
        yield f"  {count} x {CODES[code]}"
    first = sorted(irregularities, key=lambda one: not one.drawn)[:MOST_LISTED]
    for one in first:
        day = f" {one.day}" if one.day else ""
        drawn = "drawn" if one.drawn else "not drawn"
        yield (
            f"  {one.about}{day} ({drawn}): {CODES[one.code]}, {hours(one.minutes)};"
            f" {DEEDS[one.mend]}"
        )
    if len(irregularities) > MOST_LISTED:
        yield f"  and {len(irregularities) - MOST_LISTED} more"


def _days(days: tuple[date, ...]) -> str:
    return ", ".join(f"from {day}" for day in days) or "none"


def _list(ids: tuple[str, ...]) -> str:
    return f" ({', '.join(ids)})" if ids else ""


def _between(interval: Interval) -> str:
    return f"between {share(interval.low)} and {share(interval.high)}"


def share(part: float) -> str:
    return f"{100 * part:.1f} %"


def hours(minutes: int) -> str:
    return f"{minutes // HOUR} h {minutes % HOUR:02d}"
