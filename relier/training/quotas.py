"""How many entries, and how many placements to discover a trade, stand outside the rule in a track
and a year, beside how many may (decree, article 6; order, article 11).

Counts say nothing of anyone by themselves, but a count of one does: they are for whoever reads
grounds in the whole centre (docs/walls.md).
"""

from dataclasses import dataclass
from datetime import date

from .legal import rulebook
from .models import Eligibility, Enrolment, Placement, Track
from .rules import Rule, categories
from .rules.eligibility import derogation_rule, derogations_left


@dataclass(frozen=True)
class Quota:
    """Of `whole`, `outside` the rule; `rule`: the part that may be, in percent."""

    whole: int
    outside: int
    rule: Rule

    @property
    def left(self) -> int | None:
        """How many more may be outside, the next ones counted; negative when there are too many,
        None when all may be."""
        return derogations_left(self.whole, self.outside, self.rule.value)

    @property
    def too_many(self) -> int:
        return max(0, -(self.left or 0))


@dataclass(frozen=True)
class Quotas:
    """`gap`: how far the basin is from the mean of the region, which the first quota hangs on."""

    entries: Quota
    placements: Quota
    gap: Rule


def quotas_of(track: Track, year: int) -> Quotas | None:
    """Those of a CISP track; None elsewhere, where the text knows none. Five queries."""
    if track.scheme != Track.Scheme.CISP:
        return None
    book, last = rulebook(track.centre_id), date(year, 12, 31)
    gap = book.rule("basin_gap", last)
    entries = Enrolment.objects.filter(track=track, entered_on__year=year)
    derogations = [key for key, one in categories().items() if one.is_derogation]
    by_derogation = Eligibility.objects.current().filter(
        enrolment__in=entries, category__in=derogations
    )
    placements = (
        Placement.objects.current()
        .filter(enrolment__track=track, from_on__year=year, withdrawn=False)
        .filter(kind=Placement.Kind.ACCULTURATION)
    )
    return Quotas(
        Quota(entries.count(), by_derogation.count(), derogation_rule(gap.value, book, last)),
        Quota(
            placements.count(),
            placements.filter(derogation=True).count(),
            book.rule("acculturation_derogation_percent", last),
        ),
        gap,
    )
