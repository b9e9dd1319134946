"""What was found out with someone who is gone: the person asks a colleague to take it up."""

import pytest
from django.urls import reverse
from django.utils import timezone

from relier.centres.access import Refused
from relier.competences.actions import positionings as actions
from relier.competences.models import Positioning
from relier.journal.models import Line
from relier.people import actions as people
from tests import factories as make
from tests.crawl import without_keys

from . import finding

PAGE, OVERVIEW = "positioning:take_up", "positioning:person"


def seen_by(member):
    return set(Positioning.objects.visible_to(make.actor(member)))


def leaves(member):
    member.left_on = timezone.localdate()
    member.save()


@pytest.fixture
def left_alone(house):
    """Made with Bram and not shared; Bram has left since."""
    positioning = finding.kept(house.awa, house.bram)
    leaves(house.bram)
    return positioning


def lines_of(person):
    kinds = Line.objects.about(person.pk).order_by("pk").values_list("nature", "kind")
    return [(nature, kind.removeprefix("competences.")) for nature, kind in kinds]


def test_at_the_person_s_wish_one_colleague_reads_it_and_nobody_else(house, left_alone):
    taken = actions.take_up(house.awa, by=make.actor(house.nour))

    assert taken == [left_alone]
    assert seen_by(house.nour) == {left_alone}
    teammate = make.MemberFactory(centre=house.centre, teams=[house.team])
    for other in (teammate, house.coordinator, house.reception, house.zoe):
        assert seen_by(other) == set()


def test_whoever_took_it_up_goes_on_with_it_and_shares_it_at_the_person_s_wish(house, left_alone):
    by = make.actor(house.nour)
    actions.take_up(house.awa, by=by)

    actions.change_page(left_alone, {"send-message": "no_need"}, seen="", helper="", by=by)
    actions.share(left_alone, by=by)
    actions.stop_sharing(left_alone, by=by)

    assert finding.answers(left_alone)["send-message"] == "no_need"
    assert seen_by(house.nour) == {left_alone}


def test_what_someone_still_reads_is_not_taken_up(house):
    positioning = finding.kept(house.awa, house.bram)

    assert actions.take_up(house.awa, by=make.actor(house.nour)) == []
    assert seen_by(house.bram) == {positioning}
    assert seen_by(house.nour) == set()


def test_a_reader_whose_teams_no_longer_follow_is_gone_too(house):
    positioning = finding.kept(house.awa, house.bram)
    house.bram.teams.clear()

    assert actions.take_up(house.awa, by=make.actor(house.nour)) == [positioning]
    # Should Bram come back, one member reads it: the one whom the person asked.
    house.bram.teams.add(house.team)
    assert seen_by(house.bram) == set()


def test_it_is_taken_up_again_when_the_second_reader_leaves(house, left_alone):
    actions.take_up(house.awa, by=make.actor(house.nour))
    leaves(house.nour)
    third = make.MemberFactory(centre=house.centre, teams=[house.team])

    assert actions.take_up(house.awa, by=make.actor(third)) == [left_alone]
    assert seen_by(third) == {left_alone}


def test_neither_a_voice_not_read_back_nor_a_worker_s_own_craft_is_taken_up(house):
    spoken = finding.begun(house.awa, house.bram, channel="voice")
    finding.say(spoken, spoken.next_item, "yes")
    finding.kept(None, house.bram, {"set-aim": "yes"})
    leaves(house.bram)

    assert actions.take_up(house.awa, by=make.actor(house.nour)) == []


def test_it_follows_the_file_that_was_kept(house, left_alone):
    gone = make.PersonFactory(centre=house.centre, followed_by=house.team)
    Positioning.objects.update(person=gone)
    house.bram.teams.clear()
    people.merge(house.awa, gone, by=make.actor(house.nour))
    house.awa.refresh_from_db()

    assert actions.take_up(house.awa, by=make.actor(house.nour)) == [left_alone]


def test_another_centre_and_another_team_take_nothing_up(house, left_alone):
    other = make.MemberFactory(centre=house.centre)

    for stranger in (house.zoe, other):
        with pytest.raises(Refused):
            actions.take_up(house.awa, by=make.actor(stranger))


def test_that_it_was_asked_is_a_line_for_the_person_even_if_nothing_opens(house):
    actions.take_up(house.awa, by=make.actor(house.nour))

    assert lines_of(house.awa) == [("reading", "positionings_asked_back")]


def test_what_opens_is_a_deed_of_the_journal(house, left_alone):
    before = len(lines_of(house.awa))

    actions.take_up(house.awa, by=make.actor(house.nour))

    assert lines_of(house.awa)[before:] == [
        ("reading", "positionings_asked_back"), ("deed", "positioning_taken_up"),
    ]  # fmt: skip


def test_the_pages_hint_at_nothing_before_it_is_asked(house, enter):
    nour = enter(house.nour)

    def pages():
        return [
            without_keys(nour.get(reverse(name, args=[house.awa.pk])).content.decode())
            for name in (OVERVIEW, PAGE, "file")
        ]

    before = pages()
    finding.kept(house.awa, house.bram)
    leaves(house.bram)

    assert pages() == before


def test_the_page_opens_it_once_however_often_it_is_sent(house, enter, left_alone):
    nour = enter(house.nour)
    address = reverse(PAGE, args=[house.awa.pk])

    for _turn in range(2):
        page = nour.post(address, follow=True).content.decode()
        assert "It is open with you. Read it together." in page
        assert reverse("positioning:result", args=[left_alone.pk]) in page
    assert lines_of(house.awa).count(("deed", "positioning_taken_up")) == 1
    result = nour.get(reverse("positioning:result", args=[left_alone.pk])).content.decode()
    assert f"Only {house.nour.name} reads it with you." in result
    assert reverse("positioning:page_change", args=[left_alone.pk]) in result


def test_where_nothing_waits_the_page_says_so(house, enter):
    page = enter(house.nour).post(reverse(PAGE, args=[house.awa.pk]), follow=True)

    assert "There is nothing to open." in page.content.decode()


def test_a_stranger_finds_no_such_page(house, enter, left_alone):
    for method in ("get", "post"):
        answer = getattr(enter(house.zoe), method)(reverse(PAGE, args=[house.awa.pk]))
        assert answer.status_code == 404
