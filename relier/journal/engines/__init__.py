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
            # Without this, Django would commit what it has as it goes back to autocommit.
            self._rollback()
            raise
        super()._commit()
