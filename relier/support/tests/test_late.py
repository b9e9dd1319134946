"""Words that someone not bound was typing when a colleague put the thing under secrecy."""

from uuid import uuid4

import pytest
from django.urls import reverse

from relier.people.models import Audience, Note
from relier.support.actions import interventions, procedures
from tests import factories as make


def close_intervention(house):
    row = make.InterventionFactory(person=house.awa, author=house.nour, audience="team")

    def close():
        interventions.correct_intervention(
            row, typed={**everything(row), "audience": Audience.SECRECY}, shown=everything(row),
            by=make.actor(house.nour), form_key=uuid4(),
        )  # fmt: skip

    return reverse("support:intervention", args=[row.pk]), [
        reverse("support:intervention_correct", args=[row.pk])
    ], close  # fmt: skip


def everything(row):
    names = (
        "person", "words", "audience", "on", "kind", "channel", "minutes", "themes",
        "redirected_to", "acted", "family",
    )  # fmt: skip
    return {name: getattr(row, name) for name in names}


def close_procedure(house):
    row = make.ProcedureFactory(person=house.awa, author=house.nour, open_to_team=True)

    def close():
        procedures.close_to_team(row, by=make.actor(house.nour))

    page = reverse("support:procedure", args=[row.pk])
    return page, [page, reverse("support:procedure_edit", args=[row.pk])], close


@pytest.mark.parametrize("kind", [close_intervention, close_procedure])
def test_they_are_handed_over_and_nothing_is_read(kind, house, enter):
    page, addresses, close = kind(house)
    bram = enter(house.bram)
    bram.get(page)
    close()

    for number, address in enumerate(addresses):
        typed = {"words": f"What Bram saw {number}.", "outcome": "done"}
        answer = bram.post(address, typed)
        (kept,) = [one for one in Note.objects.all() if one.words == typed["words"]]
        assert answer.url == reverse("file", args=[house.awa.pk])
        assert (kept.author, kept.audience) == (house.bram, Audience.SECRECY)
        assert bram.get(address).status_code == 404


@pytest.mark.parametrize("kind", [close_intervention, close_procedure])
def test_an_address_alone_tells_a_stranger_nothing(kind, house, enter):
    _page, addresses, close = kind(house)
    close()

    for member in (house.bram, house.coordinator, house.zoe):
        for address in addresses:
            assert enter(member).post(address, {"words": "A guess."}).status_code == 404
    assert not Note.objects.exists()
