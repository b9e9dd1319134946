"""The program that test_power_cuts.py kills: `prepare` a centre with a pile of pages, or `read`."""

import io
import sys
from datetime import timedelta

import django


def main(what: str, pages: str = "0") -> None:
    django.setup()
    from relier.paper.actions import reading
    from relier.paper.models import scans
    from relier.paper.sheets import registry
    from relier.paper.tests.tray import NAME, Room, sheet

    registry.register(NAME, build=sheet, receive=Room().receive)
    if what == "prepare":
        prepare(int(pages))
    else:
        # Whoever was killed is no more at once, so that the test does not wait for minutes.
        scans.LEASE = timedelta(0)
        # Every cut may fall on the same page: here it is tried again all the same.
        reading.MOST_TRIES = 1000
        read()


def prepare(pages: int) -> None:
    from django.core.management import call_command

    from relier.paper import actions
    from relier.paper.tests.tray import NAME
    from tests import factories as make
    from tests import house as houses

    call_command("migrate", verbosity=0)
    house = houses.build()
    nour = make.actor(house.nour)
    printed = actions.print_batch(NAME, subjects=[house.awa.subject] * pages, by=nour)
    pile = actions.begin_pile("scan", by=nour)
    actions.receive(pile, io.BytesIO(printed.pdf), by=nour)


def read() -> None:
    from relier.accounts.actors import SYSTEM
    from relier.centres.models import Centre
    from relier.paper import actions

    print("ready", flush=True)
    centre = Centre.objects.get(name="Les Passerelles")
    actions.read_waiting(centre.pk, by=SYSTEM)


if __name__ == "__main__":
    main(*sys.argv[1:])
