"""`relier first_house`: name the first centre and its first member on a served copy, where no
page may do it. In an office the first page asks the same."""

from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from relier.accounts.models import User
from relier.centres import actions
from relier.centres.forms import FirstHouseForm


class Command(BaseCommand):
    help = "Name the first centre and its first member."

    def handle(self, **options: Any) -> None:
        if User.objects.exists():
            raise CommandError("There is a house already. Members are added in its settings.")
        form = FirstHouseForm(
            {
                "centre_name": input("Name of the centre: "),
                "kind": input("Kind (cisp, cpas, other): "),
                "team_name": input("Name of a first team (may be blank): "),
                "name": input("Your name: "),
                "email": input("Your e-mail: "),
                "role": input("Your role (social_worker, trainer, coordinator, administrator): "),
                "bound": input("Bound by professional secrecy? (y/n): ").lower().startswith("y"),
                "password": getpass("A password of 12 characters or more: "),
            }
        )
        if not form.is_valid():
            raise CommandError(form.errors.as_text())
        values = {k: v for k, v in form.cleaned_data.items() if k != "form_key"}
        actions.open_house(**values)
        self.stdout.write("Done. Start Relier and sign in.")
