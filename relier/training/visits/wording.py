"""What a rehearsed visit says, in sentences: one place for the page and for the paper.

A rehearsal, never a judgement: each figure says what it is, why it is that, and on which text it
stands. Nobody is named, and nobody is ranked.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from relier.training.inspection import Branch, Interval, Outlook, Recovery, Remark
from relier.training.rules import Rule
from relier.training.templatetags.law import clock
from relier.training.words_of_law import figure
from relier.ui.dates import short_day

from .rehearsing import Rehearsed

FRIDAY = timedelta(days=4)


@dataclass(frozen=True)
class Figure:
    """One figure: what it is called, what it is, why, and the texts it stands on."""

    term: str
    value: str
    why: list[str]
    rules: list[Rule] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    title: str
    figures: list[Figure]
    lead: str = ""


def sections_of(made: Rehearsed) -> list[Section]:
    """In the order in which the inspector goes."""
    return [files(made), weeks(made), what_follows(made), another_day(made)]


def summary(made: Rehearsed) -> str:
    """The whole in one sentence, before anything else."""
    rate, asked = made.check.rate, clock(made.visit.recovery)
    if rate is None:
        return _("No rate: no hours stand in weeks that may be drawn.")
    words = (
        _("Of the hours of the two weeks, at least %(share)s are irregular. Asked back in all, by "
          "this estimate: %(hours)s.")
        if made.unsigned.in_weeks
        else _("Of the hours of the two weeks, %(share)s are irregular. Asked back in all, by this "
               "estimate: %(hours)s.")
    )  # fmt: skip
    return words % {"share": share(float(rate)), "hours": asked}


def share(part: float) -> str:
    """« 2,8 % », as one reads it."""
    return _("%(number)s %%") % {"number": number_format(round(100 * part, 1), 1)}


def between(interval: Interval) -> str:
    return _("between %(low)s and %(high)s") % {
        "low": share(interval.low), "high": share(interval.high)
    }  # fmt: skip


def week(monday: date) -> str:
    return _("from %(first)s to %(last)s") % {
        "first": short_day(monday), "last": short_day(monday + FRIDAY)
    }  # fmt: skip


# --- files ---------------------------------------------------------------------------------------


def files(made: Rehearsed) -> Section:
    check, rule = made.visit.files, made.rules["inspection_whole_under"]
    how = (
        _("There are fewer than %(count)s trainees this year: every file is looked at.")
        if check.is_whole
        else _("From %(count)s trainees on, a sample is drawn in each track.")
    ) % {"count": figure(rule.value)}
    looked = ngettext("%(count)s of %(all)s file", "%(count)s of %(all)s files", check.files) % {
        "count": figure(len(check.looked_at)), "all": figure(check.files)
    }  # fmt: skip
    refused = [
        _("A file that does not show that the person may follow the training is refused: a "
          "document is missing, or was too old on entry."),
        _("All its hours of the year are asked back, once; they leave the hours drawn next."),
    ]  # fmt: skip
    if check.interval and not check.is_whole:
        refused.append(
            _("Among all the files, such files make %(range)s, 95 times in a hundred.")
            % {"range": between(check.interval)}
        )
    return Section(
        pgettext("inspection", "Files"),
        [
            Figure(_("Looked at"), looked, [how], [rule]),
            Figure(_("Refused"), figure(len(check.refused)), refused),
            Figure(
                _("Asked back for them"),
                clock(check.recovery),
                [_("The sum of their hours of the year, followed and assimilated.")],
            ),
        ],
    )


# --- the two weeks -------------------------------------------------------------------------------


def weeks(made: Rehearsed) -> Section:
    check, visit = made.check, made.visit
    drawn = " · ".join(map(week, visit.weeks)) or _("none")
    why = [
        _("Weeks from Monday to Friday without a school holiday, in which the centre counted "
          "hours, are drawn by the number of this draw: it draws the same weeks again."),
    ]  # fmt: skip
    if not made.knows_holidays:
        why.append(_("The school calendar of this year is not whole in Relier: complete it first."))
    return Section(
        _("Two weeks without school holidays"),
        [
            Figure(_("Drawn"), drawn, why, [made.rules["inspection_weeks"]]),
            Figure(
                _("Hours in these weeks"),
                clock(check.minutes),
                [
                    _("Followed and assimilated, without those of files refused: %(rows)s rows.")
                    % {"rows": figure(check.rows)}
                ],
            ),
            rate(made),
            unsigned(made),
        ],
    )


def rate(made: Rehearsed) -> Figure:
    check = made.check
    if check.rate is None:
        return Figure(_("Known to be irregular"), _("no rate"), [BRANCHES[check.branch]()])
    why = [
        _("%(irregular)s of %(all)s. Each of these hours stands under “To mend”, marked as drawn.")
        % {"irregular": clock(check.irregular), "all": clock(check.minutes)},
    ]
    if check.weeks_interval:
        why.append(
            _("Two weeks say little of the whole year: from them alone, its share would be "
              "%(range)s, 95 times in a hundred.") % {"range": between(check.weeks_interval)}
        )  # fmt: skip
    value = _("%(share)s, at least") if made.unsigned.in_weeks else "%(share)s"
    return Figure(_("Known to be irregular"), value % {"share": share(float(check.rate))}, why)


def unsigned(made: Rehearsed) -> Figure:
    return Figure(
        _("Not known: the signed list"),
        clock(made.unsigned.in_weeks),
        [
            _("Relier does not know whether a signed presence list exists for these hours. They "
              "are counted neither as regular nor as irregular: find the lists, and look."),
            _("Hours without a signed list are irregular for the inspector: the rate can only be "
              "higher than the one above."),
        ],
    )  # fmt: skip


# --- what follows --------------------------------------------------------------------------------

BRANCHES = {
    Branch.UNDER: lambda: _("Under the lower threshold: the inspection stops there."),
    Branch.BETWEEN: lambda: _("Between the two thresholds: the inspection goes on."),
    Branch.BEYOND: lambda: _("Over the upper threshold: the inspection extrapolates."),
    Branch.NO_HOURS: lambda: _("No hours count in these weeks: there is no rate."),
    Branch.NO_WEEK: lambda: _(
        "No week without a school holiday holds any hours: there is no rate."
    ),
}
RECOVERIES = {
    Recovery.NOTHING: lambda: _("Nothing can be said from these weeks."),
    Recovery.SEEN: lambda: _("Only the irregular hours that were seen are asked back."),
    Recovery.SAMPLE: lambda: _(
        "A share of all the hours of the year is asked back: the lower end of the range."
    ),
    Recovery.WEEKS: lambda: _(
        "A share of all the hours of the year is asked back: the lower end of what the weeks say."
    ),
}
REMARKS = {
    Remark.FEWER_WEEKS: lambda: _("There were fewer weeks than are to be drawn: all were taken."),
    Remark.EVERY_ROW: lambda: _("Every row of the year was looked at: the share is known."),
    Remark.ENLARGED: lambda: _("More rows were drawn than planned, to keep the range narrow."),
    Remark.NO_INTERVAL: lambda: _("One week cannot be extrapolated: what was seen is asked back."),
}


def what_follows(made: Rehearsed) -> Section:
    check = made.check
    thresholds = [made.rules["inspection_percent_low"], made.rules["inspection_percent_high"]]
    branch = Figure(
        _("Where the rate stands"),
        BRANCHES[check.branch](),
        [*(REMARKS[remark]() for remark in check.remarks), *known_only(made)],
        thresholds,
    )
    return Section(
        _("What follows"),
        [branch, second_sample(made), recovery(made)],
        _("An estimate on what stands in Relier today. It binds nobody."),
    )


def known_only(made: Rehearsed) -> Iterator[str]:
    if made.unsigned.in_weeks:
        yield _("By what is known only: lists that are not found could move it.")


def second_sample(made: Rehearsed) -> Figure:
    """What a second sample would do, or did in this draw."""
    sample = made.check.sample
    rules = [made.rules["inspection_confidence_percent"], made.rules["inspection_width_percent"]]
    if sample is None:
        return Figure(
            _("A second sample"),
            _("none is drawn"),
            [
                _("It would be drawn if the rate reached the lower threshold: rows of the whole "
                  "year, at random, as many as make the range at most ten points wide."),
            ],
            rules,
        )  # fmt: skip
    drawn = ngettext("%(count)s row, %(hours)s", "%(count)s rows, %(hours)s", len(sample.rows)) % {
        "count": figure(len(sample.rows)), "hours": clock(sample.minutes)
    }  # fmt: skip
    return Figure(
        _("A second sample"),
        _("%(range)s of the hours of the year are irregular") % {"range": between(sample.interval)},
        [
            _("Drawn at random in the whole year: %(drawn)s. Irregular among them: %(share)s.")
            % {"drawn": drawn, "share": share(sample.rate)},
            _("A sample does not give the share of the year, but a range. Drawn again and again, "
              "such a range holds the true share 95 times in a hundred."),
        ],
        rules,
    )  # fmt: skip


def recovery(made: Rehearsed) -> Figure:
    check, visit = made.check, made.visit
    why = [
        RECOVERIES[check.recovers](),
        _("For hours: %(hours)s. For files refused: %(files)s.")
        % {"hours": clock(check.recovery), "files": clock(visit.files.recovery)},
    ]
    if check.sample:
        why.insert(
            1,
            _("%(low)s of %(year)s: the lower end, to the centre’s advantage.")
            % {"low": share(check.sample.interval.low), "year": clock(check.year_minutes)},
        )
    return Figure(_("Asked back in all, estimated"), clock(visit.recovery), why)


# --- another day ---------------------------------------------------------------------------------


def another_day(made: Rehearsed) -> Section:
    outlook = made.visit.outlook
    title = _("If the inspector came another day")
    if outlook is None or made.check.rate is None:
        return Section(title, [], _("Nothing can be said: no week holds any hours."))
    return Section(
        title, list(chances(outlook)), _("Other weeks would be drawn: chance counts for much.")
    )


CHANCES = {
    Branch.UNDER: lambda: _("Under the lower threshold"),
    Branch.BETWEEN: lambda: _("Between the two"),
    Branch.BEYOND: lambda: _("Over the upper threshold"),
}


def chances(outlook: Outlook) -> Iterator[Figure]:
    draws = figure(outlook.draws)
    for branch, words in CHANCES.items():
        yield Figure(
            words(),
            share(outlook.chances[""][branch]),
            [_("Of %(draws)s visits drawn on the same hours.") % {"draws": draws}],
        )
    low, middle, high = map(clock, outlook.recovery)
    yield Figure(
        _("Asked back"),
        _("%(middle)s in the middle") % {"middle": middle},
        [_("Between %(low)s and %(high)s nine times in ten.") % {"low": low, "high": high}],
    )


# --- what is not known, and what is open ---------------------------------------------------------


def not_known(made: Rehearsed) -> list[str]:
    """Never counted as regular: said."""
    unknown, said = made.told.unknown, []
    if made.unsigned.in_year:
        said.append(
            _("Signed lists: %(hours)s of the year, of which Relier does not know whether the list "
              "came back signed.") % {"hours": clock(made.unsigned.in_year)}
        )  # fmt: skip
    if count := len(unknown.without_category):
        said.append(
            ngettext(
                "%(count)s file in which why the person may enter is not said.",
                "%(count)s files in which why the person may enter is not said.",
                count,
            )
            % {"count": figure(count)}
        )
    if count := len(unknown.erased):
        said.append(
            ngettext(
                "%(count)s file was erased: its hours stay, what the law keeps is sealed.",
                "%(count)s files were erased: their hours stay, what the law keeps is sealed.",
                count,
            )
            % {"count": figure(count)}
        )
    said.append(_("The days on which the centre was closed: none is written in Relier."))
    said.append(
        _("What paper alone says: a signature that is not one, an hour that did not take place.")
    )
    if not made.knows_holidays:
        said.append(_("School holidays of this year: the calendar is not whole."))
    return said


def left_open(made: Rehearsed) -> list[str]:
    """What the text leaves open, and what is chosen here: the harsher reading."""
    return [
        _("At exactly the lower threshold, the inspection goes on; at exactly the upper one, it is "
          "not over it."),
        _("One rate for the centre, not one for each track; of hours, to the minute."),
        _("Between the thresholds, and over the upper one, a random sample of the year is drawn."),
        _("Ten points are counted from one end of the range to the other."),
        _("From the trainees on whom a sample of files is drawn, it holds as many files as give a "
          "range of ten points."),
        _("Hours after the plan was due and before it came are irregular."),
        _("The text read is that of before 21 February 2025."),
    ]  # fmt: skip
