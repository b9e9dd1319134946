"""First and family name, as a line says them."""

from relier.lib.names import fold
from relier.lib.names.particles import is_particle
from relier.training.importing.columns import NAMES
from relier.training.importing.values import Reader

LONGEST = 80


def read_name(reader: Reader) -> tuple[str, str]:
    """(Name to call them by, family name); two empty words where there is none, which is said."""
    call, family = reader.name("call_name"), reader.name("family_name")
    if not call and not family:
        for name in ("full_name", "first_full_name"):
            text = reader.name(name, 2 * LONGEST)
            if text:
                call, family = split(text, family_first=name == "full_name")
                break
    if not call and not family:
        if not any(problem.code != "not_text" for problem in reader.problems):
            present = [one.name for one in NAMES if one.name in reader.columns]
            reader.needed(present[0])
        return "", ""
    return (call, family) if call else (family, "")


def split(text: str, *, family_first: bool) -> tuple[str, str]:
    """(First name, family name). A comma ends the family name; what stands in capitals is one."""
    before, comma, after = text.partition(",")
    if comma and after.strip():
        return after.strip()[:LONGEST], before.strip()[:LONGEST]
    words = text.split()
    shouted = [word for word in words if word.isupper() and len(word) > 1]
    if shouted and len(shouted) < len(words):
        others = [word for word in words if word not in shouted]
        return " ".join(others)[:LONGEST], " ".join(shouted)[:LONGEST]
    if len(words) == 1:
        return text[:LONGEST], ""
    if not family_first:
        return words[0][:LONGEST], " ".join(words[1:])[:LONGEST]
    at = 0
    while at < len(words) - 2 and is_particle(fold(words[at])):
        at += 1
    return " ".join(words[at + 1 :])[:LONGEST], " ".join(words[: at + 1])[:LONGEST]
