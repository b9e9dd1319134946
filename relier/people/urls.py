"""Addresses of this room. A person's file itself is the desk's (`file`)."""

from django.urls import path

from .views import beyond, consent_terms, consents, followings, merges, notes, persons, situations

app_name = "people"
urlpatterns = [
    path("", persons.person_list, name="list"),
    path("new/", persons.person_new, name="new"),
    path("<uuid:pk>/edit/", persons.person_edit, name="edit"),
    path("<uuid:pk>/situation/", situations.situation_new, name="situation"),
    path("<uuid:pk>/situation/story/", situations.situation_story, name="story"),
    path("<uuid:pk>/situation/felt-and-done/", situations.felt_and_done, name="felt_and_done"),
    path("<uuid:pk>/notes/new/", notes.note_new, name="note_new"),
    path("notes/<uuid:pk>/", notes.note_read, name="note"),
    path("notes/<uuid:pk>/correct/", notes.note_correct, name="note_correct"),
    path("<uuid:pk>/team/", followings.following_edit, name="following"),
    path("<uuid:pk>/open/", beyond.file_open, name="open"),
    path("<uuid:pk>/beyond/", beyond.beyond, name="beyond"),
    path("entries/<uuid:pk>/end/", beyond.entry_end, name="entry_end"),
    path("replacements/", beyond.replacements, name="replacements"),
    path("replacements/<uuid:pk>/end/", beyond.replacement_end, name="replacement_end"),
    path("<uuid:pk>/merge/", merges.merge_find, name="merge_find"),
    path("<uuid:pk>/merge/<uuid:other>/", merges.merge_confirm, name="merge"),
    path("merges/<int:pk>/undo/", merges.merge_undo, name="merge_undo"),
    path("<uuid:pk>/agreements/", consents.consent_list, name="consents"),
    path("<uuid:pk>/agreements/<slug:purpose>/", consents.consent_new, name="consent_new"),
    path(
        "<uuid:pk>/agreements/<slug:purpose>/paper.pdf",
        consents.consent_paper,
        name="consent_paper",
    ),
    path("agreements/terms/", consent_terms.term_list, name="consent_terms"),
    path("agreements/terms/change/", consent_terms.term_change, name="consent_term"),
    path("agreements/<int:pk>/", consents.consent_read, name="consent"),
    path("agreements/<int:pk>/withdraw/", consents.consent_withdraw, name="consent_withdraw"),
    path("agreements/<int:pk>/let-end/", consents.consent_let_end, name="consent_let_end"),
    path("agreements/<int:pk>/paper.pdf", consents.consent_kept_paper, name="consent_kept_paper"),
]
