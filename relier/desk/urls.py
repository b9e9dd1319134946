"""Addresses of the desk."""

from django.urls import include, path

from . import codes, leaving, sharing, views
from .officer import views as officer
from .own import giving

urlpatterns = [
    path("", views.day, name="day"),
    path("search/", views.search, name="search"),
    path("journal/", officer.journal_of_centre, name="officer_journal"),
    path("entering/recovery/paper/", codes.recovery_paper, name="recovery_paper"),
    path("centre/slips/<uuid:pk>/paper/", codes.slip_paper, name="slip_paper"),
    path("people/<uuid:pk>/", views.person_file, name="file"),
    path("people/<uuid:pk>/card/", giving.card, name="card"),
    path("people/<uuid:pk>/card/paper/", giving.card_paper, name="card_paper"),
    path("people/<uuid:pk>/card/pictures/", giving.card_pictures, name="card_pictures"),
    path("shared/", sharing.shared, name="shared"),
    path("shared/<uuid:pk>/", sharing.shared_read, name="shared_read"),
    path("shared/<uuid:pk>/end/", sharing.shared_end, name="shared_end"),
    path("share/<slug:kind>/<uuid:pk>/", sharing.share, name="share"),
    path("left/", leaving.left, name="left"),
    path("", include("relier.desk.rights.urls")),
]
