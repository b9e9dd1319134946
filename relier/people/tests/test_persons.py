"""Adding someone, finding them in the list, changing their name and how to reach them."""

from datetime import date, timedelta

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from relier.journal.models import Line
from relier.people import actions, rules
from relier.people.models import Fact, Following, NameKey, Person
from relier.people.search import search_people
from tests import factories as make

from .people import added, named

# --- the deeds ---


def test_a_name_is_enough_and_the_author_can_work_at_once(house):
    idris = added("Idris", by=house.nour)

    assert idris.root_id == idris.pk == idris.subject_id
    assert Person.objects.followed_by(make.actor(house.nour)).contains(idris)
    assert search_people(make.actor(house.nour), "idr") == [idris]


def test_someone_without_a_team_leaves_it_to_the_coordinator(house):
    idris = added("Idris", by=house.reception)

    assert not Following.objects.filter(person=idris).exists()
    assert search_people(make.actor(house.reception), "idris") == [idris]


def test_someone_new_is_given_only_to_a_team_of_the_author(house):
    with pytest.raises(Http404):
        added("Idris", by=house.nour, team=house.other_team)
    assert not Person.objects.filter(call_name="Idris").exists()

    assert added("Idris", by=house.coordinator, team=house.team).team_names == ["Accueil social"]


def test_a_worker_is_of_the_team_that_follows(house):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="not in this team"):
        added("Idris", by=house.coordinator, team=house.team, worker=house.coordinator)


def test_an_administrator_adds_nobody(house):
    administrator = make.MemberFactory(centre=house.centre, role="administrator")

    with pytest.raises(Http404):
        added("Idris", by=administrator)


def test_languages_are_a_fact_of_the_situation_even_told_to_reception(house):
    idris = added("Idris", by=house.reception, languages={"spoken": ["ff"], "reading": ""})

    fact = Fact.objects.get(person=idris)
    assert (fact.facet, fact.choices) == (rules.LANGUAGES, {"spoken": ["ff"]})


def test_a_changed_name_is_found_under_the_new_one_only(house):
    nour = make.actor(house.nour)
    idris = added("Idris", by=house.nour)

    actions.change_person(idris, {"call_name": "Yanis"}, by=nour)

    assert search_people(nour, "yanis") == [idris]
    assert search_people(nour, "idris") == []


def test_the_journal_keeps_which_fields_changed_and_never_a_name(house):
    idris = added("Idris", by=house.nour)

    actions.change_person(
        idris, {"call_name": "Yanis", "phone": "0470 00 00 00"}, by=make.actor(house.nour)
    )

    line = Line.objects.get(kind="people.person_changed")
    assert line.details == {"fields": ["call_name", "phone"]}
    everything = str(list(Line.objects.values()))
    assert "Idris" not in everything
    assert "Yanis" not in everything
    assert "0470" not in everything


def test_what_a_colleague_changed_meanwhile_is_not_overwritten(house):
    nour = make.actor(house.nour)
    actions.change_person(house.awa, {"phone": "1"}, by=nour, shown={"phone": ""})

    with pytest.raises(actions.ChangedMeanwhile) as found:
        actions.change_person(house.awa, {"phone": "2"}, by=nour, shown={"phone": ""})

    assert found.value.now == {"phone": "1"}
    house.awa.refresh_from_db()
    assert house.awa.phone == "1"


def test_two_colleagues_who_type_the_same_agree(house):
    nour = make.actor(house.nour)
    actions.change_person(house.awa, {"phone": "1"}, by=nour, shown={"phone": ""})

    actions.change_person(house.awa, {"phone": "1"}, by=nour, shown={"phone": ""})

    assert Line.objects.filter(kind="people.person_changed").count() == 1


def test_only_names_and_reach_are_changed_here(house):
    with pytest.raises(ValueError, match="centre"):
        actions.change_person(house.awa, {"centre": None}, by=make.actor(house.nour))


# --- the list ---


def test_the_list_holds_the_people_of_my_teams_with_their_worker(house, enter):
    make.PersonFactory(call_name="Lucie", centre=house.centre, followed_by=house.other_team)

    page = enter(house.nour).get(reverse("people:list")).content.decode()

    assert "Awa Diallo" in page
    assert "Nour · Accueil social" in page
    assert "Lucie" not in page


