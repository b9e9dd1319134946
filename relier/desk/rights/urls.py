"""Addresses of these pages: those of a person under their file, those of the centre apart."""

from django.urls import path

from .views import archives, keeping, person

app_name = "rights"
urlpatterns = [
    path("people/<uuid:pk>/rights/", person.rights, name="person"),
    path("rights/requests/<uuid:pk>/", person.answer, name="answer"),
    path("people/<uuid:pk>/rights/hand-over/", person.hand_over, name="hand_over"),
    path("people/<uuid:pk>/rights/hand-over/held.pdf", person.hand_over_pdf, name="hand_over_pdf"),
    path(
        "people/<uuid:pk>/rights/hand-over/held.json", person.hand_over_json, name="hand_over_json"
    ),
    path("people/<uuid:pk>/rights/erase/", person.erase, name="erase"),
    path("keeping/", keeping.terms, name="terms"),
    path("keeping/term/", keeping.term, name="term"),
    path("keeping/over/", keeping.over, name="over"),
    path("keeping/over/<uuid:pk>/", keeping.purge, name="purge"),
    path("keeping/archives/", archives.archive_list, name="archives"),
    path("keeping/archives/<uuid:pk>/", archives.archive, name="archive"),
    path("keeping/openings/<int:pk>/agree/", archives.agree, name="agree"),
    path("keeping/openings/<int:pk>/", archives.opened, name="opened"),
]
