"""Addresses of what people say they can do, under /positioning/. They hold opaque ids and codes of
items: never an answer."""

from django.urls import path

from relier.competences.views.positionings import asking, coming, noting, starting

app_name = "positioning"
urlpatterns = [
    path("people/<uuid:pk>/", starting.person_page, name="person"),
    path("people/<uuid:pk>/begin/", starting.begin, name="begin"),
    path("people/<uuid:pk>/over-time/", coming.over_time, name="over_time"),
    path("people/<uuid:pk>/take-up/", coming.take_up, name="take_up"),
    path("own/", starting.own_page, name="own"),
    path("own/begin/", starting.own_begin, name="own_begin"),
    path("own/over-time/", coming.own_over_time, name="own_over_time"),
    path("<uuid:pk>/", asking.session, name="session"),
    path("<uuid:pk>/questions/<slug:item>/", asking.question, name="question"),
    path("<uuid:pk>/pause/", asking.pause, name="pause"),
    path("<uuid:pk>/read-back/", asking.read_back, name="read_back"),
    path("<uuid:pk>/page/", noting.page_change, name="page_change"),
    path("<uuid:pk>/result/", coming.result, name="result"),
    path("<uuid:pk>/result/page.pdf", coming.result_pdf, name="result_pdf"),
    path("<uuid:pk>/share/", coming.share, name="share"),
    path("<uuid:pk>/erase/", coming.erase, name="erase"),
]
