"""The gaps of a text, %(count)s or {count}.

A translation must have the same ones, or the page breaks the day it is shown.
"""

import re

# Only these forms: Python would read « %(count) dossiers » as a number followed by « ossiers ».
NAMED = re.compile(r"%\((\w+)\)(?:\.\d+)?[sdf]")
BRACES = re.compile(r"\{(\w+)\}")
NAMELESS = re.compile(r"%[sd]\b|\{\}")


def gaps(text: str) -> set[str]:
    """The gaps of a text as they are written, without precision: {"%(count)", "{name}"}."""
    return {f"%({name})" for name in NAMED.findall(text)} | {
        f"{{{name}}}" for name in BRACES.findall(text)
    }


def source_faults(source: str) -> list[str]:
    """What is wrong in an English text before any translation."""
    nameless = NAMELESS.findall(source.replace("%%", ""))
    return [f"give the gap {gap} a name: %(count)s" for gap in nameless]


def faults(source: str, translation: str) -> list[str]:
    """How the gaps of a translation differ from those of its source, in words."""
    wanted, given = gaps(source), gaps(translation)
    found = [f"the gap {gap} is missing" for gap in sorted(wanted - given)]
    found += [f"the gap {gap} does not exist in English" for gap in sorted(given - wanted)]
    rest = NAMED.sub("", translation)
    filled_by_percent = bool(NAMED.search(source)) or "%%" in source
    if filled_by_percent and "%" in rest.replace("%%", ""):
        found.append(
            "a % stands alone or a gap is broken: write %% for a percent sign, %(name)s for a gap"
        )
    if not filled_by_percent and "%%" in rest:
        found.append("write % once: this text is shown as it is")
    return found
