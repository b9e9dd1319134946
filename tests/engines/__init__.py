"""The engines of the tests: the house's own, with two liberties that only a test may take.

A story told in a `TestCase` never commits, so a deed's end is the end of its outermost `atomic`
inside the story. And between two stories that do commit, tables are emptied: the guards of
append-only tables are taken away for that moment, and put back.
"""

from django.db.backends.base.base import BaseDatabaseWrapper


class TellsStories(BaseDatabaseWrapper):
    def on_commit(self, func, robust=False):
        super().on_commit(func, robust)
        self.write_what_a_deed_left()

    def _savepoint_commit(self, sid):
        self.write_what_a_deed_left()
        super()._savepoint_commit(sid)

    def write_what_a_deed_left(self):
        from relier.journal import chain  # the models are not there yet when engines are loaded

        if all(block._from_testcase for block in self.atomic_blocks):
            chain.write_pending(self)


class Empties:
    def execute_sql_flush(self, sql_list):
        with self.connection.cursor() as cursor:
            drop_guards(self.connection, cursor)
        super().execute_sql_flush(sql_list)
        from relier.journal import append_only

        append_only.install(self.connection)


def drop_guards(connection, cursor):
    """By force, as whoever owns the database can."""
    from relier.journal import append_only

    for guard in append_only.expected(connection):
        cursor.execute(guard.drop(connection.vendor))
