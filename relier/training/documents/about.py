"""What a document is of, and as of which day."""

from dataclasses import dataclass
from datetime import date

from relier.centres.models import Centre
from relier.training.models import Enrolment, PrintedDocument, Track


@dataclass(frozen=True)
class About:
    """An entry, or the centre; `period`: a month (202611) or a year; `on`: the day of printing."""

    centre: Centre
    on: date
    enrolment: Enrolment | None = None
    track: Track | None = None
    period: int | None = None

    @property
    def entry(self) -> Enrolment:
        if self.enrolment is None:
            raise LookupError("This document is of an entry.")
        return self.enrolment

    @property
    def of_track(self) -> Track:
        if self.track is None:
            raise LookupError("This document is of a track.")
        return self.track

    @property
    def number(self) -> int:
        if self.period is None:
            raise LookupError("This document is of a month or a year.")
        return self.period

    @property
    def first_day(self) -> date:
        """Of the month."""
        return date(self.number // 100, self.number % 100, 1)


def of_printed(row: PrintedDocument, *, on: date) -> About:
    """What a kept document is of. `row`: with its centre, its entry and its track."""
    return About(row.centre, on, row.enrolment, row.track, row.period)
