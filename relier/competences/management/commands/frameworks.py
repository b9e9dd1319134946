"""`relier frameworks list` and `relier frameworks import FILE [--json]`.

What is asked for goes to the standard output; what is worth knowing, and what is wrong, to the
error output. A file that cannot be taken changes nothing and ends with 1.
"""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relier.accounts.actors import SYSTEM
from relier.competences import shelf
from relier.competences.actions import frameworks as actions
from relier.competences.frameworks import FrameworkError, shipped
from relier.competences.importing import Official, read_official
from relier.competences.sentences import tell


class Command(BaseCommand):
    help = "List the frameworks of competences, or import the official texts of one."

    def add_arguments(self, parser: CommandParser) -> None:
        gestures = parser.add_subparsers(dest="gesture", required=True, metavar="list | import")
        gestures.add_parser("list", help="the frameworks here, and which have official texts")
        importing = gestures.add_parser(
            "import", help="take in the DigComp 3.0 data supplement (.xlsx or .jsonld)"
        )
        importing.add_argument("file", help="the official file")
        importing.add_argument(
            "--json", action="store_true", help="say what was read as one line of JSON"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["gesture"] == "list":
                self.show_all()
            else:
                self.take_in(options["file"], as_json=options["json"])
        except FrameworkError as refusal:
            self.stop(tell(refusal))
        except DatabaseError:
            self.stop(_("The database is not ready: run relier start or relier migrate first."))

    def stop(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(1)

    def show_all(self) -> None:
        imported = shelf.imported_keys()
        language = get_language() or "en"
        for framework in shipped():
            state = _("official texts here") if framework.key in imported else _("facts only")
            title = framework.title.told_in(language)
            self.stdout.write(f"{framework.key}  {title} ({state})")

    def take_in(self, file: str, *, as_json: bool) -> None:
        official = read_official(file)
        row, is_new = actions.import_official(official, by=SYSTEM)
        for remark in official.remarks:
            self.stderr.write(tell(remark))
        if not is_new:
            day = f"{row.imported_at:%Y-%m-%d}"
            self.stderr.write(
                _("This was already imported on %(day)s: nothing has changed.") % {"day": day}
            )
        self.stdout.write(json.dumps(facts(official)) if as_json else summary(official))


def facts(official: Official) -> dict[str, object]:
    """What was read, for another program."""
    framework = official.framework
    return {
        "framework": framework.id,
        "version": framework.version,
        "areas": len(framework.groups),
        "competences": len(framework.items),
        "statements": len(framework.statements),
        "outcomes": len(framework.outcomes),
        "licence": framework.licence,
        "attribution": framework.attribution,
        "sha256": official.sha256,
    }


def summary(official: Official) -> str:
    """What was read, for whoever typed the command."""
    counts = _(
        "DigComp %(version)s: %(areas)s areas, %(competences)s competences, "
        "%(statements)s statements, %(outcomes)s outcomes."
    )
    return f"{counts % facts(official)}\n{official.framework.attribution}"
