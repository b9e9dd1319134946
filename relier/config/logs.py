"""What may be written on the terminal: never what people told."""

import logging
import re
import traceback

# The address that a card's QR code leads to: whoever reads it could open the page.
OF_A_CARD = re.compile(r"/me/c/[^/\s?\"']+", re.IGNORECASE)


def without_codes(text: str) -> str:
    """The same line with the code of a card, if there is one, left out."""
    return OF_A_CARD.sub("/me/c/…", text)


class WithoutPeoplesWords(logging.Filter):
    """Drops the request from a record, whose form data would hold what people told.

    The path is kept: it holds opaque ids only, but for the code of a card, which goes. Anything
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
        if OF_A_CARD.search(record.getMessage()):
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
