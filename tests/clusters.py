"""A PostgreSQL of one test's own, for what a server says of all its databases at once."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def programs() -> Path:
    """Where the programs of a server stand on this machine; skips where there are none."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not folders:
        pytest.skip("Needs the programs of a PostgreSQL server (initdb) on this machine.")
    return folders[-1]


@contextmanager
def cluster() -> Iterator[str]:
    """The address of its database, reached by its socket; gone at the end."""
    bin_folder = programs()
    folder = Path(tempfile.mkdtemp(prefix="relier-cluster-"))
    # A server refuses to be run by root.
    owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if owner:
        shutil.chown(folder, "postgres")
    data = str(folder / "data")

    def run(program: str, *arguments: str) -> None:
        command = [*owner, str(bin_folder / program), "-D", data, *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)

    run("initdb", "-U", "relier", "--auth=trust", "-E", "UTF8", "--no-sync")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    run("pg_ctl", "-l", str(folder / "log"), "-w", "-o", options, "start")
    try:
        yield f"postgres://relier@{str(folder).replace('/', '%2F')}/postgres"
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder)
