"""Django's own database engines, with one thing more: the lines of the journal that a transaction
left are written as its very last statements (docs/decisions/008)."""

from django.db.backends.base.base import BaseDatabaseWrapper


class LinesAtCommit(BaseDatabaseWrapper):
    """Put before Django's wrapper: `_commit` is what ends an outermost `atomic`."""

    def _commit(self) -> None:
        from relier.journal import chain  # the models are not there yet when engines are loaded

        try:
            chain.write_pending(self)
        except BaseException:
            # Django rolls back for a fault of the database only: for any other it would keep, on
            # SQLite, what was done so far, and write the waiting lines in the next transaction.
            self.rollback()
            raise
        super()._commit()  # type: ignore[misc]
