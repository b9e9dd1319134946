"""A PostgreSQL of our own for a measure, in a folder of its own, stopped and removed afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """Where the newest PostgreSQL of this machine is, as Debian puts it."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    return found[-1].parent if found else None


@contextmanager
def cluster() -> Iterator[str]:
    """Its address. What it confirms is on the disk, as for a centre (fsync is left on)."""
    where = programs()
    if where is None:
        raise SystemExit("PostgreSQL is not on this machine.")
    folder = Path(tempfile.mkdtemp(prefix="relier-postgres."))
    as_owner: list[str] = []
    if os.getuid() == 0:  # it refuses to run as root
        shutil.chown(folder, "postgres")
        as_owner = ["runuser", "-u", "postgres", "--"]

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [*as_owner, str(where / program), "-D", f"{folder}/data", *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
        )

    try:
        run("initdb", "-U", "relier", "--auth=trust", "-E", "UTF8")
        run(
            "pg_ctl",
            "-l",
            f"{folder}/log",
            "-w",
            "-o",
            f"-k {folder} -c listen_addresses=''",
            "start",
        )
        yield f"postgres://relier@{str(folder).replace('/', '%2F')}/postgres"
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder)
