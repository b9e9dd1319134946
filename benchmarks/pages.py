"""The pages of every day with 150 000 people planted, beside a bare Django list of the same table
(`ListView`, 20 rows a page, in the frame of every page), under the same middleware, in the same
run: requests per second, median and p99 with 8 clients, query counts, memory of two workers, cold
start.

    python -m benchmarks.pages [--people 150000] [--seconds 2]

Exits with 1 when a page has less than half the rate of the list, when two workers take more than
200 MB, when the first page takes more than 2 s to come, or when a query count depends on the
person. Rounds of the pages alternate, so that a busy moment of the machine falls on all of them.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORT = 8766
CLIENTS = 8
# Shown for the record: the peer without its frame, and a list of 50 rows with teams and workers.
UNPROMISED = {"20 rows, naked", "people, 50 on a page"}
ROUNDS = 4


@dataclass
class Measured:
    path: str
    times: list[float] = field(default_factory=list)
    seconds: float = 0.0
    queries: set[int] = field(default_factory=set)

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    @property
    def median(self) -> float:
        return statistics.median(self.times) * 1000

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.times, n=100)[98] * 1000


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=150_000)
    options.add_argument("--seconds", type=float, default=2.0, help="of each round of each page")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "RELIER_MODE": "office",
            "RELIER_DATA": os.environ.get("RELIER_BENCH_DATA", folder),
            "DJANGO_SETTINGS_MODULE": "benchmarks.pages_settings",
            "PYTHONPATH": str(ROOT),
        }
        if not (Path(environment["RELIER_DATA"]) / "relier.sqlite3").exists():
            run(environment, "-m", "relier.config.command", "plant", "--people", str(chosen.people))
        # What to ask for, who asks, and how many queries each page makes, from the real database.
        told = json.loads(run(environment, "-m", "benchmarks.pages_asked"))
        start, memory, pages = serve_and_ask(environment, told, chosen.seconds)
    return report(told, start, memory, pages)


def run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    return done.stdout.decode()


def serve_and_ask(
    environment: dict[str, str], told: dict, seconds: float
) -> tuple[float, float, dict[str, Measured]]:
    began = time.perf_counter()
    server = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "relier.config.wsgi:application", "--bind",
            f"127.0.0.1:{PORT}", "--workers", "2", "--preload", "--no-control-socket",
            "--log-level", "error",
        ],
        env=environment, cwd=ROOT,
    )  # fmt: skip
    try:
        wait_for_first_page(told["cookie"])
        start = time.perf_counter() - began
        pages = {name: Measured(path) for name, path in told["pages"].items()}
        for page in pages.values():
            ask_for(page.path, told["cookie"], seconds / 4)
        for _ in range(ROUNDS):
            for page in pages.values():
                times, took = ask_for(page.path, told["cookie"], seconds)
                page.times += times
                page.seconds += took
        return start, memory_of(server.pid), pages
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for_first_page(cookie: str) -> None:
    for _ in range(400):
        try:
            if one("/", cookie) == 200:
                return
        except OSError:
            time.sleep(0.02)
    raise SystemExit("The server did not answer.")


def one(path: str, cookie: str) -> int:
    connection = HTTPConnection("127.0.0.1", PORT, timeout=30)
    connection.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def ask_for(path: str, cookie: str, seconds: float) -> tuple[list[float], float]:
    """Eight clients, each asking again as soon as it is answered."""
    times: list[float] = []
    end = time.perf_counter() + seconds

    def client() -> None:
        while time.perf_counter() < end:
            began = time.perf_counter()
            status = one(path, cookie)
            times.append(time.perf_counter() - began)
            if status != 200:
                raise SystemExit(f"{path} answered {status}.")

    began = time.perf_counter()
    clients = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in clients:
        thread.start()
    for thread in clients:
        thread.join()
    return times, time.perf_counter() - began


def memory_of(pid: int) -> float:
    """Proportional memory of the server and its workers in MB: shared pages counted once."""
    total = 0
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for process in [pid, *map(int, children)]:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        total += sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
    return total / 1024


def report(told: dict, start: float, memory: float, pages: dict[str, Measured]) -> int:
    bare = pages["bare list"].rate
    print(f"{told['people']} people; {told['in_centre']} in the largest centre\n")
    print("| page | requests/s | beside the bare list | median | p99 | queries |")
    print("|---|---|---|---|---|---|")
    faults = []
    for name, page in pages.items():
        queries = told["queries"].get(name, [])
        shown = "/".join(str(count) for count in sorted(set(queries))) or "–"
        ratio = page.rate / bare
        print(
            f"| {name} | {page.rate:.0f} | {ratio:.2f} | {page.median:.0f} ms "
            f"| {page.p99:.0f} ms | {shown} |"
        )
        if ratio < 0.5 and name not in UNPROMISED:
            faults.append(f"{name}: {ratio:.2f} of the bare list's rate, at least 0.5 is promised")
        if len(set(queries)) > 1:
            faults.append(f"{name}: its queries are not constant: {sorted(set(queries))}")
    print(f"\nTwo workers: {memory:.0f} MB. First page after a cold start: {start:.2f} s.")
    if memory > 200:
        faults.append(f"two workers take {memory:.0f} MB, at most 200 is promised")
    if start > 2:
        faults.append(f"the first page took {start:.1f} s, at most 2 is promised")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
