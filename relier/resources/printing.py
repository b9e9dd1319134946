"""A practical sheet on paper, in large print, in the language in force."""

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relier.paper.typeset import Template, typeset

from .ages import age
from .models import Resource
from .rules.pieces import pieces

SHEET = Template("resources/typst/sheet.typ")


def printed(resource: Resource) -> bytes:
    now = timezone.localtime()
    data = {
        "title": resource.title,
        "centre": {"name": resource.centre.name, "phone": resource.centre.phone},
        "age": capfirst(age(resource.revised_on, on=now.date())),
        "pieces": [{"kind": one.kind, "lines": list(one.lines)} for one in pieces(resource.text)],
        "labels": {"page": _("Page %(page)s of %(pages)s")},
    }
    language = "fr" if (get_language() or "").startswith("fr") else "en"
    return typeset(SHEET, data, language=language, made_at=now)  # type: ignore[arg-type]
