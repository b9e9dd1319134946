"""A federation of invented centres, to measure training with: never beside people who exist.

`year_of_centre.py` invents a centre's year from plain values; `tables.py` writes rows past the
models; `federation.py` does it for every centre and every year, and asks the engine afterwards
whether the ledger says what a posting would have written.
"""

from .federation import Size, check, plant

__all__ = ["Size", "check", "plant"]
