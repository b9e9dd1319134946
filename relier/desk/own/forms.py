"""What is written on a person's own page. Its labels stand in the templates: they are spoken in
seven languages, and so is the one thing that can be wrong."""

from django import forms

from relier.ui.forms import OnceForm


class AskForm(OnceForm):
    words = forms.CharField(max_length=2000)
