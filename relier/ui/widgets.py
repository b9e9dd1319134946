"""The few controls that HTML has and Django does not use by default.

Rooms seldom need these names: the renderer puts them in place of Django's. `OneChoice` and
`SeveralChoices` are called by name to give the choices a hint or a pictogram.
"""

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _


class DayInput(forms.DateInput):
    """The browser's calendar. It speaks ISO dates, whatever the language of the page."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")

    @classmethod
    def in_place_of(cls, other: forms.Widget) -> Self:
        return cls(attrs=other.attrs)


class HourInput(forms.TimeInput):
    """The browser's clock, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%H:%M")

    @classmethod
    def in_place_of(cls, other: forms.Widget) -> Self:
        return cls(attrs=other.attrs)


class MomentInput(forms.DateTimeInput):
    """A day and an hour in one control."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")

    @classmethod
    def in_place_of(cls, other: forms.Widget) -> Self:
        return cls(attrs=other.attrs)


class Words(forms.Textarea):
    """A few lines of writing; the box grows with what is written."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"rows": 3, **(attrs or {})})


class _Rows(forms.widgets.ChoiceWidget):
    """Choices as large rows. `hints` and `pictograms` map a choice's value to what goes with it."""

    hints: Mapping[Any, str | Promise]
    pictograms: Mapping[Any, str]

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        hints: Mapping[Any, str | Promise] | None = None,
        pictograms: Mapping[Any, str] | None = None,
    ) -> None:
        super().__init__(attrs, choices)
        self.hints = hints or {}
        self.pictograms = pictograms or {}

    @classmethod
    def in_place_of(cls, other: forms.Widget) -> Self:
        drawn = cls(attrs=other.attrs)
        # The field keeps feeding its choices to the widget (a ModelChoiceField does so lazily).
        drawn.choices = other.choices  # type: ignore[attr-defined]
        drawn.is_required = other.is_required
        return drawn

    def create_option(self, name, value, label, selected, index, subindex=None, attrs=None):  # type: ignore[no-untyped-def]
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        key = getattr(value, "value", value)
        option["hint"] = self.hints.get(key, "")
        option["pictogram"] = self.pictograms.get(key, "")
        if option["value"] in ("", None) and set(str(label)) == {"-"}:
            option["label"] = _("No answer")
        if option["hint"] and option["attrs"].get("id"):
            option["attrs"]["aria-describedby"] = option["attrs"]["id"] + "_hint"
        return option


class OneChoice(_Rows, forms.RadioSelect):
    """One answer among several, each a large row."""


class SeveralChoices(_Rows, forms.CheckboxSelectMultiple):
    """Any number of answers, each a large row."""
