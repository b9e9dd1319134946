"""Someone new, and the changes to their name or to how they are reached."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.access import may_steer
from relier.centres.models import Member, Team
from relier.lib.names import fold
from relier.people.models import Person
from relier.ui.forms import OnceForm

from .questions import language_fields, languages_said

NAMES = ("call_name", "family_name")
REACH = ("reach", "phone", "address", "reach_words")
LANGUAGES = ("spoken_1", "spoken_2", "spoken_3", "reading", "interpreter", "interpreter_language")


class BirthField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Date of birth"),
            required=False,
            help_text=_("Only to tell apart two people with the same name."),
            **kwargs,
        )

    def clean(self, value: object) -> date | None:
        day = super().clean(value)
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day


def _line(label: Any, longest: int, **kwargs: Any) -> forms.CharField:
    # What someone types of another person is never proposed by the browser to the next one.
    widget = kwargs.pop("widget", None) or forms.TextInput()
    widget.attrs.setdefault("autocomplete", "off")
    return forms.CharField(label=label, max_length=longest, widget=widget, **kwargs)


def _reach_fields() -> dict[str, forms.Field]:
    return {
        "reach": forms.ChoiceField(
            label=_("How they like to be reached"),
            required=False,
            choices=[("", _("Not asked")), *Person.Reach.choices],
        ),
        "phone": _line(
            _("Telephone"), 40, required=False, widget=forms.TextInput({"inputmode": "tel"})
        ),
        "address": _line(_("Address for letters"), 200, required=False),
        "reach_words": _line(
            _("Good to know"),
            200,
            required=False,
            help_text=_("For example: after 4 pm, or ask for her daughter."),
        ),
    }


class PersonForm(OnceForm):
    """A name to call them by is enough; all the rest may stay blank."""

    call_name = _line(_("A name to call them by"), 80)
    family_name = _line(_("Family name"), 80, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(_reach_fields())
        self.fields.update(language_fields(short=True))
        self.fields["born_on"] = BirthField()
        self.teams = self._teams(actor)
        if self.teams:
            self.fields["team"] = forms.ModelChoiceField(
                self.teams,
                label=_("Which team follows them"),
                required=False,
                empty_label=_("later") if may_steer(actor) else _("The coordinator will say"),
                # So that the author can work at once; a coordinator has no file to open.
                initial=None if may_steer(actor) else self.teams[0],
            )
        if len(actor.teams) > 0 and not may_steer(actor):
            self.fields["mine"] = forms.BooleanField(
                label=_("I am their worker"),
                required=False,
                initial=actor.role == Member.Role.SOCIAL_WORKER,
            )

    @staticmethod
    def _teams(actor: Actor) -> QuerySet[Team] | None:
        """Teams to choose from, where there is a choice."""
        teams = Team.objects.open().filter(centre=actor.centre)
        if may_steer(actor):
            return teams
        return teams.filter(pk__in=actor.teams) if len(actor.teams) > 1 else None

    def name(self) -> str:
        """The name as it is compared, to know for which name "none of them" was said."""
        return fold(" ".join(self.cleaned_data[part] for part in NAMES))

    def languages(self) -> dict[str, Any]:
        return languages_said(self.cleaned_data)

    def names(self) -> list[forms.BoundField]:
        return [self[name] for name in NAMES]

    def following(self) -> list[forms.BoundField]:
        return [self[name] for name in ("team", "mine") if name in self.fields]

    def rest(self) -> list[forms.BoundField]:
        return [self[name] for name in (*REACH, *LANGUAGES, "born_on")]

    def rest_is_wrong(self) -> bool:
        return any(field.errors for field in self.rest())


class PersonChangeForm(forms.Form):
    """Each field carries what it was shown with (`show_hidden_initial`): only what was changed is
    kept, and a change by someone else meanwhile is seen."""

    call_name = _line(_("A name to call them by"), 80, show_hidden_initial=True)
    family_name = _line(_("Family name"), 80, required=False, show_hidden_initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(_reach_fields())
        self.fields["born_on"] = BirthField()
        for field in self.fields.values():
            field.show_hidden_initial = True

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.changed_data}

    def shown(self) -> dict[str, Any]:
        """What stood in the fields that were changed, as the page showed it."""
        return {name: self._initial_of(name) for name in self.changed_data}

    def again(self, now: dict[str, Any]) -> "PersonChangeForm":
        """The same typing, shown beside what stands there now: sent again, it is kept."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        for name, value in now.items():
            field = self[name]
            data[field.html_initial_name] = self.fields[name].prepare_value(value) or ""
        return PersonChangeForm(data)

    def _initial_of(self, name: str) -> Any:
        field = self.fields[name]
        widget = field.hidden_widget()
        raw = widget.value_from_datadict(self.data, self.files, self[name].html_initial_name)
        try:
            return field.to_python(raw)
        except forms.ValidationError:
            return None


def label_of(name: str) -> str:
    """The words of a field of a person, for a sentence about it."""
    return str(PersonChangeForm().fields[name].label)
