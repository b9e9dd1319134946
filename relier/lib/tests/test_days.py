"""Working days of Belgium."""

from datetime import date

import pytest

from relier.lib.days import after_working_days, is_working_day

FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (FRIDAY, 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 11, 24), 10, date(2026, 12, 8)),
        # Armistice, a Wednesday; Christmas, a Friday; New Year, the Friday after.
        (date(2026, 11, 10), 1, date(2026, 11, 12)),
        (date(2026, 12, 24), 5, date(2027, 1, 4)),
    ],
)
def test_weekends_and_legal_holidays_are_not_counted(day, count, expected):
    assert after_working_days(day, count) == expected
    assert is_working_day(expected)


def test_no_day_at_all_cannot_be_counted():
    with pytest.raises(ValueError, match="At least one"):
        after_working_days(FRIDAY, 0)
