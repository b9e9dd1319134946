"""Finding people by their names, however these are written.

A name is a string as the person or a worker gave it, "Awa Diallo" or "van den Berghe, Jan".
Nothing here knows which word is the family name: in many families nobody does.

- `fold` brings a name to small Latin letters without accents (`folding.py`, `alphabets.py`);
- `fragments`, `query_words` and `prefix_range` find a name by any piece of it (`keys.py`);
- `sound_keys` finds it by how a French-speaking worker hears it (`sounds.py`);
- `likeness` says how alike two names are, and in which way (`comparing.py`).

A tool for proposing, never for deciding: two names are alike, the worker says whether the people
are the same. Every function takes any string, a hostile one included, and answers in bounded time.
"""

from relier.lib.names.comparing import PROPOSE, Born, Likeness, Reason, likeness
from relier.lib.names.folding import LONGEST_NAME, fold
from relier.lib.names.keys import (
    KEYS_VERSION,
    LONGEST_KEY,
    fragments,
    prefix_range,
    query_words,
    sound_keys,
)

__all__ = [
    "KEYS_VERSION",
    "LONGEST_KEY",
    "LONGEST_NAME",
    "PROPOSE",
    "Born",
    "Likeness",
    "Reason",
    "fold",
    "fragments",
    "likeness",
    "prefix_range",
    "query_words",
    "sound_keys",
]