def test_an_empty_list_says_what_it_will_hold_and_offers_the_first_gesture(house, enter):
    page = enter(house.reception).get(reverse("people:list")).content.decode()

    assert "will stand here" in page
    assert reverse("people:new") in page


def test_a_merged_file_is_not_listed_beside_the_one_that_was_kept(house, enter):
    make.PersonFactory(
        call_name="Hawa", centre=house.centre, root=house.awa, followed_by=house.team
    )

    page = enter(house.nour).get(reverse("people:list")).content.decode()

    assert "Hawa" not in page


def test_the_list_costs_the_same_however_long(house, enter):
    client = enter(house.nour)
    url = reverse("people:list")

    def queries():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        return len(asked)

    for _ in range(3):
        named("Awa", "Diallo", centre=house.centre, followed_by=house.team)
    few = queries()
    for _ in range(30):
        named("Awa", "Diallo", centre=house.centre, followed_by=house.team)

    assert queries() == few


# --- adding, on the page ---


def test_a_name_sent_makes_a_person_and_opens_their_file(house, enter):
    answer = enter(house.nour).post(reverse("people:new"), {"call_name": "Idris"})

    idris = Person.objects.get(call_name="Idris")
    assert answer.url == reverse("file", args=[idris.pk])
    assert idris.team_names == ["Accueil social"]


def test_who_may_be_the_same_is_proposed_before_anything_is_kept(house, enter):
    named("Mouhamed", "Djallo", centre=house.centre, followed_by=house.other_team)
    client = enter(house.nour)
    typed = {"call_name": "Mohamed", "family_name": "Diallo", "phone": "0470 00 00 00"}

    page = client.post(reverse("people:new"), typed).content.decode()

    assert "Perhaps already known" in page
    assert "Mouhamed Djallo" in page
    assert 'value="0470 00 00 00"' in page
    assert not Person.objects.filter(call_name="Mohamed").exists()


def test_none_of_them_makes_a_new_person(house, enter):
    named("Mouhamed", "Djallo", centre=house.centre)
    typed = {"call_name": "Mohamed", "family_name": "Diallo", "none_of_them": "mohamed diallo"}

    enter(house.nour).post(reverse("people:new"), typed)

    assert Person.objects.filter(call_name="Mohamed").count() == 1


def test_none_of_them_is_said_of_one_name_and_not_of_another(house, enter):
    named("Lucie", "Lambert", centre=house.centre)
    typed = {"call_name": "Lucie", "family_name": "Lambert", "none_of_them": "mohamed diallo"}

    page = enter(house.nour).post(reverse("people:new"), typed).content.decode()

    assert "Perhaps already known" in page


def test_a_form_sent_twice_adds_one_person(house, enter):
    client = enter(house.nour)
    typed = {"call_name": "Idris", "form_key": "6f7c1b9e-7a53-4b59-9d2e-0f7e6a1c2b3d"}

    answers = [client.post(reverse("people:new"), typed) for _ in range(2)]

    assert answers[0].url == answers[1].url
    assert Person.objects.filter(call_name="Idris").count() == 1


def test_how_to_reach_is_proposed_only_to_those_who_may_know_it(house, enter):
    named("Awa", "Diallo", centre=house.centre, followed_by=house.other_team, phone="0499 11 22 33")
    typed = {"call_name": "Awa", "family_name": "Diallo"}

    to_nour = enter(house.nour).post(reverse("people:new"), typed).content.decode()
    to_reception = enter(house.reception).post(reverse("people:new"), typed).content.decode()

    assert "0499 11 22 33" not in to_nour
    assert "0499 11 22 33" in to_reception


def test_without_a_name_what_was_typed_is_kept_on_the_page(house, enter):
    page = enter(house.nour).post(reverse("people:new"), {"address": "rue Inventée 3"})

    text = page.content.decode()
    assert "Something is to be corrected" in text
    assert "rue Inventée 3" in text


