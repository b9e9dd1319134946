"""Reading and writing the file of a framework: one JSON object, documented in packages/README.md.

Strict on purpose: a key that nobody knows, an identifier given twice, an item filed in a group
that does not exist, scales that map to each other in a ring or a licence left unsaid are errors,
each naming its place. A package is shown to people as fact; a typing mistake must not be.

Plain Python: no Django here. Every function raises FrameworkError.
"""

import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any, Final

from .frameworks import (
    AI_LABELS,
    AUDIENCES,
    ITEMS_ARE,
    KINDS,
    LANGUAGES,
    Filed,
    Framework,
    Group,
    Item,
    LevelMap,
    Outcome,
    Reference,
    Scale,
    Statement,
    Step,
    Term,
    Words,
)
from .strict import Box, FrameworkError, gettext_noop, read_json

FORMAT: Final = "relier-framework/1"
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,39}")


def parse(raw: bytes, *, name: str = "package") -> Framework:
    """Read the bytes of a package; `name` stands before the place in an error."""
    return from_data(read_json(raw, place=name), name=name)


def from_data(data: Any, *, name: str = "package") -> Framework:
    """Build a framework from the values of a package, once all of them hold together."""
    with Box(data, name) as box:
        if box.take("format") != FORMAT:
            raise FrameworkError(
                gettext_noop(
                    "The format is not %(format)s: this version of Relier reads no other."
                ),
                place=box.at("format"),
                format=FORMAT,
            )
        framework = Framework(
            id=_id(box, "id"),
            version=_id(box, "version"),
            title=_words(box, "title"),
            publisher=box.text("publisher"),
            published=box.text("published"),
            reference=box.text("reference"),
            purpose=_words(box, "purpose"),
            limits=_words(box, "limits"),
            audience=box.choice("audience", AUDIENCES),
            items_are=box.choice("items_are", ITEMS_ARE),
            items_announced=box.count_or_none("items_announced"),
            graded=box.yes_no("graded"),
            groups=tuple(_group(*at) for at in box.each("groups")),
            items=tuple(_item(*at) for at in box.each("items")),
            scales=tuple(_scale(*at) for at in box.each("scales")),
            maps=tuple(_map(*at) for at in box.each("maps")),
            licence=box.text_or_none("licence"),
            licence_verified=box.yes_no("licence_verified"),
            licence_note=_words(box, "licence_note"),
            attribution=box.text("attribution"),
            verified=box.yes_no("verified"),
            verified_scope=_words(box, "verified_scope"),
            doubts=tuple(_words_of(*at) for at in box.each("doubts")),
            sources=tuple(_source(*at) for at in box.each("sources")),
            profile_of=_reference(box, "profile_of"),
            accessed=_day(box, "accessed"),
            statements=tuple(_statement(*at) for at in box.each("statements", ())),
            outcomes=tuple(_outcome(*at) for at in box.each("outcomes", ())),
            terms=tuple(_term(*at) for at in box.each("terms", ())),
            texts_in=box.choice("texts_in", ("", *LANGUAGES), ""),
        )
    _check(framework, name)
    return framework


# --- pieces ----------------------------------------------------------------------------------


def _id(box: Box, key: str) -> str:
    found = box.text(key)
    if not _ID.fullmatch(found):
        raise FrameworkError(
            gettext_noop("An identifier is made of letters, digits, dots and hyphens, 40 at most."),
            place=box.at(key),
        )
    return found


def _words(box: Box, key: str) -> Words:
    return _words_of(box.take(key), box.at(key))


def _words_of(value: Any, place: str) -> Words:
    with Box(value, place) as box:
        ours = tuple(language for language, _place in box.each("ours", ()))
        for language in ours:
            if language not in LANGUAGES:
                raise FrameworkError(
                    gettext_noop("“ours” lists the languages that we translated: en, fr or both."),
                    place=box.at("ours"),
                )
        return Words(en=box.text("en"), fr=box.text("fr"), ours=ours)


