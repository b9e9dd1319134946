"""The program that test_ballots_on_disk.py kills: `prepare` a count, `read` a file of twelve
ballots with the process apart, `close` the count."""

import sys
from pathlib import Path

import django

SCANS = Path("ballots.pdf")
BALLOTS = 12


def main(what: str, folder: Path) -> None:
    django.setup()
    {"prepare": prepare, "read": read, "close": close}[what](folder)


def prepare(folder: Path) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from relier.paper.tests.ballots import FRIDAY, opened
    from relier.paper.tests.marked_ballots import as_pdf, crossed
    from tests import house as houses

    count = opened(houses.build(), printed=BALLOTS, by_hand=BALLOTS)
    # Two of them blank: both readers are asked.
    pages = [crossed(count, FRIDAY) for _ in range(BALLOTS - 2)] + [crossed(count)] * 2
    (folder / SCANS).write_bytes(as_pdf(pages))


def the_count():
    from relier.paper.models import BallotCount

    return BallotCount.objects.get()


def read(folder: Path) -> None:
    from django.core.exceptions import ValidationError

    from relier.paper import actions
    from tests import factories as make

    print("ready", flush=True)
    count = the_count()
    try:
        with (folder / SCANS).open("rb") as source:
            actions.read_ballots(count, source, by=make.actor(count.reader_one))
    except ValidationError:
        print("refused", flush=True)


def close(_folder: Path) -> None:
    from relier.paper import actions
    from relier.paper.rules.ballots import BLANK
    from relier.privacy import disk
    from tests import factories as make

    count = the_count()
    for doubt in list(count.doubts.all()):
        print(bytes(doubt.crop).hex()[64:128], flush=True)
        for reader in (count.reader_one, count.reader_two):
            actions.say_vote(doubt, [BLANK], by=make.actor(reader))
    actions.close_count(the_count(), by=make.actor(count.reader_one))
    assert disk.clean_if_needed()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
