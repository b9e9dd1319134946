"""Two people change the same thing: which of them changed what, so that nothing is lost unsaid.

A form remembers what it was shown. When it comes back, three versions meet: what was shown, what
was typed, and what is there now. A field that the person typing left alone keeps what is there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any


@dataclass(frozen=True)
class Changes:
    """`mine`: the fields that were changed by typing. `both`: those that someone else changed too
    meanwhile, into something else."""

    mine: frozenset[str]
    both: frozenset[str]


def compare(shown: Mapping[str, Any], typed: Mapping[str, Any], here: Mapping[str, Any]) -> Changes:
    """Compare three versions of the same fields; `typed` and `here` have the same keys.

    A field that `shown` does not know (a form older than the field, a broken memory) counts as
    shown as it is now: what was typed is then the only change.
    """
    seen = {name: plain(shown.get(name, here[name])) for name in typed}
    mine = {name for name in typed if plain(typed[name]) != seen[name]}
    both = {name for name in mine if plain(here[name]) not in (seen[name], plain(typed[name]))}
    return Changes(frozenset(mine), frozenset(both))


def joined(changes: Changes, typed: Mapping[str, Any], here: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed where it was changed, what is there elsewhere."""
    return {name: typed[name] if name in changes.mine else here[name] for name in typed}


def my_words(shown: Mapping[str, Any], typed: Mapping[str, Any]) -> dict[str, Any]:
    """The words, where typing changed them: what may not be lost when a form is sent again."""
    mine = compare(shown, typed, typed).mine
    return {"words": typed["words"]} if "words" in mine else {}


def plain(value: Any) -> Any:
    """A value as JSON can remember it, equal for what a reader would call equal. A row is known
    by its key."""
    value = getattr(value, "pk", value)
    if value is None:
        return ""
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return sorted(str(plain(one)) for one in value)
    if isinstance(value, bool | int):
        return value
    # Browsers send line ends their own way; nobody changed anything by that.
    return str(value).replace("\r\n", "\n").strip()
