"""The journal: eight processes that write 8 000 lines in one chain, on SQLite and PostgreSQL, none
lost, none refused; what a reading adds to a page; a chain of a million lines read to its end.

    python -m benchmarks.journal [--lines 8000] [--chain 1000000] [--opens 300]

Exits with 1 when a line is lost or refused, when a reading that is written adds more than 15 % to
the page of a file or more than 2 ms to another, or when a million lines take more than 60 s or
300 MB to verify. With and without a reading alternate, page by page, in one run.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from . import postgres

ROOT = Path(__file__).resolve().parent.parent
WRITERS = 8
MOST_ADDED = 0.15
MOST_MS = 2.0
A_MILLION = 1_000_000
MOST_SECONDS, MOST_MB = 60, 300


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lines", type=int, default=8_000)
    options.add_argument("--chain", type=int, default=A_MILLION)
    options.add_argument("--opens", type=int, default=300, help="of each page, each way")
    chosen = options.parse_args()
    faults = []
    print("| eight writers in one chain | lines | lost or refused | lines/s |")
    print("|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        faults += writers("SQLite", environment_of(folder), chosen.lines)
    if postgres.programs():
        with tempfile.TemporaryDirectory() as folder, postgres.cluster() as address:
            faults += writers("PostgreSQL", environment_of(folder, address), chosen.lines)
    else:
        faults.append("PostgreSQL is not on this machine: nothing was measured with it")
    with tempfile.TemporaryDirectory() as folder:
        faults += readings(environment_of(folder), chosen.opens)
    with tempfile.TemporaryDirectory() as folder:
        faults += long_chain(environment_of(folder), chosen.chain)
    print("\n".join(faults))
    return 1 if faults else 0


def environment_of(folder: str, address: str = "") -> dict[str, str]:
    ours = {"DATABASE_URL", "RELIER_KEYS", "RELIER_ANCHOR", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {
        **kept,
        "RELIER_MODE": "office",
        "RELIER_DATA": f"{folder}/data",
        "DJANGO_SETTINGS_MODULE": "relier.config.settings",
        **({"DATABASE_URL": address} if address else {}),
    }


def inside(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.journal_inside", *arguments]


def ask(environment: dict[str, str], *arguments: str) -> dict:
    done = subprocess.run(
        inside(*arguments), env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    return json.loads(done.stdout)


# --- eight writers -------------------------------------------------------------------------------


def write_at_once(environment: dict[str, str], lines: int, *, both: bool = False) -> dict:
    """Eight processes write `lines` in all. With `both`, each transaction writes in two chains, one
    after the other or the other way round: what waits on what must not go in a circle.

    Returns what was written, refused, found afterwards, the first fault, and the seconds."""
    ask(environment, "prepare")
    command = inside("write", str(lines // WRITERS), "both" if both else "one")
    pipe = subprocess.PIPE
    processes = [
        subprocess.Popen(command, env=environment, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
        for _ in range(WRITERS)
    ]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    began = time.perf_counter()
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [json.loads(process.communicate()[0]) for process in processes]
    seconds = time.perf_counter() - began
    refused = [reason for one in told for reason in one["refused"]]
    return {
        "written": sum(one["written"] for one in told),
        "refused": refused,
        "seconds": seconds,
        **ask(environment, "count"),
    }


def writers(engine: str, environment: dict[str, str], lines: int) -> list[str]:
    done = write_at_once(environment, lines)
    lost = lines - done["lines"]
    rate = done["lines"] / done["seconds"]
    print(f"| {engine} | {done['lines']} | {lost} | {rate:.0f} |", flush=True)
    faults = [f"{engine}: refused, {reason}" for reason in done["refused"][:3]]
    faults += [f"{engine}: {lost} lines are lost"] if lost else []
    return faults + [f"{engine}: {fault}" for fault in done["faults"]]


# --- what a reading adds -------------------------------------------------------------------------


def readings(environment: dict[str, str], opens: int) -> list[str]:
    run = [sys.executable, "-m", "relier.config.command", "plant", "--people", "3000"]
    subprocess.run(
        [*run, "--centres", "2"], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )
    told = ask(environment, "read", str(opens))
    print("\n| page (medians) | no line | a line is written | adds | read again | adds |")
    print("|---|---|---|---|---|---|")
    faults = []
    for name, (without, written, again) in told.items():
        print(
            f"| {name} | {without:.2f} ms | {written:.2f} ms | {share(written, without)} "
            f"| {again:.2f} ms | {share(again, without)} |"
        )
        added = written - without
        if name == "a whole file" and added > MOST_ADDED * without:
            faults.append(f"{name}: a reading adds {share(written, without)}, at most +15 %")
        if name != "a whole file" and added > MOST_MS:
            faults.append(f"{name}: a reading adds {added:.1f} ms, at most 2")
    print(flush=True)
    return faults


def share(one: float, beside: float) -> str:
    return f"{one - beside:+.2f} ms ({(one / beside - 1) * 100:+.0f} %)"


# --- a million lines -----------------------------------------------------------------------------


def long_chain(environment: dict[str, str], lines: int) -> list[str]:
    ask(environment, "prepare")
    ask(environment, "chain", str(lines))
    began = time.perf_counter()
    command = [sys.executable, "-m", "relier.config.command", "journal", "verify"]
    said = subprocess.run(
        command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    seconds = time.perf_counter() - began
    # The largest of the children so far: what wrote the chain, in pieces, takes less.
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{said.strip()} Verified in {seconds:.1f} s; at most {memory:.0f} MB.")
    faults = [] if f"{lines} lines" in said else ["the chain was not read to its end"]
    if seconds > MOST_SECONDS * lines / A_MILLION + 2:  # 2 s to start a command
        faults.append(f"verifying took {seconds:.0f} s, at most {MOST_SECONDS} for a million")
    if memory > MOST_MB:
        faults.append(f"verifying took {memory:.0f} MB, at most {MOST_MB}")
    return faults


if __name__ == "__main__":
    sys.exit(main())
