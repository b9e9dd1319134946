"""What sealing costs: the page of a file with 300 notes, sealed and plain, in the same run; how
many values are sealed anew in a second; how much the file of the database grows.

    python -m benchmarks.sealing [--people 2000] [--rounds 8]

The same crowd is planted twice, once by a Relier whose fields seal nothing. Two processes then
answer in turn. Seconds are those of the processor, so that what else the machine does weighs less.
Exits with 1 when the sealed page has less than 0.8 of the rate of the plain one, or when fewer than
2 000 values are sealed anew a second.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = 40  # of one round
NOTES = 300
WORDS = (
    "Elle a apporté la lettre ; nous l’avons lue ensemble et noté ce qu’elle veut répondre. " * 5
)


# --- one of the two processes --------------------------------------------------------------------


def answer(kind: str, people: int) -> None:
    """Plant, then do what each line of the standard input asks, and print what it took."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "relier.config.settings"
    import django

    django.setup()
    if kind == "plain":
        seal_nothing()
    from django.core.management import call_command
    from django.db import connection

    call_command("plant", people=people, centres=1, stdout=sys.stderr)
    page, worker = with_notes()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    print(Path(connection.settings_dict["NAME"]).stat().st_size, flush=True)
    for line in sys.stdin:
        print(pages_of(page, worker) if line.strip() == "pages" else reseal(), flush=True)


def seal_nothing() -> None:
    from relier.privacy.sealed import SealedCharField, SealedTextField

    for field in (SealedCharField, SealedTextField):
        field.from_db_value = lambda self, value, expression, connection: value  # type: ignore[method-assign]
        field.pre_save = lambda self, row, add: getattr(row, self.attname)  # type: ignore[method-assign]
        field.get_db_prep_save = lambda self, value, connection: value  # type: ignore[method-assign]


def with_notes() -> tuple[str, object]:
    """The address of a file with three hundred notes, and who reads it."""
    from datetime import timedelta

    from django.urls import reverse
    from django.utils import timezone

    from relier.centres.models import Member
    from relier.people.models import Audience, Note, Person

    worker = Member.objects.select_related("user").get(user__email="worker0@example.invalid")
    followed = Person.objects.filter(followings__team__in=worker.teams.all())
    person = followed.filter(interventions__isnull=False).order_by("pk").first()
    assert person is not None
    today = timezone.localdate()
    Note.objects.bulk_create(
        Note(
            person=person, centre_id=person.centre_id, author=worker, words=WORDS,
            on=today - timedelta(days=number % 200), audience=Audience.SECRECY,
        )
        for number in range(NOTES)
    )  # fmt: skip
    return reverse("file", args=[person.pk]), worker.user


def pages_of(page: str, user: object) -> float:
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user)  # type: ignore[arg-type]
    client.get(page)
    began = time.process_time()
    for _ in range(PAGES):
        assert client.get(page).status_code == 200
    return PAGES / (time.process_time() - began)


def reseal() -> float:
    from django.conf import settings
    from django.utils import timezone

    from relier.journal import keys
    from relier.lib import keyring
    from relier.privacy import resealing

    ring = keys.ring().with_new(keyring.SEALING, at=timezone.now())
    keyring.write(ring, settings.KEYS_FILE)
    began = time.process_time()
    count = resealing.reseal(ring, lambda label, done, total: None)
    return count / (time.process_time() - began)


# --- the comparison ------------------------------------------------------------------------------


class Copy:
    def __init__(self, kind: str, people: int, folder: Path) -> None:
        environment = {name: v for name, v in os.environ.items() if name != "DATABASE_URL"} | {
            "RELIER_MODE": "office",
            "RELIER_DATA": str(folder / kind / "data"),
            "RELIER_KEYS": str(folder / kind / "keys.json"),
            "PYTHONPATH": str(ROOT),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.sealing", "--answer", kind, "--people", str(people)],
            env=environment, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.size = self.said()

    def said(self) -> float:
        assert self.process.stdout
        return float(self.process.stdout.readline())

    def ask(self, what: str) -> float:
        assert self.process.stdin
        print(what, file=self.process.stdin, flush=True)
        return self.said()

    def end(self) -> None:
        self.process.communicate()


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=2_000)
    options.add_argument("--rounds", type=int, default=8)
    options.add_argument("--answer", choices=["plain", "sealed"], help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.answer:
        answer(chosen.answer, chosen.people)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        plain, sealed = (Copy(kind, chosen.people, Path(folder)) for kind in ("plain", "sealed"))
        rates = [(plain.ask("pages"), sealed.ask("pages")) for _ in range(chosen.rounds)]
        anew = sealed.ask("reseal")
        plain.end()
        sealed.end()
    ratio = statistics.median(ours / theirs for theirs, ours in rates)
    theirs, ours = (statistics.median(kind) for kind in zip(*rates, strict=True))
    print(f"A file with {NOTES} notes, {len(WORDS)} signs each: sealed {ours:.0f} pages a second,")
    print(f"plain {theirs:.0f}; sealed over plain {ratio:.2f}.")
    print(f"Sealed anew: {anew:.0f} values a second.")
    print(f"The database's file: {sealed.size / plain.size:.2f} times the plain one.")
    faults = []
    if ratio < 0.8:
        faults.append(f"the sealed page has {ratio:.2f} of the plain one's rate, 0.8 is promised")
    if anew < 2_000:
        faults.append(f"{anew:.0f} values are sealed anew a second, 2 000 are promised")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
