"""What a member may say of an item."""

from django import forms
from django.utils.translation import gettext_lazy as _

from relier.competences.models import Annotation
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice, Words

Kind = Annotation.Kind


class WordsForm(OnceForm):
    """Nothing but words."""

    words = forms.CharField(label=_("Your words"), max_length=2000, widget=Words)


class AnnotationForm(WordsForm):
    """Words, and what they are: a remark unless something else is chosen."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        required=False,
        initial=Kind.NOTE,
        choices=[
            (Kind.NOTE, _("A remark")),
            (Kind.ADAPTATION, _("Our own words for it")),
            (Kind.CONTEST, _("We contest it")),
        ],
        widget=OneChoice(
            hints={
                Kind.NOTE.value: _("What the team knows of it in practice."),
                Kind.ADAPTATION.value: _("How we say it here. The original title stays beside it."),
                Kind.CONTEST.value: _("Why: what it leaves out, or what it does to people."),
            },
            pictograms={
                Kind.NOTE.value: "note",
                Kind.ADAPTATION.value: "edit",
                Kind.CONTEST.value: "question",
            },
        ),
    )
    field_order = ["kind", "words"]

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Kind.NOTE
