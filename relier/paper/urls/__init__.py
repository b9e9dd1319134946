"""Addresses of this room: sheets to print and pages that came back; sheets to answer."""

from . import answering, tray

app_name = "paper"
urlpatterns = [*tray.urlpatterns, *answering.urlpatterns]
