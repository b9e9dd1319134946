"""Returns of a whole federation, and the grid of a session, beside the floor: the same totals by
plain SQL over the rows.

    python -m benchmarks.training [--centres 15] [--years 10]
    RELIER_BENCH_FEDERATION=/folder python -m benchmarks.training     (planted already)

On SQLite; on the PostgreSQL that DATABASE_URL names too, when it names one. The whole scale (151
centres, 10 years, 15 million rows) is planted once by

    RELIER_DATA=/folder relier training plant-federation --this-database-is-empty

and measured with the second form; by default a tenth of it is planted and thrown away. Exits with 1
when the annual return of a centre takes more than 1 s, that of all of them more than 60 s, when a
ratio passes 3, when totals differ, or when the number of queries of a grid depends on how many
people are in it.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--centres", type=int, default=15)
    options.add_argument("--years", type=int, default=10)
    chosen = options.parse_args()
    planted = os.environ.get("RELIER_BENCH_FEDERATION", "")
    postgres = os.environ.get("DATABASE_URL", "")
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        failed |= measure(planted or folder, "", chosen, plants=not planted)
        if postgres.startswith("postgres"):
            failed |= measure(folder, postgres, chosen, plants=True)
    return failed


def measure(folder: str, url: str, chosen: argparse.Namespace, *, plants: bool) -> int:
    environment = {
        **os.environ, "RELIER_MODE": "office", "RELIER_DATA": folder, "PYTHONPATH": str(ROOT),
        "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "benchmarks.training_settings",
    }  # fmt: skip
    if not url:
        environment.pop("DATABASE_URL")
    print("PostgreSQL" if url else "SQLite", flush=True)
    if plants and not has_rows(environment):
        asked = ["--centres", str(chosen.centres), "--years", str(chosen.years)]
        command = ["-m", "relier.config.command", "training", "plant-federation", *asked]
        run(environment, *command, "--this-database-is-empty")
    return run(environment, "-m", "benchmarks.training_inside", check=False)


def has_rows(environment: dict[str, str]) -> bool:
    """Whether a federation was planted there before (a PostgreSQL is not thrown away here)."""
    return run(environment, "-m", "benchmarks.training_inside", "--is-planted", check=False) == 0


def run(environment: dict[str, str], *arguments: str, check: bool = True) -> int:
    done = subprocess.run([sys.executable, *arguments], env=environment, cwd=ROOT, check=check)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
