"""The hidden key that lets a form be kept once, however often it is sent."""

import uuid

from django import forms


class OnceForm(forms.Form):
    """A form with a key of its own. A missing or broken key is replaced, never an error."""

    form_key = forms.CharField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)

    def clean_form_key(self) -> uuid.UUID:
        try:
            return uuid.UUID(self.cleaned_data["form_key"])
        except ValueError:
            return uuid.uuid4()
