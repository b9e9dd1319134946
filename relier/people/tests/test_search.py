"""Finding people by name."""

import pytest
from django.db import connection

from relier.people.models import Following, NameKey
from relier.people.search import _matching, add_name_keys, likely_same, search_people
from tests import factories as make

from .people import named

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return make.CentreFactory()


@pytest.fixture
def nour(centre):
    return make.actor(make.MemberFactory(centre=centre))


def found(actor, text, **more):
    return [person.name for person in search_people(actor, text, **more)]


@pytest.mark.parametrize("text", ["aicha", "Aïcha", "ïch", "AICHA n'dia", "diaye aïcha", "n a"])
def test_a_piece_of_each_word_is_enough_whatever_the_accents_and_the_order(text, centre, nour):
    named("Aïcha", "N'Diaye", centre=centre)

    assert found(nour, text) == ["Aïcha N'Diaye"]


def test_each_word_typed_must_be_found(centre, nour):
    named("Awa", "Diallo", centre=centre)
    named("Awa", "Traoré", centre=centre)

    assert found(nour, "awa traore") == ["Awa Traoré"]


def test_a_single_letter_finds_what_begins_with_it(centre, nour):
    named("Lina", centre=centre)
    named("Awa", "Lambert", centre=centre)
    named("Ali", centre=centre)

    assert sorted(found(nour, "l")) == ["Awa Lambert", "Lina"]


def test_names_that_begin_as_typed_come_before_those_that_hold_it(centre, nour):
    for name in ("Salima", "Alida", "Ali", "Khalid"):
        named(name, centre=centre)

    assert found(nour, "ali") == ["Ali", "Alida", "Khalid", "Salima"]


def test_small_words_are_found_glued_or_apart(centre, nour):
    named("Jan", "Van den Berghe", centre=centre)

    assert found(nour, "vandenberghe") == found(nour, "berghe van") == ["Jan Van den Berghe"]


def test_someone_is_listed_once_however_often_the_letters_come_back(centre, nour):
    named("Ana", "Banana", centre=centre)

    assert found(nour, "an") == ["Ana Banana"]


def test_nobody_of_another_centre_is_found(centre, nour):
    named("Awa", centre=make.CentreFactory())

    assert found(nour, "awa") == []


@pytest.mark.parametrize("text", ["", "  ", "…", "\x00", "%", "_"])
def test_nothing_typed_finds_nobody(text, centre, nour):
    named("Awa", centre=centre)

    assert found(nour, text) == []


def test_someone_without_a_centre_finds_nobody(centre):
    named("Awa", centre=centre)
    federation = make.actor(make.MemberFactory(of_federation=True))

    assert search_people(None, "awa") == search_people(federation, "awa") == []
    assert likely_same(None, "Awa") == likely_same(federation, "Awa") == []


def test_the_name_of_a_merged_file_finds_the_one_that_was_kept(centre, nour):
    kept = named("Hawa", "Jallow", centre=centre)
    named("Awa", "Diallo", centre=centre, root=kept)

    assert found(nour, "diallo") == ["Hawa Jallow"]
    assert found(nour, "a") == ["Hawa Jallow"]


def test_no_more_than_asked_are_given(centre, nour):
    for number in range(5):
        named("Awa", f"Diallo{number}", centre=centre)

    assert len(found(nour, "awa", limit=3)) == 3


@pytest.mark.parametrize("count", [3, 30])
def test_a_search_costs_four_queries_however_many_are_found(
    count, centre, nour, django_assert_num_queries
):
    team = make.TeamFactory(centre=centre)
    for number in range(count):
        person = named("Awa", f"Diallo{number}", centre=centre)
        Following.objects.create(person=person, team=team, worker_id=nour.id)

    # Those whose name begins as typed, the others unless these fill the page; then the people, and
    # their teams.
    with django_assert_num_queries(4):
        people = search_people(nour, "aw dia", limit=31)
        assert {(person.team_names[0], person.worker.name) for person in people} == {
            (team.name, nour.name)
        }
    assert len(people) == count


