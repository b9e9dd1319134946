"""What was told of a situation, day after day: where things stand now, and how they came to be.

A fact is one facet as it was told one day. Nothing is overwritten, so "now" is a reading of all
the facts: the latest of each facet. Plain values in, plain values out; the facts of the database
fit the shapes below, and so do a test's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relier.ui.pieces import Fact as ShortFact

from .questions import (
    DONE,
    EASE,
    FELT,
    HANDED_OVER,
    PICTOGRAMS,
    PRIVATE,
    TITLES,
    answers,
    carried,
    in_words,
)


class Author(Protocol):
    @property
    def name(self) -> str: ...


class Moment(Protocol):
    """When it was told, by whom, and who wrote it down."""

    @property
    def pk(self) -> Any: ...
    @property
    def on(self) -> date: ...
    @property
    def told(self) -> str: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def author(self) -> Author: ...


class Telling(Protocol):
    @property
    def facet(self) -> str: ...
    @property
    def choices(self) -> Mapping[str, Any]: ...
    @property
    def words(self) -> str: ...
    @property
    def situation(self) -> Moment: ...


# The codes of `Situation.Told`: who says so, and to whom.
SOURCES = {
    "by_person": gettext_lazy("told by the person, to %(author)s"),
    "observed": gettext_lazy("seen by %(author)s"),
    "by_relative": gettext_lazy("told by someone close, to %(author)s"),
}


def source(told: str, author: str) -> str:
    """Who says so and who wrote it down, in words."""
    return str(SOURCES[told]) % {"author": author}


@dataclass(frozen=True)
class Now:
    """A facet as it stands. `also`: words handed over under secrecy since, each with its author."""

    facet: str
    choices: Mapping[str, Any]
    words: str
    moment: Moment
    also: tuple["Now", ...] = ()

    @property
    def on(self) -> date:
        return self.moment.on

    @property
    def author(self) -> str:
        return self.moment.author.name

    @property
    def title(self) -> str:
        return str(TITLES[self.facet])

    @property
    def pictogram(self) -> str:
        return PICTOGRAMS[self.facet]

    @property
    def said(self) -> str:
        return in_words(self.facet, carried(self.facet, self.choices))

    @property
    def source(self) -> str:
        return source(self.moment.told, self.author)

    @property
    def empty(self) -> bool:
        """Nothing of it stands: it was taken back, or what was told is true of its day only."""
        return not (self.said or self.words or self.also)


@dataclass(frozen=True)
class Change:
    """One facet, before and after, as answers in words and as the person's own words."""

    facet: str
    before: str
    after: str
    words_before: str
    words_after: str
    handed_over: bool = False

    @property
    def told_before(self) -> str:
        """What it was, in one line."""
        return _in_one_line(self.before, self.words_before)

    @property
    def title(self) -> str:
        return str(TITLES[self.facet])

    @property
    def pictogram(self) -> str:
        return PICTOGRAMS[self.facet]


@dataclass
class Chapter:
    """What was told at one moment."""

    pk: Any
    on: date
    told: str
    author: str
    recorded_at: datetime
    changes: list[Change] = field(default_factory=list)

    @property
    def source(self) -> str:
        return source(self.told, self.author)


def current(facts: Iterable[Telling]) -> dict[str, Now]:
    """Facet -> how it stands, in the order of the questions. A facet never told is not there;
    one that was taken back is there, `empty`."""
    latest: dict[str, Telling] = {}
    handed: list[Telling] = []
    for fact in in_order(facts):
        if is_handed_over(fact):
            handed.append(fact)
        else:
            latest[fact.facet] = fact
    now = {facet: _now(fact) for facet, fact in latest.items()}
    if waiting := _not_taken_up(handed, latest.get(PRIVATE)):
        now[PRIVATE] = _with_handed_over(latest.get(PRIVATE), waiting)
    return {facet: now[facet] for facet in TITLES if facet in now}


def current_facts(facts: Iterable[Telling]) -> list[ShortFact]:
    """How it stands as short facts, ready for `{% facts %}`: title, words, day, pictogram."""
    return [
        ShortFact(now.title, value(now), now.on, now.pictogram)
        for now in current(facts).values()
        if not now.empty
    ]


