"""An intervention: three gestures, walls kept, corrections beside what was there."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from relier.journal.models import Line
from relier.people.models import Audience, Merge
from relier.people.search import rebuild_name_keys
from relier.support.actions import interventions as actions
from relier.support.forms.interventions import contents
from relier.support.models import Intervention
from tests import factories as make

from .pages import told

NEW = reverse("support:intervention_new")
SECRET = "canary-heron"


def page_of(intervention):
    return reverse("support:intervention", args=[intervention.pk])


def correct(client, intervention, **changes):
    """Open the page of correction, change something, keep."""
    url = reverse("support:intervention_correct", args=[intervention.pk])
    form = client.get(url).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in {**typed, **changes}.items() if value is not None}
    return url, sent


# --- keeping one ---


def test_whom_a_few_words_and_keep_are_enough(house, enter):
    nour = enter(house.nour)

    answer = nour.post(NEW, {"person": house.awa.pk, "words": "We read the letter."})

    done = Intervention.objects.get()
    assert answer.url == page_of(done)
    assert (done.person, done.author, done.on) == (house.awa, house.nour, timezone.localdate())
    assert done.audience == Audience.SECRECY


def test_the_page_opens_on_whom_with_the_people_followed(house, enter):
    page = told(enter(house.nour).get(NEW))

    assert page.count("autofocus") == 1
    assert f'value="{house.awa.pk}"' in page


def test_whoever_comes_today_is_proposed_first_with_the_hour(house, enter):
    idris = make.PersonFactory(centre=house.centre, call_name="Idris", followed_by=house.team)
    noon = timezone.localtime().replace(hour=12, minute=0)
    make.AppointmentFactory(person=idris, with_member=house.nour, starts_at=noon)

    form = enter(house.nour).get(NEW).context["form"]

    assert form.fields["person"].choices[0] == (str(idris.pk), "Idris")
    assert "12:00" in str(form["person"])


def test_an_address_may_name_the_person(house, enter):
    form = enter(house.nour).get(f"{NEW}?person={house.awa.pk}").context["form"]

    assert form["person"].value() == str(house.awa.pk)
    assert form.fields["words"].widget.attrs["autofocus"]


def test_a_trainer_writes_for_the_team_by_default(house, enter):
    enter(house.bram).post(NEW, {"person": house.awa.pk, "words": "She sent a photo."})

    assert Intervention.objects.get().audience == Audience.TEAM


def test_all_the_rest_may_be_said(house, enter):
    day = timezone.localdate() - timedelta(days=3)
    more = {
        "audience": "with_person", "on": day.isoformat(), "kind": "isd-b", "channel": "phone",
        "minutes": "20", "themes": ["email", "sante"], "redirected_to": "EPN",
    }  # fmt: skip

    enter(house.nour).post(NEW, {"person": house.awa.pk, "words": "A call.", **more})

    done = Intervention.objects.get()
    assert (done.audience, done.on, done.kind) == ("with_person", day, "isd-b")
    assert (done.channel, done.minutes, done.redirected_to) == ("phone", 20, "EPN")
    assert done.themes == ["email", "sante"]


def test_a_form_sent_twice_is_kept_once(house, enter):
    nour = enter(house.nour)
    key = nour.get(NEW).context["form"]["form_key"].value()

    for _time in range(2):
        nour.post(NEW, {"person": house.awa.pk, "words": "Once.", "form_key": key})

    assert Intervention.objects.count() == 1
    assert Line.objects.filter(kind="support.intervention_logged").count() == 1


def test_a_day_to_come_is_refused_and_the_words_stay(house, enter):
    tomorrow = timezone.localdate() + timedelta(days=1)

    answer = enter(house.nour).post(
        NEW, {"person": house.awa.pk, "words": "Tomorrow?", "on": tomorrow.isoformat()}
    )

    assert answer.context["form"].errors["on"].as_data()[0].code == "to_come"
    assert "Tomorrow?" in told(answer)
    assert not Intervention.objects.exists()


def test_without_anyone_chosen_nothing_is_kept(house, enter):
    answer = enter(house.nour).post(NEW, {"words": "With whom?"})

    assert "person" in answer.context["form"].errors
    assert "With whom?" in told(answer)


def test_what_is_written_after_a_merge_goes_to_the_file_that_is_kept(house, enter):
    gone = make.PersonFactory(centre=house.centre, call_name="Ava", followed_by=house.team)
    Merge.objects.create(kept=house.awa, gone=gone, by=house.nour)
    gone.root = house.awa
    gone.save()

    enter(house.nour).post(NEW, {"person": gone.pk, "words": "Here."})

    assert Intervention.objects.get().person == house.awa


# --- another name ---


@pytest.fixture
def two_awas(house):
    other = make.PersonFactory(
        centre=house.centre, call_name="Awa", family_name="Camara", followed_by=house.team
    )
    rebuild_name_keys([house.awa, other])
    return other


def test_a_name_that_one_person_has_is_taken(house, enter, two_awas):
    enter(house.nour).post(NEW, {"q": "camara", "words": "Hello."})

    assert Intervention.objects.get().person == two_awas


def test_a_name_that_several_have_is_asked_again_with_them(house, enter, two_awas):
    answer = enter(house.nour).post(NEW, {"q": "awa", "words": "Which one?"})

    offered = {value for value, _label in answer.context["form"].fields["person"].choices}
    assert offered == {str(house.awa.pk), str(two_awas.pk), "nobody"}
    assert "Which one?" in told(answer)
    assert not Intervention.objects.exists()


def test_finding_keeps_what_was_typed_and_says_nothing_is_wrong(house, enter, two_awas):
    typed = {
        "q": "camara",
        "find": "1",
        "words": "Half a sent",
        "themes": ["email"],
        "minutes": "5",
    }

    answer = enter(house.nour).post(NEW, typed)

    form = answer.context["form"]
    assert form["person"].value() == str(two_awas.pk)
    assert (form["words"].value(), form["themes"].value()) == ("Half a sent", ["email"])
    assert not form.errors
    assert not Intervention.objects.exists()


def test_enter_in_another_box_keeps_although_it_presses_the_first_button(house, enter):
    enter(house.nour).post(
        NEW, {"find": "1", "q": "", "person": house.awa.pk, "words": "Short.", "minutes": "5"}
    )

    assert Intervention.objects.get().minutes == 5


def test_a_row_ticked_and_another_name_written_is_asked_again(house, enter, two_awas):
    answer = enter(house.nour).post(
        NEW, {"person": house.awa.pk, "q": "camara", "words": "For which?"}
    )

    assert "person" in answer.context["form"].errors
    assert not Intervention.objects.exists()


def test_someone_whom_another_team_follows_is_said_to_be_and_not_offered(house, enter):
    karim = make.PersonFactory(centre=house.centre, call_name="Karim", followed_by=house.other_team)
    rebuild_name_keys([karim])
    nour = enter(house.nour)

    page = told(nour.get(f"{NEW}?q=karim"))
    answer = nour.post(NEW, {"person": karim.pk, "words": "Not mine."})

    assert "Another team follows them, not yours: Karim." in page
    assert str(karim.pk) not in page
    assert "person" in answer.context["form"].errors
    assert nour.get(f"{NEW}?person={karim.pk}").status_code == 404


def test_a_name_looked_for_is_a_line_without_the_name(house, enter, two_awas):
    enter(house.nour).get(f"{NEW}?q=camara")

    line = Line.objects.get(kind="support.whom")
    assert line.details == {"criteria": {"letters": 6}, "shown": [str(two_awas.pk)]}


# --- walls ---


def test_work_about_nobody_is_for_its_author_only(house, enter):
    karim = make.MemberFactory(centre=house.centre, teams=[house.team])
    enter(house.nour).post(NEW, {"person": "nobody", "words": "Filing.", "audience": "team"})

    done = Intervention.objects.get()

    assert (done.person, done.audience) == (None, "")
    assert enter(house.nour).get(page_of(done)).status_code == 200
    assert enter(karim).get(page_of(done)).status_code == 404
    assert list(Intervention.objects.visible_to(make.actor(karim))) == []


def test_work_about_nobody_is_found_again_by_its_author_only(house, enter):
    enter(house.nour).post(NEW, {"person": "nobody", "words": "Filing the letters."})

    assert "Filing the letters." in told(enter(house.nour).get(NEW))
    assert "Filing the letters." not in told(enter(house.bram).get(NEW))


def test_a_stranger_finds_nothing(house, enter):
    done = make.InterventionFactory(person=house.awa, author=house.nour, audience=Audience.TEAM)
    other_team = make.MemberFactory(centre=house.centre, teams=[house.other_team])

    for member in (house.zoe, other_team):
        assert enter(member).get(page_of(done)).status_code == 404
        assert "Awa" not in told(enter(member).get(NEW))


def test_what_is_handed_over_is_read_by_those_bound_and_no_longer_by_its_author(house, enter):
    bram = enter(house.bram)

    answer = bram.post(
        NEW, {"person": house.awa.pk, "words": SECRET, "audience": "secrecy"}, follow=False
    )

    done = Intervention.objects.get()
    assert answer.url == reverse("file", args=[house.awa.pk])
    assert bram.get(page_of(done)).status_code == 404
    assert bram.get(reverse("support:intervention_correct", args=[done.pk])).status_code == 404
    assert SECRET in told(enter(house.nour).get(page_of(done)))


def test_the_pages_of_someone_not_bound_are_the_same_with_and_without_secrets(house, enter):
    rebuild_name_keys([house.awa])
    # More people than are proposed, so that one of them could come up the list, or into it.
    others = make.PersonFactory.create_batch(8, centre=house.centre, followed_by=house.team)
    for_team = make.InterventionFactory(person=house.awa, author=house.bram, audience=Audience.TEAM)
    bram = enter(house.bram)
    urls = [NEW, f"{NEW}?q=awa", f"{NEW}?person={house.awa.pk}", page_of(for_team)]

    def walk():
        with CaptureQueriesContext(connection) as queries:
            pages = [told(bram.get(url)) for url in urls]
        return pages, len(queries)

    walk()  # the readings of this morning are journaled once
    before = walk()
    make.InterventionFactory(person=house.awa, author=house.nour, words=SECRET)
    make.InterventionFactory(person=house.awa, author=house.bram, words=SECRET)
    for person in others:
        make.InterventionFactory(person=person, author=house.bram, words=SECRET)
    secret = make.InterventionFactory(person=house.awa, author=house.nour, words=SECRET)
    Intervention.objects.filter(pk=for_team.pk).update(replaces=secret, first=secret)

    assert walk() == before


def test_a_secret_version_is_not_shown_behind_one_opened_to_the_team(house, enter):
    secret = make.InterventionFactory(person=house.awa, author=house.nour, words=SECRET)
    url, sent = correct(enter(house.nour), secret, words="What may be said.", audience="team")
    enter(house.nour).post(url, sent)

    opened = Intervention.objects.get(replaces=secret)
    page = told(enter(house.bram).get(page_of(opened)))

    assert "What may be said." in page
    assert SECRET not in page
    assert "before" not in page


def test_closing_one_closes_what_it_said_before(house, enter):
    shown = make.InterventionFactory(
        person=house.awa, author=house.nour, audience=Audience.TEAM, words="Shown once."
    )
    url, sent = correct(enter(house.nour), shown, words=SECRET, audience="secrecy")
    enter(house.nour).post(url, sent)

    assert enter(house.bram).get(page_of(shown)).status_code == 404
    assert not Intervention.objects.visible_to(make.actor(house.bram)).exists()


# --- correcting ---


def test_a_correction_keeps_what_it_said_before(house, enter):
    first = make.InterventionFactory(person=house.awa, author=house.nour, words="Two weeks.")
    nour = enter(house.nour)
    url, sent = correct(nour, first, words="Three weeks.")

    answer = nour.post(url, sent, follow=True)

    page = told(answer)
    assert "Three weeks." in page
    assert "Two weeks." in page
    current = Intervention.objects.current().get()
    assert current.words == "Three weeks."
    assert nour.get(page_of(first)).url == page_of(current)


def test_a_correction_that_changes_nothing_adds_nothing(house, enter):
    first = make.InterventionFactory(person=house.awa, author=house.nour)
    url, sent = correct(enter(house.nour), first)

    enter(house.nour).post(url, sent)

    assert Intervention.objects.count() == 1


def test_a_correction_sent_twice_is_kept_once(house, enter):
    first = make.InterventionFactory(person=house.awa, author=house.nour)
    nour = enter(house.nour)
    url, sent = correct(nour, first, words="Three weeks.")

    pages = [told(nour.post(url, sent, follow=True)) for _time in range(2)]

    assert Intervention.objects.count() == 2
    assert not any("corrected it too" in page for page in pages)


def test_correcting_after_a_merge_is_no_change_of_person(house, enter):
    gone = make.PersonFactory(centre=house.centre, call_name="Ava")
    first = make.InterventionFactory(person=gone, author=house.nour)
    gone.root = house.awa
    gone.save()
    url, sent = correct(enter(house.nour), first, words="Three weeks.")

    enter(house.nour).post(url, sent)

    assert set(Intervention.objects.values_list("person", flat=True)) == {gone.pk}
    assert not Line.objects.filter(kind="support.intervention_moved").exists()


def test_two_who_correct_at_once_are_both_kept_and_it_is_said(house, enter):
    first = make.InterventionFactory(person=house.awa, author=house.nour, words="Monday.")
    karim = make.MemberFactory(
        user__name="Karim", centre=house.centre, teams=[house.team], status="bound"
    )
    url, by_nour = correct(enter(house.nour), first, words="Tuesday.")
    _same, by_karim = correct(enter(karim), first, words="Wednesday.", channel="phone")
    enter(karim).post(url, by_karim)

    page = told(enter(house.nour).post(url, by_nour, follow=True))

    stands = Intervention.objects.current().get()
    assert (stands.words, stands.channel) == ("Tuesday.", "phone")
    assert "Karim corrected it too" in page
    assert all(words in page for words in ("Monday.", "Tuesday.", "Wednesday."))


def test_secrecy_wins_when_two_choose_who_reads(house):
    first = make.InterventionFactory(person=house.awa, author=house.nour, audience=Audience.TEAM)
    shown = contents(first)
    nour = make.actor(house.nour)

    def choose(audience):
        return actions.correct_intervention(
            first, typed={**shown, "audience": audience}, shown=shown, by=nour,
            form_key=uuid4(),
        )  # fmt: skip

    choose(Audience.SECRECY)
    choose(Audience.WITH_PERSON)

    assert Intervention.objects.current().get().audience == Audience.SECRECY


def test_one_logged_on_the_wrong_person_leaves_their_file_altogether(house, enter):
    idris = make.PersonFactory(centre=house.centre, call_name="Idris", followed_by=house.team)
    first = make.InterventionFactory(person=house.awa, author=house.nour)
    url, sent = correct(enter(house.nour), first, person=str(idris.pk))

    enter(house.nour).post(url, sent)

    assert not Intervention.objects.filter(person=house.awa).exists()
    assert Intervention.objects.filter(person=idris).count() == 2
    assert Line.objects.filter(kind="support.intervention_moved", subject=house.awa.pk).exists()


def test_looking_for_another_person_while_correcting_keeps_what_was_typed(house, enter, two_awas):
    first = make.InterventionFactory(person=house.awa, author=house.nour)
    url, sent = correct(enter(house.nour), first, words="Reworded.", q="camara")

    form = enter(house.nour).post(url, {**sent, "find": "1"}).context["form"]

    assert form["words"].value() == "Reworded."
    assert form["person"].value() == str(two_awas.pk)
    assert form["shown"].value() == sent["shown"]


# --- readings and cost ---


def test_opening_one_is_a_reading(house, enter):
    done = make.InterventionFactory(person=house.awa, author=house.nour)

    for _time in range(2):
        enter(house.nour).get(page_of(done))

    lines = Line.objects.readings().filter(kind="support.intervention_read")
    assert [line.subject for line in lines] == [house.awa.pk]


def test_the_page_costs_the_same_with_three_people_and_with_forty(
    house, enter, django_assert_num_queries
):
    nour = enter(house.nour)

    def plant(count):
        for _number in range(count):
            person = make.PersonFactory(
                centre=house.centre, followed_by=house.team, followed_by__worker=house.nour
            )
            make.InterventionFactory(person=person, author=house.nour)
            make.AppointmentFactory(
                person=person, with_member=house.nour, starts_at=timezone.localtime()
            )

    plant(3)
    with CaptureQueriesContext(connection) as few:
        nour.get(NEW)
    plant(37)

    with django_assert_num_queries(len(few)):
        nour.get(NEW)


def test_a_day_in_a_paper_note_is_kept(house, enter):
    enter(house.nour).post(
        NEW, {"person": house.awa.pk, "words": "From my notebook.", "on": "2026-01-05"}
    )

    assert Intervention.objects.get().on == date(2026, 1, 5)
