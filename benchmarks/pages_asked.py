"""What `pages.py` asks for, as JSON: addresses, the cookie of a worker of the largest centre, and
how many queries each page makes for people with much, little and no history."""

import json
import os
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.pages_settings")
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from relier.centres.models import Member  # noqa: E402
from relier.config import settings  # noqa: E402
from relier.people.models import Audience, Note, Person  # noqa: E402


def main() -> None:
    worker = Member.objects.select_related("user").get(user__email="worker0@example.invalid")
    followed = Person.objects.filter(followings__team__in=worker.teams.all())
    by_history = followed.annotate(lines=Count("interventions")).order_by("-lines", "pk")
    # One person lived as much as three hundred notes tell; another, three.
    much, little = by_history.filter(lines__gte=1)[:2]
    write_notes(much, worker, 300)
    write_notes(little, worker, 3)
    pages = {
        "bare list": "/list/",
        "20 rows, naked": "/naked/",
        "the day": reverse("day"),
        "search, 3 letters": reverse("search") + "?q=dia",
        "search, two words": reverse("search") + "?q=awa+dial",
        "search, accents": reverse("search") + "?q=traore",
        "search, nobody": reverse("search") + "?q=zzyx",
        "a whole file": reverse("file", args=[much.pk]),
        "people, 50 on a page": reverse("people:list"),
    }
    print(
        json.dumps(
            {
                "people": Person.objects.count(),
                "in_centre": Person.objects.filter(centre=worker.centre).count(),
                "cookie": cookie_of(worker),
                "pages": pages,
                "queries": queries(worker, pages, little),
            }
        )
    )


def write_notes(person: Person, worker: Member, count: int) -> None:
    """Once: data that is used again (RELIER_BENCH_DATA) must not grow from run to run."""
    if person.notes.exists():
        return
    rows = [
        Note(
            person=person,
            centre_id=person.centre_id,
            author=worker,
            on=timezone.localdate() - timedelta(days=number % 200),
            audience=Audience.SECRECY,
            words="Lu la lettre ensemble.",
        )
        for number in range(count)
    ]
    Note.objects.bulk_create(rows)


def cookie_of(worker: Member) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(worker.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = worker.user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def queries(worker: Member, pages: dict[str, str], little: Person) -> dict[str, list[int]]:
    """Counted on a second visit: the first writes the line of the reading."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(worker.user)
    counts: dict[str, list[int]] = {}
    for name, path in pages.items():
        others = [reverse("file", args=[little.pk])] if name == "a whole file" else []
        for address in [path, *others]:
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            counts.setdefault(name, []).append(len(captured))
    return counts


if __name__ == "__main__":
    main()
