"""Addresses of the frameworks, under /frameworks/."""

from django.urls import path

from relier.competences.views import frameworks as views

app_name = "competences"
urlpatterns = [
    path("", views.framework_list, name="list"),
    path("annotations/<uuid:pk>/correct/", views.annotation_correct, name="annotation_correct"),
    path("annotations/<uuid:pk>/withdraw/", views.annotation_withdraw, name="annotation_withdraw"),
    path("<str:key>/", views.framework_page, name="framework"),
    path("<str:key>/<str:item_id>/", views.item_page, name="item"),
]
