"""How long agreements stand here, and who answers for the texts that people agree to."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relier.centres.http import Request
from relier.people import access
from relier.people.forms.consents import TermForm
from relier.privacy import texts
from relier.privacy.actions import say_term
from relier.privacy.models import Consent, ConsentTerm
from relier.privacy.models.terms import TERMS, in_force
from relier.ui.pieces import Entry


@require_safe
def term_list(request: Request) -> HttpResponse:
    """Every number with its source and its doubt; every text with its review, or its absence."""
    access.require(access.may_set(request.actor))
    said = ConsentTerm.objects.of_centre(request.actor.centre).signed()
    context = {
        "terms": in_force(said, on=timezone.localdate()).values(),
        "texts": [told(text) for text in texts.texts()],
    }
    return render(request, "people/consent_terms.html", context)


def told(text: texts.ConsentText) -> dict[str, Any]:
    """A text by what it is for, and who answers for it, in the language of the page."""
    review, language = texts.review_of(text), (get_language() or "fr")[:2]
    names = {**dict(Consent.Purpose.choices), "mandate": _("a mandate to act online")}
    return {
        "text": text,
        "what": capfirst(str(names.get(text.purpose, _("consult the BCSS")))),
        "on": review.on if review else None,
        "by": review.by[language] if review else "",
        "doubt": review.doubt[language] if review else "",
    }


def term_change(request: Request) -> HttpResponse:
    """A number from a day on, with its source; or, in one gesture, the one that came."""
    actor = request.actor
    access.require(access.may_set(actor))
    term = TERMS.get(request.GET.get("term", ""))
    if term is None:
        raise access.Refused
    rows = ConsentTerm.objects.of_centre(actor.centre).filter(name=term.name).signed()
    today = timezone.localdate()
    here = in_force(rows, on=today)[term.name]
    initial = {"value": here.value, "source": here.source, "doubt": here.doubt}
    form = TermForm(request.POST or None, term=term, initial=initial if here.said else None)
    shipped = "shipped" in request.POST
    if form.is_valid() or shipped:
        said = dict(form.cleaned_data)
        key = said.pop("form_key")
        kept = {"from_on": today} if shipped else said
        say_term(term.name, **kept, by=actor, form_key=key)
        messages.success(request, _("Kept."))
        return redirect("people:consent_terms")
    context = {
        "form": form,
        "term": term,
        "here": here,
        "earlier": [as_entry(row) for row in rows],
    }
    return render(request, "people/consent_term.html", context)


def as_entry(row: ConsentTerm) -> Entry:
    return Entry(
        at=row.from_on,
        words="\n".join(filter(None, [row.source, row.doubt])),
        author=row.author.name,
        title=_("As it came") if row.value is None else str(row.value),
    )
