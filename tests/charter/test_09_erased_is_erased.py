"""Erased is erased: no row keeps a word about the person, the journal included; every table that
is declared hands over what it holds before. (The raw bytes of the files come with *Trust*.)"""

import re

from django.apps import apps

from relier.accounts.actors import SYSTEM
from relier.journal.models import Line
from relier.people.search import rebuild_name_keys
from relier.privacy import actions

from .canaries import plant


def everything() -> str:
    """Every value of every table, what is sealed opened, in one long text."""
    found = []
    for model in apps.get_models():
        names = [field.attname for field in model._meta.concrete_fields]
        for row in model._base_manager.all():
            found += [as_text(getattr(row, name)) for name in names]
    return "\n".join(found)


def as_text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return str(value)


def test_09_erased_is_erased(house):
    planted = plant(house)
    rebuild_name_keys([house.awa])
    words = planted.secret + planted.content + planted.names
    assert all(word in everything() for word in words)

    actions.erase([house.awa.pk], by=SYSTEM)

    left = everything()
    assert not [w for w in words if re.search(rf"\b{re.escape(w)}\b", left, re.IGNORECASE)]
    assert "diallo" not in left.lower()


def test_the_journal_keeps_its_lines_and_they_name_nobody(house):
    plant(house)

    actions.erase([house.awa.pk], by=SYSTEM)

    assert Line.objects.deeds().filter(kind="privacy.erased").count() == 1


def test_erasing_one_leaves_the_others(house):
    from tests import factories as make

    other = make.NoteFactory(person__centre=house.centre, author=house.nour)
    plant(house)

    actions.erase([house.awa.pk], by=SYSTEM)

    other.refresh_from_db()
    assert other.words
