"""Addresses of deliberation, for members."""

from django.urls import path

from .views import cards, deciding, decisions, questions, results, rounds, sentences, statements

app_name = "deliberation"
urlpatterns = [
    path("", questions.question_list, name="questions"),
    path("new/", questions.question_new, name="question_new"),
    path("<uuid:pk>/", questions.question_read, name="question"),
    path("<uuid:pk>/edit/", questions.question_edit, name="question_edit"),
    path("<uuid:pk>/open/", questions.question_open, name="question_open"),
    path("<uuid:pk>/longer/", questions.question_prolong, name="question_prolong"),
    path("<uuid:pk>/close/", questions.question_close, name="question_close"),
    path("<uuid:pk>/statements/new/", statements.statement_new, name="statement_new"),
    path("<uuid:pk>/cards/", cards.cards_new, name="cards"),
    path("<uuid:pk>/tablet/", cards.tablet_new, name="tablet"),
    path("<uuid:pk>/sentences/", sentences.sentences, name="sentences"),
    path("<uuid:pk>/results/", results.read, name="results"),
    path("<uuid:pk>/results.csv", results.as_csv, name="results_csv"),
    path("<uuid:pk>/results.json", results.as_json, name="results_json"),
    path("<uuid:pk>/results.pdf", results.wall, name="wall"),
    path("<uuid:pk>/proposed/", statements.proposed, name="proposed"),
    path("statements/<uuid:pk>/words/", statements.statement_word, name="statement_word"),
    path("statements/<uuid:pk>/remove/", statements.statement_remove, name="statement_remove"),
    path("statements/<uuid:pk>/look/", statements.statement_look, name="statement_look"),
    # --- deciding, and what follows
    path("<uuid:pk>/deciding/", deciding.overview, name="deciding"),
    path("<uuid:pk>/deciding/nothing/", deciding.decide_nothing, name="decide_nothing"),
    path("<uuid:pk>/proposals/new/", deciding.proposal_new, name="proposal_new"),
    path("<uuid:pk>/again/", rounds.ask_again, name="ask_again"),
    path("<uuid:pk>/rounds/<int:turn>/", rounds.round_read, name="round"),
    path("proposals/<uuid:pk>/", deciding.proposal_read, name="proposal_read"),
    path("proposals/<uuid:pk>/amend/", deciding.proposal_amend, name="proposal_amend"),
    path("proposals/<uuid:pk>/back/", deciding.proposal_take_back, name="proposal_take_back"),
    path("proposals/<uuid:pk>/decide/", deciding.decide, name="decide"),
    path("objections/<uuid:key>/", deciding.objection_treat, name="objection_treat"),
    path("objections/<uuid:key>/back/", deciding.objection_taken_back, name="objection_taken_back"),
    path("decisions/", decisions.decision_list, name="decisions"),
    path("decisions/<uuid:pk>/", decisions.decision_read, name="decision"),
    path("decisions/<uuid:pk>/notice.pdf", decisions.notice, name="notice"),
    path("decisions/<uuid:pk>/wall/", decisions.notice_put_up, name="notice_put_up"),
    path("decisions/<uuid:pk>/news/", decisions.news, name="news"),
]
