"""Answering a sheet on screen, and by voice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
