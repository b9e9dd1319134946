"""The result as a page to read: text first, one file, no script, French or English.

It is made from the document (`document.document`) and from nothing else, so that it can say no more
than what may be shown. Every figure has a "Why?" that computes it again from counts. It reads in a
column of 320 px, aloud, and on paper.
"""

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Final

from .page_words import WORDS

LANGUAGES: Final = ("en", "fr")
Json = dict[str, Any]

STYLE: Final = """
:root{color-scheme:light dark}
body{max-width:42rem;margin:0 auto;padding:1rem;font:1.125rem/1.5 system-ui,sans-serif;
color:#1a1a1a;background:#fff;overflow-wrap:break-word}
h1{font-size:1.6rem;line-height:1.2}h2{font-size:1.3rem;margin-top:2.5rem}
h3{font-size:1.1rem;margin:1.5rem 0 .25rem}
.lead{font-size:1.25rem;font-weight:600}
ul{padding-left:1.25rem}li{margin:.25rem 0}
article{border-top:1px solid #767676;padding:.25rem 0 .75rem}
p{margin:.4rem 0}details{margin:.25rem 0}
summary{cursor:pointer;padding:.5rem 0;min-height:1.5rem;color:#00468c}
summary:focus-visible{outline:3px solid #00468c;outline-offset:2px}
.label{font-weight:600}.bar{display:block;width:100%;height:.9rem;margin:.4rem 0}
.yes{fill:#00468c}.no{fill:#8a3b00}.not{fill:#b8b8b8}
.mark{font-family:monospace;font-size:.9rem;overflow-wrap:anywhere}
@media(prefers-color-scheme:dark){body{color:#f2f2f2;background:#121212}
summary{color:#9ecbff}summary:focus-visible{outline-color:#9ecbff}
.yes{fill:#7db4f5}.no{fill:#f0a468}.not{fill:#5c5c5c}}
@media print{details>*{display:block}}
"""


