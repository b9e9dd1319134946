"""The `relier` command: `relier demo`, `relier start`, `relier check`, and each room's own.

Each is a Django management command; this only puts a shorter name in front, and decides the
mode before the settings are read. `relier opinions` is an engine's own, and works alone.
"""

import os
import sys


def main(arguments: list[str] | None = None) -> None:
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relier.config.settings")
    if arguments[:1] == ["opinions"]:
        # An engine: it needs neither Django nor a database.
        from relier.deliberation.opinions.command import run

        sys.exit(run(arguments[1:]))
    if arguments[:1] == ["demo"]:
        os.environ["RELIER_MODE"] = "demo"
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from relier.lib.keyring import NoKeys

    try:
        execute_from_command_line(["relier", *arguments])
    except (ImproperlyConfigured, NoKeys) as refusal:
        sys.exit(f"Relier does not start. {refusal}")


if __name__ == "__main__":
    main()
