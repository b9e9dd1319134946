"""Erases someone in a copy of Relier of its own, and looks for them in the bytes of its files.

Run by test_09 as a program (`python -m tests.charter.erasing cisp`), because the bytes of a
database are only real outside the transactions of a test. Every field about the person holds a
word that stands nowhere else; fields are found in the registry, so that a new one is filled too.
It prints what it saw as JSON, and ends badly at the first thing that is wrong.
"""

import json
import os
import secrets
import shutil
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

import django

LETTERS = "bcdfghjklmnpqrstvwxz"
BORN = date(1931, 2, 17)


def word() -> str:
    """A word that no language has, long enough to be found nowhere by chance."""
    return "".join(secrets.choice(LETTERS) for _ in range(14))


# What leads to someone by their name, which the canaries change: made once they have.
BY_NAME = {"people.NameKey", "training.ImportedFile"}


class Canaries:
    """Fills every field about a person with words, and remembers them."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.filled: set[str] = set()

    def new(self, longest: int | None = None) -> str:
        self.words.append(word()[: longest or 14])
        return self.words[-1]

    def fill(self, ids) -> None:
        from django.db import models

        from relier.journal import registry

        for holding in registry.holdings(about="person"):
            # Found by the name, below; and lines that nobody changes, which hold no words.
            if holding.model in BY_NAME | {"journal.Line", "training.LedgerEntry"}:
                continue
            rows = list(holding.rows(ids))
            assert rows or holding.model == "privacy.Subject", f"plant one {holding.model}"
            for row in rows:
                for field in holding.of._meta.concrete_fields:
                    self.fill_field(row, field, holding)
                models.Model.save(row)  # past the guards of rows that are never rewritten

    def fill_field(self, row, field, holding) -> None:
        from django.db import models

        code = field.choices or isinstance(field, models.SlugField)
        if code or field.is_relation or field.name in holding.counted_by:
            return
        if isinstance(field, models.JSONField):
            held = {"": self.new()} if isinstance(field.get_default(), dict) else [self.new()]
            setattr(row, field.attname, held)
        elif isinstance(field, models.CharField | models.TextField):
            if field.name == "field" and holding.model == "people.EarlierValue":
                return  # the name of a column
            setattr(row, field.attname, self.new(field.max_length))
        elif field.name == "born_on":
            row.born_on = BORN
        else:
            return
        self.filled.add(f"{holding.model}.{field.name}")


def world(kind: str):
    """Awa, with one of everything, in two files made one; another person who stays."""
    from django.utils import timezone

    from relier.people import actions as people
    from relier.people.models import EarlierValue, Person
    from relier.privacy import actions as privacy
    from relier.privacy.models import Purge, PurgedFile
    from tests import factories as make
    from tests import house as houses

    from .canaries import DAY, plant

    house = houses.build()
    nour = make.actor(house.nour)
    gone = make.PersonFactory(
        centre=house.centre, call_name="Ava", family_name="Dialo", followed_by=house.team
    )
    make.NoteFactory(person=gone, author=house.nour)
    plant(house)
    type(house.centre).objects.filter(pk=house.centre.pk).update(kind=kind)
    make.DelayFactory(person=house.awa, author=house.nour)
    trained(house)
    request = house.awa.requests.get()
    request.earlier_words.create(words="…", corrected_by=house.nour)
    request.replies.create(words="…", author=house.nour)
    card = make.CardFactory(subject=house.awa.subject, made_by=house.nour)
    card.visits.create(token_hash="…", began_at=timezone.now(), seen_at=timezone.now())
    people.merge(house.awa, gone, by=make.actor(house.coordinator))
    people.change_person(house.awa, {"phone": "0470 00 00 00"}, by=nour)
    privacy.ask_right(house.awa.subject, "erase", on=DAY, by=nour)
    purge = Purge.objects.create(centre=house.centre, proposed_by=house.nour, files=1)
    PurgedFile.objects.create(purge=purge, subject=house.awa.subject, ended_on=DAY, entered_on=DAY)
    other = make.PersonFactory(centre=house.centre, call_name="Lina", followed_by=house.team)
    make.InterventionFactory(person=other, author=house.nour, kind="isd-a", themes=["email"])
    make.InterventionFactory(
        person=house.awa, author=house.nour, kind="isd-a", themes=["email", "sante"]
    )
    assert EarlierValue.objects.exists()
    awa = Person.objects.get(pk=house.awa.pk)
    return house, awa, list(dict.fromkeys([awa.pk, *awa.file_ids]))


def trained(house) -> None:
    """Awa is in training, with one of everything."""
    from uuid import uuid4

    from relier.training.actions import absences, coming_back, enrolments, journeys, lists, sessions
    from relier.training.actions.presences import Took
    from relier.training.tests.stories import begin, day

    training = begin(house)
    nour, entry = training.nour, training.enrolment
    enrolments.say_category(entry, "5-1", by=nour)
    enrolments.receive_evidence(entry, "a23", received_on=day(3), by=nour)
    session = training.session(0)
    sessions.expect([house.awa], session, from_on=day(0), by=training.bram)
    training.follows(0)
    training.follows(1, 0)
    lists.print_list(session, by=training.bram)
    otherwise = coming_back.Said(house.awa, Took(0), uuid4())
    coming_back.bring_back(session, [otherwise], source="device", by=training.bram)
    absence = absences.account_for_absence(entry, 1, from_on=day(1), until_on=day(1), by=nour)
    absences.receive_proof(absence, on=day(2), by=nour, proof="…", form_key=uuid4())
    journeys.make_plan(entry, on=day(2), words="…", by=nour)
    journeys.plan_placement(
        entry, "professional", from_on=day(30), until_on=day(40), minutes=600, company="…", by=nour
    )
    journeys.evaluate(entry, "entry", "…", on=day(2), by=nour)
    enrolments.end(entry, "moved", on=day(60), by=nour)
    journeys.attest(entry, on=day(60), acquired="…", project="…", by=nour)
    on_documents(house, training)
    imported(house)


def on_documents(house, training) -> None:
    """A document of her own, and a statement that names her among others."""
    from relier.training.documents import keeping
    from relier.training.documents.about import About
    from relier.training.documents.kinds import KINDS
    from relier.training.models import EntryCondition
    from relier.training.tests.stories import day

    entry, track = training.enrolment, training.track
    EntryCondition.objects.create(
        enrolment=entry, shown_by="talk", on=day(0), author_id=training.nour.id
    )
    of = About(house.centre, day(70), entry, track)
    keeping.print_document(KINDS["plan"], of, by=training.nour, language="fr")
    month = About(house.centre, day(70), track=track, period=202601)
    keeping.print_document(KINDS["track_month"], month, by=training.coordinator, language="fr")


def imported(house) -> None:
    """What an import brought of her."""
    from relier.training.importing.models import ImportedFile, ImportedRow

    file = ImportedFile.objects.create(
        centre=house.centre, author=house.coordinator, form="csv", state="kept", what="people"
    )
    ImportedRow.objects.create(
        file=file, person=house.awa, model="people.Person", object_id="…", line=2, digest="…"
    )


def send_a_file(house, awa, canaries) -> None:
    """A spreadsheet that waits, with a line of hers."""
    from uuid import uuid4

    from relier.lib.spreadsheets import read
    from relier.training.importing import staged
    from tests import factories as make

    line = f"{awa.family_name};{awa.call_name};{canaries.new()}"
    book = read(f"Nom;Prénom;Remarque\r\n{line}".encode())
    coordinator = make.actor(house.coordinator)
    staged.keep_book(book, name=canaries.new(), by=coordinator, form_key=uuid4())


def visit(house, awa, canaries) -> None:
    """Open, search and change as a worker does, so that sessions and the journal know of it."""
    from django.test import Client
    from django.urls import reverse

    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(house.nour.user)
    for address in (
        reverse("people:edit", args=[awa.pk]),
        reverse("search") + f"?q={awa.call_name}",
        reverse("people:list"),
    ):
        assert browser.get(address).status_code == 200, address
    family = canaries.new()
    form = {
        "call_name": awa.call_name,
        "family_name": family,
        "initial-call_name": awa.call_name,
        "initial-family_name": awa.family_name,
    }
    assert browser.post(reverse("people:edit", args=[awa.pk]), form).status_code == 302


def needles(canaries: Canaries, ids, *, sqlite: bool) -> list[bytes]:
    """All that must not be found: the words, the pieces and the sounds of the name, the birth."""
    from relier.people.models import NameKey, Person

    names = "".join(Person.objects.filter(pk__in=ids).values_list("call_name", flat=True))
    keys = {
        bytes(key) for key in NameKey.objects.filter(person__in=ids).values_list("key", flat=True)
    }
    assert names
    assert keys
    found = [one.encode() for one in canaries.words if len(one) >= 6]
    found += [key for key in sorted(keys) if len(key) >= 6]
    if sqlite:
        found.append(BORN.isoformat().encode())
    return found


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def seen(looked_for: list[bytes], folders: list[Path]) -> dict[str, list[str]]:
    """File -> which of the words its bytes hold."""
    found = {}
    for folder in folders:
        for path in files_of(folder):
            try:
                held = path.read_bytes()
            except FileNotFoundError:  # a file of the server that went meanwhile
                continue
            here = [one.decode() for one in looked_for if one in held]
            if here:
                found[path.name] = here
    return found


def figures(centre) -> dict[str, int]:
    """Every figure there is: rows that stand, with what remains of those erased."""
    from relier.journal import registry
    from relier.privacy import tallies
    from relier.privacy.models import Subject, Tally

    everyone = list(Subject.objects.filter(centre=centre).values_list("pk", flat=True))
    numbers: Counter[tuple[str, int, str, str]] = Counter()
    for holding in registry.holdings(about="person"):
        numbers += tallies.counted(holding, everyone)
    for left in Tally.objects.filter(centre=centre):
        numbers[left.model, left.year, left.field, left.value] += left.number
    assert len(numbers) > 10
    return {" ".join(map(str, key)): number for key, number in sorted(numbers.items())}


def clean_soon(disk) -> None:
    """As the rounds do: later, where someone reads (the server may, by itself)."""
    deadline = time.monotonic() + 60
    while not disk.clean_if_needed():
        assert time.monotonic() < deadline, "it was never possible to write the files anew"
        time.sleep(0.5)


def changed(before: dict[str, int], now: dict[str, int]) -> dict[str, tuple[int, int]]:
    names = sorted(before.keys() | now.keys())
    both = {name: (before.get(name, 0), now.get(name, 0)) for name in names}
    return {name: numbers for name, numbers in both.items() if numbers[0] != numbers[1]}


def main(kind: str) -> None:
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from relier.accounts.actors import SYSTEM
    from relier.config.preparing import prepare
    from relier.journal import actions as journal
    from relier.people.search import rebuild_name_keys
    from relier.privacy import actions, disk
    from relier.privacy.models import Archive, Subject

    sqlite = connection.vendor == "sqlite"
    prepare(sys.stderr)
    house, awa, ids = world(kind)
    canaries = Canaries()
    canaries.fill(ids)
    awa.refresh_from_db()
    rebuild_name_keys(type(awa).objects.filter(pk__in=ids))
    send_a_file(house, awa, canaries)
    visit(house, awa, canaries)
    looked_for = needles(canaries, ids, sqlite=sqlite)
    folders = [Path(settings.DATA), *data_of_server(connection)]
    before = figures(house.centre.pk)
    everything_on_disk(connection)
    assert seen(looked_for, folders), "the words were never in the files"
    older = keep_a_copy(connection, ids)

    actions.erase(ids, by=SYSTEM)
    clean_soon(disk)
    after = seen(looked_for, folders)
    told = {
        "looked_for": len(looked_for),
        "fields": sorted(canaries.filled),
        "left": after,
        "figures_changed": changed(before, figures(house.centre.pk)),
        "archives": Archive.objects.count(),
    }

    bring_back(connection, older)
    assert Subject.objects.filter(pk__in=ids).count() == len(ids)
    assert actions.erase_again(by=SYSTEM) == 1
    clean_soon(disk)
    told["left_after_restoring"] = seen(looked_for, folders)
    told["archives_after_restoring"] = Archive.objects.count()
    told["figures_changed_after_restoring"] = changed(before, figures(house.centre.pk))
    # As a restore does: the journal ends earlier than what was anchored, and says why.
    journal.anchor_again(by=SYSTEM, reason="an older backup")
    call_command("check")
    print(json.dumps(told))


# --- what differs from one database to the other -------------------------------------------------


def data_of_server(connection) -> list[Path]:
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        # As docs/deployment.md says: else old files of the log are kept to be written over.
        cursor.execute("ALTER SYSTEM SET wal_recycle = off")
        cursor.execute("SELECT pg_reload_conf()")
        cursor.execute("SHOW data_directory")
        return [Path(cursor.fetchone()[0])]


def everything_on_disk(connection) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        else:
            cursor.execute("ANALYZE")
            cursor.execute("CHECKPOINT")


def keep_a_copy(connection, ids):
    """An older backup: the file itself; on PostgreSQL, the rows."""
    if connection.vendor == "sqlite":
        connection.close()
        database = Path(connection.settings_dict["NAME"])
        kept = Path(os.environ["RELIER_OLDER"])
        shutil.copy(database, kept)
        return kept
    from relier.journal import registry
    from relier.journal.models import Detail

    rows = [row for h in reversed(registry.holdings(about="person")) for row in h.rows(ids)]
    return [*Detail.objects.all(), *rows]


def bring_back(connection, older) -> None:
    if connection.vendor == "sqlite":
        connection.close()
        database = Path(connection.settings_dict["NAME"])
        for beside in ("-wal", "-shm"):
            Path(f"{database}{beside}").unlink(missing_ok=True)
        shutil.copy(older, database)
        return
    from django.db import models, transaction

    from relier.journal import append_only
    from relier.journal.models import Line
    from relier.privacy.models import Archive, Tally
    from tests.engines import drop_guards

    Archive.objects.all().delete()  # as the older backup was
    Tally.objects.all().delete()
    with transaction.atomic():
        with connection.cursor() as cursor:
            drop_guards(connection, cursor)  # lines of the journal still stand, emptied, and more
        last = max(row.pk for row in older if isinstance(row, Line))
        Line.objects.filter(pk__gt=last).delete()
        for row in older:
            models.Model.save(row)
        append_only.install(connection)


if __name__ == "__main__":
    main(sys.argv[1])
