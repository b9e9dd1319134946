"""Words as they are looked for: without accents nor capitals. Plain Python."""

import unicodedata


def folded(text: str) -> str:
    """« Déclarer à l’ONEM » -> "declarer a l'onem"."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    return "".join(char for char in plain if not unicodedata.combining(char))
