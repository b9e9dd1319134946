"""The forms of an intervention and of a moment apart. Whom and a few words are enough."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from relier.people.actions import usual_audience
from relier.people.models import Audience, Person
from relier.support.lists import rows_of
from relier.support.models import Channel, Intervention, Kind
from relier.support.models.interventions import (
    DIGITAL_THEMES,
    DIRECT,
    INDIRECT,
    PROCEDURE_THEMES,
)
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice, SeveralChoices, Words

from .days import DayThatCame
from .mandates import DoneOnlineFields
from .shown import ShownForm
from .whom import NOBODY, WhomForm

# In our words, what each kind looks like on an ordinary day.
KIND_HINTS = {
    Kind.WELCOME: _("Being there, listening, going along to an office."),
    Kind.INFORM: _("Explaining a letter, saying which door to knock at."),
    Kind.PERSUADE: _("Encouraging, advising, warning."),
    Kind.CONTROL: _("Checking that a condition is met, reminding of a rule."),
    Kind.CONNECT: _("Introducing someone, finding a place or a chance."),
    Kind.STRUCTURE: _("Agreeing on the way you work together, taking stock."),
    Kind.ORGANISE: _("Preparing, planning, filing."),
    Kind.WATCH: _("Reading, following training, noticing what changes."),
    Kind.GROUP_PROJECT: _("Building a workshop or an action with a group."),
    Kind.ENTOURAGE: _("Speaking with family, neighbours or other services."),
    Kind.COLLEAGUES: _("A team meeting, a case thought through together."),
}
OPTIONAL = (
    "audience", "on", "kind", "channel", "minutes", "themes", "redirected_to", "acted", "family",
)  # fmt: skip


def labelled(codes: list[Any]) -> list[tuple[str, Any]]:
    return [(code.value, capfirst(code.label)) for code in codes]


def audience_choices(*, bound: bool) -> tuple[list[tuple[str, Any]], dict[str, Any]]:
    """Who may read it, and what that means, for someone bound by secrecy or not."""
    secrecy = Audience.SECRECY.label if bound else gettext("handed over under secrecy")
    hints = {
        Audience.SECRECY.value: gettext("Only those bound by secrecy in the team.")
        if bound
        else gettext("Only those bound by secrecy in the team. You will not read it again."),
        Audience.TEAM.value: gettext("Everyone in the team that follows this person."),
        Audience.WITH_PERSON.value: gettext("Written together: the team, and the person."),
    }
    names = {
        Audience.SECRECY: secrecy,
        Audience.TEAM: Audience.TEAM.label,
        Audience.WITH_PERSON: Audience.WITH_PERSON.label,
    }
    order = list(Audience)
    if not bound:
        order = [Audience.TEAM, Audience.WITH_PERSON, Audience.SECRECY]
    return [(one.value, capfirst(names[one])) for one in order], hints


class InterventionForm(WhomForm, DoneOnlineFields):
    # What is kept of it, by name.
    remembered: ClassVar[tuple[str, ...]] = ("person", "words", *OPTIONAL)

    words = forms.CharField(
        label=_("A few words"),
        max_length=5000,
        widget=Words(),
        error_messages={"required": _("Write a few words: one is enough.")},
    )
    audience = forms.ChoiceField(label=_("Who reads it"), required=False, widget=OneChoice())
    on = DayThatCame(label=_("Day"))
    kind = forms.ChoiceField(
        label=_("With the person, or for them"),
        required=False,
        choices=[
            ("", _("No answer")),
            (_("With the person"), labelled(DIRECT)),
            (_("For the person, without them there"), labelled(INDIRECT)),
        ],
        widget=OneChoice(hints={kind.value: hint for kind, hint in KIND_HINTS.items()}),
    )
    channel = forms.ChoiceField(
        label=_("How you met"),
        required=False,
        choices=[("", _("No answer")), *labelled(list(Channel))],
        widget=OneChoice(
            pictograms={
                Channel.IN_PERSON.value: "in-person",
                Channel.HOME_VISIT.value: "house",
                Channel.PHONE.value: "phone",
                Channel.LETTER.value: "letter",
                Channel.MESSAGE.value: "message",
                Channel.VIDEO.value: "video",
            }
        ),
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        required=False,
        min_value=1,
        max_value=1440,
        help_text=_("If it helps you. No figure is ever drawn for each worker."),
    )
    themes = forms.MultipleChoiceField(
        label=_("What it was about"),
        required=False,
        choices=[
            (_("Digital things"), labelled(DIGITAL_THEMES)),
            (_("Procedures"), labelled(PROCEDURE_THEMES)),
        ],
        widget=SeveralChoices(),
    )
    redirected_to = forms.CharField(label=_("Redirected to"), required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices, hints = audience_choices(bound=self.actor.bound)
        field = self.fields["audience"]
        field.widget = OneChoice(hints=hints)
        field.choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault("audience", self.default_audience)
        rows = rows_of("families", self.actor.own_centre, on=timezone.localdate()).values()
        self.offer_families(list(rows), {})
        # Someone is chosen already: the next thing to write is the words.
        if not self.is_bound and self.initial.get("person") and not self.text:
            self.fields["words"].widget.attrs["autofocus"] = True

    @property
    def default_audience(self) -> str:
        return str(usual_audience(self.actor))

    @property
    def opened(self) -> bool:
        """Whether the optional part is open: something in it is written, or is to be corrected."""
        ordinary = {"audience": self.default_audience, "on": str(timezone.localdate())}
        return any(
            name in self.errors or str(self[name].value() or "") != ordinary.get(name, "")
            for name in OPTIONAL
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.look_for_passwords(cleaned)
        # About nobody, only its author reads it: the choice has nothing to say.
        someone = cleaned.get("person") is not None
        chosen = cleaned.get("audience") or self.default_audience
        cleaned["audience"] = chosen if someone else ""
        return cleaned


class CorrectionForm(ShownForm, InterventionForm):
    """The same form, about an intervention that stands."""

    remembered: ClassVar[tuple[str, ...]] = InterventionForm.remembered

    def __init__(self, *args: Any, here: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, here=here, **kwargs)
        self.again["here"] = here
        self.fields["words"].widget.attrs.pop("autofocus", None)

    def filled(self, here: Any) -> dict[str, Any]:
        person: Person | None = here["person"]
        audience = here["audience"]
        filled = {**here, "person": str(person.pk) if person else NOBODY}
        if not audience:  # about nobody: the choice would only count once someone is chosen
            del filled["audience"]
        return filled


def contents(intervention: Intervention) -> dict[str, Any]:
    """What an intervention holds, field by field, as the form takes it. Its person is the file
    that is shown, or opening a correction after a merge would look like a change of person."""
    held = {name: getattr(intervention, name) for name in CorrectionForm.remembered}
    return {**held, "person": intervention.person.root if intervention.person else None}


class MomentForm(OnceForm):
    """One gesture: nothing to write."""


class MomentWhomForm(WhomForm):
    """For whom a moment apart was asked, afterwards and only if one likes."""

    nobody = False