class Told:
    """The words of one language, and its way of writing numbers."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"no page in {language}")
        self.place = LANGUAGES.index(language)

    def __call__(self, key: str, **values: object) -> str:
        told = {name: self.number(value) for name, value in values.items()}
        said = escape(WORDS[key][self.place].format(**told), quote=False)
        # In French, these stay with the word before them.
        return re.sub(r" ([:;?%])", "\u00a0\\1", said) if self.place else said

    def number(self, value: object) -> str:
        if isinstance(value, float):
            return f"{value:g}".replace(".", "," if self.place else ".")
        return str(value)

    def percent(self, share: float) -> int:
        return round(100 * share)


def page(document: Json, texts: Mapping[str, str], language: str) -> str:
    """The page, as one HTML file. `texts`: the words of the statements by id, those that are known.
    Raises ValueError for a language that is neither "en" nor "fr"."""
    told = Told(language)
    title = told("title")
    parts = [_verdict(document, told), _agreed(document, texts, told)]
    if document["groups"]:
        parts += [_divides(document, texts, told), _ways(document, texts, told)]
    if document["spectrum"] and document["spectrum"]["ends"]:
        parts.append(_ends(document, texts, told))
    parts += [_all(document, texts, told), _how(document, told)]
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n" + "\n".join(parts) + "\n</main>\n</body>\n</html>\n"
    )


def sections(document: Json, texts: Mapping[str, str], language: str) -> list[str]:
    """The same sentences for a page of another: what is found, each in a <section> under an <h2>,
    without the list of every statement (`statements`). The document may be one from which what says
    too much was taken out (`is_shown` false, and "word" for what may be said in words)."""
    told = Told(language)
    parts = [_verdict(document, told), _agreed(document, texts, told)]
    if document["groups"]:
        parts += [_divides(document, texts, told), _ways(document, texts, told)]
    if document["spectrum"] and document["spectrum"]["ends"]:
        parts.append(_ends(document, texts, told))
    return [*parts, _unknown(document, texts, told)]


def statements(statements: list[Json], texts: Mapping[str, str], language: str) -> list[str]:
    """Some statements, each an <article> under an <h3>: figures in words, a bar, its table, why."""
    told = Told(language)
    return [_article(statement, texts, told) for statement in statements]


def unknown(document: Json) -> list[Json]:
    """Statements on which many do not know, or too few answered to say anything."""
    return [one for one in document["statements"] if not one["is_shown"] or _many_pass(one)] if (
        document["people"]
    ) else []  # fmt: skip


def _why_not(statement: Json) -> str:
    """Why nothing is shown. Of what is published ("told"), answers may wait to be counted."""
    return "not_yet" if statement.get("told") else "hidden"


def _many_pass(statement: Json) -> bool:
    """Three in ten at least of those who answered do not know, or do not understand."""
    passes = statement["pass"] + statement["unclear"]
    seen = statement["agree"] + statement["disagree"] + passes
    return 10 * passes >= 3 * seen


def _unknown(document: Json, texts: Mapping[str, str], told: Told) -> str:
    items = []
    for one in unknown(document):
        if one["is_shown"]:
            passes = one["pass"] + one["unclear"]
            seen = one["agree"] + one["disagree"] + passes
            items.append(f"{_text(one, texts)} {told('unknown_many', passes=passes, seen=seen)}")
        elif not one.get("word"):
            items.append(f"{_text(one, texts)} {told(_why_not(one))}")
    return _section(told("unknown"), _list(items) if items else _paragraph(told("unknown_none")))


def _section(title: str, *content: str) -> str:
    return f"<section>\n<h2>{title}</h2>\n" + "\n".join(content) + "\n</section>"


def _paragraph(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{text}</p>' if kind else f"<p>{text}</p>"


def _list(items: list[str]) -> str:
    return "<ul>\n" + "\n".join(f"<li>{item}</li>" for item in items) + "\n</ul>"


def _why(told: Told, *reasons: str) -> str:
    inside = "".join(_paragraph(reason) for reason in reasons)
    return f"<details><summary>{told('why')}</summary>{inside}</details>"


def _text(statement: Json, texts: Mapping[str, str]) -> str:
    name = str(statement["id"])
    words = " ".join(texts.get(name, "").split())
    return escape(f"{name}. {words}" if words else name, quote=False)


def _verdict(document: Json, told: Told) -> str:
    if not document["people"]:
        return _section(told("in_short"), _paragraph(told("nobody"), "lead"))
    lead = told(
        document["verdict"], groups=len(document["groups"]), least=document["smallest_group"]
    )
    content = [
        _paragraph(lead, "lead"),
        _paragraph(
            told("people", people=document["people"], statements=len(document["statements"]))
        ),
    ]
    if document["advice"]:
        content.append(_list([told(advice) for advice in document["advice"]]))
    if document["gate"]:
        content.append(_why(told, told("why_gate", **document["gate"], p=document["p_value"])))
    elif document.get("is_shuffled"):  # what is published: the figure is a mark of the table
        content.append(_why(told, told("why_shuffled")))
    return _section(told("in_short"), *content)


def _agreed(document: Json, texts: Mapping[str, str], told: Told) -> str:
    items = [
        _article(statement, texts, told, label=f"{statement['consensus']}_label")
        for statement in document["statements"]
        if statement["consensus"]
    ]
    return _section(told("agreed"), *(items or [_paragraph(told("agreed_none"))]))


def _divides(document: Json, texts: Mapping[str, str], told: Told) -> str:
    items = [
        _article(statement, texts, told)
        for statement in document["statements"]
        if statement["divisive"]
    ]
    return _section(told("divides"), *(items or [_paragraph(told("divides_none"))]))


def _ways(document: Json, texts: Mapping[str, str], told: Told) -> str:
    content = []
    for group in document["groups"]:
        content.append(f"<h3>{told('way', **group)}</h3>")
        items = [
            f"{_text(statement, texts)} {_cell(group['id'], statement, told)}"
            for statement in document["statements"]
            if statement["by_group"] and statement["by_group"][group["id"]]["tells_apart"]
        ]
        if items:
            content += [_paragraph(told("tells")), _list(items)]
        else:
            content.append(_paragraph(told("tells_none")))
    return _section(told("ways"), *content)


def _ends(document: Json, texts: Mapping[str, str], told: Told) -> str:
    named = {statement["id"]: statement for statement in document["statements"]}
    content = []
    for key, title in (("one", "end"), ("other", "other_end")):
        items = [_text(named[name], texts) for name in document["spectrum"]["ends"][key]]
        if items:
            content += [_paragraph(told(title)), _list(items)]
    return _section(told("ends"), *content)


def _all(document: Json, texts: Mapping[str, str], told: Told) -> str:
    items = [_article(statement, texts, told) for statement in document["statements"]]
    return _section(told("all"), *items)


def _article(
    statement: Json, texts: Mapping[str, str], told: Told, *, label: str | None = None
) -> str:
    content = [f"<h3>{_text(statement, texts)}</h3>"]
    if statement.get("word"):
        alike = _paragraph(told(f"all_{statement['word']}"), "label")
        return f"<article>{content[0]}{alike}</article>"
    if not statement["is_shown"]:
        return f"<article>{content[0]}{_paragraph(told(_why_not(statement)))}</article>"
    if label:
        content.append(_paragraph(told(label), "label"))
    names = ("agree", "disagree", "pass", "unclear", "unseen")
    figures = [f"{statement[name]} {told(name)}" for name in names if statement[name]]
    content += [_paragraph(", ".join(figures) + "."), _bar(statement)]
    content += [_table(statement, told), _why(told, *_reasons(statement, told))]
    return "<article>" + "\n".join(content) + "</article>"


def _bar(statement: Json) -> str:
    """A bar for the eye only: the same figures stand in words beside it."""
    parts = (("yes", "agree"), ("not", "pass"), ("not", "unclear"), ("no", "disagree"))
    whole = sum(statement[name] for _kind, name in parts)
    drawn, start = [], 0
    for kind, name in parts:
        width = statement[name]
        drawn.append(f'<rect class="{kind}" x="{start}" width="{width}" height="1"/>')
        start += width
    return (
        f'<svg class="bar" viewBox="0 0 {max(whole, 1)} 1" preserveAspectRatio="none" '
        f'aria-hidden="true">{"".join(drawn)}</svg>'
    )


def _table(statement: Json, told: Told) -> str:
    """The figures of the bar, for whoever prefers a table or hears the page."""
    rows = "".join(
        f'<tr><th scope="row">{told(name)}</th><td>{statement[name]}</td></tr>'
        for name in ("agree", "disagree", "pass", "unclear", "unseen")
    )
    return f"<details><summary>{told('table')}</summary><table>{rows}</table></details>"


def _reasons(statement: Json, told: Told) -> list[str]:
    agree, disagree, passes = (statement[name] for name in ("agree", "disagree", "pass"))
    opinions, seen = agree + disagree, agree + disagree + passes + statement["unclear"]
    everyone = seen + statement["unseen"]
    reasons = [
        told("why_total", agree=agree, disagree=disagree, passes=passes, people=everyone,
             unclear=statement["unclear"], unseen=statement["unseen"])
    ]  # fmt: skip
    if opinions:
        share = told.percent(agree / opinions)
        reasons.append(told("why_share", agree=agree, opinions=opinions, share=share))
    if passes:
        share = told.percent(passes / seen)
        reasons.append(told("why_pass", passes=passes, seen=seen, share=share))
    if statement["shown_by_group"] == "hidden":
        reasons.append(told("group_hidden"))
    for group in statement["by_group"] or ():
        reasons.append(_cell(group, statement, told))
    if statement["consensus_probability"]:
        reasons.append(told("why_consensus", **statement["consensus_probability"]))
    if statement["divisive_probability"] is not None:
        reasons.append(told("why_divides", chance=statement["divisive_probability"]))
    return reasons


def _cell(group: str, statement: Json, told: Callable[..., str]) -> str:
    cell = statement["by_group"][group]
    if not cell["opinions"]:
        return told("by_group_none", id=group)
    if "agree" not in cell:
        word = told(cell["word"])
        return told("by_group_words", id=group, word=word, opinions=cell["opinions"])
    return told(
        "by_group", id=group, agree=cell["agree"], opinions=cell["opinions"],
        low=round(100 * cell["low"]), high=round(100 * cell["high"]),
    )  # fmt: skip


def _how(document: Json, told: Told) -> str:
    return _section(
        told("how"),
        _paragraph(told("how_told", least=document["smallest_group"])),
        _paragraph(told("mark", digest=document["digest"]), "mark"),
    )
