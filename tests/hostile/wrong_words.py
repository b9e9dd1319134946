"""Words that are none, and words that disturb; sending them with a card."""

from uuid import uuid4

NOTHING = {
    "spaces": " \t\n\u00a0\u2003 ",
    "emoji": "😀👩🏽‍👩🏽‍👧😀😀",
    "signs": "?!… —— **",
    "unseen": "\u200b\ufeff\u3164\u2060",
    "control": "\x01\x02\x03\x7f",
    "bidi": "\u202e\u2066\u2069\u202c",
    "long": "é" * 5000,
    "one letter": "a",
}
DISTURBED = {
    "a\x00bc \x01\x1b[31md": "abc [31md",
    "100 \u202eeuros\u202c de trop": "100 euros de trop",
    "\u2066deux\u2069\n\nlignes\u2028ici": "deux lignes ici",
    "une\ufffe idée\U0010ffff": "une idée",
    "مرحبا\u200f بكم": "مرحبا\u200f بكم",
    "c’est 👩🏽‍👧 bien": "c’est 👩🏽‍👧 bien",
}


def proposing(client, words):
    return client.post("/voice/propose/", {"words": words, "form_key": str(uuid4())})


def saying(client, words, aspect="try"):
    given = {"words": words, "aspect": aspect, "may_be_published": "on"}
    return client.post("/voice/sentence/", given)


def is_told(answer, words):
    """A page that says so, and no redirection to thanks."""
    return answer.status_code == 200 and words in answer.content.decode()
