"""The centre owns its data: all that is held about someone is handed over, table by table, in words
and in an open format that another program reads."""

import json

from django.core.serializers.json import DjangoJSONEncoder

from relier.accounts.actors import SYSTEM
from relier.privacy import actions, held

from .canaries import plant


def test_12_the_centre_owns_its_data(house):
    planted = plant(house)

    held = str(actions.hand_over([house.awa.pk], by=SYSTEM))

    assert not [w for w in planted.secret + planted.content + planted.names if w not in held]


def test_a_person_reads_it_without_a_single_name_of_a_column(house):
    planted = plant(house)

    tables = held.tables([house.awa.pk])

    text = str(tables)
    assert not [w for w in planted.secret + planted.content + planted.names if w not in text]
    assert all(table.why for table in tables)
    labels = {label for table in tables for entry in table.entries for label, _ in entry}
    assert not [label for label in labels if "_" in label]


def test_the_file_says_of_itself_what_it_is(house):
    planted = plant(house)
    ids = [house.awa.pk]

    document = held.as_document(ids, actions.hand_over(ids, by=SYSTEM))

    again = json.loads(json.dumps(document, cls=DjangoJSONEncoder))
    assert again["format"] == "relier-hand-over"
    assert again["about"] == [str(house.awa.pk)]
    assert not [w for w in planted.secret + planted.names if w not in json.dumps(again)]
