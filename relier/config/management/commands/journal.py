"""`relier journal`: its heads to print, its verification, its anchor after a restore."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from relier.accounts.actors import SYSTEM
from relier.centres.models import Centre
from relier.journal import actions, checking
from relier.journal.heads import Head, head_of, read_head


class Command(BaseCommand):
    help = "The journal: the head of each chain, to print; its verification; its anchor."

    def add_arguments(self, parser: CommandParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        deeds.add_parser("head", help="one short line per centre, to paste or to print")
        verify = deeds.add_parser("verify", help="read every chain to its end")
        verify.add_argument("--head", help="compare with a line that was printed")
        anchor = deeds.add_parser("anchor", help="anchor the journal where it ends now")
        anchor.add_argument("--reason", required=True, help="why, kept in the journal itself")

    def handle(self, **options: Any) -> None:
        if options["deed"] == "anchor":
            self.anchor(options["reason"])
        else:
            self.verify(options.get("head"), heads=options["deed"] == "head")

    def verify(self, printed: str | None, *, heads: bool) -> None:
        head = self.parsed(printed) if printed else None
        names, faults, lines = names_of_centres(), [], 0
        for centre in self.chains(head):
            also = {head.number: head.seal_begins} if head else None
            checked = checking.check(centre, also=also)
            lines += checked.lines
            if checked.fault:
                faults.append(f"{names.get(centre, centre)}: {checked.fault}")
            elif checked.at and heads:
                short = head_of(centre, checked.lines, checked.at.date(), checked.seal)
                self.stdout.write(f"{short}  {names.get(centre, centre)}")
        if faults:
            raise CommandError("The journal does not hold.\n" + "\n".join(faults))
        if not heads:
            self.stdout.write(f"The journal holds: {lines} lines.")

    def parsed(self, printed: str) -> Head:
        try:
            return read_head(printed)
        except ValueError as odd:
            raise CommandError(str(odd)) from odd

    def chains(self, head: Head | None) -> list[UUID]:
        if head is None:
            return checking.centres()
        found = [one for one in checking.centres() if one.hex.startswith(head.centre)]
        if not found:
            raise CommandError(f"There is no chain {head.centre} here, nor was there ever one.")
        return found

    def anchor(self, reason: str) -> None:
        chains = actions.anchor_again(by=SYSTEM, reason=reason)
        self.stdout.write(f"Anchored again, with a line that says so: {len(chains)} chains.")


def names_of_centres() -> dict[UUID, str]:
    """What belongs to no centre is the deeds of the copy itself."""
    names = dict(Centre.objects.order_by().values_list("pk", "name"))
    return {**names, SYSTEM.id: "(no centre)"}
