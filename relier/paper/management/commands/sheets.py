"""`relier sheets list | print | read`: printing and reading by hand, without a browser.

    relier sheets list
    relier sheets print NAME… --out FILE [--copies N] [--language fr] [--large] [--occasion K=V]
    relier sheets read FILES… --json OUT

Printing keeps what it printed, in the name of a member, so that the pages are known when they come
back; reading keeps nothing and sends nothing.

Ends with 0 when all is done; 1 when it refuses, with a sentence, and nothing was printed or
written; 3 when it read, but not every page or not every file: OUT says which, and why; 130 when it
was stopped (Ctrl-C): nothing was printed, or what was read until then is in OUT, which says that it
is not complete.
"""

import contextlib
import inspect
import io
import json
import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2
from django.core.exceptions import ValidationError
from django.core.management.base import (
    BaseCommand,
    CommandError,
    CommandParser,
    OutputWrapper,
)
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relier.accounts.actors import Actor
from relier.centres.access import Refused
from relier.centres.middleware import actor_of
from relier.centres.models import Member
from relier.paper import actions, loose, sheets
from relier.paper.printing import NotPrintable
from relier.paper.sheets import NotASheet
from relier.paper.typeset import TypesetError

FORMAT = "relier-reading/1"
NOT_ALL, STOPPED = 3, 130


class Command(BaseCommand):
    help = "Print sheets, and read the pages that come back, without the web interface."

    def add_arguments(self, parser: CommandParser) -> None:
        gestures = parser.add_subparsers(
            dest="gesture", required=True, metavar="list | print | read"
        )
        listing = gestures.add_parser("list", help="the sheets, and what each may be printed with")
        _ask_who(listing)
        printing = gestures.add_parser("print", help="print blank copies, as a PDF")
        printing.add_argument("names", nargs="+", metavar="NAME", help="as in support.request")
        printing.add_argument("--out", required=True, metavar="FILE", help="the PDF to write")
        printing.add_argument("--copies", type=int, default=1, metavar="N", help="of each (1)")
        printing.add_argument("--language", default="fr", choices=sheets.LANGUAGES)
        printing.add_argument("--large", action="store_true", help="in large print")
        printing.add_argument(
            "--occasion", action="append", default=[], metavar="K=V", help="see relier sheets list"
        )
        _ask_who(printing)
        reading = gestures.add_parser("read", help="read scans and photos, and write what they say")
        reading.add_argument("files", nargs="+", metavar="FILE", help="PDF, TIFF, JPEG or PNG")
        reading.add_argument(
            "--json", required=True, dest="out", metavar="OUT", help="the file to write; - for here"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"act_{options['gesture']}")(options)
        except (NotASheet, NotPrintable, TypesetError) as refusal:
            raise CommandError(str(refusal)) from refusal
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        except Refused:
            raise CommandError(_("This member may not print sheets.")) from None
        except KeyboardInterrupt:
            raise CommandError(_("Stopped: nothing was written."), returncode=STOPPED) from None
        except DatabaseError:
            raise CommandError(
                _("The database is not ready: run relier start or relier migrate first.")
            ) from None

    def say(self, sentence: str) -> None:
        """To whoever looks on: no error, so not in its colour."""
        self.stderr.write(sentence, style_func=str)

    # --- list ------------------------------------------------------------------------------------

    def act_list(self, options: Mapping[str, Any]) -> None:
        by = member_named(options["as_member"], options["centre"])
        for name in sheets.names():
            for occasion in sheets.entry(name).occasions(by, None):
                told = "".join(f" --occasion {_quoted(k, v)}" for k, v in occasion.values.items())
                self.stdout.write(f"{name}{told}  # {occasion.label}" if told else name)

    # --- print -----------------------------------------------------------------------------------

    def act_print(self, options: Mapping[str, Any]) -> None:
        out = Path(options["out"])
        by = member_named(options["as_member"], options["centre"])
        given = pairs_of(options["occasion"])
        chosen = [(name, occasion_of(name, given, by)) for name in options["names"]]
        copies, each = options["copies"] * len(chosen), options["copies"]
        progress = Progress(self.stderr, _("copies"))
        # The pages are kept first: paper that no row knows would never be read.
        with written_whole(out) as file, transaction.atomic():
            pdfs: list[bytes] = []
            for name, occasion in chosen:
                before = len(pdfs) * each
                printed = actions.print_batch(
                    name,
                    subjects=[None] * each,
                    by=by,
                    language=options["language"],
                    large=options["large"],
                    occasion=occasion,
                    progress=partial(progress.after, before, copies),
                )
                pdfs.append(printed.pdf)
            file.write(joined(pdfs))
        progress.end()
        self.say(
            ngettext("%(count)s copy printed.", "%(count)s copies printed.", copies)
            % {"count": copies}
        )

    # --- read ------------------------------------------------------------------------------------

    def act_read(self, options: Mapping[str, Any]) -> None:
        out = options["out"]
        if out != "-":
            with written_whole(Path(out), keep=False):
                pass  # refused now rather than after an hour
        progress = Progress(self.stderr, _("pages"))
        pages: list[loose.Page] = []
        stopped = False
        try:
            for page in loose.read_files(map(Path, options["files"]), told=progress.told):
                pages.append(page)
        except KeyboardInterrupt:
            stopped = True
        self._write(out, {"format": FORMAT, "complete": not stopped, "pages": pages})
        progress.end()
        self.say(summary(pages))
        if stopped:
            self.say(_("Stopped: what was read until then is written."))
            sys.exit(STOPPED)
        if any(not page["answers"] for page in pages):
            sys.exit(NOT_ALL)

    def _write(self, out: str, told: Mapping[str, Any]) -> None:
        text = json.dumps(told, ensure_ascii=False, indent=1)
        if out == "-":
            self.stdout.write(text)
            return
        with written_whole(Path(out)) as file:
            file.write(f"{text}\n".encode())


