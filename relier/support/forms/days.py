"""A day on which something happened: today unless said otherwise, never a day to come."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _


class DayThatCame(forms.DateField):
    """Left blank, it is today: what is noted from paper in the evening often is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "initial": timezone.localdate, **kwargs})

    def clean(self, value: Any) -> date:
        day = super().clean(value) or timezone.localdate()
        if day > timezone.localdate():
            raise ValidationError(
                _("This day is still to come. Choose today, or an earlier day."), code="to_come"
            )
        return day
