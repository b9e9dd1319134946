"""What a room says to people: every text given to gettext in its code and templates.

Python is read from its syntax tree, so that any alias of an import is followed and a text built on
the fly (an f-string) is seen and refused, where the usual tools skip it in silence. Templates go
through Django's own `templatize`, then through Babel.
"""

import ast
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

# What each argument of each function is: "c" the context, "s" the text, "p" its plural.
ROLES = {"gettext": "s", "pgettext": "cs", "ngettext": "sp", "npgettext": "csp"}
FUNCTIONS = ROLES | {f"{name}_lazy": roles for name, roles in ROLES.items()} | {"gettext_noop": "s"}
IN_TEMPLATES = {
    "_": None,
    "gettext": None,
    "pgettext": ((1, "c"), 2),
    "ngettext": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
}
TRANSLATION = "django.utils.translation"
NOT_READ = {"tests", "migrations"}


class UnreadableTextError(ValueError):
    """A text that no tool can extract: it says where, and what to write instead."""


@dataclass(frozen=True, order=True)
class Message:
    text: str
    context: str = ""
    plural: str = ""


def messages_in_room(room: Path) -> Iterator[tuple[Path, Message | UnreadableTextError]]:
    """Every text of one room with the file it stands in.

    Where a file holds a text that no tool can extract, the reason comes instead of its rest.
    """
    for path in sorted(room.rglob("*")):
        inside = path.relative_to(room).parts[:-1]
        if NOT_READ.intersection(inside):
            continue
        if path.suffix == ".py":
            read = messages_in_python
        elif path.suffix in {".html", ".txt"} and "templates" in inside:
            read = messages_in_template
        else:
            continue
        try:
            for message in read(path.read_text(encoding="utf-8")):
                yield path, message
        except UnreadableTextError as reason:
            yield path, reason


def messages_in_python(source: str) -> Iterator[Message]:
    """The texts of one Python module, in the order of its syntax tree."""
    tree = ast.parse(source)
    functions, modules = _imported_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (function := _translator(node.func, functions, modules)):
            yield from _from_call(node, FUNCTIONS[function])


def messages_in_template(source: str) -> Iterator[Message]:
    """The texts of one Django template."""
    # `templatize` keeps the indentation of the template, which Python would take for its own.
    lines = "\n".join(line.lstrip() for line in templatize(source).splitlines())
    for _, texts, _, context in extract(
        "python", io.BytesIO(lines.encode()), keywords=IN_TEMPLATES, options={"encoding": "utf-8"}
    ):
        text, plural = (texts, "") if isinstance(texts, str) else texts
        yield Message(text, context or "", plural)


def _imported_names(tree: ast.AST) -> tuple[dict[str, str], set[str]]:
    functions: dict[str, str] = {}
    modules: set[str] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom):
            continue
        for alias in node.names:
            name = alias.asname or alias.name
            if node.module == TRANSLATION and alias.name in FUNCTIONS:
                functions[name] = alias.name
            elif f"{node.module}.{alias.name}" == TRANSLATION:
                modules.add(name)
    return functions, modules


def _translator(called: ast.expr, functions: dict[str, str], modules: set[str]) -> str | None:
    if isinstance(called, ast.Name):
        return functions.get(called.id)
    if (
        isinstance(called, ast.Attribute)
        and isinstance(called.value, ast.Name)
        and called.value.id in modules
    ):
        return called.attr if called.attr in FUNCTIONS else None
    return None


def _from_call(call: ast.Call, roles: str) -> Iterator[Message]:
    arguments = call.args[: len(roles)]
    texts = [a.value for a in arguments if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if len(texts) == len(roles):
        found = dict(zip(roles, texts, strict=True))
        yield Message(found["s"], found.get("c", ""), found.get("p", ""))
    elif texts or not arguments or any(isinstance(a, ast.JoinedStr | ast.BinOp) for a in arguments):
        written = ast.unparse(call)
        raise UnreadableTextError(
            f"line {call.lineno}: {written} — write each text out between quotes, "
            "and fill its gaps afterwards with %"
        )
    # Otherwise only names were given: texts marked elsewhere, looked up here.
