"""Every address of Relier. A new one is also listed in tests/walls.py, or the build fails."""

from django.conf import settings
from django.urls import include, path

from relier.centres import slips

from . import demo, views

urlpatterns = [
    path("", include("relier.desk.urls")),
    path("me/", include("relier.desk.own.urls")),
    path("people/", include("relier.people.urls")),
    path("support/", include("relier.support.urls")),
    # Before the frameworks, whose addresses begin with any name.
    path("frameworks/items/", include("relier.competences.urls.relations")),
    path("frameworks/", include("relier.competences.urls.frameworks")),
    path("positioning/", include("relier.competences.urls.positionings")),
    path("training/", include("relier.training.urls")),
    path("deliberation/", include("relier.deliberation.urls")),
    path("voice/", include("relier.deliberation.voice_urls")),
    path("inquiry/", include("relier.inquiry.urls")),
    path("threads/", include("relier.threads.urls")),
    path("resources/", include("relier.resources.urls")),
    path("paper/", include("relier.paper.urls")),
    path("centre/", include("relier.centres.urls")),
    path("patterns/", include("relier.ui.urls")),
    path("language/", views.choose_language, name="set_language"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("", include("relier.accounts.urls")),
    path("slip/", slips.use, name="slip"),
    path("slip/<str:code>/", slips.open_by_link, name="slip_link"),
    path("favicon.ico", views.no_icon, name="no_icon"),
]

if settings.RELIER_MODE == "demo":
    urlpatterns.append(path("enter-as/<uuid:pk>/", demo.enter_as, name="enter_as"))
