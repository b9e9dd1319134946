"""The visit rehearsed on what stands in the database: the facts, what is not known, the pages."""

import io
import random
from collections import Counter
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from relier.accounts.actors import SYSTEM
from relier.centres.models import Centre, Member
from relier.journal.models import Line
from relier.privacy import actions as privacy
from relier.training import figures
from relier.training.actions import enrolments, journeys, visits
from relier.training.inspection import Code
from relier.training.models import Enrolment, Presence, Rehearsal, Session, Track
from relier.training.planting import Size, federation
from relier.training.rules import Rulebook
from relier.training.rules.holidays import Said, holidays, is_known
from relier.training.visits import lists
from relier.training.visits.facts import facts_of
from relier.training.visits.lists import SignedList
from relier.training.visits.mending import WORDS
from relier.training.visits.rehearsing import rehearse
from tests import factories as make

from .stories import MONDAY, begin

YEAR = 2026
ON = date(2026, 11, 27)
DRAW = "training:visit_read"


@pytest.fixture
def training(house):
    return begin(house)


@pytest.fixture
def followed(training):
    """Awa in ten weeks of sessions, of which nobody knows whether the lists are signed."""
    for week in range(10):
        training.follows(7 * week)
        training.follows(7 * week + 1)
    Session.objects.get(day=MONDAY).trainers.add(training.house.bram)
    return training


@pytest.fixture
def large(db):
    """A whole invented year of a centre: more than a hundred files, and ten thousand rows."""
    size = Size(1, 1, last=YEAR - 1, until=date(YEAR, 1, 1))
    house = federation.new_house(0, size)
    federation.plant_year(house, YEAR - 1, size.until, Rulebook(), random.Random(1))
    return Centre.objects.get(pk=house.centre)


def centre_of(training):
    return training.house.centre.pk


def text(answer):
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def codes(made):
    return Counter(one.code for one in made.visit.irregularities)


# --- facts ---


def test_rows_are_the_hours_of_the_ledger_to_the_minute(large):
    table = figures.annual_table(large.pk, YEAR - 1)

    told = facts_of(large.pk, YEAR - 1, ON)

    counted = sum(line.minutes for lines in table.values() for line in lines.values())
    assert sum(row.minutes for row in told.facts.rows) == counted
    assert {row.trainee for row in told.facts.rows} <= {one.id for one in told.facts.trainees}
    assert len(told.facts.rows) > 5000


def test_a_year_is_read_in_as_many_queries_whether_it_holds_one_row_or_ten_thousand(
    training, large
):
    training.follows()

    with CaptureQueriesContext(connection) as few:
        facts_of(centre_of(training), YEAR, ON)
    with CaptureQueriesContext(connection) as many:
        facts_of(large.pk, YEAR - 1, ON)

    assert len(few) == len(many) == 10


def test_hours_of_which_the_list_is_not_known_are_neither_regular_nor_irregular(followed):
    made = rehearse(centre_of(followed), YEAR, 7, on=ON)

    assert made.unsigned.in_year == 20 * 360
    assert 0 < made.unsigned.in_weeks == made.check.minutes
    assert Code.LIST_MISSING not in codes(made)


def test_a_list_that_is_known_to_be_missing_is_irregular(followed, monkeypatch):
    def nothing_came_back(sessions):
        return {pk: SignedList(is_here=False, minutes={}) for pk in sessions}

    monkeypatch.setattr("relier.training.visits.facts.lists_of", nothing_came_back)

    made = rehearse(centre_of(followed), YEAR, 7, on=ON)

    assert codes(made)[Code.LIST_MISSING] == 20
    assert made.unsigned.in_year == 0
    assert made.check.rate == 1


def test_a_list_that_says_less_than_what_was_entered_makes_the_difference_irregular(
    followed, monkeypatch
):
    awa = followed.house.awa.pk

    def all_but_an_hour(sessions):
        return {pk: SignedList(is_here=True, minutes={awa: 300}) for pk in sessions}

    monkeypatch.setattr("relier.training.visits.facts.lists_of", all_but_an_hour)
    made = rehearse(centre_of(followed), YEAR, 7, on=ON)

    differing = [i for i in made.visit.irregularities if i.code is Code.LIST_DIFFERS]
    assert {one.minutes for one in differing} == {60}


def test_nothing_is_known_of_lists_until_something_says_it(followed):
    ids = set(Session.objects.values_list("pk", flat=True))

    assert lists.lists_of(ids) == dict.fromkeys(ids)


def test_a_session_that_nobody_gave_is_told_and_a_day_in_a_company_is_not(followed):
    in_company = Session.objects.get(day=MONDAY + timedelta(days=1))
    Session.objects.filter(pk=in_company.pk).update(carrier=4)
    followed.follows(1, 300)

    made = rehearse(centre_of(followed), YEAR, 7, on=ON)

    assert codes(made)[Code.NO_TRAINER] == 18


