"""How a form is drawn. Plain Django forms come out right: no room styles a field by hand.

Settings point here with FORM_RENDERER. `{{ form }}` draws the whole form with its summary of
errors; `{{ form.name.as_field_group }}` or `{% field form.name %}` draws one field.
"""

from pathlib import Path
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.utils.functional import cached_property

from relier.ui import widgets

HERE = Path(__file__).parent

# A date typed by hand has as many spellings as people; the browser's own calendar has one.
BETTER_WIDGETS: dict[type[forms.Widget], type[forms.Widget]] = {
    forms.DateInput: widgets.DayInput,
    forms.TimeInput: widgets.HourInput,
    forms.DateTimeInput: widgets.MomentInput,
    forms.RadioSelect: widgets.OneChoice,
    forms.CheckboxSelectMultiple: widgets.SeveralChoices,
}


class Field(BoundField):
    """A field as its template needs it: what kind it is, where focus goes, whether it is needed."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        better = BETTER_WIDGETS.get(type(field.widget))
        if better is not None:
            field.widget = better.in_place_of(field.widget)  # type: ignore[attr-defined]

    @property
    def kind(self) -> str:
        """`group` (a legend and several controls), `tick` (one box to tick) or `line`."""
        if self.use_fieldset:
            return "group"
        is_tick = isinstance(self.field.widget, forms.CheckboxInput)
        return "tick" if is_tick else "line"

    @property
    def focus_id(self) -> str:
        """The id of the control that the summary of errors leads to."""
        if self.kind == "group" and self.subwidgets:
            return self.subwidgets[0].id_for_label or f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    @property
    def is_marked(self) -> bool:
        """Most fields may be left blank, so the few that are needed carry the word."""
        if not self.field.required:
            return False
        return any(not f.required for f in self.form.fields.values() if not f.widget.is_hidden)


class FormRenderer(DjangoTemplates):
    form_template_name = "ui/form.html"
    formset_template_name = "ui/formset.html"
    field_template_name = "ui/field.html"
    bound_field_class = Field

    @cached_property
    def engine(self) -> Any:
        """As Django's own, with our drawings of its widgets looked up first."""
        django_forms = Path(forms.__file__).parent
        return self.backend(
            {
                "APP_DIRS": True,
                "DIRS": [HERE / "form_templates", django_forms / "templates"],
                "NAME": "ui-forms",
                "OPTIONS": {},
            }
        )
