"""A category of articles 5 and 6 of the decree, as people write it."""

import re
from typing import Final

from relier.lib.names import fold
from relier.training.importing.values import Reader
from relier.training.rules import categories

# « Art. 5, 3° bis », « 5.3bis ».
_WRITTEN: Final = re.compile(r"(?:art(?:icle)?s? ?)?([56])(?: (\d)(?:o|er|e)? ?(bis)?)?")


def read_category(reader: Reader, name: str = "eligibility") -> str:
    """« 5-3bis » for « art. 5, 3° bis »; "" where nothing is said. What is no category is named."""
    cell = reader.cell(name)
    if cell is None:
        return ""
    found = category_of(cell.text)
    if not found:
        reader.wrong(name, "no_category", said=cell.text)
    return found


def category_of(text: str) -> str:
    said = fold(text.replace("°", " "))
    for one in categories().values():
        if said in {fold(words) for words in one.label.values()}:
            return one.key
    found = _WRITTEN.fullmatch(said)
    if found is None:
        return ""
    article, point, bis = found.groups()
    key = f"{article}-{point}{bis or ''}" if point else str(article)
    return key if key in categories() else ""
