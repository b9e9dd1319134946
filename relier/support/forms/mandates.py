"""The forms of a mandate: what for and for how long; then how the yes was given. And in whose name
something was done online, asked beside what was done."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from relier.privacy.models import Consent
from relier.support.lists import ListRow
from relier.support.models import Acted
from relier.support.models.mandates import Duration
from relier.support.rules.mandates import looks_like_a_password
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice, SeveralChoices

from .days import DayThatCame

# Further than this, a mandate is for another day.
A_YEAR = 366


class ScopeForm(forms.Form):
    """What the mandate is for. Sent by GET: nothing is kept until the person has said yes."""

    families = forms.MultipleChoiceField(
        label=_("What for"),
        widget=SeveralChoices(),
        error_messages={"required": _("Choose what the mandate is for: one thing is enough.")},
    )
    duration = forms.ChoiceField(
        label=_("For how long"),
        choices=[(one.value, capfirst(one.label)) for one in Duration],
        initial=Duration.ONE_MONTH,
        widget=OneChoice(),
        error_messages={"required": _("Choose for how long.")},
    )
    starts_on = forms.DateField(label=_("From which day"), initial=timezone.localdate)
    language = forms.ChoiceField(label=_("Language of the text"), widget=OneChoice())

    def __init__(
        self, *args: Any, rows: list[ListRow], languages: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {row.key: row for row in rows}
        here = get_language() or "fr"
        choices = [(row.key, capfirst(row.on_screen(here))) for row in rows]
        drawn = {row.key: row.pictogram for row in rows if row.pictogram}
        self.fields["families"].widget = SeveralChoices(pictograms=drawn)
        self.fields["families"].choices = choices  # type: ignore[attr-defined]
        names = [(one, capfirst(get_language_info(one)["name_local"])) for one in languages]
        self.fields["language"].choices = names  # type: ignore[attr-defined]
        self.initial.setdefault("language", here[:2] if here[:2] in languages else languages[0])

    def clean_starts_on(self) -> Any:
        day, today = self.cleaned_data["starts_on"], timezone.localdate()
        if abs((day - today).days) > A_YEAR:
            raise forms.ValidationError(_("Choose a day within a year."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        language = cleaned.get("language", "")
        chosen = [self.rows[key] for key in cleaned.get("families", [])]
        silent = [row for row in chosen if language and not row.in_language(language)]
        if silent:
            said = ", ".join(row.on_screen(language) for row in silent)
            text = _("Your centre has no words in this language for: %(rows)s.") % {"rows": said}
            self.add_error("language", text)
        cleaned["rows"] = chosen
        return cleaned


class YesForm(OnceForm):
    """How the yes was given. `shown` is which words were on the page."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    how = forms.ChoiceField(
        label=_("How it was given"),
        choices=Consent.How.choices,
        required=False,
        widget=OneChoice,
        initial=Consent.How.ORALLY,
    )
    helper = forms.CharField(
        label=_("Who read it or interpreted it"),
        max_length=80,
        required=False,
        help_text=_("A colleague, a relative, an interpreter. Leave empty if nobody did."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    on = DayThatCame(label=_("Day"))

    def clean_how(self) -> str:
        return self.cleaned_data["how"] or Consent.How.ORALLY


class DoneOnlineFields(forms.Form):
    """In whose name something was done online, and the question asked before words that look like
    a password are kept. `families`: what may be chosen; `hints`: what to know of each."""

    acted = forms.ChoiceField(
        label=_("If something was done online: in whose name?"),
        required=False,
        choices=[("", _("Nothing to say of it")), *Acted.choices],
        widget=OneChoice(pictograms={"with_person": "with-person", "for_person": "mandate"}),
    )
    family = forms.ChoiceField(
        label=_("In their name: for what?"), required=False, widget=OneChoice()
    )
    no_password = forms.BooleanField(
        label=_("It is no password nor code: keep these words"), required=False
    )

    # Every row of the list, by which what was said of earlier deeds is told.
    rows: list[ListRow]
    # Whether the question about passwords is on the page: only then may it be answered.
    suspected = False

    def offer_families(self, rows: list[ListRow], hints: Mapping[str, str]) -> None:
        """Those that the list offers today, and the one that was said before."""
        self.rows = rows
        language = get_language() or "fr"
        field = self.fields["family"]
        drawn = {row.key: row.pictogram for row in rows if row.pictogram}
        field.widget = OneChoice(hints=dict(hints), pictograms=drawn)
        offered = [row for row in rows if row.offered or row.key == self.initial.get("family")]
        choices = [(row.key, capfirst(row.on_screen(language))) for row in offered]
        field.choices = [("", _("No answer")), *choices]  # type: ignore[attr-defined]

    def look_for_passwords(self, cleaned: dict[str, Any]) -> None:
        """A person's password is never kept: warn once; who wrote it decides."""
        if looks_like_a_password(cleaned.get("words") or "") and not cleaned.get("no_password"):
            self.suspected = True
            text = _(
                "This looks like a password or a code. We never keep those: take it out. "
                "If it is something else, say so below."
            )
            self.add_error("words", text)
