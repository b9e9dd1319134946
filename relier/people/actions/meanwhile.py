"""What a deed answers when someone else changed the same thing while the page was open."""

from collections.abc import Mapping
from typing import Any


class ChangedMeanwhile(Exception):  # noqa: N818 — a word for what happened, not a fault
    """Nothing was kept: look again. `now`: field -> what stands there now."""

    def __init__(self, now: Mapping[str, Any]) -> None:
        super().__init__(", ".join(now))
        self.now = dict(now)
