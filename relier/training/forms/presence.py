"""The grid of a session: what became of it for each person, on one page.

A line says *here*, *at a distance*, *both*, *not here*, or nothing yet. `seen` remembers which
version stood when the page was drawn: a line that still says the same was not written by this
person now, and does not undo what a colleague wrote meanwhile.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.text import format_lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from relier.people.models import Person
from relier.training.actions.presences import Took
from relier.training.expected import Line, as_uuid
from relier.training.models import Presence, Session
from relier.training.models.presences import Equipment, FromWhere, Modality
from relier.training.models.sessions import A_DAY
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice

from .durations import DurationField

AWAY = "away"
# A line that was written by mistake: nothing counts any more, and its history stays.
NOTHING = "nothing"
HOW = [
    (Modality.IN_PERSON, pgettext_lazy("presence", "here")),
    (Modality.REMOTE, pgettext_lazy("presence", "at a distance")),
    (Modality.HYBRID, pgettext_lazy("presence", "both")),
    (AWAY, pgettext_lazy("presence", "not here")),
]
TAKE_BACK = (NOTHING, _("nothing to say: take this line back"))


class Row(NamedTuple):
    """One line, with its fields as the page draws them."""

    line: Line
    is_unfolded: bool
    how: BoundField
    minutes: BoundField
    from_where: BoundField
    equipment: BoundField
    missed: BoundField
    seen: BoundField


class PresenceForm(OnceForm):
    """`lines`: who stands on the grid, in its order."""

    q = forms.CharField(
        label=_("Their name"), required=False, max_length=80,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, session: Session, lines: Sequence[Line], **kwargs: Any) -> None:
        first = {key: value for line in lines for key, value in filled(line, session).items()}
        kwargs["initial"] = {**first, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.session, self.lines = session, lines
        for line in lines:
            self._add(line)

    def _add(self, line: Line) -> None:
        key = line.person.pk.hex
        choices = [*HOW, TAKE_BACK] if line.standing else HOW
        self.fields |= {
            f"how_{key}": forms.ChoiceField(
                label=line.person.name, choices=choices, required=False, widget=OneChoice()
            ),
            f"minutes_{key}": DurationField(
                label=format_lazy("{}: {}", line.person.name, _("How long")),
                required=False,
                help_text="",
            ),
            f"where_{key}": forms.ChoiceField(
                label=_("From where"), required=False, choices=[("", "—"), *FromWhere.choices]
            ),
            f"with_{key}": forms.ChoiceField(
                label=_("With what"), required=False, choices=[("", "—"), *Equipment.choices]
            ),
            f"missed_{key}": DurationField(
                label=_("And missed"), required=False, help_text=_("Of what they should follow.")
            ),
            f"seen_{key}": forms.CharField(required=False, widget=forms.HiddenInput),
        }

    @property
    def rows(self) -> list[Row]:
        """Drawn in the order of the lines."""
        names = ("how", "minutes", "where", "with", "missed", "seen")
        rows = []
        for line in self.lines:
            bound = [self[f"{name}_{line.person.pk.hex}"] for name in names]
            unfolded = any(field.errors or field.value() for field in bound[2:5])
            rows.append(Row(line, unfolded, *bound))
        return rows

    def typed(self) -> dict[str, Any]:
        """What was typed, to draw the page again before anything is wrong."""
        return {name: self[name].data for name in self.fields if self[name].data is not None}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for line in self.lines:
            self._check(line.person.pk.hex, cleaned)
        return cleaned

    def _check(self, key: str, cleaned: Mapping[str, Any]) -> None:
        how = cleaned.get(f"how_{key}")
        if not how or how == NOTHING or self.errors.keys() & {f"minutes_{key}", f"missed_{key}"}:
            return
        minutes, missed = cleaned.get(f"minutes_{key}"), cleaned.get(f"missed_{key}") or 0
        if how == AWAY and minutes is None:
            return  # the whole session
        if not minutes:
            self.add_error(f"minutes_{key}", gettext("Write how long, or choose “not here”."))
        elif minutes + missed > A_DAY:
            self.add_error(f"minutes_{key}", gettext("A day has 24 hours."))

    def said(self, versions: Mapping[UUID, Presence], *, others: str = "") -> dict[Person, Took]:
        """Person -> what is said of them now, after `is_valid`. `versions`: what each line may have
        been drawn from. `others`: what is meant for those of whom nothing is said."""
        found = {}
        for line in self.lines:
            key = line.person.pk.hex
            how = self.cleaned_data.get(f"how_{key}") or meant(line, others)
            if not how:
                continue
            took = self._took(line, how)
            seen = as_uuid(self.cleaned_data[f"seen_{key}"])
            drawn_from = versions.get(seen) if seen else None
            if drawn_from is None or took_of(drawn_from) != took:
                found[line.person] = took
        return found

    def _took(self, line: Line, how: str) -> Took:
        key, given = line.person.pk.hex, self.cleaned_data
        placement = line.last.placement_id if line.last else None
        minutes = given[f"minutes_{key}"] or self.session.minutes
        if how == NOTHING:
            return Took(0, missed=0, placement=placement)
        if how == AWAY:
            return Took(0, missed=minutes, placement=placement)
        return Took(
            minutes, missed=given[f"missed_{key}"] or 0, modality=how, placement=placement,
            from_where=given[f"where_{key}"], equipment=given[f"with_{key}"],
        )  # fmt: skip


def meant(line: Line, others: str) -> str:
    """What « everybody was here » says of a line of which nothing is said: not of whoever is away
    for a reason, nor of whoever is in a company."""
    if not others or line.standing or line.is_elsewhere:
        return ""
    return AWAY if line.is_away else others


def filled(line: Line, session: Session) -> dict[str, Any]:
    """The fields of one line as they stand. Where nothing does: the length of the session, missed
    by whoever is away for a reason; none at all for whoever is in a company that day."""
    key, here = line.person.pk.hex, line.standing
    seen = str(line.last.pk) if line.last else ""
    if here is None:
        return {
            f"how_{key}": AWAY if line.is_away else "",
            f"minutes_{key}": None if line.is_elsewhere else session.minutes,
            f"seen_{key}": seen,
        }
    return {
        f"how_{key}": here.modality if here.minutes else AWAY,
        f"minutes_{key}": here.minutes or here.missed,
        f"where_{key}": here.from_where,
        f"with_{key}": here.equipment,
        f"missed_{key}": (here.missed or None) if here.minutes else None,
        f"seen_{key}": seen,
    }


def took_of(presence: Presence) -> Took:
    """What a version says, as it was taken; nothing more is known of whoever was not here."""
    if not presence.minutes:
        return Took(0, missed=presence.missed, placement=presence.placement_id)
    return Took(
        presence.minutes, missed=presence.missed, modality=presence.modality,
        from_where=presence.from_where, equipment=presence.equipment,
        placement=presence.placement_id,
    )  # fmt: skip
