"""Relier's addresses, and the peer's, under the same middleware, in the same process: the plainest
page with a form, and the plainest view that inserts one row and redirects. It answers in any order,
counts nothing, draws nothing, and knows nobody."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path

from relier.config.urls import urlpatterns as relier

NAKED = engines["django"].from_string(
    "<!doctype html><title>Voice</title><form method=post>{% csrf_token %}"
    '<label>Words <input name="words"></label><button>Send</button></form>'
)


@login_not_required
def plainest(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_peer (words) VALUES (%s)", [request.POST["words"]])
        return redirect("/peer/")
    return HttpResponse(NAKED.render({}, request))


urlpatterns = [path("peer/", plainest), *relier]
