"""What forms of this room share: days that are near, and the refusal of a deed in its place."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from .sessions import near_year

Kept = TypeVar("Kept")


def is_near(day: Any) -> None:
    near_year(day)


def has_come(day: Any) -> None:
    if day > timezone.localdate():
        raise ValidationError(_("This day has not come yet."))


class NearDay(forms.DateField):
    """A day whose year is no slip of the hand."""

    default_validators = [is_near]


class PastDay(NearDay):
    """A day that has come: what is written happened."""

    default_validators = [is_near, has_come]


def kept(form: forms.Form, deed: Callable[[], Kept]) -> Kept | None:
    """What the deed keeps. None where it refuses: the form then says why, in its own place."""
    try:
        return deed()
    except ValidationError as problem:
        refuse(form, problem)
        return None


def refuse(form: forms.Form, problem: ValidationError) -> None:
    if not hasattr(problem, "error_dict"):
        form.add_error(None, problem)
        return
    for name, faults in problem.error_dict.items():
        here = None if name == NON_FIELD_ERRORS or name not in form.fields else name
        for fault in faults:
            form.add_error(here, fault)
