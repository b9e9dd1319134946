"""Forms of a centre's settings. They check what came in; they do not save."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relier.accounts.forms import ChosenPasswordForm, ConfirmForm
from relier.ui.forms import OnceForm

from .models import Centre, Member, SecondFactorRule, Team

ROLES_OF_A_CENTRE = [c for c in Member.Role.choices if c[0] != Member.Role.FEDERATION]


class CentreForm(forms.ModelForm):
    class Meta:
        model = Centre
        fields = ["name", "kind", "phone", "address", "opening", "approval"]


class AnswerDelayForm(OnceForm):
    """What may be promised to a person who asks, and who decided it."""

    working_days = forms.IntegerField(
        label=_("Working days"),
        min_value=1,
        max_value=60,
        help_text=_("The day of the request is not counted, nor are weekends and legal holidays."),
    )
    source = forms.CharField(
        label=_("Who decided it, or which text says it"),
        max_length=200,
        help_text=_("A decision of the team and its day, a rule of the house, a law."),
    )
    from_on = forms.DateField(label=_("From which day"), initial=timezone.localdate)


class SecondFactorForm(OnceForm):
    """Of whom the centre asks a second factor, and who decided it."""

    whom = forms.ChoiceField(
        label=_("Of whom is it asked?"),
        choices=SecondFactorRule.Whom.choices,
        widget=forms.RadioSelect,
    )
    from_on = forms.DateField(label=_("From which day"), initial=timezone.localdate)
    days_to_set_up = forms.IntegerField(
        label=_("Days to set it up"),
        min_value=0,
        max_value=90,
        initial=14,
        help_text=_("During these days it is said at each entry. After them, it is done first."),
    )
    source = forms.CharField(
        label=_("Who decided it, or which text says it"),
        max_length=200,
        help_text=_("A decision of the team and its day, a rule of the house, a law."),
    )


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Name of the team"), max_length=80)

    def __init__(
        self, *args: Any, centre: UUID | None, team: Team | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.centre, self.team = centre, team

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        same = Team.objects.filter(centre=self.centre, name=name)
        if self.team:
            same = same.exclude(pk=self.team.pk)
        if same.exists():
            raise forms.ValidationError(_("A team of this centre already has this name."))
        return name


class TeamsField(forms.ModelMultipleChoiceField):
    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError:  # a number longer than SQLite can look for
            raise forms.ValidationError(_("Choose among the teams of the centre.")) from None


class PlaceForm(forms.Form):
    """Where a member stands in the centre: role, status and teams."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES_OF_A_CENTRE, widget=forms.RadioSelect)
    status = forms.ChoiceField(
        label=_("Status"),
        choices=Member.Status.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Bound by professional secrecy: social workers and the staff of a CPAS, for example. "
            "It follows the profession, not the rank."
        ),
    )
    teams = TeamsField(
        label=_("Teams"),
        queryset=Team.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A team sees what concerns the people whom it follows."),
    )

    def __init__(self, *args: Any, centre: UUID | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teams"].queryset = Team.objects.filter(centre=centre)  # type: ignore[attr-defined]


class OfficersForm(forms.Form):
    """Who the data protection officers are: a function, beside the role."""

    officers = forms.ModelMultipleChoiceField(
        label=_("Who looks after the protection of data?"),
        queryset=Member.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "They read the journal of the centre: who opened or did what, when, and about whom. "
            "Never what was written."
        ),
    )

    def __init__(self, *args: Any, centre: UUID | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Member.objects.active().of_centre(centre).select_related("user")
        self.fields["officers"].queryset = members  # type: ignore[attr-defined]


class NewMemberForm(PlaceForm):
    name = forms.CharField(label=_("Name"), max_length=80)
    email = forms.EmailField(label=_("E-mail"), help_text=_("To sign in. Nothing is sent there."))

    field_order = ["name", "email", "role", "status", "teams"]

    def __init__(self, *args: Any, centre: UUID | None, **kwargs: Any) -> None:
        super().__init__(*args, centre=centre, **kwargs)
        self.centre = centre

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if Member.objects.active().filter(centre=self.centre, user__email=email).exists():
            raise forms.ValidationError(_("This e-mail is already a member of the centre."))
        return email


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code of your slip"),
        max_length=40,
        help_text=_("12 letters and digits. Capitals and spaces do not count."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class ComeInForm(ChosenPasswordForm):
    """What an invited member says of themselves."""

    name = forms.CharField(
        label=_("My name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    field_order = ["name", "password1", "password2", "shared"]


class DoWithoutForm(ConfirmForm):
    """The password shows that the slip is in the right hands."""


class MyForm(forms.Form):
    name = forms.CharField(label=_("My name"), max_length=80)
    reached_by = forms.CharField(
        label=_("How people can reach me"),
        max_length=160,
        required=False,
        help_text=_("Printed on the page that people take home: a telephone number, and when."),
    )
    language = forms.ChoiceField(
        label=_("My language"),
        required=False,
        choices=[("", _("as the browser says")), *settings.LANGUAGES],
        widget=forms.RadioSelect,
    )


class FirstHouseForm(OnceForm):
    """The first centre and its first member, on a copy that is still empty."""

    centre_name = forms.CharField(label=_("Name of your centre"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Kind of centre"), choices=Centre.Kind.choices, widget=forms.RadioSelect
    )
    team_name = forms.CharField(
        label=_("Name of a first team"),
        max_length=80,
        required=False,
        help_text=_("For example: Social reception. You can leave it blank."),
    )
    name = forms.CharField(label=_("Your name"), max_length=80)
    email = forms.EmailField(label=_("Your e-mail"), help_text=_("To sign in. Nothing is sent."))
    role = forms.ChoiceField(
        label=_("Your role"), choices=ROLES_OF_A_CENTRE, widget=forms.RadioSelect
    )
    bound = forms.BooleanField(label=_("I am bound by professional secrecy"), required=False)
    password = forms.CharField(
        label=_("A password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. A short sentence is easy to remember."),
    )

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]