def test_hours_of_a_file_that_was_erased_are_not_hours_of_nobody(followed):
    privacy.erase([followed.house.awa.pk], by=SYSTEM, entered_on=MONDAY)

    made = rehearse(centre_of(followed), YEAR, 7, on=ON)

    assert len(made.told.unknown.erased) == 1
    assert Code.NO_FILE not in codes(made)
    assert made.check.minutes > 0


def test_a_contract_signed_late_costs_the_hours_before_it(followed):
    late = MONDAY + timedelta(days=7)
    enrolments.change_entry(followed.enrolment, {"contract_on": late}, by=followed.coordinator)

    made = rehearse(centre_of(followed), YEAR, 7, on=ON)

    assert codes(made)[Code.CONTRACT_LATE] == 1
    assert codes(made)[Code.NO_CONTRACT_YET] == 2


def test_a_plan_that_came_in_time_is_not_late_because_it_changed_later(followed):
    plan = journeys.make_plan(followed.enrolment, on=MONDAY, words="…", by=followed.bram)
    later = {"on": date(2026, 6, 1), "words": "Autre."}
    journeys.change_plan(plan, later, by=followed.bram, form_key=uuid4())

    made = rehearse(centre_of(followed), YEAR, 7, on=ON)

    assert not {Code.PLAN_LATE, Code.NO_PLAN_YET} & set(codes(made))


def test_a_file_whose_category_is_not_said_is_not_known_and_is_to_be_mended(followed):
    made = rehearse(centre_of(followed), YEAR, 7, on=ON)

    assert made.told.unknown.without_category == {str(followed.enrolment.pk)}
    assert codes(made)[Code.OTHER_FILE] == 1
    assert made.visit.files.refused == ()


def test_a_document_that_never_came_refuses_the_file(followed):
    enrolments.say_category(followed.enrolment, "5-2", by=followed.nour)

    made = rehearse(centre_of(followed), YEAR, 7, on=ON)

    assert made.visit.files.refused == (str(followed.enrolment.pk),)
    assert made.visit.recovery == 20 * 360


def test_only_tracks_of_cisp_are_visited(followed):
    Track.objects.update(scheme="digistart")

    assert not facts_of(centre_of(followed), YEAR, ON).facts.rows


def test_the_same_number_draws_the_same_visit_and_another_may_not(large):
    one, again, other = (rehearse(large.pk, YEAR - 1, n, on=ON, draws=0) for n in (7, 7, 8))

    assert one.visit == again.visit
    assert one.told.fingerprint == other.told.fingerprint
    assert (one.visit.weeks, one.visit.files.looked_at) != (
        other.visit.weeks, other.visit.files.looked_at
    )  # fmt: skip


def test_every_irregularity_has_its_words():
    assert set(WORDS) == set(Code)


# --- school holidays ---


def test_no_week_with_a_school_holiday_is_drawn(large):
    for number in range(20):
        made = rehearse(large.pk, YEAR - 1, number, on=ON, draws=0)
        days = {monday + timedelta(days=n) for monday in made.visit.weeks for n in range(5)}
        assert not days & holidays(YEAR - 1)


def test_the_latest_that_a_centre_says_of_a_day_counts():
    day = date(2026, 6, 15)

    assert day in holidays(2026, [Said(day, day, is_holiday=True)])
    assert day not in holidays(
        2026, [Said(day, day, is_holiday=True), Said(day, day, is_holiday=False)]
    )


@pytest.mark.parametrize(
    ("year", "known"), [(2015, False), (2017, True), (2026, True), (2028, False)]
)
def test_a_year_is_known_when_its_calendar_is_whole(year, known):
    assert is_known(year) is known


def test_autumn_carnival_and_summer_stand_in_the_calendar():
    days = holidays(2024)

    for day in (date(2024, 10, 21), date(2024, 3, 8), date(2024, 7, 6), date(2024, 12, 23)):
        assert day in days
    assert date(2024, 9, 2) not in days


def test_a_coordinator_says_the_calendar_otherwise_with_its_source(followed, enter):
    client, url = enter(followed.house.coordinator), reverse("training:visit_calendar")
    sent = {"first_on": "2026-01-12", "last_on": "2026-01-16", "is_holiday": "1"}

    refused = client.post(url, sent)
    client.post(url, {**sent, "source": "circulaire 9999"})

    assert "source" in refused.context["form"].errors
    assert date(2026, 1, 12) in facts_of(centre_of(followed), YEAR, ON).facts.calendar.holidays
    assert "circulaire 9999" in text(client.get(url + "?year=2026"))


# --- pages ---


def test_a_draw_is_made_of_a_year_with_hours_only(followed, enter):
    client, url = enter(followed.house.coordinator), reverse("training:visit")

    drawn = client.post(url, {"year": "2026"})
    refused = client.post(url, {"year": "2019"})

    assert drawn.url.startswith("/training/visit/2026/")
    assert refused.context["form"].errors


def test_without_hours_the_page_says_what_it_will_hold(house, enter):
    page = text(enter(house.coordinator).get(reverse("training:visit")))

    assert "Once hours count" in page
    assert "<select" not in page


