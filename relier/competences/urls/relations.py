"""Addresses of our items and of what comes before what, under /frameworks/items/."""

from django.urls import path

from relier.competences.views import relations as views

app_name = "relations"
urlpatterns = [
    path("", views.bank_list, name="banks"),
    path("<slug:bank_id>/", views.bank_page, name="bank"),
    path("<slug:bank_id>/order/", views.relation_page, name="relation"),
    path("<slug:bank_id>/order/whole/", views.relation_whole, name="whole"),
    path("<slug:bank_id>/order/versions/", views.version_list, name="versions"),
    path("<slug:bank_id>/order/versions/<int:number>/", views.version_page, name="version"),
    path("<slug:bank_id>/order/versions/<int:number>/back/", views.take_back, name="take_back"),
    path("<slug:bank_id>/order/add/", views.need_add, name="need_add"),
    path(
        "<slug:bank_id>/order/<slug:item_id>/<slug:needed_id>/remove/",
        views.need_remove,
        name="need_remove",
    ),
]
