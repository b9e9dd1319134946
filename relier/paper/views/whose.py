"""Saying whose a copy is: a blank one that came back, or one that was given to someone else."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.paper import access, actions, names
from relier.paper.checking import title_of
from relier.paper.models import Copy
from relier.paper.reading.identifiers import as_printed
from relier.privacy.models import Subject
from relier.ui.widgets import OneChoice

SHOWN = 20


class WhoseForm(forms.Form):
    """Someone whom the member reaches; a name is looked up by its own button."""

    person = forms.ChoiceField(label=lazy("Whose it is"), required=False, widget=OneChoice())
    q = forms.CharField(
        label=lazy("Another name"),
        required=False,
        max_length=80,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: object, by: Actor, text: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.text = text[:80].strip()
        self.found = names.found(by, self.text, most=SHOWN)
        field = self.fields["person"]
        hints = {str(one.subject): one.hint for one in self.found if one.hint}
        field.widget = OneChoice(hints=hints)
        field.choices = [(str(one.subject), one.name) for one in self.found]  # type: ignore[attr-defined]

    def clean_person(self) -> str:
        given: str = self.cleaned_data["person"]
        if not given:
            raise forms.ValidationError(_("Choose someone."))
        return given


def whose(request: Request, pk: UUID) -> HttpResponse:
    """Say whose a copy is: blank, or given to someone else than was meant."""
    actor = request.actor
    rows = Copy.objects.visible_to(actor).select_related("printing__sheet")
    copy = access.one_or_404(rows, pk=pk)
    looking = "find" in request.POST
    sent = request.POST if request.method == "POST" and not looking else None
    text = request.POST.get("q", "")
    form = WhoseForm(sent, by=actor, text=text, initial={"q": text})
    if sent is not None and form.is_valid():
        subject = access.one_or_404(Subject.objects.all(), pk=form.cleaned_data["person"])
        try:
            actions.assign(copy, subject, by=actor)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("It is said whose this sheet is."))
            seen = Copy.objects.visible_to(actor).filter(pk=copy.pk).exists()
            return redirect("paper:copy", pk=copy.pk) if seen else redirect("paper:tray")
    context = {
        "form": form,
        "copy": copy,
        "title": title_of(copy.printing.sheet),
        "codes": [as_printed(page.short) for page in copy.pages.order_by("number")],
        "nobody": bool(form.text and not form.found),
    }
    return render(request, "paper/whose.html", context)
