"""Counts of ballots."""

from django.urls import path

from relier.paper.views import ballot_piles, ballot_reading, ballots

urlpatterns = [
    path("ballots/", ballots.ballot_list, name="ballots"),
    path("ballots/new/", ballots.ballot_new, name="ballot_new"),
    path("ballots/new/<str:name>/<uuid:about>/", ballot_piles.pile_new, name="ballot_pile_new"),
    path("ballots/<uuid:pk>/pile/", ballot_piles.pile, name="ballot_pile"),
    path("ballots/<uuid:pk>/pile.pdf", ballot_piles.pile_pdf, name="ballot_pile_pdf"),
    path("ballots/<uuid:pk>/", ballots.ballot, name="ballot"),
    path("ballots/<uuid:pk>/print/", ballots.ballot_print, name="ballot_print"),
    path("ballots/<uuid:pk>/readers/", ballots.ballot_readers, name="ballot_readers"),
    path("ballots/<uuid:pk>/promise/", ballot_reading.ballot_promise, name="ballot_promise"),
    path("ballots/<uuid:pk>/scan/", ballot_reading.ballot_scan, name="ballot_scan"),
    path("ballots/<uuid:pk>/look/", ballot_reading.ballot_look, name="ballot_look"),
    path(
        "ballots/<uuid:pk>/strips/<uuid:strip>.jpg",
        ballot_reading.ballot_strip,
        name="ballot_strip",
    ),
    path("ballots/<uuid:pk>/close/", ballots.ballot_close, name="ballot_close"),
    path("ballots/<uuid:pk>/again/", ballots.ballot_again, name="ballot_again"),
    path("ballots/<uuid:pk>/give-up/", ballots.ballot_give_up, name="ballot_give_up"),
]
