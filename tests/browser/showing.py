"""The demonstration, planted and served by its own command in a process of its own, as someone who
tries Relier meets it: real files, compressed, by the real server.

    with showing.served() as shown:
        shown.url, shown.visits     # where it is, and who opens which page

Run as a program (`python -m tests.browser.showing`), it is that process.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path

from tests import fresh

ROOT = Path(__file__).resolve().parents[2]
READY = "Relier is at"
# Who opens a page, by the wall that stands before it; Nour opens the others.
BY_WALL = {
    "settings": "Achille",
    "waiting": "Colette",
    "count": "Colette",
    "months": "Colette",
    "importing": "Colette",
    "counter of the centre": "Rosa",
    # The workshops of the demonstration are of a team that Nour is not in.
    "session": "Colette",
    "planning": "Colette",
}
# Whoever meets the pages that say that something failed.
SEES_FAILURES = "Nour"
# The same address, drawn for someone else.
ALSO = {
    "Bram": ["day", "file", "support:moment", "support:intervention_new", "support:procedure_new"],
    "Rosa": ["day", "support:counter_person"],
    "Colette": ["day"],
    "Achille": ["day"],
}


@dataclass(frozen=True)
class Visit:
    """A page, and the first name of the member who opens it ("" for nobody)."""

    who: str
    page: str
    address: str
    # Whether others open it too, and see something else there.
    also: bool = False


@dataclass(frozen=True)
class Shown:
    url: str
    visits: list[Visit]


@contextmanager
def served(*, crowded: bool = False) -> Iterator[Shown]:
    """Both houses. `crowded`: with lists of several pages, and addresses that fail on purpose."""
    port = free_port()
    program = ["tests.browser.showing", str(port), str(int(crowded))]
    with running(program, mode="demo") as process:
        yield Shown(f"http://127.0.0.1:{port}", visits_said_by(process))


@contextmanager
def empty_copy() -> Iterator[Shown]:
    """Relier as an office starts it for the first time."""
    port = free_port()
    program = ["relier.config.command", "start", "--port", str(port)]
    with running(program, mode="office") as process:
        visits_said_by(process)
        welcome = Visit("", "centres:first_house", "/centre/welcome/")
        yield Shown(f"http://127.0.0.1:{port}", [welcome])


@contextmanager
def running(program: list[str], *, mode: str) -> "Iterator[subprocess.Popen[str]]":
    """A module run in a process of its own, with a data folder that disappears afterwards."""
    with tempfile.TemporaryDirectory(prefix="relier-shown-") as folder:
        begun = fresh.demonstration_in if mode == "demo" else fresh.tables_in
        data = Path(folder) / "data"
        begun(data)
        environment = {**os.environ, "RELIER_DATA": str(data), "RELIER_MODE": mode}
        for name in fresh.ASIDE:
            environment.pop(name, None)
        with subprocess.Popen(
            [sys.executable, "-m", *program],
            env=environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                yield process
            finally:
                process.terminate()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def visits_said_by(process: "subprocess.Popen[str]") -> list[Visit]:
    """What the process says before it serves. It says why when it stops instead."""
    visits: list[Visit] = []
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("["):
            visits = [Visit(*visit) for visit in json.loads(line)]
        if line.startswith(READY):
            return visits
    raise SystemExit("Relier did not start: see above.")


# --- in the process itself -----------------------------------------------------------------------


def plant_and_serve(port: int, *, crowded: bool) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relier.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    if crowded:
        settings.ROOT_URLCONF = "tests.browser.broken"

    call_command("demo", plant_only=True)
    print(json.dumps([astuple(visit) for visit in prepare(crowded=crowded)]), flush=True)
    call_command("demo", port=port)


def prepare(*, crowded: bool) -> list[Visit]:
    """Complete the houses, and say who opens which page at which address."""
    from relier.centres.models import Member

    from . import places, world

    nour = Member.objects.get(user__name__startswith="Nour")
    awa = world.awa_of(nour.centre)
    world.complete(awa, nour)
    if crowded:
        world.lengthen(awa, nour)
    # What Nour does not see, Colette opens.
    colette = Member.objects.get(user__name__startswith="Colette", centre=nour.centre)
    found = places.things(awa, colette) | places.things(awa, nour)
    pages = {page.name: page for page in places.to_look_at()}

    def visit(who: str, name: str, *, also: bool = False) -> Visit:
        return Visit(who, name, places.address(pages[name], found), also)

    return [
        Visit("", "account_login", "/sign-in/"),
        *(visit(BY_WALL.get(page.read, "Nour"), name) for name, page in pages.items()),
        *(visit(who, name, also=True) for who, names in ALSO.items() for name in names),
    ]


if __name__ == "__main__":
    plant_and_serve(int(sys.argv[1]), crowded=sys.argv[2] == "1")
