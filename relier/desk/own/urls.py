"""Addresses of the person's own page. The one that holds a code is never drawn: it redirects."""

from django.urls import path

from . import keeping, views

app_name = "own"
urlpatterns = [
    path("", views.home, name="home"),
    path("c/<str:code>/", views.exchange, name="exchange"),
    path("leave/", views.leave, name="leave"),
    path("closed/", views.closed, name="closed"),
    path("language/", views.language, name="language"),
    path("pictures/", views.show_pictures, name="pictures"),
    path("steps/", views.steps, name="steps"),
    path("can-do/", views.can_do, name="can_do"),
    path("procedures/", views.procedures, name="procedures"),
    path("agreed/", views.agreed, name="agreed"),
    path("agreed/<int:pk>/no/", views.withdraw, name="withdraw"),
    path("agreed/<uuid:pk>/<slug:family>/no/", views.revoke, name="revoke"),
    path("readers/", views.readers, name="readers"),
    path("beyond/", views.beyond, name="beyond"),
    path("beyond/<uuid:pk>/close/", views.close_entry, name="close_entry"),
    path("beyond/<uuid:pk>/stop/", views.stop_sharing, name="stop_sharing"),
    path("ask/", views.ask, name="ask"),
    path("held/", keeping.held_page, name="held"),
    path("held/print/", keeping.held_on_paper, name="held_print"),
    path("held/file/", keeping.held_as_file, name="held_file"),
    path("print/", views.print_all, name="print"),
]
