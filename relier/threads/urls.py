"""Addresses of threads: a thread is found by its problem."""

from django.urls import path

from . import views

app_name = "threads"
urlpatterns = [
    path("<uuid:pk>/", views.thread_read, name="thread"),
    path("<uuid:pk>/thread.pdf", views.thread_pdf, name="thread_pdf"),
    path("<uuid:pk>/tie/<str:name>/", views.tie, name="tie"),
    path("<uuid:pk>/question/", views.question_new, name="question_new"),
    path("<uuid:pk>/sheet/", views.sheet_new, name="sheet_new"),
    path("<uuid:pk>/changed/", views.changed, name="changed"),
    path("ties/<int:pk>/untie/", views.untie, name="untie"),
]
