"""Addresses of the daily work."""

from django.urls import path

from .views import (
    advice,
    advice_rules,
    appointments,
    counter,
    interventions,
    moments,
    procedures,
    requests,
    steps,
)

app_name = "support"
urlpatterns = [
    path("requests/", requests.request_list, name="requests"),
    path("requests/new/", requests.request_new, name="request_new"),
    path("requests/waiting/", requests.waiting_list, name="waiting"),
    path("requests/waiting/<uuid:pk>/", requests.waiting_assign, name="waiting_assign"),
    path("requests/<uuid:pk>/", requests.request_read, name="request"),
    path("requests/<uuid:pk>/person/", requests.request_person, name="request_person"),
    path("requests/<uuid:pk>/correct/", requests.request_correct, name="request_correct"),
    path("counter/", counter.counter, name="counter"),
    path("counter/<uuid:pk>/", counter.counter_person, name="counter_person"),
    path("counter/<uuid:pk>/late/", counter.delay_new, name="delay_new"),
    path("late/<uuid:pk>/", counter.delay_edit, name="delay"),
    path("late/<uuid:pk>/settled/", counter.delay_settle, name="delay_settle"),
    path("appointments/new/<uuid:pk>/", appointments.appointment_new, name="appointment_new"),
    path("appointments/<uuid:pk>/", appointments.appointment_edit, name="appointment"),
    path("appointments/<uuid:pk>/state/", appointments.appointment_state, name="appointment_state"),
    path("calendar/", appointments.calendar_settings, name="calendar"),
    path("calendar/<slug:token>.ics", appointments.calendar_feed, name="calendar_feed"),
    path("interventions/new/", interventions.intervention_new, name="intervention_new"),
    path("interventions/<uuid:pk>/", interventions.intervention_read, name="intervention"),
    path(
        "interventions/<uuid:pk>/correct/",
        interventions.intervention_correct,
        name="intervention_correct",
    ),
    path("moments/ask/", moments.moment_ask, name="moment_ask"),
    path("moments/<uuid:pk>/", moments.moment_read, name="moment"),
    path("procedures/new/<uuid:pk>/", procedures.procedure_new, name="procedure_new"),
    path("procedures/<uuid:pk>/", procedures.procedure_read, name="procedure"),
    path("procedures/<uuid:pk>/edit/", procedures.procedure_edit, name="procedure_edit"),
    path("procedures/<uuid:pk>/team/", procedures.procedure_open, name="procedure_open"),
    path("steps/<uuid:pk>/", steps.step_list, name="steps"),
    path("steps/<uuid:pk>/change/", steps.step_change, name="step_change"),
    path("advice/rules/", advice_rules.rule_list, name="advice_rules"),
    path("advice/rules/change/", advice_rules.rule_change, name="advice_rule"),
    path("advice/numbers/change/", advice_rules.number_change, name="advice_number"),
    path("advice/<uuid:pk>/", advice.advice, name="advice"),
    path("advice/<uuid:pk>/adapt/", advice.advice_adapt, name="advice_adapt"),
    path("take-home/<uuid:pk>/", steps.take_home, name="take_home"),
    path("take-home/<uuid:pk>/page.pdf", steps.take_home_pdf, name="take_home_pdf"),
]
