"""Reading beyond the team: a file opened with a reason, a colleague who comes for a time."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from relier.accounts.actors import Actor, Kind
from relier.centres.models import Member
from relier.journal.models import Line
from relier.people import actions
from relier.people.models import Audience, Entry, Note, Person, Replacement
from tests import factories as make


@pytest.fixture
def lucas(house):
    """Bound by secrecy, of the team that does not follow Awa."""
    return make.MemberFactory(user__name="Lucas", centre=house.centre, teams=[house.other_team])


@pytest.fixture
def cleo(house):
    """A trainer of the other team, not bound."""
    return make.MemberFactory(
        user__name="Cléo", centre=house.centre, teams=[house.other_team],
        role=Member.Role.TRAINER, status=Member.Status.DISCRETION,
    )  # fmt: skip


def page(name, thing):
    return reverse(name, args=[thing.pk])


def opened(client, person, reason="She is at the door."):
    return client.post(page("people:open", person), {"reason": reason})


def notes_read_by(member):
    return {note.words for note in Note.objects.visible_to(make.actor(member))}


# --- with a reason -------------------------------------------------------------------------------


def test_a_reason_opens_the_file_as_far_as_the_status_goes(house, enter, lucas, cleo):
    for audience in Audience:
        make.NoteFactory(person=house.awa, author=house.nour, audience=audience, words=audience)

    opened(enter(lucas), house.awa)
    opened(enter(cleo), house.awa)

    assert notes_read_by(lucas) == {"secrecy", "team", "with_person"}
    assert notes_read_by(cleo) == {"team", "with_person"}


def test_without_a_reason_nothing_opens(house, enter, lucas):
    opened(enter(lucas), house.awa, reason="  ")

    assert not Entry.objects.exists()
    assert not Person.objects.followed_by(make.actor(lucas)).exists()


@pytest.mark.parametrize("who", ["reception", "zoe"])
def test_whoever_does_not_accompany_here_opens_nothing(who, house, enter):
    answer = opened(enter(getattr(house, who)), house.awa)

    assert answer.status_code == 404
    assert not Entry.objects.exists()


def test_whoever_reads_the_file_already_is_led_to_it(house, enter):
    answer = opened(enter(house.nour), house.awa)

    assert answer.url == page("file", house.awa)
    assert not Entry.objects.exists()


def test_it_closes_by_itself(house, lucas):
    make.EntryFactory(
        person=house.awa, member=lucas,
        begun_at=timezone.now() - timedelta(hours=25), until=timezone.now() - timedelta(hours=1),
    )  # fmt: skip

    assert make.actor(lucas).entries == frozenset()


@pytest.mark.parametrize("who", ["lucas", "nour", "bram"])
def test_it_is_closed_in_one_gesture_by_whoever_sees_it(who, house, enter, lucas):
    entry = make.EntryFactory(person=house.awa, member=lucas)
    member = lucas if who == "lucas" else getattr(house, who)

    enter(member).post(page("people:entry_end", entry))

    assert make.actor(lucas).entries == frozenset()
    assert Line.objects.deeds().about(house.awa.pk).filter(kind="people.entry_ended").exists()


def test_the_person_closes_it_too_and_nobody_elses(house, lucas):
    entry = make.EntryFactory(person=house.awa, member=lucas)
    other = make.PersonFactory(centre=house.centre)

    with pytest.raises(Http404):
        actions.end_entry(entry, by=Actor(Kind.PERSON, other.pk, centre=house.centre.pk))
    actions.end_entry(entry, by=Actor(Kind.PERSON, house.awa.pk, centre=house.centre.pk))

    assert make.actor(lucas).entries == frozenset()


def test_asked_twice_it_is_one_entry_and_one_line(house, lucas):
    by = make.actor(lucas)

    first = actions.open_with_reason(house.awa, reason="She is at the door.", by=by)
    again = actions.open_with_reason(house.awa, reason="Still at the door.", by=by)

    assert first == again
    assert Line.objects.filter(kind="people.opened_with_reason").count() == 1


def test_the_team_sees_who_opened_it_and_only_those_bound_see_why(house, enter, lucas):
    make.EntryFactory(person=house.awa, member=lucas, reason="Her worker is ill.")

    for address in (page("file", house.awa), page("people:beyond", house.awa)):
        nour = enter(house.nour).get(address).content.decode()
        bram = enter(house.bram).get(address).content.decode()
        assert "Lucas" in nour
        assert "Her worker is ill." in nour
        assert "Lucas" in bram
        assert "Her worker is ill." not in bram


def test_nobody_else_sees_a_trace_of_it(house, enter, lucas, cleo):
    make.EntryFactory(person=house.awa, member=lucas)

    for member in (cleo, house.coordinator, house.reception):
        for address in (page("file", house.awa), reverse("day"), "/search/?q=awa"):
            assert "Lucas" not in enter(member).get(address, follow=True).content.decode()


def test_a_merge_takes_the_entry_along_and_undoing_it_brings_it_back(house, lucas):
    make.EntryFactory(person=house.awa, member=lucas)
    kept = make.PersonFactory(centre=house.centre, followed_by=house.other_team)

    merge = actions.merge(kept, house.awa, by=make.actor(house.coordinator))
    together = make.actor(lucas).entries
    actions.undo_merge(merge, by=make.actor(house.coordinator))

    assert together == {kept.pk}
    assert make.actor(lucas).entries == {house.awa.pk}


def test_a_reason_gives_no_say_on_who_follows_and_joins_no_files(house, enter, lucas):
    twin = make.PersonFactory(centre=house.centre, followed_by=house.other_team)
    make.EntryFactory(person=house.awa, member=lucas)
    client = enter(lucas)

    assert client.get(page("people:following", house.awa)).status_code == 404
    merging = reverse("people:merge", args=[twin.pk, house.awa.pk])
    assert client.post(merging).status_code == 404


def test_the_page_costs_the_same_for_few_and_for_many(
    house, enter, lucas, django_assert_num_queries
):
    client = enter(house.nour)
    make.EntryFactory(person=house.awa, member=lucas)
    make.SharingFactory(person=house.awa)
    client.get(page("people:beyond", house.awa))
    with CaptureQueriesContext(connection) as asked:
        client.get(page("people:beyond", house.awa))
    few = len(asked)

    make.EntryFactory.create_batch(30, person=house.awa, member=lucas)
    make.SharingFactory.create_batch(30, person=house.awa)

    with django_assert_num_queries(few):
        client.get(page("people:beyond", house.awa))


# --- for a time ----------------------------------------------------------------------------------


def test_a_replacement_reads_what_the_team_reads_with_the_status_they_hold(house, lucas, cleo):
    make.NoteFactory(person=house.awa, author=house.nour, words="secret")
    make.NoteFactory(person=house.awa, author=house.nour, words="open", audience="team")

    make.ReplacementFactory(team=house.team, member=lucas)
    make.ReplacementFactory(team=house.team, member=cleo)

    assert notes_read_by(lucas) == {"secret", "open"}
    assert notes_read_by(cleo) == {"open"}


@pytest.mark.parametrize(("first", "last", "reads"), [
    (-2, -1, False), (-2, 0, True), (0, 0, True), (0, 5, True), (1, 5, False),
])  # fmt: skip
def test_it_counts_from_its_first_day_to_its_last(house, lucas, first, last, reads):
    today = timezone.localdate()
    make.ReplacementFactory(
        team=house.team, member=lucas,
        from_on=today + timedelta(days=first), until_on=today + timedelta(days=last),
    )  # fmt: skip

    assert Person.objects.followed_by(make.actor(lucas)).exists() is reads


def test_it_is_made_and_ended_by_those_who_keep_the_settings(house, enter, lucas):
    client = enter(house.coordinator)
    until = timezone.localdate() + timedelta(days=10)
    typed = {"member": lucas.pk, "team": house.team.pk, "instead_of": house.nour.pk}
    days = {"from_on": timezone.localdate(), "until_on": until}

    client.post(reverse("people:replacements"), {**typed, **days})
    made = Replacement.objects.get()
    during = make.actor(lucas).teams
    client.post(page("people:replacement_end", made))

    assert during == {house.team.pk, house.other_team.pk}
    assert make.actor(lucas).teams == {house.other_team.pk}


def test_whoever_comes_for_a_time_may_be_someones_worker(house, lucas):
    make.ReplacementFactory(team=house.team, member=lucas)
    following = house.awa.followings.get()

    actions.set_worker(following, worker=lucas, by=make.actor(house.coordinator))

    following.refresh_from_db()
    assert following.worker == lucas


@pytest.mark.parametrize("wrong", ["a day that is over", "their own team", "themselves"])
def test_a_replacement_that_makes_no_sense_is_refused(wrong, house, lucas):
    today = timezone.localdate()
    said = {"team": house.team, "until_on": today, "instead_of": None}
    said |= {
        "a day that is over": {"until_on": today - timedelta(days=1)},
        "their own team": {"team": house.other_team},
        "themselves": {"instead_of": lucas},
    }[wrong]

    with pytest.raises(ValidationError):
        actions.replace(lucas, by=make.actor(house.coordinator), **said)


def test_a_member_of_another_centre_replaces_nobody_here(house):
    with pytest.raises(Http404):
        actions.replace(
            house.zoe, team=house.team, until_on=timezone.localdate(),
            by=make.actor(house.coordinator),
        )  # fmt: skip


# --- typing while it is withdrawn ----------------------------------------------------------------


def test_words_typed_while_a_note_goes_under_secrecy_are_handed_over(house, enter):
    note = make.NoteFactory(person=house.awa, author=house.nour, audience="team")
    bram = enter(house.bram)
    address = page("people:note_correct", note)
    key = bram.get(address).context["form"]["form_key"].value()
    actions.correct_note(
        note, "Closed.", on=note.on, audience=Audience.SECRECY, by=make.actor(house.nour)
    )

    typed = {"words": "What Bram saw.", "audience": "team", "form_key": key}
    answers = [bram.post(address, typed) for _twice in range(2)]

    (kept,) = [one for one in Note.objects.all() if one.words == "What Bram saw."]
    assert [answer.url for answer in answers] == [page("file", house.awa)] * 2
    assert (kept.author, kept.audience, kept.replaces) == (house.bram, Audience.SECRECY, None)
    assert "What Bram saw." in notes_read_by(house.nour)
    assert bram.get(address).status_code == 404


def test_an_address_alone_tells_a_stranger_nothing(house, enter):
    note = make.NoteFactory(person=house.awa, author=house.nour)

    for member in (house.bram, house.coordinator, house.zoe):
        answer = enter(member).post(page("people:note_correct", note), {"words": "A guess."})
        assert answer.status_code == 404
    assert Note.objects.count() == 1
