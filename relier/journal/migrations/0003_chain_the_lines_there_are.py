"""The lines that were written before there was a chain are chained in the order in which they came,
and their details go apart. What was changed in them before that day, nobody can say."""

import secrets
from itertools import islice

from django.db import migrations

from relier.journal import chain, keys
from relier.journal.models import NOWHERE
from relier.lib.keyring import JOURNAL

BATCH = 2_000


def chain_the_lines(apps, schema_editor):
    """Raises `NoKeys` where there are lines and no file of keys: `relier keys new` makes it."""
    Line = apps.get_model("journal", "Line")
    Detail = apps.get_model("journal", "Detail")
    if not Line.objects.exists():
        return
    Line.objects.filter(centre=None).update(centre=NOWHERE)
    key = keys.newest(JOURNAL)
    lines = Line.objects.order_by("centre", "pk").iterator(chunk_size=BATCH)
    centre, number, previous = None, 0, ""
    while batch := list(islice(lines, BATCH)):
        details = []
        for line in batch:
            if line.centre != centre:
                centre, number, previous = line.centre, 0, ""
            number += 1
            line.number, line.key = number, key.id
            if line.details:
                text, salt = chain.said(line.details), secrets.token_bytes(chain.SALT)
                detail = Detail(proof=chain.proof_of(salt, text), salt=salt, said=text)
                line.detail_id = detail.proof
                details.append(detail)
            line.seal = previous = chain.seal(line, previous, key)
        Detail.objects.bulk_create(details)
        Line.objects.bulk_update(batch, ["number", "key", "seal", "detail"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_line_makes_room_for_its_chain")]

    operations = [migrations.RunPython(chain_the_lines, migrations.RunPython.noop)]
