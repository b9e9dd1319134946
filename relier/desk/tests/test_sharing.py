"""One thing shared with one colleague who is bound, under five conditions, until a day."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from relier.accounts.actors import Actor, Kind
from relier.centres.models import Member
from relier.journal.models import Line
from relier.people import actions
from relier.people.models import Sharing
from tests import factories as make


@pytest.fixture
def lucas(house):
    return make.MemberFactory(user__name="Lucas", centre=house.centre, teams=[house.other_team])


@pytest.fixture
def note(house):
    return make.NoteFactory(person=house.awa, author=house.nour, words="The debt.")


@pytest.fixture
def sharing(house, note, lucas):
    return make.SharingFactory(person=house.awa, thing=note.pk, sharer=house.nour, recipient=lucas)


def declared(colleague, **other):
    today = timezone.localdate()
    said = {
        "recipient": colleague.pk, "same_mission": "on", "necessary": "on",
        "interest": "So that she is not asked twice.", "informed": "orally",
        "informed_on": today, "until_on": today + timedelta(days=30),
    }  # fmt: skip
    return {name: value for name, value in {**said, **other}.items() if value is not None}


def share(client, thing, said, kind="note"):
    return client.post(reverse("share", args=[kind, thing.pk]), said)


def reads(client, sharing):
    return client.get(reverse("shared_read", args=[sharing.pk]))


def make_thing(kind, house):
    about = {"person": house.awa, "author": house.nour}
    if kind == "procedure":
        thing = make.ProcedureFactory(**about, about="The debt.")
        make.ProcedureNewsFactory(procedure=thing, words="The debt.")
        return thing
    factory = {"note": make.NoteFactory, "intervention": make.InterventionFactory}[kind]
    return factory(**about, words="The debt.")


@pytest.mark.parametrize("kind", ["note", "intervention", "procedure"])
def test_the_colleague_reads_that_thing_and_no_file(kind, house, enter, lucas):
    thing = make_thing(kind, house)
    share(enter(house.nour), thing, declared(lucas), kind)
    client = enter(lucas)

    page = reads(client, Sharing.objects.get()).content.decode()

    assert "The debt." in page
    listed = client.get(reverse("shared")).content.decode()
    assert reverse("shared_read", args=[Sharing.objects.get().pk]) in listed
    address = {"note": "people:note"}.get(kind, f"support:{kind}")
    assert client.get(reverse(address, args=[thing.pk])).status_code == 404
    assert "The debt." not in client.get(reverse("file", args=[house.awa.pk])).content.decode()


@pytest.mark.parametrize(("field", "value"), [
    ("same_mission", None), ("necessary", None), ("interest", " "), ("informed", None),
    ("informed_on", None), ("informed_on", "2999-01-01"), ("recipient", None),
    ("until_on", "2001-01-01"), ("until_on", "2999-01-01"),
])  # fmt: skip
def test_each_condition_is_needed(field, value, house, enter, note, lucas):
    answer = share(enter(house.nour), note, declared(lucas, **{field: value}))

    assert field in answer.context["form"].errors
    assert not Sharing.objects.exists()


def test_not_told_yet_asks_why(house, enter, note, lucas):
    client = enter(house.nour)

    without = share(client, note, declared(lucas, informed="not_yet"))
    share(client, note, declared(lucas, informed="not_yet", informed_words="She is ill."))

    assert "informed_words" in without.context["form"].errors
    kept = Sharing.objects.get()
    assert (kept.informed_on, kept.informed_words) == (None, "She is ill.")


@pytest.mark.parametrize("who", ["bram", "reception", "coordinator", "zoe", "nour"])
def test_only_someone_bound_of_another_team_of_the_centre_receives(who, house, enter, note):
    answer = share(enter(house.nour), note, declared(getattr(house, who)))

    assert "recipient" in answer.context["form"].errors


@pytest.mark.parametrize("who", ["bram", "coordinator", "lucas", "zoe"])
def test_only_someone_bound_who_reads_it_shares_it(who, house, enter, sharing, lucas, note):
    member = lucas if who == "lucas" else getattr(house, who)
    other = make.MemberFactory(centre=house.centre)

    # Lucas reads it because it was shared with him: he does not pass it on.
    assert share(enter(member), note, declared(other)).status_code == 404


@pytest.mark.parametrize("why", ["day over", "not bound", "left", "signed out for good", "ended"])
def test_it_stops_by_itself(why, house, enter, sharing, lucas):
    client = enter(lucas)
    assert reads(client, sharing).status_code == 200

    if why == "day over":
        Sharing.objects.update(until_on=timezone.localdate() - timedelta(days=1))
    elif why == "not bound":
        Member.objects.filter(pk=lucas.pk).update(status=Member.Status.DISCRETION)
    elif why == "left":
        Member.objects.filter(pk=lucas.pk).update(left_on=timezone.localdate())
    elif why == "ended":
        actions.end_sharing(sharing, by=make.actor(house.nour))
    else:
        lucas.user.is_active = False
        lucas.user.save()

    lucas.refresh_from_db()
    found = Sharing.objects.read_by(make.actor(lucas), on=timezone.localdate())
    # Someone who may no longer sign in is led to the page where one does.
    assert reads(client, sharing).status_code in {404, 302}
    assert not found.exists()


@pytest.mark.parametrize("who", ["nour", "lucas", "a colleague of the team"])
def test_it_is_ended_in_one_gesture(who, house, enter, sharing, lucas):
    leonie = make.MemberFactory(centre=house.centre, teams=[house.team])
    member = {"nour": house.nour, "lucas": lucas}.get(who, leonie)

    enter(member).post(reverse("shared_end", args=[sharing.pk]))

    assert not Sharing.objects.standing(on=timezone.localdate()).exists()


def test_who_shared_it_ends_it_even_when_no_longer_bound_nor_in_the_team(house, enter, sharing):
    Member.objects.filter(pk=house.nour.pk).update(status=Member.Status.DISCRETION)
    house.nour.teams.clear()
    client = enter(house.nour)

    listed = client.get(reverse("shared")).content.decode()
    client.post(reverse("shared_end", args=[sharing.pk]))

    assert reverse("shared_end", args=[sharing.pk]) in listed
    assert not Sharing.objects.standing(on=timezone.localdate()).exists()


def test_the_person_ends_it_and_nobody_elses(house, sharing):
    stranger = make.PersonFactory(centre=house.centre)

    with pytest.raises(Http404):
        actions.end_sharing(sharing, by=Actor(Kind.PERSON, stranger.pk, centre=house.centre.pk))
    actions.end_sharing(sharing, by=Actor(Kind.PERSON, house.awa.pk, centre=house.centre.pk))

    assert not Sharing.objects.standing(on=timezone.localdate()).exists()


@pytest.mark.parametrize("who", ["bram", "reception", "coordinator", "zoe"])
def test_nobody_else_knows_of_it(who, house, enter, sharing):
    client = enter(getattr(house, who))

    assert reads(client, sharing).status_code == 404
    assert client.post(reverse("shared_end", args=[sharing.pk])).status_code == 404
    for address in (reverse("shared"), reverse("people:beyond", args=[house.awa.pk])):
        assert "Lucas" not in client.get(address).content.decode()


def test_the_colleague_reads_it_as_it_stands_now(house, enter, note, sharing, lucas):
    actions.correct_note(note, "The debt is paid.", on=note.on, by=make.actor(house.nour))

    assert "The debt is paid." in reads(enter(lucas), sharing).content.decode()


def test_moved_to_the_file_it_was_about_it_is_read_no_more(house, enter, lucas):
    thing = make_thing("intervention", house)
    share(enter(house.nour), thing, declared(lucas), "intervention")
    other = make.PersonFactory(centre=house.centre, followed_by=house.team)
    type(thing).objects.filter(pk=thing.pk).update(person=other)

    assert reads(enter(lucas), Sharing.objects.get()).status_code == 404


def test_each_reading_is_a_line_about_the_person(house, enter, sharing, lucas):
    reads(enter(lucas), sharing)

    line = Line.objects.readings().get(kind="desk.shared_read")
    assert (line.actor, line.subject) == (lucas.pk, house.awa.pk)


def test_sent_twice_it_is_shared_once(house, enter, note, lucas):
    client = enter(house.nour)
    address = reverse("share", args=["note", note.pk])
    key = client.get(address).context["form"]["form_key"].value()

    for _twice in range(2):
        client.post(address, declared(lucas, form_key=key))

    assert Sharing.objects.count() == 1


def test_a_kind_that_is_not_shared_is_not_found(house, enter, note):
    assert enter(house.nour).get(f"/share/fact/{note.pk}/").status_code == 404


def test_the_list_costs_the_same_for_few_and_for_many(
    house, enter, lucas, django_assert_num_queries
):
    client = enter(lucas)
    make.SharingFactory(person=house.awa, recipient=lucas)
    client.get(reverse("shared"))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("shared"))
    few = len(asked)

    for _more in range(30):
        make.SharingFactory(person=make.PersonFactory(centre=house.centre), recipient=lucas)
    client.get(reverse("shared"))

    with django_assert_num_queries(few):
        client.get(reverse("shared"))
