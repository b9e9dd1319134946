"""What the law keeps of someone erased: sealed, opened by two people, ended by itself."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from relier.accounts.actors import SYSTEM
from relier.centres.access import Refused
from relier.centres.models import Centre
from relier.journal.models import Line
from relier.lib.sealing import DoesNotOpen
from relier.privacy import actions
from relier.privacy.models import Archive, ArchiveOpening, Tally
from tests import factories as make


@pytest.fixture
def archive(house):
    make.NoteFactory(person=house.awa, author=house.nour, words="secret-note")
    entered = timezone.localdate() - timedelta(days=30)
    return actions.erase([house.awa.pk], by=SYSTEM, entered_on=entered).archive


def ask(archive, member):
    return actions.ask_opening(archive, "an inspection", by=make.actor(member), form_key=uuid4())


def opened_by_two(archive, house):
    return actions.agree_opening(ask(archive, house.nour), by=make.actor(house.coordinator))


def test_it_holds_what_its_class_asks_for_and_nothing_else(archive, house):
    content = actions.open_archive(opened_by_two(archive, house), by=make.actor(house.nour))

    tables = {name for name in content["tables"] if not name.startswith("training.")}
    assert tables == {"people.Person", "people.Following", "privacy.Consent"}
    assert content["tables"]["people.Person"]["rows"][0]["family_name"] == "Diallo"
    assert "secret-note" not in str(content)
    assert b"Diallo" not in bytes(archive.sealed)


def test_it_ends_ten_years_after_the_entry(archive):
    assert archive.ends_on.year == archive.entered_on.year + 10


def test_a_cpas_keeps_its_social_file(house):
    Centre.objects.filter(pk=house.centre.pk).update(kind=Centre.Kind.CPAS)
    make.HelpRequestFactory(person=house.awa, heard_by=house.nour)

    done = actions.erase([house.awa.pk], by=SYSTEM)

    assert done.archive.document_class == "cpas_file"


def test_past_its_time_nothing_is_kept(house):
    done = actions.erase([house.awa.pk], by=SYSTEM, entered_on=date(2001, 1, 1))

    assert done.archive is None
    assert not Archive.objects.exists()


def test_one_alone_opens_nothing(archive, house):
    asked = ask(archive, house.nour)

    with pytest.raises(Refused):
        actions.open_archive(asked, by=make.actor(house.nour))
    with pytest.raises(Refused):
        actions.agree_opening(asked, by=make.actor(house.nour))


def test_two_who_are_bound_and_none_who_coordinates_open_nothing(archive, house):
    other = make.MemberFactory(centre=house.centre)

    with pytest.raises(Refused):
        actions.agree_opening(ask(archive, house.nour), by=make.actor(other))


def test_the_coordinator_who_is_not_bound_agrees_and_does_not_read(archive, house):
    asked = opened_by_two(archive, house)

    with pytest.raises(Refused):
        actions.open_archive(asked, by=make.actor(house.coordinator))


def test_another_who_is_bound_does_not_read_what_two_opened(archive, house):
    other = make.MemberFactory(centre=house.centre)

    with pytest.raises(Refused):
        actions.open_archive(opened_by_two(archive, house), by=make.actor(other))


@pytest.mark.parametrize("who", ["bram", "reception", "zoe"])
def test_others_do_not_even_ask(archive, house, who):
    with pytest.raises(Refused):
        ask(archive, getattr(house, who))


def test_it_is_read_for_a_few_hours(archive, house):
    asked = opened_by_two(archive, house)
    ArchiveOpening.objects.update(agreed_at=timezone.now() - timedelta(hours=5))
    asked.refresh_from_db()

    with pytest.raises(Refused):
        actions.open_archive(asked, by=make.actor(house.nour))


def test_past_its_end_nobody_reads_it_even_before_it_is_destroyed(archive, house):
    asked = opened_by_two(archive, house)
    asked.archive.ends_on = timezone.localdate()

    with pytest.raises(Refused):
        actions.open_archive(asked, by=make.actor(house.nour))


def test_it_ends_by_itself_and_the_journal_says_so(archive, house):
    assert actions.end_archives(by=SYSTEM, on=archive.ends_on - timedelta(days=1)) == 0
    assert actions.end_archives(by=SYSTEM, on=archive.ends_on) == 1
    assert actions.end_archives(by=SYSTEM, on=archive.ends_on) == 0

    assert not Archive.objects.exists()
    assert Line.objects.filter(kind="privacy.archive_ended").count() == 1


def test_moved_to_another_archive_it_does_not_open(archive, house):
    asked = opened_by_two(archive, house)
    asked.archive.pk = uuid4()

    with pytest.raises(DoesNotOpen):
        actions.open_archive(asked, by=make.actor(house.nour))


def test_each_step_is_a_line_of_the_journal(archive, house):
    actions.open_archive(opened_by_two(archive, house), by=make.actor(house.nour))

    kinds = set(Line.objects.values_list("kind", flat=True))
    assert {
        "privacy.archived",
        "privacy.opening_asked",
        "privacy.opening_agreed",
        "privacy.archive_read",
    } <= kinds


def test_what_remains_is_a_number_without_a_name(house):
    make.InterventionFactory(
        person=house.awa, author=house.nour, kind="isd-a", themes=["email", "sante"]
    )
    actions.erase([house.awa.pk], by=SYSTEM)

    rows = Tally.objects.filter(model="support.Intervention", year=2026)
    assert {(row.field, row.value, row.number) for row in rows} == {
        ("", "", 1), ("kind", "isd-a", 1), ("themes", "email", 1), ("themes", "sante", 1),
    }  # fmt: skip
