"""All that is held about a person, taken by them: on paper, and as a file for another program.

Only where nobody else could have chosen the pictures but someone bound by secrecy: otherwise it is
asked for. What speaks of others too is asked for in any case (docs/decisions/011).
"""

from functools import wraps
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from relier.desk.rights.papers import paper_of
from relier.journal import actions as journal
from relier.privacy import actions as privacy
from relier.privacy import held

from . import languages, papers
from .door import View, Visit, draw, own_page


def taken_alone(page: View) -> Any:
    @require_safe
    @own_page(knows=True)
    @wraps(page)
    def guarded(request: HttpRequest, visit: Visit) -> HttpResponse:
        if not visit.sees_secrecy:
            raise Http404
        return page(request, visit)

    return guarded


@require_safe
@own_page(knows=True)
def held_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    return draw(request, "desk/own/held.html", visit, {"copy_key": uuid4()})


# Asked for with GET: the downloaders of some telephones ask a second time, and never with POST.


@taken_alone
def held_on_paper(request: HttpRequest, visit: Visit) -> HttpResponse:
    """In the language of the rooms' words; the file is named after nobody."""
    person = visit.person
    name = pgettext("own page", "all-that-is-kept")
    with translation.override(languages.written_in()):
        tables = held.tables(person.file_ids, alone=True)
        pdf = paper_of(person, tables, made_at=timezone.localtime(), alone=True)
    journal.record(
        "privacy.handed_over", person, by=visit.actor, subject=person.pk, file_format="pdf"
    )
    headers = {"Content-Disposition": papers.named(name)}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@taken_alone
def held_as_file(request: HttpRequest, visit: Visit) -> HttpResponse:
    files = visit.person.file_ids
    with translation.override(languages.written_in()):
        given = privacy.hand_over(files, by=visit.actor, alone=True)
        document = held.as_document(files, given, alone=True)
    headers = {"Content-Disposition": 'attachment; filename="relier.json"'}
    how = {"ensure_ascii": False, "indent": 1}
    return JsonResponse(document, json_dumps_params=how, headers=headers)