def test_a_search_reads_its_indexes_and_never_a_whole_table(centre, nour):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only: it words the plan.")
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        _matching(centre.pk, ["awa", "dia"], whole=False, limit=20)
    plan = explained(asked.captured_queries[0]["sql"])

    assert plan[0] == (
        "SEARCH people_namekey USING COVERING INDEX people_name_keys "
        "(centre_id=? AND kind=? AND key>? AND key<?)"
    )
    assert not [step for step in plan if step.startswith("SCAN") or "ORDER BY" in step]
    assert sum("people_keys_of_a_name (person_id=?" in step for step in plan) == 2


def explained(sql):
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + sql.replace("%", "%%"))
        return [row[3] for row in cursor.fetchall()]


# --- who may be the same -------------------------------------------------------------------------


def proposed(actor, *name, **more):
    return [one.person.name for one in likely_same(actor, *name, **more)]


def test_a_name_heard_otherwise_is_proposed_with_the_reason(centre, nour):
    named("Mouhamed", "Djallo", centre=centre)
    named("Lucie", "Lambert", centre=centre)

    likely = likely_same(nour, "Mohamed", "Diallo")

    assert [one.person.name for one in likely] == ["Mouhamed Djallo"]
    assert likely[0].reason == "a name that sounds the same"


def test_the_same_birthday_comes_first_even_among_many(centre, nour):
    from datetime import date

    for _ in range(9):
        named("Awa", "Diallo", centre=centre, born_on=date(1990, 5, 1))
    named("Hawa", "Diallo", centre=centre, born_on=date(1984, 3, 12))

    likely = likely_same(nour, "Awa", "Diallo", date(1984, 3, 12))

    assert len(likely) == 8
    assert likely[0].person.name == "Hawa Diallo"
    assert likely[0].reason.endswith("born on the same day")
    assert likely[1].reason == "the same name, another date of birth"


def test_a_merged_file_proposes_the_one_that_was_kept_once(centre, nour):
    kept = named("Awa", "Diallo", centre=centre)
    named("Hawa", "Jallow", centre=centre, root=kept)

    assert proposed(nour, "Hawa", "Jallow") == ["Awa Diallo"]


def test_the_person_themselves_and_what_was_merged_into_them_are_left_out(centre, nour):
    kept = named("Awa", "Diallo", centre=centre)
    named("Awa", "Diallo", centre=centre, root=kept)

    assert proposed(nour, "Awa", "Diallo", exclude=kept) == []


def test_nobody_of_another_centre_is_proposed(nour):
    named("Awa", "Diallo", centre=make.CentreFactory())

    assert proposed(nour, "Awa", "Diallo") == []


@pytest.mark.parametrize("count", [3, 30])
def test_proposing_costs_four_queries_however_many_are_alike(
    count, centre, nour, django_assert_num_queries
):
    for _ in range(count):
        named("Awa", "Diallo", centre=centre)

    with django_assert_num_queries(4):
        for one in likely_same(nour, "Awa", "Diallo"):
            assert one.person.team_names == []


def test_the_keys_of_all_names_are_made_again_by_the_command(centre, nour, monkeypatch, capsys):
    from django.core.management import call_command

    from relier.people.management.commands import names

    monkeypatch.setattr(names, "AT_ONCE", 2)
    for number in range(5):
        make.PersonFactory(call_name="Awa", family_name=f"Diallo{number}", centre=centre)
    NameKey.objects.all().delete()

    call_command("names")

    assert len(found(nour, "awa")) == 5
    assert capsys.readouterr().out == "5 names.\n"


def test_keys_added_to_many_at_once_are_those_of_each(house):
    people = [make.PersonFactory(centre=house.centre) for _ in range(3)]
    one_by_one = keys_of(people)
    NameKey.objects.filter(person__in=people).delete()

    add_name_keys(people)

    assert keys_of(people) == one_by_one


def keys_of(people):
    rows = NameKey.objects.filter(person__in=people).values_list("person", "kind", "key")
    return sorted((person, kind, bytes(key)) for person, kind, key in rows)
