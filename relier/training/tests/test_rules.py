"""Legal numbers as dated settings; documents of eligibility; placements."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from relier.training import legal, rules
from relier.training.actions import tracks
from relier.training.models import RuleChange
from relier.training.rules import Change, Rulebook, eligibility, placements
from relier.training.rules.eligibility import Held
from relier.training.rules.placements import Kind, Planned

BOOK = Rulebook()
ENTRY = date(2026, 3, 2)  # a Monday


# --- the numbers ---------------------------------------------------------------------------------


def test_every_number_says_its_source_in_both_languages():
    for rule in rules.shipped():
        for language in ("fr", "en"):
            assert rule.label[language].strip(), rule.key
            assert rule.source[language].strip(), rule.key
        assert bool(rule.doubt["fr"]) == bool(rule.doubt["en"]), rule.key
        assert rule.value >= 0


def test_hours_at_a_distance_are_shown_as_doubtful():
    for key in ("remote_hours_count", "hybrid_hours_count"):
        rule = BOOK.rule(key, ENTRY)
        assert not rule.is_verified
        assert "No standing text" in rule.doubt["en"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("programme_hours_most", "2100"), ("digistart_hours_least", "8"),
        ("digistart_hours_most", "80"), ("plan_days", "30"), ("contract_days", "0"),
        ("acculturation_hours_most", "90"), ("professional_hours_most", "520"),
        ("professional_after_hours", "150"), ("placements_percent_most", "50"),
        ("documents_days", "15"), ("document_valid_days", "7"), ("supervision_defi", "0.10"),
        ("supervision_eft", "0.16"), ("approved_percent_least", "90"), ("approved_years", "2"),
        ("ground_1_days", "30"), ("ground_1_back_days", "15"), ("ground_2_days", "30"),
        ("ground_3_days", "7"), ("ground_9_days_a_year", "2"), ("ground_10_percent", "10"),
        ("ground_10_days_a_year", "5"), ("ground_11_job_months", "4"),
        ("inspection_percent_low", "20"), ("inspection_percent_high", "80"),
        ("inspection_weeks", "2"), ("inspection_confidence_percent", "95"),
        ("inspection_width_percent", "10"), ("remote_preparation_hours", "3"),
    ],
)  # fmt: skip
def test_the_numbers_are_those_of_the_texts(key, value):
    assert BOOK.number(key, ENTRY) == Decimal(value)


def test_the_ten_years_of_a_file_stand_in_one_place_only():
    from relier.privacy.rules.terms import CISP_FILE, TERMS

    assert TERMS[CISP_FILE].value == 10
    assert not [key for key in rules.names() if "years" in key and key != "approved_years"]


def test_each_ground_has_all_its_numbers():
    for number in rules.grounds():
        for part in ("counts", "proof", "days", "back_days", "days_a_year"):
            assert f"ground_{number}_{part}" in rules.names()
    assert list(rules.grounds()) == list(range(1, 14))


def test_the_mention_of_the_approval_bears_its_number():
    assert rules.approval_mention("12/345", "fr") == (
        "centre agréé par la Région wallonne sous le n° 12/345"
    )


def test_a_number_that_nobody_knows_is_not_guessed():
    with pytest.raises(rules.NoRule):
        BOOK.rule("luck", ENTRY)
    with pytest.raises(rules.NoRule):
        Rulebook([Change("luck", ENTRY, Decimal(1))])


DAYS = st.dates(date(2018, 1, 1), date(2032, 1, 1))
CHANGES = st.lists(
    st.builds(
        Change, st.just("plan_days"), DAYS, st.none() | st.integers(0, 90).map(Decimal),
        st.just("a text"),
    ),
    max_size=8,
)  # fmt: skip


@given(CHANGES, DAYS)
def test_on_any_day_the_latest_that_has_come_stands(changes, day):
    come = [one for one in changes if one.from_on <= day]
    # The last said of those of the latest day; without a value, as it came.
    latest = max((one.from_on for one in come), default=None)
    said = [one.value for one in come if one.from_on == latest]
    expected = Decimal(30) if not said or said[-1] is None else said[-1]

    assert Rulebook(changes).number("plan_days", day) == expected


@given(CHANGES, CHANGES, DAYS)
def test_what_is_said_for_later_changes_nothing_of_before(changes, more, day):
    later = [one for one in more if one.from_on > day]

    before = Rulebook(changes).number("plan_days", day)

    assert Rulebook([*changes, *later]).number("plan_days", day) == before


def test_a_centre_says_a_number_otherwise_from_a_day_on(training):
    change = tracks.change_rule(
        "plan_days", value=Decimal(45), from_on=date(2026, 9, 1), source="a new order",
        reason="the text changed", by=training.coordinator,
    )  # fmt: skip

    centre = training.house.centre.pk
    assert legal.rule_on("plan_days", date(2026, 8, 31), centre).value == 30
    said = legal.rule_on("plan_days", date(2026, 9, 1), centre)
    assert (said.value, said.source["fr"]) == (45, "a new order")
    assert said.said_by_centre == str(change.pk)
    assert legal.rule_on("plan_days", date(2026, 9, 1), training.house.zoe.centre_id).value == 30


def test_a_number_is_never_rewritten(training):
    change = tracks.change_rule(
        "plan_days", value=Decimal(45), from_on=ENTRY, source="a text", reason="why",
        by=training.coordinator,
    )  # fmt: skip

    with pytest.raises(TypeError, match="never rewritten"):
        change.save()


@pytest.mark.parametrize(
    "wrong", [{"key": "luck"}, {"value": Decimal(-1)}, {"source": ""}, {"reason": ""}]
)
def test_a_number_without_its_reason_or_its_source_is_refused(wrong, training):
    said = {
        "key": "plan_days", "value": Decimal(45), "source": "a text", "reason": "why",
        "from_on": ENTRY, **wrong,
    }  # fmt: skip

    with pytest.raises(ValidationError):
        tracks.change_rule(said.pop("key"), **said, by=training.coordinator)
    assert not RuleChange.objects.exists()


def test_a_trainer_changes_no_number(training):
    with pytest.raises(Http404):
        tracks.change_rule(
            "plan_days", value=Decimal(45), from_on=ENTRY, source="x", reason="y", by=training.bram
        )


# --- eligibility ---------------------------------------------------------------------------------


def faults(category, held, on=date(2026, 4, 1)):
    return eligibility.faults(category, held, entered_on=ENTRY, on=on, book=BOOK)


def test_nothing_is_wrong_before_a_document_is_due():
    assert faults("5-1", {}, on=date(2026, 3, 17)) == {}
    assert faults("5-1", {}, on=date(2026, 3, 18)) == {"a23": "missing", "sworn": "missing"}


def test_a_document_that_came_in_time_is_in_order():
    held = {"a236": Held(date(2026, 3, 17), issued_on=date(2026, 3, 10))}

    assert faults("5-2", held) == {}


def test_a_document_is_late_or_too_old():
    late = {"a236": Held(date(2026, 3, 18), issued_on=date(2026, 3, 17))}
    old = {"a236": Held(date(2026, 3, 17), issued_on=date(2026, 3, 9))}

    assert faults("5-2", late) == {"a236": "late"}
    assert faults("5-2", old) == {"a236": "expired"}


def test_a_residence_permit_is_due_on_the_day_of_entry():
    held = {"sworn": Held(ENTRY)}

    assert faults("5-5", held, on=date(2026, 3, 3)) == {"residence": "missing"}
    assert faults("5-5", {**held, "residence": Held(ENTRY)}) == {}


def test_the_summer_puts_a_document_off():
    due = eligibility.document_due_on(rules.documents()["a23"], date(2026, 6, 22), BOOK)

    assert due == date(2026, 9, 7)


def test_every_category_asks_for_documents_that_exist():
    for category in rules.categories().values():
        assert category.documents
        assert set(category.documents) <= set(rules.documents())


@pytest.mark.parametrize(
    ("gap", "percent"), [("15", 20), ("14.9", 20), ("-14.9", 20), ("-15", 40), ("-40", 40)]
)
def test_the_quota_of_derogations_follows_the_basin(gap, percent):
    assert eligibility.derogation_rule(Decimal(gap), BOOK, ENTRY).value == percent


@given(st.integers(0, 200), st.integers(0, 60), st.sampled_from([20, 40, 50]))
def test_as_many_derogations_as_said_fit_and_one_more_does_not(entries, derogations, percent):
    derogations = min(entries, derogations)
    left = eligibility.derogations_left(entries, derogations, Decimal(percent))

    def fits(more):
        return (derogations + more) * 100 <= percent * (entries + more)

    assert fits(left) or left < 0
    assert not fits(left + 1)


# --- placements ----------------------------------------------------------------------------------

HOUR = 60
DISCOVERS = Planned(
    Kind.ACCULTURATION, ENTRY, 90 * HOUR, programme=900 * HOUR, followed=210 * HOUR,
    in_centre=210 * HOUR, signed_on=ENTRY,
)  # fmt: skip
PRACTISES = Planned(
    Kind.PROFESSIONAL, ENTRY, 450 * HOUR, programme=900 * HOUR, followed=150 * HOUR,
    in_centre=150 * HOUR, signed_on=ENTRY,
)  # fmt: skip


def changed(planned, **changes):
    from dataclasses import replace

    return [str(one) for one in placements.faults(replace(planned, **changes), BOOK)]


def test_placements_within_the_text_are_in_order():
    assert changed(DISCOVERS) == []
    assert changed(PRACTISES) == []


def test_each_limit_of_a_placement_is_seen():
    assert changed(DISCOVERS, minutes=90 * HOUR + 1) == ["too_long", "too_late"]
    assert changed(DISCOVERS, followed=211 * HOUR) == ["too_late"]
    assert changed(DISCOVERS, followed=211 * HOUR, derogation=True) == []
    assert changed(PRACTISES, in_centre=150 * HOUR - 1) == ["too_early"]
    assert changed(PRACTISES, minutes=450 * HOUR + 1) == ["too_much"]
    assert changed(PRACTISES, minutes=521 * HOUR, programme=2000 * HOUR) == ["too_long"]
    assert changed(PRACTISES, others=1) == ["too_much"]
    assert changed(PRACTISES, signed_on=None) == ["no_contract"]
    assert changed(PRACTISES, signed_on=date(2026, 3, 3)) == ["no_contract"]
