"""The data protection officer reads who did and read what, about whom; nobody else does."""

import pytest
from django.urls import reverse

from relier.accounts.actors import SYSTEM
from relier.centres import actions as centres
from relier.centres.access import Refused
from relier.centres.middleware import actor_of
from relier.journal import actions as journal
from relier.journal.models import Line
from relier.people.models import Merge
from relier.privacy import actions as privacy
from tests import factories as make

PAGE = reverse("officer_journal")


@pytest.fixture
def officer(house):
    """Olga is of the centre, in no team, bound by nothing: the function stands alone."""
    return make.MemberFactory(
        user__name="Olga", centre=house.centre, role="administrator", status="discretion",
        is_officer=True,
    )  # fmt: skip


@pytest.fixture
def read_by_bram(house, enter):
    enter(house.bram).get(reverse("file", args=[house.awa.pk]))


def lines_on(answer):
    return [(line.who, line.what, line.about) for line in answer.context["lines"]]


def test_who_read_what_about_whom(house, enter, officer, read_by_bram):
    answer = enter(officer).get(PAGE, headers={"accept-language": "en"})

    assert ("Bram", "The file was opened", "Awa Diallo") in lines_on(answer)
    assert "The file was opened" in answer.content.decode()


def test_never_what_was_written(house, enter, officer):
    note = make.NoteFactory(person=house.awa, author=house.nour, words="canary")
    enter(house.nour).get(reverse("people:note", args=[note.pk]))

    page = enter(officer).get(PAGE).content.decode()

    assert "canary" not in page
    assert enter(officer).get(reverse("people:note", args=[note.pk])).status_code == 404


def test_nobody_else_finds_the_page(house, enter, officer):
    for member in (house.nour, house.bram, house.reception, house.coordinator, house.zoe):
        assert enter(member).get(PAGE).status_code == 404, member.name


def test_an_officer_of_another_centre_sees_theirs(house, enter, read_by_bram):
    house.zoe.is_officer = True
    house.zoe.save()

    answer = enter(house.zoe).get(PAGE)

    assert answer.context["lines"] == []


def test_reading_the_journal_about_someone_is_a_reading_they_see(house, enter, officer):
    enter(officer).get(PAGE, {"person": house.awa.pk})

    line = Line.objects.readings().about(house.awa.pk).get()
    assert (line.kind, line.actor) == ("desk.journal_read", officer.pk)


def test_about_one_person_with_the_files_merged_into_theirs(house, enter, officer, read_by_bram):
    gone = make.PersonFactory(centre=house.centre, call_name="Ava")
    Merge.objects.create(kept=house.awa, gone=gone, by=house.nour)
    gone.root = house.awa
    gone.save()
    for person in (gone, make.PersonFactory(centre=house.centre)):
        journal.record("people.person_added", person, by=actor_of(house.nour), subject=person.pk)

    answer = enter(officer).get(PAGE, {"person": gone.pk})

    assert {about for _, _, about in lines_on(answer)} == {"Awa Diallo", gone.name}
    assert answer.context["person"] == house.awa


def test_someone_of_another_centre_is_not_found(house, enter, officer):
    stranger = make.PersonFactory()

    assert enter(officer).get(PAGE, {"person": stranger.pk}).status_code == 404


def test_by_one_member_and_of_one_nature_and_up_to_a_day(house, enter, officer, read_by_bram):
    journal.record("people.person_added", house.awa, by=actor_of(house.nour), subject=house.awa.pk)
    asks = enter(officer)

    assert {w for w, _, _ in lines_on(asks.get(PAGE, {"who": house.bram.pk}))} == {"Bram"}
    assert {w for w, _, _ in lines_on(asks.get(PAGE, {"nature": "deed"}))} == {"Nour"}
    assert lines_on(asks.get(PAGE, {"until": "2020-01-01"})) == []
    assert len(lines_on(asks.get(PAGE, {"until": "9999-12-31"}))) == 3


@pytest.mark.parametrize(
    "query",
    [
        {"who": "x"}, {"who": "0" * 32}, {"nature": "x"}, {"until": "x"}, {"until": "0001-01-01"},
        {"before": "x"}, {"before": "-1"}, {"before": str(10**30)}, {"person": "x"},
        {"person": "\x00"}, {"who": "\x00"},
    ],
)  # fmt: skip
def test_whatever_is_asked_is_answered(query, house, enter, officer):
    assert enter(officer).get(PAGE, query).status_code == 200


def test_a_page_goes_on_with_the_next(house, enter, officer):
    for _ in range(60):
        journal.record("people.person_changed", house.awa, by=actor_of(house.nour))
    asks = enter(officer)

    first = asks.get(PAGE, {"who": house.nour.pk, "never": "asked"})
    then = asks.get(f"{PAGE}?{first.context['earlier']}")

    assert (len(lines_on(first)), len(lines_on(then))) == (50, 10)
    assert then.context["earlier"] == ""
    assert "never" not in first.context["earlier"]


def test_whoever_was_erased_is_named_nowhere(house, enter, officer, read_by_bram):
    privacy.erase([house.awa.pk], by=SYSTEM)

    page = enter(officer).get(PAGE, headers={"accept-language": "en"}).content.decode()

    assert "someone whose file is no longer here" in page
    assert "Diallo" not in page
    assert "Relier" in page


def test_the_list_costs_the_same_however_long(
    house, enter, officer, read_by_bram, django_assert_max_num_queries
):
    asks = enter(officer)
    asks.get(PAGE)
    few = queries_of(asks, django_assert_max_num_queries)
    for _ in range(60):
        someone = make.PersonFactory(centre=house.centre)
        colleague = make.MemberFactory(centre=house.centre)
        journal.record(
            "people.person_added", someone, by=actor_of(colleague), subject=someone.pk, fields=[]
        )

    assert queries_of(asks, django_assert_max_num_queries) == few


def queries_of(asks, at_most):
    with at_most(15) as asked:
        asks.get(PAGE)
    return len(asked)


# --- who the officer is --------------------------------------------------------------------------


def test_whoever_sets_the_centre_names_the_officer_and_it_is_written(house, enter):
    page = reverse("centres:officers")
    sets = enter(house.coordinator)

    for _ in range(2):  # sent twice
        assert sets.post(page, {"officers": [house.nour.pk]}).status_code == 302

    assert enter(house.nour).get(PAGE).status_code == 200
    assert Line.objects.filter(kind="centres.officer_named").count() == 1
    assert "Nour" in sets.get(reverse("centres:team_settings")).content.decode()

    sets.post(page, {})
    assert enter(house.nour).get(PAGE).status_code == 404
    assert Line.objects.filter(kind="centres.officer_no_longer").count() == 1


def test_a_member_of_another_centre_cannot_be_named(house, enter):
    answer = enter(house.coordinator).post(
        reverse("centres:officers"), {"officers": [house.zoe.pk]}
    )

    assert answer.status_code == 200
    centres.name_officers([house.zoe], by=actor_of(house.coordinator))
    house.zoe.refresh_from_db()
    assert not house.zoe.is_officer


def test_a_worker_names_nobody(house):
    with pytest.raises(Refused):
        centres.name_officers([house.nour], by=actor_of(house.nour))
