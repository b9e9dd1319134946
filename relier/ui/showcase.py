"""What the page of patterns shows: invented examples, in both languages."""

from django import forms
from django.utils.translation import gettext_lazy as _


def everything() -> dict[str, object]:
    return {}
