"""The few pages that belong to no room."""

from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from relier.centres.http import Request

A_YEAR = 365 * 24 * 3600
# When docs/accessibility.md was last gone through, line by line.
ASSESSED_ON = date(2026, 11, 26)


@login_not_required
@require_POST
def choose_language(request: Request) -> HttpResponse:
    """Keep the language on this browser, and for the member when one is signed in."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=A_YEAR,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        )
        if request.user.is_authenticated:
            request.user.language = language
            request.user.save(update_fields=["language"])
    return response


@login_not_required
@require_safe
def accessibility(request: Request) -> HttpResponse:
    """What works for whom, what does not yet, and to whom to say it: the statement that the law
    asks of public bodies (docs/accessibility.md says what was tested, and how)."""
    context = {"contact": settings.CONTACT, "assessed_on": ASSESSED_ON}
    return render(request, "accessibility.html", context)


@login_not_required
@cache_control(max_age=A_YEAR, immutable=True)
def no_icon(request: Request) -> HttpResponse:
    """Browsers ask for it whatever a page says; an empty answer spares a second request."""
    return HttpResponse(status=204)


def csrf_failure(request: Request, reason: str = "") -> HttpResponse:
    """The page was open too long, or in two tabs: say so, and what to do."""
    return render(request, "403_csrf.html", status=403)
