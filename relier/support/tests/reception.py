"""What the stories of reception share: a request of Awa, an appointment with Nour, and what a
page says and asks of the database."""

from datetime import date, datetime, time

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from relier.people.search import rebuild_name_keys
from tests import factories as make

from .pages import told

SECRET = "canary-heron"
WORDS = f"{SECRET}: I cannot open the letter."
# A Tuesday far enough to stay to come.
TUESDAY = date(2099, 11, 24)


def asked(house, **more):
    """A request of Awa, heard by Nour."""
    about = {"person": house.awa, "centre": house.centre, "heard_by": house.nour, "words": WORDS}
    return make.HelpRequestFactory(**{**about, **more})


def unnamed(house, **more):
    return asked(house, **{"person": None, "team": house.team, **more})


def nobodys(house):
    """Someone of the centre whom nobody follows."""
    idris = make.PersonFactory(centre=house.centre, call_name="Idris", family_name="Haddad")
    rebuild_name_keys([idris, house.awa])
    return idris


def here(day, hour=10, minute=0):
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def today_at(hour):
    return here(timezone.localdate(), hour)


def planned(house, **more):
    """An appointment of Awa with Nour."""
    about = {"person": house.awa, "with_member": house.nour, "starts_at": here(TUESDAY)}
    return make.AppointmentFactory(**{**about, **more})


def request_page(request):
    return reverse("support:request", args=[request.pk])


def appointment_page(appointment):
    return reverse("support:appointment", args=[appointment.pk])


def state_page(appointment):
    return reverse("support:appointment_state", args=[appointment.pk])


def say(client, appointment, state, shown, **more):
    """Say what became of an appointment, from a page that showed the state `shown`."""
    return client.post(state_page(appointment), {"state": state, "shown": shown, **more})


def whole(client, url):
    """What a page says, and what it asks of the database."""
    client.get(url)  # the reading is journaled once in a quarter of an hour
    with CaptureQueriesContext(connection) as queries:
        page = told(client.get(url))
    return page, [query["sql"].split("WHERE")[0] for query in queries.captured_queries]


def cost(client, url):
    """How many queries a page takes."""
    return len(whole(client, url)[1])
