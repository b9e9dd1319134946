"""An import of 10 000 people with 500 planted faults, then of 10 000 presences, and both undone.

    python -m benchmarks.importing [--lines 10000] [--faults 500]

Seconds are those of the processor, the process apart not counted but by the clock. Exits with 1
when a fault is not named by its line, when a row that is not append-only differs after undoing,
when a figure does, when importing 10 000 lines takes more than 60 s, or when its transaction,
during which nobody else saves, takes more than 5 s. What a colleague who saves all the while in
another process waited at most is printed beside: by the clock, so that it says as much of what else
the machine does.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_SECONDS = 60.0
MOST_HELD = 5.0


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lines", type=int, default=10_000)
    options.add_argument("--faults", type=int, default=500)
    options.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options.add_argument("--colleague", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.inside:
        return inside(chosen.lines, chosen.faults)
    if chosen.colleague:
        return colleague(chosen.colleague)
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "RELIER_MODE": "office",
            "RELIER_DATA": f"{folder}/data",
            "DJANGO_SETTINGS_MODULE": "relier.config.settings",
        }
        again = [sys.executable, "-m", "benchmarks.importing", "--inside",
                 "--lines", str(chosen.lines), "--faults", str(chosen.faults)]  # fmt: skip
        return subprocess.run(again, env=environment, cwd=ROOT, check=False).returncode


class Watch:
    """Prints what each deed took, and keeps it."""

    def __init__(self) -> None:
        self.took: dict[str, float] = {}
        self.held: dict[str, float] = {}
        print("| | lines | processor | clock | of which in the transaction | a colleague waited |")
        print("|---|---|---|---|---|---|")

    def of(self, what, lines, deed):
        clock, processor = time.monotonic(), time.process_time()
        done = deed()
        self.took[what] = time.process_time() - processor
        seconds = time.monotonic() - clock
        self._print(what, lines, seconds, "", "")
        return done

    def beside_a_colleague(self, what, lines, deed, actor):
        """The same, while someone of the centre saves again and again in another process."""
        again = [sys.executable, "-m", "benchmarks.importing", "--colleague", str(actor.id)]
        with subprocess.Popen(again, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                              cwd=ROOT) as other:  # fmt: skip
            other.stdout.readline()  # they have begun
            clock, processor = time.monotonic(), time.process_time()
            with timed_transactions() as held:
                done = deed()
            self.took[what] = time.process_time() - processor
            seconds = time.monotonic() - clock
            told = other.communicate("\n")[0].split()
        self.held[what] = max(held)
        waited = f"{told[0]} s, of {told[1]} times"
        self._print(what, lines, seconds, f"{max(held):.1f} s", waited)
        return done

    def _print(self, what, lines, seconds, held, waited):
        took = self.took[what]
        line = f"| {what} | {lines} | {took:.1f} s | {seconds:.1f} s | {held} | {waited} |"
        print(line, flush=True)


@contextmanager
def timed_transactions():
    """What the transactions of an import take, of the processor, one after the other."""
    from relier.training.importing import keeping, moment, undoing

    held = []

    @contextmanager
    def timed():
        begun = time.process_time()
        with moment.short_transaction():
            yield
        held.append(time.process_time() - begun)

    keeping.short_transaction = undoing.short_transaction = timed
    try:
        yield held
    finally:
        keeping.short_transaction = undoing.short_transaction = moment.short_transaction


def colleague(member: str) -> int:
    """Saves a line of the journal, as every page does, until told to stop: prints how long the
    longest took, in seconds, and how often it was done."""
    import select

    import django

    django.setup()

    from django.db import transaction

    from relier.accounts.actors import SYSTEM
    from relier.centres.models import Member
    from relier.journal import actions as journal

    of = Member.objects.get(pk=member)
    longest, times = 0.0, 0
    while not select.select([sys.stdin], [], [], 0.02)[0]:
        begun = time.monotonic()
        with transaction.atomic():
            journal.record("training.import_read", of, by=SYSTEM, centre=of.centre_id)
        longest, times = max(longest, time.monotonic() - begun), times + 1
        if times == 1:
            longest = 0.0
            print("begun", flush=True)
    print(f"{longest:.2f} {times}", flush=True)
    return 0


def inside(lines: int, faults: int) -> int:
    import django

    django.setup()

    from datetime import timedelta

    from relier.config.preparing import prepare
    from relier.lib.tests.sheets_made import xlsx_of
    from relier.training import figures
    from relier.training.importing import staged
    from relier.training.importing.tests.dumps import everything
    from relier.training.importing.tests.planted import ENTERED, people, presences
    from relier.training.importing.undoing import undo
    from relier.training.tests import stories
    from tests import house

    prepare(sys.stderr)
    training = stories.begin(house.build())
    by, watch, wrong = training.coordinator, Watch(), []
    before, year = everything(), figures.annual_table(by.own_centre, 2026)
    rows, planted = people(lines, faults)
    file = receive(watch, xlsx_of(*rows), "people", by)
    file, checked = look(watch, file, "people", by)
    named = {one.line: one.code for one in checked.problems}
    named |= {one.line: "duplicate" for one in checked.questions}
    if named != planted:
        wrong.append(f"{len(set(named.items()) ^ set(planted.items()))} faults are not named")
    staged.decide(file, {one.key: one.proposals[0].ref for one in checked.questions}, by=by)
    file, checked = look(watch, file, "people, decided", by, {"leave_out": True})
    file = kept(watch, file, checked, "people", by)

    right = [row for number, row in enumerate(rows[1:], start=2) if number not in planted]
    days = [ENTERED + timedelta(days=number) for number in range(50)]
    of_hours, _none = presences(right[: lines // len(days)], days)
    hours = receive(watch, xlsx_of(*of_hours), "presences", by)
    hours, checked = look(watch, hours, "presences", by, {"make_sessions": True})
    wrong += [str(one) for one in checked.problems[:5]]
    hours = kept(watch, hours, checked, "presences", by)

    back = partial(undo, hours, by=by)
    watch.beside_a_colleague("presences undone", checked.lines, back, by)
    watch.beside_a_colleague("people undone", lines, partial(undo, file, by=by), by)
    if everything() != before:
        wrong.append("A row differs after undoing.")
    if figures.annual_table(by.own_centre, 2026) != year:
        wrong.append("A figure differs after undoing.")
    slow = {what: took for what, took in watch.took.items() if took > MOST_SECONDS}
    wrong += [f"{what}: {took:.0f} s" for what, took in slow.items()]
    long = {what: held for what, held in watch.held.items() if held > MOST_HELD}
    wrong += [f"{what}: {held:.1f} s in the transaction" for what, held in long.items()]
    print("\n".join(wrong) or f"\n{len(planted)} faults, each named by its line; all taken back.")
    return 1 if wrong else 0


def receive(watch, data, what, by):
    from uuid import uuid4

    from relier.training.importing import staged

    deed = partial(staged.receive, data, name="", by=by, form_key=uuid4())
    return watch.of(f"{what} read apart", "", deed)


def look(watch, file, what, by, options=None):
    from relier.training.importing import staged
    from relier.training.importing.columns import as_columns

    file = staged.say_columns(
        file, what=file.what, sheet=file.sheet, heading=file.heading,
        columns=as_columns(file.columns), options=options or {}, by=by,
    )  # fmt: skip
    file.refresh_from_db()
    checked = watch.of(f"{what}: dry run", "", lambda: staged.look(file, by=by))
    file.refresh_from_db()
    return file, checked


def kept(watch, file, checked, what, by):
    from relier.training.importing.keeping import keep

    deed = partial(keep, file, by=by, plan=checked.digest)
    return watch.beside_a_colleague(f"{what} imported", checked.lines, deed, by)


if __name__ == "__main__":
    sys.exit(main())