def _optional_words(box: Box, key: str) -> Words | None:
    value = box.take(key, None)
    return None if value is None else _words_of(value, box.at(key))


def _reference(box: Box, key: str, *, with_item: bool = False) -> Reference | None:
    value = box.take(key, None)
    if value is None:
        return None
    with Box(value, box.at(key)) as inner:
        return Reference(
            framework=_id(inner, "framework"),
            version=_id(inner, "version"),
            item=_id(inner, "item") if with_item else "",
        )


def _day(box: Box, key: str) -> date:
    try:
        return date.fromisoformat(box.text(key))
    except ValueError as error:
        if isinstance(error, FrameworkError):
            raise
        raise FrameworkError(
            gettext_noop("A day is written 2026-11-24."), place=box.at(key)
        ) from error


def _source(value: Any, place: str) -> str:
    with Box({"source": value}, place) as box:
        return box.text("source")


def _group(value: Any, place: str) -> Group:
    with Box(value, place) as box:
        return Group(_id(box, "id"), _words(box, "title"), box.text("description", ""))


def _item(value: Any, place: str) -> Item:
    with Box(value, place) as box:
        return Item(
            id=_id(box, "id"),
            group=box.text("group"),
            title=_words(box, "title"),
            graded=box.yes_no("graded") if box.holds("graded") else None,
            note=_optional_words(box, "note"),
            became=_reference(box, "became", with_item=True),
            description=box.text("description", ""),
        )


def _step(value: Any, place: str) -> Step:
    with Box(value, place) as box:
        return Step(_id(box, "id"), _words(box, "title"), box.text("description", ""))


def _scale(value: Any, place: str) -> Scale:
    with Box(value, place) as box:
        scale = Scale(
            id=_id(box, "id"),
            title=_words(box, "title"),
            note=_words(box, "note"),
            steps=tuple(_step(*at) for at in box.each("steps")),
        )
    _once((step.id for step in scale.steps), f"{place}.steps")
    return scale


def _map(value: Any, place: str) -> LevelMap:
    with Box(value, place) as box:
        pairs = box.take("pairs")
        if not isinstance(pairs, dict):
            raise FrameworkError(
                gettext_noop("“pairs” gives, for each step, the list of steps that it covers."),
                place=box.at("pairs"),
            )
        inner = Box(pairs, box.at("pairs"))
        return LevelMap(
            from_=box.text("from"),
            to=box.text("to"),
            pairs={key: tuple(str(v) for v, _place in inner.each(key)) for key in pairs},
        )


def _statement(value: Any, place: str) -> Statement:
    with Box(value, place) as box:
        return Statement(
            id=_id(box, "id"),
            item=box.text("item"),
            level=box.text("level"),
            ai=box.choice("ai", AI_LABELS),
            text=box.text("text", ""),
        )


def _outcome(value: Any, place: str) -> Outcome:
    with Box(value, place) as box:
        return Outcome(
            id=_id(box, "id"),
            item=box.text("item"),
            level=box.text("level"),
            kind=box.choice("kind", KINDS),
            ai=box.choice("ai", AI_LABELS),
            text=box.text("text", ""),
        )


def _term(value: Any, place: str) -> Term:
    with Box(value, place) as box:
        return Term(box.text("word"), box.text("meaning"))


# --- what holds together ---------------------------------------------------------------------


def _check(framework: Framework, name: str) -> None:
    _once((g.id for g in framework.groups), f"{name}.groups")
    _once((i.id for i in framework.items), f"{name}.items")
    _once((s.id for s in framework.scales), f"{name}.scales")
    _once((s.id for s in framework.statements), f"{name}.statements")
    _once((o.id for o in framework.outcomes), f"{name}.outcomes")
    _once((t.word for t in framework.terms), f"{name}.terms")
    _check_filing(framework, name)
    _check_maps(framework, name)
    if framework.licence is None and framework.licence_verified:
        raise FrameworkError(
            gettext_noop("An unknown licence cannot be verified: say which licence was read."),
            place=f"{name}.licence",
        )
    if framework.graded and not framework.scales:
        raise FrameworkError(
            gettext_noop(
                "A graded framework needs a scale: add one, or say that it has no levels."
            ),
            place=f"{name}.scales",
        )
    if bool(framework.texts_in) != _has_texts(framework):
        raise FrameworkError(
            gettext_noop("“texts_in” names the language of the official texts, and only then."),
            place=f"{name}.texts_in",
        )


