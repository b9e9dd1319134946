"""The pictograms of the house, as `typeset` takes them."""

from relier.ui.pictograms import FOLDER, WORDS


def pictures(*names: str) -> dict[str, bytes]:
    """The SVG file of each pictogram, by name. Raises LookupError for a name that has no word."""
    for name in names:
        if name not in WORDS:
            raise LookupError(f"No pictogram named {name!r}; see relier/ui/pictograms.py.")
    return {name: (FOLDER / f"{name}.svg").read_bytes() for name in names}
