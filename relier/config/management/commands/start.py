"""`relier start`: prepare the data folder, then serve. On an office PC it listens to this
machine only (waitress, which runs on Windows too); served, it starts several workers."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from relier.config.keeping import rounds, serving
from relier.config.keeping.backups import NoBackup
from relier.config.keeping.upgrading import Undone
from relier.config.preparing import prepare
from relier.privacy.tombstones import NoTombstones


class Command(BaseCommand):
    help = "Prepare the database and serve Relier."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--workers", type=int, default=2, help="served mode only")
        parser.add_argument(
            "--bind", default="127.0.0.1", help="served mode only: the address to listen on"
        )

    def handle(self, **options: Any) -> None:
        if settings.SERVED:
            call_command("check", deploy=True, fail_level="WARNING", quick=True)
        try:
            with serving.served():
                prepare(self.stdout)
                if settings.SERVED:
                    serve_with_workers(options["bind"], options["port"], options["workers"])
                else:
                    serve_this_machine(options["port"], self.stdout)
        except (serving.BeingServed, NoBackup, Undone, NoTombstones) as refusal:
            raise CommandError(str(refusal)) from refusal


def serve_this_machine(port: int, out: Any) -> None:
    """One process, loopback only: nobody else on the network can reach it."""
    from waitress import create_server

    from relier.config.wsgi import application

    try:
        server = create_server(
            application,
            host="127.0.0.1",
            port=port,
            threads=4,
            ident="",
            clear_untrusted_proxy_headers=True,
        )
    except OSError as taken:
        raise CommandError(
            f"Port {port} is taken by another program. Choose one: relier start --port 8001"
        ) from taken
    out.write(f"Relier is at http://127.0.0.1:{port}  (stop it with Ctrl+C)")
    out.flush()
    rounds.keep_making()
    server.run()


def serve_with_workers(bind: str, port: int, workers: int) -> None:
    """Behind a proxy that speaks HTTPS. gunicorn replaces this process."""
    if sys.platform == "win32":
        raise CommandError("Served mode needs Linux or macOS; on Windows use the office mode.")
    try:
        import gunicorn  # noqa: F401
    except ImportError as missing:
        raise CommandError("Install what serving needs: pipx install 'relier[served]'") from missing
    os.execvp(  # noqa: S606  (a fixed program, arguments of our own)
        sys.executable,
        [
            sys.executable,
            "-m",
            "gunicorn",
            "relier.config.wsgi:application",
            "--bind",
            f"{bind}:{port}",
            "--workers",
            str(workers),
            "--preload",
            "--no-control-socket",
            "--logger-class",
            "relier.config.serving.Logger",
            "--forwarded-allow-ips",
            ",".join(sorted(settings.TRUSTED_PROXIES)),
        ],
    )
