"""`relier names`: make again the keys by which people are found, when the rules have changed.

To be run after an update that says so (`VERSION` of relier.lib.names.sounds was raised). Searches
go on meanwhile, and it can be stopped and begun again.
"""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from relier.people.models import Person
from relier.people.search import rebuild_name_keys

# Few enough that those who save meanwhile do not wait.
AT_ONCE = 200


class Command(BaseCommand):
    help = "Make again the keys by which people are found by name."

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        people = Person.objects.order_by("pk")
        part = list(people[:AT_ONCE])
        while part:
            with transaction.atomic():
                rebuild_name_keys(part)
            done += len(part)
            part = list(people.filter(pk__gt=part[-1].pk)[:AT_ONCE])
        self.stdout.write(f"{done} names.")
