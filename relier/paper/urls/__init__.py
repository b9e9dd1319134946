"""Addresses of this room: sheets to print and pages that came back; sheets to answer; ballots."""

from . import answering, ballots, tray

app_name = "paper"
urlpatterns = [*tray.urlpatterns, *answering.urlpatterns, *ballots.urlpatterns]