def value(now: Now) -> str:
    """A facet in one line: what was chosen, then the person's own words between quotes."""
    return _in_one_line(now.said, now.words, *(other.words for other in now.also))


def _in_one_line(said: str, *words: str) -> str:
    return " ".join([said, *(quoted(one) for one in words if one)]).strip()


def quoted(words: str) -> str:
    """Someone's words, between the quotation marks of the language of the page."""
    return _("“%(words)s”") % {"words": words}


def changed(shown: Now | None, choices: Mapping[str, Any], words: str) -> bool:
    """Whether what is on the form differs from what the form was shown with."""
    if shown is None:
        return bool(choices or words)
    standing = carried(shown.facet, choices)
    # What is told of this day only adds to the story, whatever was told of other days.
    told_today = standing != dict(choices)
    return told_today or standing != carried(shown.facet, shown.choices) or words != shown.words


def story(facts: Iterable[Telling]) -> list[Chapter]:
    """Chapters, the earliest first: at each moment, what changed and what it was before."""
    chapters: dict[Any, Chapter] = {}
    known: dict[str, Telling] = {}
    for fact in in_order(facts):
        moment = fact.situation
        if moment.pk not in chapters:
            chapters[moment.pk] = Chapter(
                moment.pk, moment.on, moment.told, moment.author.name, moment.recorded_at
            )
        chapters[moment.pk].changes.append(_change(known.get(fact.facet), fact))
        if not is_handed_over(fact):
            known[fact.facet] = fact
    for chapter in chapters.values():
        chapter.changes.sort(key=lambda change: list(TITLES).index(change.facet))
    return list(chapters.values())


def in_order(facts: Iterable[Telling]) -> list[Telling]:
    """As they were lived: by day, then as they were written down."""
    return sorted(
        facts, key=lambda f: (f.situation.on, f.situation.recorded_at, str(f.situation.pk))
    )


def is_handed_over(fact: Telling) -> bool:
    return bool(fact.choices.get(HANDED_OVER))


def _now(fact: Telling) -> Now:
    return Now(fact.facet, fact.choices, fact.words, fact.situation)


def _not_taken_up(handed: list[Telling], latest: Telling | None) -> list[Telling]:
    """Handed over since someone bound last wrote: until they do, nothing handed over is hidden,
    even when it speaks of an earlier day."""
    if latest is None:
        return handed
    return [f for f in handed if f.situation.recorded_at > latest.situation.recorded_at]


def _with_handed_over(latest: Telling | None, waiting: list[Telling]) -> Now:
    also = tuple(_now(fact) for fact in waiting)
    if latest is not None:
        return replace(_now(latest), also=also)
    return Now(PRIVATE, {}, "", also[-1].moment, also)


def _change(before: Telling | None, after: Telling) -> Change:
    if is_handed_over(after):
        return Change(after.facet, "", "", "", after.words, handed_over=True)
    now = in_words(after.facet, after.choices)
    if before is None or not _replaces(before, after):
        # What stood still stands: only something true of this day was told.
        return Change(after.facet, "", now, "", after.words)
    # What was told of another day only was not replaced by what is told of this one.
    standing = in_words(before.facet, carried(before.facet, before.choices))
    return Change(after.facet, standing, now, before.words, after.words)


def _replaces(before: Telling, after: Telling) -> bool:
    return changed(_now(before), carried(after.facet, after.choices), after.words)


@dataclass(frozen=True)
class FeltAndDone:
    """What someone felt and what they did, as they told it one day: never put together."""

    on: date
    source: str
    felt: str
    done: tuple[str, ...]


def felt_and_done(facts: Iterable[Telling]) -> list[FeltAndDone]:
    """Felt beside done, day after day, the earliest first. Days when neither was told are not
    there. No class is made of the two, whatever the barometer does with a population."""
    days = []
    for fact in in_order(fact for fact in facts if fact.facet == EASE):
        felt, done = answers(FELT, fact.choices), answers(DONE, fact.choices)
        if felt or done:
            moment = fact.situation
            told = source(moment.told, moment.author.name)
            days.append(FeltAndDone(moment.on, told, "".join(felt), tuple(done)))
    return days
