"""What is printed to enter with: a member's own recovery codes, and the slip of a colleague."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relier.accounts import confirming
from relier.accounts.second_factor import drawn
from relier.centres import access, slips
from relier.centres.codes import in_groups
from relier.centres.http import Request
from relier.centres.models import Slip
from relier.paper.typeset import SLIP, Language, typeset
from relier.ui import dates


def recovery_paper(request: Request) -> HttpResponse:
    """The codes that are left, each with a box to tick once it is used."""
    confirming.require(request)
    kind = Authenticator.Type.RECOVERY_CODES
    mine = access.one_or_404(Authenticator.objects.filter(user=request.user), type=kind)
    now = timezone.localtime()
    unused = mine.wrap().get_unused_codes()
    data = {
        "title": _("My recovery codes"),
        "reader": "worker",
        "date": capfirst(dates.day(now)),
        "intro": [
            {"term": _("For"), "value": request.user.name},
            {"term": _("E-mail"), "value": request.user.email},
        ],
        "codes": [f"{code[:5]} {code[5:]}" for code in unused],
        "beware": [
            _("Each code opens once, after your password, in place of the telephone or the key."),
            _("Keep this page at home, not beside the computer. Tick a code once it is used."),
        ],
        "labels": {"page": _("Page %(page)s of %(pages)s")},
    }
    return as_pdf(typeset(SLIP, data, language=language(), made_at=now), "recovery-codes")


def slip_paper(request: Request, pk: UUID) -> HttpResponse:
    """The slip, in the browser that made it and while it opens."""
    slip = slips.slip_of_centre(request, pk)
    code = slips.code_of(request, slip)
    access.require(bool(code))
    link = slips.link_of(request, code)
    data = {
        **words_of(slip, link),
        "reader": "worker",
        "codes": [in_groups(code)],
        "drawing": "qr",
        "drawing_says": _("A drawing that leads a telephone there, with the code."),
        "labels": {"page": _("Page %(page)s of %(pages)s")},
    }
    qr = {"qr": drawn(link).encode()}
    pdf = typeset(SLIP, data, language=language(), made_at=timezone.now(), pictograms=qr)
    return as_pdf(pdf, "slip")


def words_of(slip: Slip, link: str) -> dict[str, object]:
    member, site = slip.member, link.rpartition("/slip/")[0]
    done = {
        Slip.What.INVITATION: _("Choose a password that only you know, and enter."),
        Slip.What.PASSWORD: _("Choose a new password, and enter."),
        Slip.What.SECOND_FACTOR: _("Give your password: you enter without the lost telephone."),
    }
    return {
        "title": TITLES[Slip.What(slip.what)](),
        "centre": {"name": str(member.home), "phone": getattr(member.home, "phone", "")},
        "date": capfirst(dates.day(slip.made_at)),
        "intro": [
            {"term": _("For"), "value": member.name},
            {"term": _("E-mail"), "value": member.user.email},
            {"term": _("It opens until"), "value": dates.day(timezone.localtime(slip.ends_at))},
        ],
        "steps": [
            _("Open this address: %(address)s") % {"address": f"{site}/slip/"},
            _("Copy the code below. Capitals and spaces do not count."),
            done[Slip.What(slip.what)],
        ],
        "beware": [_("This slip is for you alone and opens once. Destroy it afterwards.")],
    }


TITLES = {
    Slip.What.INVITATION: lambda: _("Your first entry in Relier"),
    Slip.What.PASSWORD: lambda: _("Your new password for Relier"),
    Slip.What.SECOND_FACTOR: lambda: _("Enter Relier without the lost telephone"),
}


def as_pdf(pdf: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def language() -> Language:
    return "fr" if (get_language() or "").startswith("fr") else "en"