def test_a_year_that_has_not_begun_and_a_number_that_nobody_draws_are_not_found(followed, enter):
    client = enter(followed.house.coordinator)

    for year, number in ((timezone.localdate().year + 1, 7), (2026, 0), (1999, 7), (2026, 10**9)):
        assert client.get(reverse(DRAW, args=[year, number])).status_code == 404


def test_what_is_irregular_leads_to_where_it_is_mended(followed, enter):
    late = MONDAY + timedelta(days=7)
    enrolments.change_entry(followed.enrolment, {"contract_on": late}, by=followed.coordinator)

    page = text(enter(followed.house.coordinator).get(reverse(DRAW, args=[YEAR, 7])))

    assert reverse("training:entry_contract", args=[followed.enrolment.pk]) in page
    assert "Hours before the contract was signed" in page
    assert "Who can: the team that follows, and you." in page


def test_one_kind_of_what_is_to_mend_is_shown_alone(followed, enter):
    client, url = enter(followed.house.coordinator), reverse(DRAW, args=[YEAR, 7])

    shown = client.get(url + "?what=no_trainer").context["page"].object_list

    assert {item.code for item in shown} == {Code.NO_TRAINER}
    assert len(shown) == 19


def test_each_figure_says_why_and_thresholds_their_article(followed, enter):
    page = text(enter(followed.house.coordinator).get(reverse(DRAW, args=[YEAR, 7])))
    page = page.partition("<main")[2]

    assert page.count("<summary>Why?") == page.count("</summary>") > 3
    assert "articles 28/1" in page
    assert "20 in 100" in page
    assert "Not known: the signed list" in page


def test_a_draw_that_was_kept_is_shown_again_and_says_what_changed(followed, enter):
    client, url = enter(followed.house.coordinator), reverse(DRAW, args=[YEAR, 7])
    client.post(url)

    same = text(client.get(url))
    followed.follows(0, 300)
    changed = text(client.get(url))

    assert "Nothing has changed since." in same
    assert "Hours or files have changed since" in changed
    assert "draw 7" in text(client.get(reverse("training:visit")))


def test_sent_twice_a_draw_is_kept_once(followed, enter):
    client, url = enter(followed.house.coordinator), reverse(DRAW, args=[YEAR, 7])
    key = client.get(url).context["form"]["form_key"].value()

    for _ in range(2):
        client.post(url, {"form_key": str(key)})

    assert Rehearsal.objects.count() == 1


def test_a_draw_that_is_kept_holds_no_id_of_anyone(followed, enter):
    url = reverse(DRAW, args=[YEAR, 7])
    enter(followed.house.coordinator).post(url)

    said = str(Rehearsal.objects.values().get())

    enrolled = Enrolment.objects.get()
    for id in (enrolled.pk, enrolled.ledger_key, followed.house.awa.pk, *ids_of_presences()):
        assert str(id) not in said
        assert id.hex not in said


def ids_of_presences():
    return Presence.objects.values_list("pk", flat=True)


def test_the_paper_bears_no_name_and_says_the_number_of_the_draw(followed, enter):
    answer = enter(followed.house.coordinator).get(
        reverse("training:visit_pdf", args=[YEAR, 7]), headers={"accept-language": "en"}
    )

    pages = PdfReader(io.BytesIO(answer.content)).pages
    said = " ".join(page.extract_text() for page in pages).replace("\u00a0", " ")
    assert "Number of the draw" in said
    assert "To mend" in said
    assert followed.house.awa.call_name not in said


def test_names_that_were_shown_are_a_line_of_the_journal(followed, enter):
    enter(followed.house.coordinator).get(reverse(DRAW, args=[YEAR, 7]))

    assert Line.objects.filter(kind="training.visit_shown").exists()


def test_a_file_that_is_set_aside_is_not_named(followed, enter):
    followed.house.awa.set_aside_at = timezone.now()
    followed.house.awa.save()

    page = text(enter(followed.house.coordinator).get(reverse(DRAW, args=[YEAR, 7])))

    assert followed.house.awa.name not in page
    assert "a file that is set aside" in page


def test_only_whoever_coordinates_keeps_a_draw_or_says_the_calendar(followed):
    from relier.centres.access import Refused

    with pytest.raises(Refused):
        visits.keep_rehearsal(YEAR, 7, {}, by=followed.nour)
    with pytest.raises(Refused):
        visits.say_calendar(ON, ON, is_holiday=True, source="…", by=followed.nour)


def test_the_page_costs_as_many_queries_for_one_file_as_for_a_hundred(followed, large, enter):
    their_own = Member.objects.get(centre=large)
    costs = []
    for member, year in ((followed.house.coordinator, YEAR), (their_own, YEAR - 1)):
        client, url = enter(member), reverse(DRAW, args=[year, 7])
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).context["page"].object_list
        costs.append(len(captured))

    assert costs[0] == costs[1]


def test_a_kept_draw_of_another_centre_is_not_listed(followed, enter):
    enter(followed.house.coordinator).post(reverse(DRAW, args=[YEAR, 7]))
    stranger = make.MemberFactory(role=Member.Role.COORDINATOR)

    assert "draw 7" not in text(enter(stranger).get(reverse("training:visit")))
