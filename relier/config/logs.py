"""What may be written on the terminal: never what people told."""

import logging


class WithoutPeoplesWords(logging.Filter):
    """Drops the request from a record, whose form data would hold what people told.

    The path is kept: it holds opaque ids only. Anything after `?` may hold a searched name.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.__dict__.pop("request", None)
        if isinstance(record.args, tuple):
            record.args = tuple(
                arg.split("?")[0] if isinstance(arg, str) and arg.startswith("/") else arg
                for arg in record.args
            )
        return True
