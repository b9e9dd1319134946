"""The hidden key that lets a form be kept once, however often it is sent."""

import uuid

from django import forms


class KeyField(forms.CharField):
    """A key as it was sent, else a new one: nobody typed it, so nobody could mend it."""

    widget = forms.HiddenInput

    def clean(self, value: object) -> uuid.UUID:
        try:
            return uuid.UUID(str(value))
        except ValueError:
            return uuid.uuid4()


class OnceForm(forms.Form):
    """A form with a key of its own. A missing or broken key is replaced, never an error."""

    form_key = KeyField(initial=uuid.uuid4, required=False)
