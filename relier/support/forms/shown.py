"""A form that remembers what it was shown, so that a change by someone else meanwhile is seen."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from relier.support.rules.changes import plain
from relier.ui.forms import OnceForm


class ShownForm(OnceForm):
    """`here`: what stands now, field by field. `remembered`: the fields that are compared."""

    remembered: ClassVar[tuple[str, ...]] = ()
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, here: Mapping[str, Any], **kwargs: Any) -> None:
        memory = json.dumps({name: plain(here[name]) for name in self.remembered})
        kwargs["initial"] = {**self.filled(here), "shown": memory, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def filled(self, here: Mapping[str, Any]) -> dict[str, Any]:
        """The initial value of each field, where it is not the value itself."""
        return dict(here)

    def clean_shown(self) -> dict[str, Any]:
        try:
            memory = json.loads(self.cleaned_data["shown"])
        except (ValueError, RecursionError):  # broken, or nested without end
            return {}
        return memory if isinstance(memory, dict) else {}

    def typed(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.remembered}