def _ask_who(parser: Any) -> None:
    parser.add_argument(
        "--as", dest="as_member", default="", metavar="EMAIL", help="the member who prints"
    )
    parser.add_argument("--centre", default="", metavar="NAME", help="where they are in several")


def member_named(email: str, centre: str) -> Actor:
    """A member of a centre, as they are today; the only one there is, where nobody is named.
    Raises CommandError."""
    rows = Member.objects.active().filter(centre__isnull=False)
    rows = rows.select_related("user", "centre", "federation").order_by("pk")
    if email:
        rows = rows.filter(user__email__iexact=email)
    if centre:
        rows = rows.filter(centre__name__iexact=centre)
    found = list(rows[:2])
    if not found:
        raise CommandError(_("Nobody of this name is a member of a centre here."))
    if len(found) > 1:
        raise CommandError(
            _("Say who prints: --as EMAIL, and --centre NAME for a member of several centres.")
        )
    return actor_of(found[0])


def pairs_of(given: Sequence[str]) -> dict[str, str]:
    """Raises CommandError."""
    pairs = [one.partition("=") for one in given]
    wrong = next((key + sign for key, sign, _value in pairs if not (key and sign)), None)
    if wrong is not None:
        raise CommandError(
            _("An occasion is said as key=value, not as: %(said)s") % {"said": wrong}
        )
    return {key: value for key, _sign, value in pairs}


def occasion_of(name: str, given: Mapping[str, str], by: Actor) -> dict[str, str]:
    """Of what may be printed today, what fits what was said; else exactly what was said, which
    prints a sheet again as it was. Raises NotASheet, CommandError."""
    entry = sheets.entry(name)
    offered = [dict(one.values) for one in entry.occasions(by, None)]
    exact = [values for values in offered if values == dict(given)]
    fitting = exact or [values for values in offered if given.items() <= values.items()]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise CommandError(
            _("%(name)s is printed for one occasion: say which, as relier sheets list does.")
            % {"name": name}
        )
    try:
        inspect.signature(entry.build).bind(**given)
    except TypeError:
        raise CommandError(
            _("%(name)s is not printed with this: see relier sheets list.") % {"name": name}
        ) from None
    return dict(given)


def joined(pdfs: Sequence[bytes]) -> bytes:
    """One file to print. Of several sheets, it has no tags any more: paper needs none."""
    if len(pdfs) == 1:
        return pdfs[0]
    whole = pypdfium2.PdfDocument.new()
    for pdf in pdfs:
        with contextlib.closing(pypdfium2.PdfDocument(pdf)) as one:
            whole.import_pages(one)
    held = io.BytesIO()
    whole.save(held)
    whole.close()
    return held.getvalue()


def summary(pages: Sequence[loose.Page]) -> str:
    read = sum(bool(page["answers"]) for page in pages)
    return ngettext(
        "%(read)s page read of %(count)s.", "%(read)s pages read of %(count)s.", read
    ) % {"read": read, "count": len(pages)}


def _quoted(key: str, value: str) -> str:
    """As a shell takes it."""
    return shlex.quote(f"{key}={value}")


@contextlib.contextmanager
def written_whole(path: Path, *, keep: bool = True) -> Any:
    """A file that is there whole or not at all. `keep=False`: only to know that it can be.
    Raises CommandError."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            yield file
        if keep:
            beside.replace(path)
    except OSError as refused:
        raise CommandError(
            _("%(file)s cannot be written: %(why)s") % {"file": path, "why": refused.strerror}
        ) from refused
    finally:
        beside.unlink(missing_ok=True)


class Progress:
    """What is done of how much, on one line that is written over; nothing where nobody looks."""

    def __init__(self, to: OutputWrapper, what: str) -> None:
        self._to, self._what = to, what
        self._seen = bool(getattr(to, "isatty", lambda: False)())
        self._shown = False

    def told(self, done: int, total: int) -> None:
        if self._seen:
            self._to.write(f"\r{done} / {total} {self._what}", style_func=str, ending="")
            self._to.flush()
            self._shown = True

    def after(self, before: int, total: int, done: int) -> None:
        """The same, for one part of the work."""
        self.told(before + done, total)

    def end(self) -> None:
        if self._shown:
            self._to.write("\n", style_func=str, ending="")
