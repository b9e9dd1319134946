"""Every row of every table, but of those that are only ever added to and of imports themselves."""

from django.apps import apps
from django.db import connection

from relier.journal import append_only

# The journal and the ledger (append-only), what stands of an import, and what a browser keeps.
APART = {
    "training_importedfile", "training_importedrow", "training_knownheading", "training_knowncode",
    "django_session",
}  # fmt: skip


def is_apart(table):
    return table in APART or table in {one.table for one in append_only._guarded.values()}


def everything():
    """Table -> its rows, in order."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if model._meta.managed and not is_apart(table):
                cursor.execute(f'SELECT * FROM "{table}"')
                found[table] = sorted(map(repr, cursor.fetchall()))
    return found
