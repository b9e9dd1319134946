"""Procedures: one line begins one, under secrecy; opened on purpose and closed in one gesture."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from relier.journal.models import Line
from relier.support.actions import procedures as actions
from relier.support.models import Procedure, ProcedureNews
from relier.support.rules.procedures import due_window
from tests import factories as make

from .pages import told

SECRET = "canary-heron"


def page_of(procedure, name="procedure"):
    return reverse(f"support:{name}", args=[procedure.pk])


def new_for(person):
    return reverse("support:procedure_new", args=[person.pk])


@pytest.fixture
def procedure(house):
    return make.ProcedureFactory(person=house.awa, author=house.nour, institution="CPAS")


def open_it(procedure):
    procedure.open_to_team = True
    procedure.save()
    return procedure


# --- beginning ---


def test_one_line_is_enough_and_it_is_under_secrecy(house, enter):
    answer = enter(house.nour).post(new_for(house.awa), {"about": "Heating allowance"})

    begun = Procedure.objects.get()
    assert answer.url == page_of(begun)
    assert (begun.open_to_team, begun.started_on) == (False, timezone.localdate())
    assert begun.person == house.awa


def test_the_rest_may_be_said_with_the_first_news(house, enter):
    deadline = timezone.localdate() + timedelta(days=9)
    more = {
        "institution": "CPAS", "deadline": deadline.isoformat(),
        "right_not_claimed": "on", "words": "The form is found.",
    }  # fmt: skip

    enter(house.nour).post(new_for(house.awa), {"about": "Allowance", **more})

    begun = Procedure.objects.with_latest().get()
    assert (begun.institution, begun.deadline) == ("CPAS", deadline)
    assert begun.right_not_claimed
    assert begun.outcome == "open"
    assert ProcedureNews.objects.get().words == "The form is found."


def test_a_form_sent_twice_begins_one(house, enter):
    nour = enter(house.nour)
    key = nour.get(new_for(house.awa)).context["form"]["form_key"].value()

    for _time in range(2):
        nour.post(new_for(house.awa), {"about": "Once", "form_key": key, "words": "News."})

    assert (Procedure.objects.count(), ProcedureNews.objects.count()) == (1, 1)


def test_without_a_line_nothing_is_kept_and_the_rest_stays(house, enter):
    page = told(enter(house.nour).post(new_for(house.awa), {"institution": "Forem"}))

    assert "Forem" in page
    assert not Procedure.objects.exists()


def test_someone_not_bound_hands_it_over_and_does_not_read_it_again(house, enter):
    bram = enter(house.bram)

    answer = bram.post(new_for(house.awa), {"about": SECRET, "words": "From the classroom."})

    begun = Procedure.objects.get()
    assert answer.url == reverse("file", args=[house.awa.pk])
    for name in ("procedure", "procedure_edit", "procedure_open"):
        assert bram.get(page_of(begun, name)).status_code == 404
    assert SECRET in told(enter(house.nour).get(page_of(begun)))


def test_another_team_cannot_begin_one(house, enter):
    other = make.MemberFactory(centre=house.centre, teams=[house.other_team])

    for member in (other, house.zoe):
        assert enter(member).get(new_for(house.awa)).status_code == 404
        assert enter(member).post(new_for(house.awa), {"about": "No"}).status_code == 404


# --- walls ---


def test_the_pages_of_someone_not_bound_are_the_same_with_and_without_secrets(house, enter):
    opened = open_it(
        make.ProcedureFactory(person=house.awa, author=house.nour, institution="Forem")
    )
    bram = enter(house.bram)
    urls = [
        new_for(house.awa),
        page_of(opened),
        page_of(opened, "procedure_edit"),
        page_of(opened, "procedure_open"),
    ]

    def walk():
        with CaptureQueriesContext(connection) as queries:
            pages = [told(bram.get(url)) for url in urls]
        return pages, len(queries)

    walk()
    before = walk()
    secret = make.ProcedureFactory(
        person=house.awa, author=house.nour, about=SECRET, institution=SECRET
    )
    make.ProcedureNewsFactory(procedure=secret, words=SECRET)

    assert walk() == before
    assert "Forem" in before[0][0]


def test_institutions_are_proposed_to_those_who_may_read_where_they_were_written(
    house, enter, procedure
):
    assert '<option value="CPAS">' in told(enter(house.nour).get(new_for(house.awa)))
    assert "CPAS" not in told(enter(house.bram).get(new_for(house.awa)))


# --- news ---


def test_news_say_where_it_stands_and_what_blocks_it(house, enter, procedure):
    enter(house.nour).post(
        page_of(procedure),
        {"outcome": "blocked", "obstacle": "no_account", "words": "Only online."},
    )

    stands = Procedure.objects.with_latest().get()
    page = told(enter(house.nour).get(page_of(procedure)))
    assert (stands.outcome, stands.obstacle) == ("blocked", "no_account")
    assert "No account, or no electronic identity. Only online." in page


def test_news_that_say_nothing_are_not_kept(house, enter, procedure):
    answer = enter(house.nour).post(page_of(procedure), {"outcome": "open"})

    assert "words" in answer.context["form"].errors
    assert not ProcedureNews.objects.exists()


def test_news_of_a_day_to_come_are_refused(house, enter, procedure):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()

    answer = enter(house.nour).post(
        page_of(procedure), {"outcome": "done", "words": "Soon.", "on": tomorrow}
    )

    assert answer.context["form"].errors["on"].as_data()[0].code == "to_come"
    assert "Soon." in told(answer)


def test_news_sent_twice_are_kept_once(house, enter, procedure):
    nour = enter(house.nour)
    key = nour.get(page_of(procedure)).context["form"]["form_key"].value()

    for _time in range(2):
        nour.post(page_of(procedure), {"outcome": "done", "form_key": key})

    assert ProcedureNews.objects.count() == 1


def test_words_written_under_secrecy_are_given_back_if_it_was_opened_meanwhile(
    house, enter, procedure
):
    written = {"outcome": "waiting", "words": SECRET, "open_to_team": "False"}
    open_it(procedure)
    nour = enter(house.nour)

    answer = nour.post(page_of(procedure), written)
    kept_before = ProcedureNews.objects.count()
    again = {**written, "open_to_team": answer.context["form"]["open_to_team"].value()}
    nour.post(page_of(procedure), again)

    assert SECRET in told(answer)
    assert kept_before == 0
    assert ProcedureNews.objects.get().words == SECRET


# --- opening and closing ---


def test_it_is_opened_and_closed_in_one_gesture_each(house, enter, procedure):
    nour, bram = enter(house.nour), enter(house.bram)

    nour.post(page_of(procedure, "procedure_open"), {"wanted": "team"})
    opened = bram.get(page_of(procedure)).status_code
    nour.post(page_of(procedure, "procedure_open"), {"wanted": "secrecy"})

    assert opened == 200
    assert bram.get(page_of(procedure)).status_code == 404
    kinds = Line.objects.deeds().order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["support.procedure_opened", "support.procedure_closed"]


def test_someone_not_bound_may_close_but_not_open(house, enter, procedure):
    open_it(procedure)
    bram = enter(house.bram)

    closed = bram.post(page_of(procedure, "procedure_open"), {"wanted": "secrecy"})
    opened = bram.post(page_of(procedure, "procedure_open"), {"wanted": "team"})

    procedure.refresh_from_db()
    assert closed.url == reverse("file", args=[house.awa.pk])
    assert opened.status_code == 404
    assert procedure.open_to_team is False


def test_no_way_round_the_page_opens_one_to_someone_not_bound(house, procedure):
    with pytest.raises(Http404):
        actions.open_to_team(procedure, by=make.actor(house.bram))

    procedure.refresh_from_db()
    assert procedure.open_to_team is False


def test_the_page_says_who_reads_and_who_would(house, enter, procedure):
    page = told(enter(house.nour).get(page_of(procedure)))

    assert "Only those bound by secrecy in the team read it." in page
    assert "everyone in the team that follows this person reads all of it" in page


# --- the frame ---


def frame_sent(client, procedure, **changes):
    url = page_of(procedure, "procedure_edit")
    form = client.get(url).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in {**typed, **changes}.items() if value}
    return url, sent


def test_the_frame_changes_and_the_journal_names_the_fields_only(house, enter, procedure):
    nour = enter(house.nour)
    url, sent = frame_sent(nour, procedure, about=SECRET, deadline="2026-12-24")

    nour.post(url, sent)

    procedure.refresh_from_db()
    line = Line.objects.get(kind="support.procedure_changed")
    assert (procedure.about, procedure.deadline) == (SECRET, date(2026, 12, 24))
    assert line.details == {"fields": ["about", "deadline"]}


def test_two_who_change_different_fields_keep_both(house, enter, procedure):
    nour = enter(house.nour)
    url, by_nour = frame_sent(nour, procedure, about="Reworded")
    make.rewrite(procedure, institution="Ethias")

    nour.post(url, by_nour)

    procedure.refresh_from_db()
    assert (procedure.about, procedure.institution) == ("Reworded", "Ethias")


def test_two_who_change_the_same_field_are_told_and_nothing_is_lost(house, enter, procedure):
    nour = enter(house.nour)
    url, by_nour = frame_sent(nour, procedure, about="By Nour")
    make.rewrite(procedure, about="By Karim")

    answer = nour.post(url, by_nour)
    page = told(answer)
    kept = Procedure.objects.get().about
    nour.post(url, {**by_nour, "shown": answer.context["form"]["shown"].value()})

    assert "By Nour" in page
    assert "By Karim" in page
    assert kept == "By Karim"
    assert Procedure.objects.get().about == "By Nour"


# --- when there is time ---


def test_deadlines_near_or_just_passed_are_found(house):
    today = date(2026, 11, 24)
    days = {"near": 14, "passed": -30, "far": 15, "forgotten": -31}
    for about, distance in days.items():
        make.ProcedureFactory(
            person=house.awa, author=house.nour, about=about,
            deadline=today + timedelta(days=distance),
        )  # fmt: skip

    found = Procedure.objects.visible_to(make.actor(house.nour)).due_between(*due_window(today))

    assert {procedure.about for procedure in found} == {"near", "passed"}


def test_one_without_news_is_under_way_and_one_done_is_not(house, procedure):
    done = make.ProcedureFactory(person=house.awa, author=house.nour)
    make.ProcedureNewsFactory(procedure=done, outcome="waiting")
    make.ProcedureNewsFactory(procedure=done, outcome="done")

    assert list(Procedure.objects.under_way()) == [procedure]


def test_the_page_costs_the_same_with_three_news_and_with_forty(
    house, enter, procedure, django_assert_num_queries
):
    nour = enter(house.nour)
    make.ProcedureNewsFactory.create_batch(3, procedure=procedure)
    nour.get(page_of(procedure))
    with CaptureQueriesContext(connection) as few:
        nour.get(page_of(procedure))
    for _number in range(37):
        karim = make.MemberFactory(centre=house.centre)
        make.ProcedureNewsFactory(procedure=procedure, author=karim)

    with django_assert_num_queries(len(few)):
        nour.get(page_of(procedure))


def test_opening_one_is_a_reading(house, enter, procedure):
    enter(house.nour).get(page_of(procedure))

    line = Line.objects.readings().get(kind="support.procedure_read")
    assert (line.subject, line.thing_id) == (house.awa.pk, str(procedure.pk))
