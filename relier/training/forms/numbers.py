"""A legal number said otherwise by the centre, from a day on."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from relier.training.rules import Rule
from relier.ui.forms import OnceForm

from .keeping import NearDay

# The most that a number of each unit may be: further, it is a slip of the hand, and delays are
# counted day by day.
MOST = {
    "hours": 1_000_000, "days": 3660, "weeks": 520, "months": 600, "years": 20, "people": 100_000,
    "parts": 100, "percent": 100, "ratio": 100, "gap": 100, "euros": 10_000,
    "month": 12, "day": 31,
}  # fmt: skip
LEAST = {"gap": -100, "month": 1, "day": 1, "years": 1, "parts": 1}
PARTED = {"hours", "percent", "gap", "ratio", "euros"}
YES_NO = [("1", _("yes")), ("0", _("no"))]


class NumberForm(OnceForm):
    from_on = NearDay(
        label=_("From which day"), initial=timezone.localdate,
        help_text=_("Hours of before keep the earlier number."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Why it changes"), max_length=300)
    source = forms.CharField(
        label=_("Where it comes from"), max_length=300, required=False,
        help_text=_("The text and its article."),
    )  # fmt: skip
    doubt = forms.CharField(label=_("What is not certain"), max_length=300, required=False)

    def __init__(self, *args: Any, rule: Rule, is_own: bool, **kwargs: Any) -> None:
        """`is_own`: the centre said this number itself, so it may become again as it came."""
        super().__init__(*args, **kwargs)
        self.fields["value"] = value_field(rule, required=not is_own)
        if is_own:
            self.fields["as_it_came"] = forms.BooleanField(
                label=_("Again as it came with Relier"), required=False
            )
        self.order_fields(("value", "as_it_came", "from_on", "reason", "source", "doubt"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.pop("as_it_came", False):
            return given | {"value": None, "source": "", "doubt": ""}
        if given.get("value") is None and "value" not in self.errors:
            self.add_error("value", gettext("Write the number."))
        if not given.get("source") and "source" not in self.errors:
            self.add_error("source", gettext("Say where this comes from."))
        return given


def value_field(rule: Rule, *, required: bool) -> forms.Field:
    if rule.unit == "yes_no":
        return forms.TypedChoiceField(
            label=_("From then on"), choices=YES_NO, coerce=Decimal, required=required,
            empty_value=None,
        )  # fmt: skip
    places = 4 if rule.unit in PARTED else 0
    return forms.DecimalField(
        label=_("The number from then on"), min_value=LEAST.get(rule.unit, 0),
        max_value=MOST.get(rule.unit, 1_000_000), decimal_places=places, required=required,
    )  # fmt: skip
