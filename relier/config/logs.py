"""What may be written on the terminal: never what people told."""

import logging
import re
import traceback

# Addresses that open something for whoever reads them: the drawing of a card, of a person or of a
# voice, that of a slip, a calendar that a telephone follows.
WITH_A_CODE = re.compile(r"/(me/c|voice/c|slip|support/calendar)/[^/\s?\"']+", re.IGNORECASE)


def without_codes(text: str) -> str:
    """The same line with the code that opens a card, a slip or a calendar left out."""
    return WITH_A_CODE.sub(r"/\1/…", text)


class WithoutPeoplesWords(logging.Filter):
    """Drops the request from a record, whose form data would hold what people told.

    The path is kept: it holds opaque ids only, but for the codes that open, which go. Anything
    after `?` may hold a searched name. Of a traceback the places are kept and not the messages:
    PostgreSQL, for one, quotes the whole row.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.__dict__.pop("request", None)
        if isinstance(record.args, tuple):
            record.args = tuple(
                arg.split("?")[0] if isinstance(arg, str) and arg.startswith("/") else arg
                for arg in record.args
            )
        if WITH_A_CODE.search(record.getMessage()):
            record.msg, record.args = without_codes(record.getMessage()), ()
        if record.exc_info and record.exc_info[1]:
            record.exc_text = places(record.exc_info[1])
            record.exc_info = None
        return True


def places(fault: BaseException) -> str:
    """Where a fault happened, and those that led to it, the first one first; no message."""
    told: list[str] = []
    seen: BaseException | None = fault
    while seen is not None and len(told) < 10:
        kind = type(seen)
        where = "".join(traceback.format_tb(seen.__traceback__))
        told.append(f"{where}{kind.__module__}.{kind.__qualname__}")
        seen = seen.__cause__ or seen.__context__
    return "\nwhich led to:\n".join(reversed(told))
