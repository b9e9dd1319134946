"""Several people at the same instant, and what the database holds before and after them."""

import logging
import re
from collections import Counter
from threading import Barrier, Thread

from django.apps import apps
from django.db import connections
from django.test import Client

from relier.journal.models import Detail, Line
from tests.entering import just_entered


def rows() -> Counter[str]:
    """How many rows each table holds; of the journal, the deeds."""
    kept = [m for m in apps.get_models() if m.__module__.startswith("relier.")]
    kept = [model for model in kept if model not in {Line, Detail}]
    counted = Counter({model._meta.label: model._base_manager.count() for model in kept})
    counted["deeds"] = Line.objects.deeds().count()
    return counted


def browser(member) -> Client:
    client = Client(raise_request_exception=False)
    just_entered(client, member.user)
    return client


def in_threads(*deeds) -> list:
    """Run each in a thread of its own, all at once; what each gives, or the fault it met."""
    barrier, given = Barrier(len(deeds)), [None] * len(deeds)

    def run(place: int, deed) -> None:
        try:
            barrier.wait(timeout=30)
            given[place] = deed()
        except Exception as fault:
            given[place] = fault
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return given


def alone(deed):
    """What it gives, from a thread: on a SQLite file, this one holds the memory."""
    given = in_threads(deed)[0]
    if isinstance(given, Exception):
        raise given
    return given


def faults(caplog) -> str:
    lines = [record for record in caplog.records if record.levelno >= logging.ERROR]
    texts = [
        str(record.exc_info[1]) if record.exc_info else record.getMessage() for record in lines
    ]
    return re.sub(r"\s+", " ", " / ".join(texts))
