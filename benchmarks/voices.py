"""Ten thousand voices in ten minutes, on SQLite then on PostgreSQL, from the card to the receipt,
while someone looks at the results: none lost, figures always those of a recount, beside the
plainest Django view that inserts one row, under the same middleware, in the same run.

    python -m benchmarks.voices [--voices 10000] [--minutes 10]

Each voice comes at an hour of its own, drawn evenly: it opens its card, reads a statement, answers
all of them, reads its answers back, gives them. The peer's form is read and sent beside it.

Exits with 1 when a voice is lost or refused, when a release is not what a recount says, when voices
did not go through in the minutes that they were given, or when the page of a statement is ten times
as slow as the peer's page at the median, or takes more than a second (p99).
"""

import argparse
import http.client
import json
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from urllib.parse import urlencode

from . import postgres
from .journal import environment_of

ROOT = Path(__file__).resolve().parent.parent
PORT = 8771
PEOPLE = 24  # telephones at once, at most
LOOK_EVERY = 5.0
MOST_TIMES, MOST_P99 = 10.0, 1000.0
SAID = {"agree": "agree", "disagree": "disagree", "pass": "pass"}


@dataclass
class Run:
    """What the telephones met. `times`: page -> seconds; `totals`: (number, answer) -> how many."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    totals: Counter = field(default_factory=Counter)
    given: int = 0
    faults: list[str] = field(default_factory=list)
    late: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def took(self, page: str, seconds: float) -> None:
        with self.lock:
            self.times[page].append(seconds)

    def failed(self, fault: str) -> None:
        with self.lock:
            self.faults.append(fault)


class Telephone:
    """Cookies of its own, one connection, and each page timed."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.cookies: dict[str, str] = {}
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)

    def ask(self, page: str, path: str, values: dict | None = None) -> tuple[int, str]:
        """The status, and where it leads."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if values is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["X-CSRFToken"] = next(
                (value for name, value in self.cookies.items() if "csrf" in name), ""
            )
            body = urlencode(values)
        began = time.perf_counter()
        self.connection.request("POST" if body is not None else "GET", path, body, headers)
        answer = self.connection.getresponse()
        answer.read()
        self.run.took(page, time.perf_counter() - began)
        for told in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = told.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", "")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--voices", type=int, default=10_000)
    options.add_argument("--minutes", type=float, default=10.0)
    options.add_argument("--only", choices=["sqlite", "postgresql"], help="one engine")
    chosen = options.parse_args()
    print(
        "| engine | voices | lost | releases | page of a statement: median, p99 "
        "| giving: median, p99 | the plainest page, and insert | statement / plainest |"
    )
    print("|---|---|---|---|---|---|---|---|")
    faults = []
    if chosen.only != "postgresql":
        with tempfile.TemporaryDirectory() as folder:
            faults += measure("SQLite", environment_of(folder), chosen)
    if chosen.only == "sqlite":
        pass
    elif postgres.programs():
        with tempfile.TemporaryDirectory() as folder, postgres.cluster() as address:
            faults += measure("PostgreSQL", environment_of(folder, address), chosen)
    else:
        faults.append("PostgreSQL is not on this machine: nothing was measured with it")
    print("\n".join(faults))
    return 1 if faults else 0


def inside(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.voices_inside", *arguments]


def ask(environment: dict[str, str], *arguments: str) -> dict:
    done = subprocess.run(
        inside(*arguments), env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    return json.loads(done.stdout.splitlines()[-1])


def measure(engine: str, environment: dict[str, str], chosen: argparse.Namespace) -> list[str]:
    environment = {
        **environment,
        "DJANGO_SETTINGS_MODULE": "benchmarks.voices_settings",
        "PYTHONPATH": str(ROOT),
    }
    told = ask(environment, "prepare", str(chosen.voices))
    server = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "relier.config.wsgi:application", "--bind",
            f"127.0.0.1:{PORT}", "--workers", "2", "--threads", "4", "--preload",
            "--no-control-socket", "--log-level", "error",
        ],
        env=environment, cwd=ROOT,
    )  # fmt: skip
    try:
        wait_for(server)
        run, checks, seconds = speak(environment, told, chosen)
    finally:
        server.terminate()
        server.wait(timeout=30)
    return report(engine, run, checks, ask(environment, "close"), seconds, chosen)


def wait_for(server: subprocess.Popen) -> None:
    for _ in range(400):
        try:
            if Telephone(Run()).ask("", "/peer/")[0] == 200:
                return
        except OSError:
            time.sleep(0.05)
        if server.poll() is not None:
            break
    raise SystemExit("The server did not answer.")


def speak(
    environment: dict[str, str], told: dict, chosen: argparse.Namespace
) -> tuple[Run, list[dict], float]:
    """Every voice at its hour, and meanwhile whoever looks, and the recount."""
    chance, run, over = random.Random(20261127), Run(), threading.Event()
    hours = sorted(chance.uniform(0, chosen.minutes * 60) for _voice in range(chosen.voices))
    waiting: Queue = Queue()
    for hour, code in zip(hours, told["cards"], strict=False):
        waiting.put((hour, code, chance.random()))
    checks: list[dict] = []
    began = time.perf_counter()
    beside = [
        threading.Thread(target=look, args=(run, told["cards"][-1], over)),
        threading.Thread(target=recount, args=(environment, checks, over)),
    ]
    people = [
        threading.Thread(target=telephones, args=(run, waiting, began, told["statements"]))
        for _person in range(PEOPLE)
    ]
    for one in (*beside, *people):
        one.start()
    for one in people:
        one.join()
    seconds = time.perf_counter() - began
    over.set()
    for one in beside:
        one.join()
    return run, checks, seconds


def telephones(run: Run, waiting: Queue, began: float, count: int) -> None:
    while True:
        try:
            hour, code, seed = waiting.get_nowait()
        except Empty:
            return
        early = hour - (time.perf_counter() - began)
        if early > 0:
            time.sleep(early)
        with run.lock:
            run.late = max(run.late, -early)
        try:
            one_voice(run, code, random.Random(seed), count)
        except (OSError, http.client.HTTPException, KeyError) as fault:
            run.failed(f"{type(fault).__name__}: {fault}")


def one_voice(run: Run, code: str, chance: random.Random, count: int) -> None:
    telephone = Telephone(run)
    telephone.ask("card", f"/voice/c/{code}/")
    telephone.ask("statement", f"/voice/s/{chance.randint(1, count)}/")
    said = {number: chance.choice(list(SAID)) for number in range(1, count + 1)}
    telephone.ask("answers", "/voice/all/", {f"s{number}": one for number, one in said.items()})
    telephone.ask("read back", "/voice/review/")
    status, where = telephone.ask("giving", "/voice/review/", {})
    if (status, where) == (302, "/voice/given/"):
        with run.lock:
            run.given += 1
            run.totals.update(said.items())
    else:
        run.failed(f"giving answered {status} {where}")
    telephone.ask("plainest page", "/peer/")
    status, _where = telephone.ask("plainest insert", "/peer/", {"words": "agree"})
    if status != 302:
        run.failed(f"the peer answered {status}")
    telephone.connection.close()


def look(run: Run, code: str, over: threading.Event) -> None:
    """Someone looks at the results, again and again: releases are made then."""
    telephone = Telephone(run)
    telephone.ask("card", f"/voice/c/{code}/")
    while not over.wait(LOOK_EVERY):
        telephone.connection.close()  # the server let it go meanwhile; it is opened again
        if telephone.ask("results", "/voice/results/")[0] != 200:
            run.failed("the results did not answer")


def recount(environment: dict[str, str], checks: list[dict], over: threading.Event) -> None:
    """In a process of its own, while voices come."""
    process = subprocess.Popen(
        inside("serve"), env=environment, cwd=ROOT, text=True, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    while not over.wait(LOOK_EVERY):
        process.stdin.write("\n")
        process.stdin.flush()
        checks.append(json.loads(process.stdout.readline()))
    process.communicate()


def in_ms(times: list[float]) -> tuple[float, float]:
    """The median and the 99th percentile."""
    if len(times) < 2:
        return 0.0, 0.0
    return statistics.median(times) * 1000, statistics.quantiles(times, n=100)[98] * 1000


def report(
    engine: str, run: Run, checks: list[dict], end: dict, seconds: float,
    chosen: argparse.Namespace,
) -> list[str]:  # fmt: skip
    pages = ("statement", "giving", "plainest page", "plainest insert")
    page, giving, bare, insert = (in_ms(run.times[name]) for name in pages)
    lost, ratio = chosen.voices - end["voices"], page[0] / max(bare[0], 0.001)
    print(
        f"| {engine} | {end['voices']} in {seconds / 60:.1f} min | {lost} | {end['release']} "
        f"| {page[0]:.0f} ms, {page[1]:.0f} ms | {giving[0]:.0f} ms, {giving[1]:.0f} ms "
        f"| {bare[0]:.0f} ms, {insert[0]:.0f} ms | {ratio:.1f} |",
        flush=True,
    )
    faults = [f"{engine}: {fault}" for fault in dict.fromkeys(run.faults[:5])]
    if lost or run.given != chosen.voices:
        faults.append(f"{engine}: {lost} voices are lost, {run.given} were confirmed")
    if not all(one["same"] for one in [*checks, end]) or not end.get("final"):
        faults.append(f"{engine}: a release is not what a recount says")
    counted = {
        (int(number), name): one[name]
        for number, one in end.get("counts", {}).items()
        for name in SAID
    }
    if counted != dict.fromkeys(counted, 0) | dict(run.totals):
        faults.append(f"{engine}: the end is not what the telephones sent")
    if seconds > chosen.minutes * 60 + 30:
        faults.append(f"{engine}: took {seconds:.0f} s, a voice began {run.late:.0f} s late")
    if ratio > MOST_TIMES:
        faults.append(f"{engine}: a statement takes {ratio:.1f} times the plainest page")
    if page[1] > MOST_P99:
        faults.append(f"{engine}: p99 of a statement is {page[1]:.0f} ms")
    return faults


if __name__ == "__main__":
    sys.exit(main())
