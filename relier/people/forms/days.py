"""The day something happened: today unless said otherwise, never tomorrow."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PastDayField(forms.DateField):
    """Left blank, it is today: a paper note is often copied the day after, seldom before."""

    def __init__(self, **kwargs: object) -> None:
        kwargs = {"required": False, "label": _("Day"), "initial": timezone.localdate, **kwargs}
        super().__init__(**kwargs)  # type: ignore[arg-type]

    def clean(self, value: object) -> date:
        day = super().clean(value) or timezone.localdate()
        if day > timezone.localdate():
            raise forms.ValidationError(
                _("This day is still to come. Write the day on which it happened.")
            )
        return day
