"""Loaded by Django by this name (settings, ENGINE)."""

from django.db.backends.postgresql import base

from relier.journal.engines import LinesAtCommit


class DatabaseWrapper(LinesAtCommit, base.DatabaseWrapper):
    pass
