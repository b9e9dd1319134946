"""Addresses of whoever holds a card. The one that holds a code is never drawn: it redirects."""

from django.urls import path

from .views import counting, results
from .views.voice import aloud, answering, coming, objecting, writing

app_name = "voice"
urlpatterns = [
    path("", coming.home, name="home"),
    path("c/<str:code>/", coming.exchange, name="exchange"),
    path("begin/", coming.begin, name="begin"),
    path("leave/", coming.leave, name="leave"),
    path("closed/", coming.closed, name="closed"),
    path("language/", coming.language, name="language"),
    path("next/", answering.next_one, name="next"),
    path("s/<int:number>/", answering.statement, name="statement"),
    path("all/", answering.every_one, name="every_one"),
    path("aloud/", aloud.aloud, name="aloud"),
    path("aloud/<int:number>/", aloud.aloud_one, name="aloud_one"),
    path("aloud/again/", aloud.aloud_back, name="aloud_back"),
    path("review/", answering.review, name="review"),
    path("given/", answering.given, name="given"),
    path("again/", answering.anew, name="anew"),
    path("propose/", writing.propose, name="propose"),
    path("sentence/", writing.sentence, name="sentence"),
    path("thanks/<slug:what>/", writing.thanks, name="thanks"),
    path("results/", results.for_voices, name="results"),
    path("results/numbers/", results.counted, name="counted"),
    path("results/releases.csv", counting.for_voices, name="releases"),
    path("refused/", writing.refused, name="refused"),
    path("refused/<uuid:pk>/", writing.contest, name="contest"),
    # --- what is proposed, and decided
    path("proposed/", objecting.proposed, name="proposed"),
    path("proposed/<uuid:pk>/", objecting.object_to, name="object"),
    path("objections/<uuid:key>/", objecting.take_back, name="take_back"),
]
