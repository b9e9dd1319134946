"""A copy of Relier of its own, served and killed as one would, and a browser that speaks HTTP."""

import os
import re
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from . import fresh

OURS = {
    "RELIER_MODE",
    "RELIER_SECRET_KEY",
    "RELIER_HOSTS",
    "RELIER_KEYS",
    "RELIER_BACKUPS",
    "RELIER_ANCHOR",
    "RELIER_DATA",
    "DATABASE_URL",
    "DJANGO_SETTINGS_MODULE",
}
HOUSE = {
    "centre_name": "Les Passerelles", "kind": "cisp", "team_name": "Accueil", "name": "Nour",
    "email": "nour@example.invalid", "role": "social_worker", "bound": "on",
    "password": "correct horse battery",
}  # fmt: skip


class Office:
    """`relier …` on a folder of its own; served, and killed as a cut of the power would.
    `settings` are those of the environment (RELIER_KEYS, DATABASE_URL…)."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.settings = settings
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.server: subprocess.Popen[str] | None = None

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in OURS}
        return {**kept, "RELIER_DATA": str(self.folder), **self.settings}

    def run(self, *arguments: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "relier.config.command", *map(str, arguments)]
        environment = {**self.environment, **settings}
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)

    def did(self, *arguments: str | Path, **settings: str) -> str:
        """What a command said, once it was found to have done its work."""
        done = self.run(*arguments, **settings)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refused(self, *arguments: str | Path, **settings: str) -> str:
        """What a command said as it refused: a sentence, never a traceback."""
        done = self.run(*arguments, **settings)
        assert done.returncode != 0, done.stdout
        assert "Traceback" not in done.stderr, done.stderr
        return done.stderr

    def asked(self, program: str) -> str:
        """What a short program says, run where this copy is."""
        environment = {**self.environment, "DJANGO_SETTINGS_MODULE": "relier.config.settings"}
        begun = f"import django; django.setup()\n{program}"
        done = subprocess.run(
            [sys.executable, "-c", begun],
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        if "DATABASE_URL" not in self.settings:
            keys = self.settings.get("RELIER_KEYS")
            fresh.tables_in(self.folder, Path(keys) if keys else None)
        command = [sys.executable, "-m", "relier.config.command", "start", "--port", str(self.port)]
        self.server = subprocess.Popen(
            command,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        told = []
        for line in self.server.stdout:
            told.append(line)
            if "http://127.0.0.1" in line:
                return
        raise AssertionError("".join(told))

    def cut(self) -> None:
        if self.server is None or self.server.poll() is not None:
            return
        self.server.kill()
        self.server.wait(timeout=10)
        self.server.stdout.close()

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Asked of the database itself, past Relier."""
        if address := self.settings.get("DATABASE_URL"):
            import psycopg

            with psycopg.connect(address) as database:
                return database.execute(sql).fetchall()
        with closing(sqlite3.connect(self.folder / "relier.sqlite3")) as database:
            return database.execute(sql).fetchall()


class Browser:
    """Cookies, pages and forms by HTTP; it does not follow, so that a confirmation is seen."""

    def __init__(self, office: Office) -> None:
        self.address = f"http://127.0.0.1:{office.port}"

        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *args):
                return None

        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(jar, Stay)
        self.token = ""

    def get(self, path: str) -> str:
        with self.opener.open(self.address + path, timeout=30) as answer:
            page = answer.read().decode()
        self.token = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', page)[1]
        return page

    def post(self, path: str, values: dict[str, str]) -> int:
        """The status of the answer; an OSError or HTTPException where none came."""
        sent = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token, **values}).encode()
        try:
            with self.opener.open(self.address + path, sent, timeout=30) as answer:
                return answer.status
        except urllib.error.HTTPError as answer:
            answer.close()
            return answer.code

    def sign_in(self) -> None:
        self.get("/sign-in/")
        values = {"login": HOUSE["email"], "password": HOUSE["password"]}
        assert self.post("/sign-in/", values) == 302
        self.get("/support/requests/new/")