def test_nobody_is_born_tomorrow(house, enter):
    tomorrow = timezone.localdate() + timedelta(days=1)
    typed = {"call_name": "Idris", "born_on": tomorrow.isoformat()}

    page = enter(house.nour).post(reverse("people:new"), typed).content.decode()

    assert "still to come" in page
    assert "<details open>" in page


def test_a_member_of_two_teams_says_which_one_follows(house, enter):
    house.nour.teams.add(house.other_team)
    typed = {"call_name": "Idris", "team": house.other_team.pk, "mine": "on"}

    enter(house.nour).post(reverse("people:new"), typed)

    following = Following.objects.get(person__call_name="Idris")
    assert (following.team, following.worker) == (house.other_team, house.nour)


# --- changing, on the page ---


def edited(client, person, **typed):
    shown = {f"initial-{name}": getattr(person, name) or "" for name in actions.CHANGEABLE}
    values = {name: getattr(person, name) or "" for name in actions.CHANGEABLE}
    return client.post(reverse("people:edit", args=[person.pk]), {**shown, **values, **typed})


def test_a_change_is_kept_and_leads_back_to_the_file(house, enter):
    answer = edited(enter(house.nour), house.awa, phone="0470 00 00 00", born_on="1990-05-01")

    house.awa.refresh_from_db()
    assert answer.url == reverse("file", args=[house.awa.pk])
    assert (house.awa.phone, house.awa.born_on) == ("0470 00 00 00", date(1990, 5, 1))


def test_only_what_was_changed_is_written(house, enter):
    stale = Person.objects.get(pk=house.awa.pk)
    Person.objects.filter(pk=house.awa.pk).update(address="rue Inventée 9")

    edited(enter(house.nour), stale, phone="0470 00 00 00")

    house.awa.refresh_from_db()
    assert (house.awa.phone, house.awa.address) == ("0470 00 00 00", "rue Inventée 9")


def test_a_change_meanwhile_is_shown_beside_what_was_typed_and_may_be_kept_all_the_same(
    house, enter
):
    stale = Person.objects.get(pk=house.awa.pk)
    Person.objects.filter(pk=house.awa.pk).update(phone="0499 99 99 99")
    client = enter(house.nour)

    page = edited(client, stale, phone="0470 00 00 00").content.decode()

    assert "now: 0499 99 99 99" in page
    assert 'value="0470 00 00 00"' in page
    again = Person.objects.get(pk=house.awa.pk)
    edited(client, again, phone="0470 00 00 00")
    house.awa.refresh_from_db()
    assert house.awa.phone == "0470 00 00 00"


def test_the_page_shown_after_a_change_meanwhile_is_ready_to_be_sent_again(house, enter):
    stale = Person.objects.get(pk=house.awa.pk)
    Person.objects.filter(pk=house.awa.pk).update(phone="0499 99 99 99")

    page = edited(enter(house.nour), stale, phone="0470 00 00 00").content.decode()

    assert 'name="initial-phone" value="0499 99 99 99"' in page


def test_reception_changes_how_to_reach_someone_of_any_team(house, enter):
    answer = edited(enter(house.reception), house.awa, reach="phone")

    assert answer.status_code == 302
    house.awa.refresh_from_db()
    assert house.awa.reach == "phone"


def test_the_address_of_a_merged_file_leads_to_the_one_that_was_kept(house, enter):
    alias = make.PersonFactory(centre=house.centre, root=house.awa)

    answer = enter(house.nour).get(reverse("people:edit", args=[alias.pk]))

    assert answer.url == reverse("people:edit", args=[house.awa.pk])


@pytest.mark.parametrize("name", ["zoe", "coordinator", "reception"])
@pytest.mark.parametrize("page", ["situation", "story", "note_new", "consents"])
def test_content_is_not_found_outside_the_team(house, enter, name, page):
    url = reverse(f"people:{page}", args=[house.awa.pk])

    assert enter(getattr(house, name)).get(url).status_code == 404


def test_the_keys_of_a_name_stay_within_their_column():
    longest = NameKey._meta.get_field("key").max_length
    from relier.lib.names import LONGEST_KEY

    assert longest >= LONGEST_KEY
