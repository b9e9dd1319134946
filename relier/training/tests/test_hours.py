"""The engine of hours: the rules of article 3 one by one, then whatever the history."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import assume, given, settings

from relier.training.hours import (
    HOUR,
    Absence,
    Account,
    Attendance,
    Carrier,
    Facts,
    Journey,
    Leaving,
    Modality,
    Scheme,
    allocate,
    by_account,
    difference,
    enough_to_attest,
)
from relier.training.rules import Change, Rulebook

from . import oracle as slow

MONDAY = date(2026, 1, 5)
BOOK = Rulebook()


def day(number):
    return MONDAY + timedelta(days=number)


def journey(**otherwise):
    known = {
        "source": UUID(int=0), "scheme": Scheme.CISP, "entered_on": MONDAY,
        "programme": 1000 * HOUR,
    }  # fmt: skip
    return Journey(**{**known, **otherwise})


def followed(number, minutes=360, **more):
    return Attendance(UUID(int=100 + number), day(number), minutes, **more)


def missed(number, minutes=360):
    return Attendance(UUID(int=100 + number), day(number), 0, minutes)


def away(first, last, ground, *, proved=True, key=1):
    return Absence(UUID(int=key), day(first), day(last), ground, proved)


def counted(attendances, absences=(), rules=BOOK, **of_journey):
    """(day number, ground) -> minutes."""
    facts = Facts(journey(**of_journey), tuple(attendances), tuple(absences))
    found = Counter()
    for slot, minutes in allocate(facts, rules).items():
        found[(slot.day - MONDAY).days, slot.ground] += minutes
    return dict(found)


# --- the rules, one by one -----------------------------------------------------------------------


def test_hours_followed_count_from_entry_to_the_last_day():
    days = [followed(number) for number in range(-1, 4)]

    assert counted(days, left_on=day(2), leaving=Leaving.MOVED) == {
        (0, 0): 360, (1, 0): 360, (2, 0): 360,
    }  # fmt: skip


def test_an_illness_counts_thirty_days_and_no_more():
    found = counted([missed(number) for number in range(40)], [away(0, 39, 1)])

    assert sorted(found) == [(number, 1) for number in range(30)]


def test_a_certificate_that_is_prolonged_begins_no_new_thirty_days():
    certificates = [away(0, 19, 1), away(22, 45, 1, key=2)]

    found = counted([missed(number) for number in range(46)], certificates)

    assert max(number for number, ground in found if ground == 1) == 29


def test_a_second_illness_counts_after_fifteen_days_back():
    back = [followed(number) for number in range(5, 20)]
    days = [missed(0), *back, missed(20)]

    assert (20, 1) in counted(days, [away(0, 4, 1), away(20, 20, 1, key=2)])
    assert (19, 1) not in counted(
        [missed(0), *back[:-1], missed(19)], [away(0, 4, 1), away(19, 19, 1, key=2)]
    )


def test_a_sick_child_counts_a_week():
    found = counted([missed(number) for number in range(10)], [away(0, 9, 3)])

    assert sorted(found) == [(number, 3) for number in range(7)]


def test_feasts_count_two_days_a_year():
    feasts = [away(number, number, 9, key=number + 1) for number in range(4)]

    assert sorted(counted([missed(number) for number in range(4)], feasts)) == [(0, 9), (1, 9)]


def test_force_majeure_counts_since_april_2021():
    entered = date(2021, 3, 29)
    days = [Attendance(UUID(int=one), entered + timedelta(days=one), 0, 60) for one in range(5)]
    reason = Absence(UUID(int=9), entered, entered + timedelta(days=9), 13, True)

    found = allocate(Facts(journey(entered_on=entered), tuple(days), (reason,)), BOOK)

    assert sorted(slot.day for slot in found) == [date(2021, 4, 1), date(2021, 4, 2)]


def test_without_a_reason_a_tenth_of_what_was_followed_counts():
    days = [followed(0, 300), followed(1, 300), missed(2, 400), followed(3, 1000)]

    assert counted(days)[2, 10] == 60


def test_without_a_reason_five_days_a_year_count():
    days = [followed(0, 20000), *(missed(number, 10) for number in range(1, 9))]

    assert [number for number, ground in counted(days) if ground == 10] == [1, 2, 3, 4, 5]


def test_the_five_days_begin_again_in_january():
    days = [followed(-40, 20000), *(missed(number, 10) for number in range(-10, 10))]

    found = counted(days, entered_on=day(-40))

    assert len([key for key in found if key[1] == 10 and key[0] < -4]) == 5
    assert len([key for key in found if key[1] == 10 and key[0] >= -4]) == 5


def test_without_a_reason_nothing_counts_for_whoever_dropped_out():
    days = [followed(0, 600), missed(1, 30)]

    assert (1, 10) in counted(days)
    assert counted(days, left_on=day(5), leaving=Leaving.DROPPED) == {(0, 0): 600}


def test_a_reason_without_its_proof_is_no_reason_until_it_comes():
    days = [followed(0, 600), missed(1, 100)]

    assert counted(days, [away(1, 1, 1, proved=False)])[1, 10] == 60
    assert counted(days, [away(1, 1, 1)])[1, 1] == 100


def test_what_is_proved_and_beyond_its_limit_is_not_without_a_reason():
    days = [followed(-1, 6000), *(missed(number, 10) for number in range(8))]

    found = counted(days, [away(0, 7, 3)], entered_on=day(-1))

    assert (7, 3) not in found
    assert (7, 10) not in found


def test_what_remained_counts_for_a_lasting_job_after_half_of_the_programme():
    days = [followed(number, 300) for number in range(5)]
    leaving = {
        "left_on": day(9), "leaving": Leaving.JOB, "job_months": 4, "in_group": True,
        "leaving_proved": True, "programme": 3000,
    }  # fmt: skip

    assert counted(days, **leaving)[9, 11] == 1500
    for short in (
        {"job_months": 3}, {"in_group": False}, {"leaving_proved": False}, {"programme": 3001},
        {"leaving": Leaving.COMPLETED},
    ):  # fmt: skip
        assert (9, 11) not in counted(days, **{**leaving, **short}), short


def test_a_programme_counts_at_most_2100_hours():
    days = [followed(number, 1440) for number in range(100)]

    assert sum(counted(days).values()) == 2100 * HOUR
    assert sum(counted(days, earlier=2000 * HOUR).values()) == 100 * HOUR
    assert sum(counted(days, scheme=Scheme.DIGISTART).values()) == 80 * HOUR


def test_digistart_attests_from_eight_hours():
    assert not enough_to_attest(Scheme.DIGISTART, 8 * HOUR - 1, BOOK, MONDAY)
    assert enough_to_attest(Scheme.DIGISTART, 8 * HOUR, BOOK, MONDAY)
    assert enough_to_attest(Scheme.CISP, 0, BOOK, MONDAY)


def test_hours_at_a_distance_count_as_the_setting_of_their_day_says():
    rules = Rulebook([Change("remote_hours_count", day(1), 0, "a letter")])
    days = [followed(number, modality=Modality.REMOTE) for number in range(3)]

    assert counted(days, rules=rules) == {(0, 0): 360}


def test_last_year_keeps_the_rule_of_last_year():
    rules = Rulebook([Change("ground_3_days", day(3), 2, "a new order")])

    found = counted([missed(number) for number in range(7)], [away(0, 6, 3)], rules=rules)

    assert sorted(found) == [(0, 3), (1, 3), (2, 3)]


def test_who_carried_the_hours_is_kept():
    placement = followed(0, carrier=Carrier.COMPANY)

    (slot,) = allocate(Facts(journey(), (placement,)), BOOK)

    assert slot.carrier is Carrier.COMPANY


@pytest.mark.parametrize(
    ("attendances", "absences"),
    [
        ([followed(0, -1)], []),
        ([missed(0, -1)], []),
        ([], [away(3, 2, 1)]),
        ([], [away(0, 1, 14)]),
    ],
)
def test_facts_that_cannot_be_are_refused(attendances, absences):
    with pytest.raises(ValueError, match=r"negative|before it begins|no ground"):
        counted(attendances, absences)


# --- whatever the history ------------------------------------------------------------------------


@given(slow.facts(), slow.numbers())
@settings(max_examples=400, deadline=None)
def test_it_says_what_the_slow_oracle_says(facts, numbers):
    assert allocate(facts, numbers) == slow.oracle(facts, numbers)


@given(slow.facts(), slow.numbers())
@settings(max_examples=200, deadline=None)
def test_the_two_accounts_add_up_to_what_is_displayed(facts, numbers):
    amounts = allocate(facts, numbers)

    assert sum(by_account(amounts).values()) == sum(amounts.values())
    for slot in amounts:
        assert (slot.account is Account.ASSIMILATED) == (slot.ground > 0)
        assert (slot.account is Account.EFFECTIVE) == (slot.carrier > 0)


@given(slow.facts(), slow.numbers())
@settings(max_examples=300, deadline=None)
def test_no_limit_is_ever_exceeded(facts, numbers):
    amounts = allocate(facts, numbers)
    on = MONDAY
    digistart = facts.journey.scheme is Scheme.DIGISTART
    most = numbers.whole("digistart_hours_most" if digistart else "programme_hours_most", on)
    days = defaultdict(set)
    for slot in amounts:
        days[slot.ground, slot.day.year].add(slot.day)
    minutes = Counter()
    for slot, amount in amounts.items():
        minutes[slot.ground] += amount

    whole = sum(amounts.values())
    assert not whole or whole + facts.journey.earlier <= most * HOUR
    assert all(amount > 0 for amount in amounts.values())
    assert minutes[10] * 100 <= numbers.whole("ground_10_percent", on) * minutes[0]
    for (ground, _year), used in days.items():
        if ground in (9, 10):
            assert len(used) <= numbers.whole(f"ground_{ground}_days_a_year", on)
    followed_or_missed = {one.source: one for one in facts.attendances}
    for slot, amount in amounts.items():
        if slot.ground != 11:
            one = followed_or_missed[slot.source]
            assert amount <= (one.missed if slot.ground else one.minutes)


@given(slow.facts(), slow.numbers())
@settings(max_examples=300, deadline=None)
def test_each_illness_counts_at_most_its_days(facts, numbers):
    longest = numbers.whole("ground_1_days", MONDAY)
    ill = sorted({slot.day for slot in allocate(facts, numbers) if slot.ground == 1})
    present = sorted({one.day for one in facts.attendances if one.minutes})

    # Two days of one absence have no day of presence between them.
    for first in ill:
        back = [one for one in present if one > first]
        same = [one for one in ill if one >= first and not [b for b in back if b < one]]
        covered = [one for one in facts.absences if one.ground == 1]
        alone = [one for one in covered if any(one.from_on <= d <= one.until_on for d in same)]
        if len(alone) == 1:
            assert (same[-1] - same[0]).days < longest


@given(slow.facts(), slow.numbers())
@settings(max_examples=300, deadline=None)
def test_dropping_out_takes_back_exactly_the_hours_without_a_reason(facts, numbers):
    assume(facts.journey.left_on is not None)
    roomy = slow.Numbers(
        {**numbers.otherwise, "programme_hours_most": 10**6, "digistart_hours_most": 10**6}
    )
    stayed = replace(facts, journey=replace(facts.journey, leaving=Leaving.OTHER))
    dropped = replace(facts, journey=replace(facts.journey, leaving=Leaving.DROPPED))
    before = allocate(stayed, roomy)

    taken_back = difference(allocate(dropped, roomy), before)

    assert taken_back == {slot: -n for slot, n in before.items() if slot.ground == 10}
    # Where a programme is full, what is freed may serve other hours: none without a reason.
    assert not [slot for slot in allocate(dropped, numbers) if slot.ground == 10]


@given(slow.facts(), slow.facts(), slow.numbers())
@settings(max_examples=100, deadline=None)
def test_what_differs_leads_from_one_history_to_another_and_then_nothing_differs(
    earlier, later, numbers
):
    posted, desired = allocate(earlier, numbers), allocate(later, numbers)

    entries = difference(desired, posted)

    after = Counter(posted)
    after.update(entries)
    assert {slot: n for slot, n in after.items() if n} == desired
    assert difference(desired, after) == {}
    assert all(entries.values())


@given(slow.facts(), slow.numbers())
@settings(max_examples=100, deadline=None)
def test_the_order_in_which_facts_come_changes_nothing(facts, numbers):
    turned = replace(facts, attendances=facts.attendances[::-1], absences=facts.absences[::-1])

    assert allocate(turned, numbers) == allocate(facts, numbers)
