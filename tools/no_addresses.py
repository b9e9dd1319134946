"""No committed file may say where packages come from, or where this checkout stands.

A registry's address in a file would decide for a centre, or for its mirror, where code comes from;
an absolute path works on one machine only. The lock files keep versions and hashes, nothing else.
What is looked for is put together below, so that this file does not contain it.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

REGISTRIES = ["py" + "pi.org", "python" + "hosted", "registry.np" + "mjs"]
PRIVATE = [r"/(?:root|home)(?![\w.-])", "/wo" + "rk/"]
# Folders that anyone may name: of a checkout that stands in one of them, only its own is private.
SHARED = {"/", "/tmp", "/opt", "/srv", "/usr", "/var"}
INDEX_OPTIONS = re.compile(
    r"^\s*(?:-i|-f|--(?:extra-)?index-url|--find-links|--trusted-host)\b|://", re.MULTILINE
)
LOCKED = re.compile(r"^[\w.\-\[\],]+==\S+")


def forbidden(root: Path) -> re.Pattern[str]:
    """What no file may contain: registries, and absolute paths of someone's machine."""
    here = root if root.parent.as_posix() in SHARED else root.parent
    paths = "|".join([*PRIVATE, re.escape(here.as_posix()) + "/"])
    registries = "|".join(map(re.escape, REGISTRIES))
    # Before a path from the root stands neither a word, a dot, ~, <, - nor another slash.
    return re.compile(rf"(?i:{registries})|(?<![\w.~/<-])(?:{paths})", re.ASCII)


def tracked(root: Path) -> Iterator[Path]:
    """The files that git follows and that are still there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, check=True, capture_output=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (root / name).is_file():
            yield root / name


def addresses(path: Path, pattern: re.Pattern[str]) -> Iterator[str]:
    """Each forbidden address in a file, with its line. Binary files are read as Latin letters."""
    for number, line in enumerate(path.read_bytes().decode("latin-1").splitlines(), 1):
        yield from (f"line {number}: {match[0]}" for match in pattern.finditer(line))


def lock_faults(text: str) -> Iterator[str]:
    """What is wrong in a requirements file: addresses, or a package without version or hash."""
    if option := INDEX_OPTIONS.search(text):
        yield f"names an index: {option[0].strip()}"
    logical_lines = text.replace("\\\n", " ").splitlines()
    for line in (line.strip() for line in logical_lines):
        if not line or line.startswith(("#", "-")):
            continue
        if not LOCKED.match(line) or "--hash=sha256:" not in line:
            yield f"no exact version or no hash: {line[:60]}"


def faults(root: Path) -> Iterator[str]:
    pattern = forbidden(root)
    for path in tracked(root):
        name = path.relative_to(root).as_posix()
        yield from (f"{name}: {found}" for found in addresses(path, pattern))
    for path in sorted(root.glob("requirements/*.txt")):
        name = path.relative_to(root).as_posix()
        yield from (f"{name}: {found}" for found in lock_faults(path.read_text(encoding="utf-8")))


def main(root: Path = ROOT) -> int:
    found = list(faults(root))
    for fault in found:
        print(fault)
    print(f"{len(found)} addresses that must not be committed.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
