"""Addresses of practical sheets."""

from django.urls import path

from . import views

app_name = "resources"
urlpatterns = [
    path("", views.sheet_list, name="sheets"),
    path("new/", views.sheet_new, name="sheet_new"),
    path("<uuid:pk>/", views.sheet_read, name="sheet"),
    path("<uuid:pk>/sheet.pdf", views.sheet_pdf, name="sheet_pdf"),
    path("<uuid:pk>/revise/", views.sheet_revise, name="sheet_revise"),
    path("<uuid:pk>/earlier/", views.sheet_earlier, name="sheet_earlier"),
    path("<uuid:pk>/earlier/<int:number>/back/", views.sheet_go_back, name="sheet_go_back"),
]
