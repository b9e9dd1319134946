"""What every template may use without a view having to say so."""

from django.conf import settings
from django.http import HttpRequest


def everywhere(request: HttpRequest) -> dict[str, object]:
    return {"relier_mode": settings.RELIER_MODE, "actor": getattr(request, "actor", None)}
