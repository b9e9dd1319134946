"""Addresses of deliberation, for members."""

from django.urls import path

from .views import (
    cards,
    counting,
    deciding,
    decisions,
    polis,
    questions,
    results,
    rounds,
    running,
    screen,
    sentences,
    statements,
)
from .views import hands as of_hands
from .views import meetings as of_meetings

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
    # in a room
    path("<uuid:pk>/hands/", of_hands.hands, name="hands"),
    path("hands/<int:pk>/back/", of_hands.hands_take_back, name="hands_take_back"),
    path("<uuid:pk>/sessions/", of_meetings.meetings, name="meetings"),
    path("<uuid:pk>/sessions/new/", of_meetings.meeting_new, name="meeting_new"),
    path("sessions/<uuid:pk>/", of_meetings.meeting_read, name="meeting"),
    path("sessions/<uuid:pk>/edit/", of_meetings.meeting_edit, name="meeting_edit"),
    path("sessions/<uuid:pk>/items/new/", of_meetings.item_new, name="item_new"),
    path("sessions/items/<int:pk>/", of_meetings.item_edit, name="item_edit"),
    path("sessions/items/<int:pk>/move/", of_meetings.item_move, name="item_move"),
    path("sessions/<uuid:pk>/meeting.pdf", of_meetings.meeting_paper, name="meeting_paper"),
    path("sessions/<uuid:pk>/facilitate/", running.facilitate, name="facilitate"),
    path("sessions/<uuid:pk>/move/", running.meeting_move, name="meeting_move"),
    path("sessions/<uuid:pk>/send/", running.meeting_send, name="meeting_send"),
    path("sessions/<uuid:pk>/screen/", screen.screen, name="screen"),
    # brought from elsewhere
    path("polis/", polis.bring, name="polis"),
    # recounting, and two sworn counters
    path("<uuid:pk>/recount/", counting.recount, name="recount"),
    path("<uuid:pk>/releases.csv", counting.as_csv, name="releases_csv"),
    path("<uuid:pk>/counters/", counting.name, name="counters"),
    path("<uuid:pk>/table/", counting.table, name="table"),
    path("<uuid:pk>/table/open/", counting.table_open, name="table_open"),
    # --- deciding, and what follows
    path("<uuid:pk>/deciding/", deciding.overview, name="deciding"),
    path("<uuid:pk>/deciding/nothing/", deciding.decide_nothing, name="decide_nothing"),
    path("<uuid:pk>/proposals/new/", deciding.proposal_new, name="proposal_new"),
    path("<uuid:pk>/again/", rounds.ask_again, name="ask_again"),
    path("<uuid:pk>/rounds/<int:turn>/", rounds.round_read, name="round"),
    path(
        "<uuid:pk>/rounds/<int:turn>/sentences/",
        sentences.sentences_of_round,
        name="round_sentences",
    ),
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