def _has_texts(framework: Framework) -> bool:
    texts = [group.description for group in framework.groups]
    texts += [item.description for item in framework.items]
    texts += [step.description for scale in framework.scales for step in scale.steps]
    texts += [statement.text for statement in framework.statements]
    texts += [outcome.text for outcome in framework.outcomes]
    return bool(framework.terms) or any(texts)


def _once(ids: Iterable[str], place: str) -> None:
    seen: set[str] = set()
    for found in ids:
        if found in seen:
            raise FrameworkError(
                gettext_noop("The identifier “%(id)s” is given twice: each one stands once."),
                place=place,
                id=found,
            )
        seen.add(found)


def _check_filing(framework: Framework, name: str) -> None:
    groups = {group.id for group in framework.groups}
    items = {item.id for item in framework.items}
    levels = {step.id for step in framework.scales[0].steps} if framework.scales else set()
    for number, item in enumerate(framework.items):
        _known(item.group, groups, f"{name}.items[{number}].group")
    filed: dict[str, tuple[Filed, ...]] = {
        "statements": framework.statements,
        "outcomes": framework.outcomes,
    }
    for kind, rows in filed.items():
        for number, row in enumerate(rows):
            _known(row.item, items, f"{name}.{kind}[{number}].item")
            _known(row.level, levels, f"{name}.{kind}[{number}].level")


def _known(found: str, known: set[str], place: str) -> None:
    if found not in known:
        raise FrameworkError(
            gettext_noop("“%(found)s” is not declared in this package: declare it or correct it."),
            place=place,
            found=found,
        )


def _check_maps(framework: Framework, name: str) -> None:
    steps = {scale.id: {step.id for step in scale.steps} for scale in framework.scales}
    above: dict[str, set[str]] = {scale: set() for scale in steps}
    for number, level_map in enumerate(framework.maps):
        place = f"{name}.maps[{number}]"
        _known(level_map.from_, set(steps), f"{place}.from")
        _known(level_map.to, set(steps), f"{place}.to")
        for high, low in level_map.pairs.items():
            _known(high, steps[level_map.from_], f"{place}.pairs")
            for step in low:
                _known(step, steps[level_map.to], f"{place}.pairs.{high}")
        if level_map.from_ in _reachable(level_map.to, above) | {level_map.to}:
            raise FrameworkError(
                gettext_noop("The scales map to each other in a ring: remove this map."),
                place=place,
            )
        above[level_map.from_].add(level_map.to)


def _reachable(scale: str, above: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [scale]
    while waiting:
        for other in above[waiting.pop()] - found:
            found.add(other)
            waiting.append(other)
    return found


# --- writing ---------------------------------------------------------------------------------


def as_data(framework: Framework) -> dict[str, Any]:
    """The values of a package, ready for JSON. `from_data(as_data(f)) == f`."""
    names = [f.name for f in fields(framework) if f.init]
    return {"format": FORMAT} | {name: _plain(getattr(framework, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, LevelMap):
        pairs = {key: list(steps) for key, steps in value.pairs.items()}
        return {"from": value.from_, "to": value.to, "pairs": pairs}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, (Words, Reference, Group, Item, Scale, Step, Statement, Outcome, Term)):
        rows = {f.name: getattr(value, f.name) for f in fields(value)}
        return {key: _plain(found) for key, found in rows.items() if found not in ("", None, ())}
    return value
