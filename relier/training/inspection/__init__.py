"""The inspector's own procedure, run on the centre's own hours before the inspector does.

    visit = run(facts, procedure, seed)
    for line in report(visit): print(line)

The order of the Walloon Government of 15 December 2016 on CISP centres, articles 28/1 to 28/6:
every file is looked at in a small centre, a sample of each track in another; then two weeks without
school holidays; and by the share of irregular hours in them, only what was seen is asked back, or a
random sample is extrapolated, at the lower bound of its 95 % interval. Nothing here knows a
database or a page: plain values in (`facts.py`), codes and numbers out (`outcome.py`). What the
text leaves open is in `Procedure`; docs/inspection.md says it in words, `benchmarks/inspection.py`
measures the intervals.
"""

from dataclasses import replace

from .facts import (
    MENDS,
    OF_A_FILE,
    WHOLE_FILE,
    Beyond,
    Calendar,
    Code,
    Document,
    Facts,
    FollowUp,
    Measure,
    Mend,
    Problem,
    Procedure,
    Row,
    Scope,
    Trainee,
)
from .frame import Frame
from .intervals import Interval
from .irregularities import find_irregularities, irregular_minutes
from .outcome import (
    Branch,
    FilesCheck,
    HoursCheck,
    Irregularity,
    Outlook,
    Recovery,
    Remark,
    Sample,
    Visit,
)
from .redrawing import DRAWS, outlook
from .visiting import visit
from .words import report

__all__ = [
    "DRAWS",
    "MENDS",
    "OF_A_FILE",
    "WHOLE_FILE",
    "Beyond",
    "Branch",
    "Calendar",
    "Code",
    "Document",
    "Facts",
    "FilesCheck",
    "FollowUp",
    "Frame",
    "HoursCheck",
    "Interval",
    "Irregularity",
    "Measure",
    "Mend",
    "Outlook",
    "Problem",
    "Procedure",
    "Recovery",
    "Remark",
    "Row",
    "Sample",
    "Scope",
    "Trainee",
    "Visit",
    "find_irregularities",
    "irregular_minutes",
    "outlook",
    "report",
    "run",
    "visit",
]


def run(facts: Facts, procedure: Procedure, seed: int, draws: int = DRAWS) -> Visit:
    """The visit under `seed`, and what `draws` others would give (0: not asked). Raises ValueError
    for a seed that is not a whole number of 64 bits."""
    frame = Frame.of(facts, procedure)
    made = visit(frame, seed)
    return replace(made, outlook=outlook(frame, seed, draws)) if draws else made
