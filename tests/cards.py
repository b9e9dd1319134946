"""A telephone on which someone reads their own page."""

from uuid import uuid4

from django.test import Client
from django.urls import reverse

from relier.centres.models import Member
from relier.desk.own import actions
from relier.people.models import Person
from relier.privacy.models import CardVisit

from . import factories as make


def telephone_of(person: Person, worker: Member) -> Client:
    """Opened with a new card and the pictures chosen beside this worker."""
    by = make.actor(worker)
    card, code = actions.give_card(person, language="en", form_key=uuid4(), by=by)
    actions.choose_pictures(card, ["house", "key", "letter"], by=by)
    telephone = Client()
    telephone.get(reverse("own:exchange", args=[code]))
    CardVisit.objects.filter(card=card).update(knows=True)
    return telephone
