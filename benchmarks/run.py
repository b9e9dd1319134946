"""`make bench`: every claim of the README, each measured beside its peer."""

import subprocess
import sys

CLAIMS = [
    ("Likely duplicates of names", "benchmarks.names"),
    ("The pages of every day", "benchmarks.pages"),
    ("The journal", "benchmarks.journal"),
    ("Where someone stands, from half of the questions", "benchmarks.positioning"),
    ("Preparing the visit of the inspection", "benchmarks.inspection"),
    ("What sealing costs", "benchmarks.sealing"),
    ("Hours counted anew", "benchmarks.hours"),
    ("Returns of a federation, and the grid of presence", "benchmarks.training"),
    ("Spreadsheets imported, and taken back", "benchmarks.importing"),
    ("Sheets to print", "benchmarks.paper_printing"),
    ("Paper read back", "benchmarks.paper"),
    ("Ten thousand voices in ten minutes", "benchmarks.voices"),
    ("Opinions", "benchmarks.opinions"),
    ("Opinions: the gate for many people", "benchmarks.opinions.large_gate"),
]


def main() -> int:
    failed = []
    for title, module in CLAIMS:
        print(f"\n## {title}\n", flush=True)
        if subprocess.run([sys.executable, "-m", module], check=False).returncode:
            failed.append(title)
    for title in failed:
        print(f"Not kept: {title}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
