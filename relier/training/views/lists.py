"""The list of a session on paper: printed, followed until it is back; and what was said otherwise,
from a list or a device, until someone decides."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.journal import actions as journal
from relier.paper import access as paper_access
from relier.paper.printing import NotPrintable
from relier.paper.reading.identifiers import as_printed
from relier.training import access
from relier.training.actions.coming_back import decide_difference
from relier.training.actions.lists import print_list
from relier.training.differing import differences_of
from relier.training.expected import lines_of
from relier.training.forms.lists import ListForm
from relier.training.models import Difference, PresenceList, Session
from relier.training.on_paper import OnPaper, Where, on_paper, unsigned

from .sessions import session_or_404


def list_new(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    session = session_or_404(actor, pk)
    access.require(access.may_run(actor, session.team))
    form = ListForm(request.POST or None, initial=as_one_begins())
    if form.is_valid():
        made = keep_list(session, form, actor)
        if made is not None:
            return redirect("training:list", pk=made.pk)
    lines = lines_of(session, actor)
    context = {"form": form, "session": session, "expected": len(lines)}
    return render(request, "training/list_new.html", context)


def as_one_begins() -> dict[str, object]:
    """How a list is printed unless it is said otherwise."""
    language = "en" if translation.get_language() == "en" else "fr"
    return {"blank": 3, "remote": True, "language": language}


def keep_list(session: Session, form: ListForm, by: Actor) -> PresenceList | None:
    given = form.cleaned_data
    try:
        return print_list(session, by=by, **given)
    except NotPrintable as refused:
        form.add_error(None, str(refused))
    except ValidationError as refused:
        form.add_error(None, refused)
    return None


@require_safe
def list_read(request: Request, pk: UUID) -> HttpResponse:
    """One list: where it is, what to do next, and what it says otherwise than the screen."""
    actor = request.actor
    rows = PresenceList.objects.visible_to(actor).select_related(
        "session__team", "author__user", "printing__sheet"
    )
    printed = access.one_or_404(rows, pk=pk)
    session = printed.session
    access.require(access.may_run(actor, session.team))
    one = on_paper([printed])[0]
    is_seen = one.copy is not None and paper_access.may_see_copy(actor, one.copy)
    is_read = is_seen and one.where in (Where.READY, Where.OVER)
    journal.read("training.list_read", printed, by=actor)
    context = {
        "printed": printed,
        "session": session,
        "one": one,
        "codes": codes_of(one),
        "may_print": printed.printing is not None
        and paper_access.may_print_again(actor, printed.printing),
        "is_seen": is_seen,
        "unsigned": unsigned(one) if is_read else None,
        "differences": differences_of(session, actor),
    }
    return render(request, "training/list.html", context)


def codes_of(one: OnPaper) -> list[str]:
    if one.copy is None:
        return []
    return [as_printed(page.short) for page in one.copy.pages.order_by("number")]


@require_POST
def difference_decide(request: Request, pk: UUID) -> HttpResponse:
    """`counts`: "yes", what came counts; anything else: what stands is right."""
    actor = request.actor
    rows = Difference.objects.visible_to(actor).select_related("session__team", "person__root")
    difference = access.one_or_404(rows, pk=pk)
    access.require(access.may_run(actor, difference.session.team))
    counts = request.POST.get("counts") == "yes"
    decide_difference(difference, counts=counts, by=actor)
    said = {
        True: _("What came counts now. Both are kept."),
        False: _("What stood stays. Both are kept."),
    }
    messages.success(request, said[counts])
    return redirect("training:session", pk=difference.session_id)
