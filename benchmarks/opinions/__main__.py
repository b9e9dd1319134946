"""Opinions: our engine, Polis' pipeline and red-dwarf, on the same votes.

    python -m benchmarks.opinions                      all of it: about half an hour
    python -m benchmarks.opinions --parts real,invented,million
    python -m benchmarks.opinions --engines ours,polis --permutations 10

Nine real conversations (Polis' open data, CC BY 4.0; looked for in RELIER_OPINIONS_DATA, or in
`shared/data/opinions` beside a folder above) and invented ones as large as Polis ever had. Each
engine runs on each in a process of its own. Polis is our rendering of its pipeline started cold,
checked against the groups that it published (`python -m benchmarks.opinions.polis FOLDER`).

    cpu s, wall s   of the analysis, everything loaded before
    MB, +MB         peak of the process; and over what it held with the votes in memory
    groups          sizes, the smallest first
    changed         orders of arrival, of so many tried, that change the result: for ours any byte,
                    for the others who is with whom
    bits            per hidden vote, in ten folds (one of the ten on invented ones); ours averages
                    its models, the others say of each person what their group says

Exits with 1 when something promised is not kept: no group under five, nothing that changes with
order, bits at most 0.95 of Polis' on eight of the nine, and above 2 000 people a tenth of
red-dwarf's processor time and a quarter of its memory.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from . import peers, predicting
from .conversations import INVENTED, ROOT, Named, data_folder, invented, real, saved

HEAD = (
    f"{'conversation':<28}{'engine':<10}{'cpu s':>8}{'wall s':>8}{'MB':>7}{'+MB':>6}"
    f"{'bits':>8}{'changed':>10}  groups"
)
PARTS = ("real", "invented", "million")
# Statistics of small groups: nulls, camps, colluders. Its own module says what it costs.
ENGINES = ("ours", "polis", "red-dwarf")
Told = dict[str, dict[str, float]]


def main() -> int:
    asked = asked_for()
    print(__doc__.partition("\n\n    cpu s")[0].partition("\n")[0], flush=True)
    told: Told = {}
    failed: list[str] = []
    if "real" in asked.parts or "invented" in asked.parts:
        print("\n" + HEAD, flush=True)
    for conversation in conversations(asked):
        told[conversation.name] = beside(conversation, asked.engines)
    failed += broken(told)
    if "million" in asked.parts:
        print()
        module = [sys.executable, "-m", "benchmarks.opinions.million"]
        if subprocess.run(module, cwd=ROOT, check=False).returncode:
            failed.append("a million people in 60 seconds and 2 GB")
    for promise in failed:
        print(f"Not kept: {promise}")
    return 1 if failed else 0


def asked_for() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.opinions",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--parts", default=",".join(PARTS), help="with commas between")
    parser.add_argument("--engines", default=",".join(ENGINES), help="with commas between")
    parser.add_argument("--permutations", type=int, default=100, help="orders of the real ones")
    parser.add_argument("--only", help="only conversations whose name holds this")
    asked = parser.parse_args()
    asked.parts, asked.engines = asked.parts.split(","), asked.engines.split(",")
    for word, known in ((asked.parts, PARTS), (asked.engines, ENGINES)):
        if unknown := set(word) - set(known):
            parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(known)}")
    return asked


def conversations(asked: argparse.Namespace):
    """The conversations asked for, made one after the other."""
    if "real" in asked.parts:
        folder = data_folder()
        if folder is None:
            print("The real conversations are not here: tell RELIER_OPINIONS_DATA where.")
        for one in real(folder, asked.permutations) if folder else []:
            if not asked.only or asked.only in one.name:
                yield one
    if "invented" in asked.parts:
        few = min(asked.permutations, 20), min(asked.permutations, 3)
        for name in INVENTED:
            if not asked.only or asked.only in name:
                yield invented(name, few)


def beside(conversation: Named, engines: list[str]) -> dict[str, float]:
    """A line for each engine, and the figures that promises are about."""
    some = predicting.folds_of(conversation.votes, conversation.folds)
    figures: dict[str, float] = {"people": len(conversation.votes)}
    base = predicting.bits(some, predicting.by_statement).mean
    print(f"{conversation.name:<28}{'(rate of each statement)':<39}{base:>8.4f}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "votes.npz"
        saved(conversation, path)
        for engine in engines:
            told = run(engine, path, conversation)
            if told is None:
                continue
            predictor = (
                predicting.by_ours if engine == "ours" else predicting.by_groups(told["folds"])
            )
            told["bits"] = predicting.bits(some, predictor).mean
            line(conversation, engine, told)
            figures |= {f"{engine} {name}": told[name] for name in ("processor", "peak", "bits")}
            figures[f"{engine} changed"] = told["changed"]
            figures[f"{engine} smallest"] = min(told["sizes"], default=0)
    return figures


def run(engine: str, path: Path, conversation: Named) -> dict | None:
    """What `measure` says of an engine, each with one thread as far as libraries can be told."""
    permutations = conversation.permutations[0 if engine == "ours" else 1]
    try:
        python = peers.python() if engine == "red-dwarf" else Path(sys.executable)
    except peers.NotInstalled as missing:
        print(f"  {missing}", flush=True)
        return None
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    done = subprocess.run(
        [python, "-W", "ignore", "-m", "benchmarks.opinions.measure", engine, path,
         "--permutations", str(permutations), "--folds", str(conversation.folds)],
        cwd=ROOT, env={**os.environ, **single, "RELIER_OPINIONS_THREADS": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        print(f"  {engine} failed: {done.stderr.strip().splitlines()[-1:]}", flush=True)
        return None
    return json.loads(done.stdout.splitlines()[-1])


def line(conversation: Named, engine: str, told: dict) -> None:
    print(
        f"{'':<28}{engine:<10}{told['processor']:>8.3f}{told['seconds']:>8.3f}"
        f"{told['peak']:>7.0f}{told['more']:>6.0f}{told['bits']:>8.4f}"
        f"{told['changed']:>5}/{told['permutations']:<4}  {told['sizes']}",
        flush=True,
    )


def broken(told: Told) -> list[str]:
    """The promises that were not kept, in words; those that could not be measured are left out."""
    failed = []
    for name, one in told.items():
        if 0 < one.get("ours smallest", 9) < 5:
            failed.append(f"{name}: a group under five")
        if one.get("ours changed", 0):
            failed.append(f"{name}: the order changes the result")
        if one["people"] > 2000 and "red-dwarf peak" in one and "ours peak" in one:
            if one["ours processor"] > one["red-dwarf processor"] / 10:
                failed.append(f"{name}: not ten times as fast as red-dwarf")
            if one["ours peak"] > one["red-dwarf peak"] / 4:
                failed.append(f"{name}: more than a quarter of the memory of red-dwarf")
    ratios = [
        one["ours bits"] / one["polis bits"]
        for name, one in told.items()
        if name not in INVENTED and "polis bits" in one and "ours bits" in one
    ]
    if ratios:
        good = sum(ratio <= 0.95 for ratio in ratios)
        print(f"\nBits beside Polis': {', '.join(f'{ratio:.3f}' for ratio in ratios)}")
        if good < min(8, len(ratios)):
            failed.append(f"bits at most 0.95 of Polis' on {good} conversations only")
    return failed


if __name__ == "__main__":
    sys.exit(main())
