"""Printing, receiving, checking."""

from django.urls import URLPattern, path

from relier.paper.views import (
    checking,
    closing,
    home,
    phone,
    pictures,
    printing,
    receiving,
    tray,
    whose,
)

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("for/<uuid:pk>/", home.for_person, name="for_person"),
    path("printed/", home.batches, name="batches"),
    path("printed/<uuid:pk>/", printing.batch, name="batch"),
    path("printed/<uuid:pk>/sheets.pdf", printing.batch_pdf, name="batch_pdf"),
    path("printed/<uuid:pk>/list.pdf", printing.batch_list, name="batch_list"),
    path("print/<str:name>/", printing.print_sheet, name="print"),
    path("receive/", receiving.receive, name="receive"),
    path("phone/", phone.phone, name="phone"),
    path("piles/<uuid:pk>/", receiving.pile, name="pile"),
    path("tray/", tray.tray, name="tray"),
    path("pages/<uuid:pk>/", tray.page, name="page"),
    path("pages/<uuid:pk>/picture.jpg", pictures.picture, name="picture"),
    path("pages/<uuid:pk>/<slug:question>.jpg", pictures.strip, name="strip"),
    path("copies/<uuid:pk>/", closing.copy, name="copy"),
    path("copies/<uuid:pk>/whose/", whose.whose, name="whose"),
    path("check/<uuid:pk>/", checking.check, name="check"),
]
