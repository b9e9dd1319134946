"""What this room writes in the journal, in words that the person reads."""

from django.utils.translation import pgettext_lazy

from relier.journal import words

words.declare(
    {
        "support.advice_number_changed": pgettext_lazy(
            "person", "A number of the advice was changed"
        ),
        "support.advice_read": pgettext_lazy("person", "What could help was read"),
        "support.advice_rule_changed": pgettext_lazy("person", "A rule of the advice was changed"),
        "support.appointment_arrived": pgettext_lazy("person", "Someone came to an appointment"),
        "support.appointment_cancelled": pgettext_lazy("person", "An appointment was cancelled"),
        "support.appointment_changed": pgettext_lazy("person", "An appointment was changed"),
        "support.appointment_made": pgettext_lazy("person", "An appointment was made"),
        "support.appointment_missed": pgettext_lazy("person", "An appointment was missed"),
        "support.appointment_put_back": pgettext_lazy("person", "An appointment is planned again"),
        "support.appointment_read": pgettext_lazy("person", "An appointment was read"),
        "support.appointment_took_place": pgettext_lazy("person", "An appointment took place"),
        "support.calendar_address_made": pgettext_lazy(
            "person", "An address of a calendar was made"
        ),
        "support.calendar_address_removed": pgettext_lazy(
            "person", "An address of a calendar was taken away"
        ),
        "support.counter": pgettext_lazy("person", "The counter was opened"),
        "support.counter_paper": pgettext_lazy("person", "The page of the counter was printed"),
        "support.counter_person": pgettext_lazy("person", "The page of the counter was read"),
        "support.delay_late_again": pgettext_lazy("person", "An answer or a payment is late again"),
        "support.delay_noted": pgettext_lazy("person", "An answer or a payment was noted as late"),
        "support.delay_read": pgettext_lazy("person", "What is late was read"),
        "support.delay_said_anew": pgettext_lazy("person", "What is late was said in other words"),
        "support.delay_settled": pgettext_lazy("person", "What was late is settled"),
        "support.intervention_corrected": pgettext_lazy(
            "person", "What was done together was corrected"
        ),
        "support.intervention_logged": pgettext_lazy(
            "person", "What was done together was written"
        ),
        "support.intervention_moved": pgettext_lazy(
            "person", "What was done was moved to another file"
        ),
        "support.intervention_read": pgettext_lazy("person", "What was done together was read"),
        "support.moment_asked": pgettext_lazy("person", "A moment apart was asked for"),
        "support.moment_ended": pgettext_lazy("person", "A moment apart ended"),
        "support.moment_given_back": pgettext_lazy("person", "A moment apart was given back"),
        "support.moment_moved": pgettext_lazy(
            "person", "Another team was asked for a moment apart"
        ),
        "support.moment_named": pgettext_lazy("person", "It was said for whom a moment apart is"),
        "support.moment_read": pgettext_lazy("person", "A moment apart was read"),
        "support.moment_reopened": pgettext_lazy("person", "A moment apart was opened again"),
        "support.moment_taken": pgettext_lazy("person", "A colleague took a moment apart"),
        "support.procedure_begun": pgettext_lazy("person", "A procedure was begun"),
        "support.procedure_changed": pgettext_lazy("person", "A procedure was changed"),
        "support.procedure_closed": pgettext_lazy(
            "person", "A procedure is no longer shown to the team"
        ),
        "support.procedure_opened": pgettext_lazy("person", "A procedure was shown to the team"),
        "support.procedure_read": pgettext_lazy("person", "A procedure was read"),
        "support.procedure_told": pgettext_lazy("person", "There was news of a procedure"),
        "support.request_assigned": pgettext_lazy("person", "A request was given to someone"),
        "support.request_attached": pgettext_lazy("person", "A request was put in the file"),
        "support.request_closed": pgettext_lazy("person", "A request was closed"),
        "support.request_corrected": pgettext_lazy("person", "A request was corrected"),
        "support.request_detached": pgettext_lazy("person", "A request was taken out of the file"),
        "support.request_passed_on": pgettext_lazy("person", "A request was passed on"),
        "support.request_read": pgettext_lazy("person", "A request was read"),
        "support.request_reopened": pgettext_lazy("person", "A request was opened again"),
        "support.request_search": pgettext_lazy("person", "A search showed people, for a request"),
        "support.request_taken": pgettext_lazy("person", "A request was heard"),
        "support.request_urgency_said": pgettext_lazy(
            "person", "It was said how urgent a request is"
        ),
        "support.requests": pgettext_lazy("person", "The list of requests was shown"),
        "support.step_agreed": pgettext_lazy("person", "A step was agreed"),
        "support.step_changed": pgettext_lazy("person", "A step was changed"),
        "support.step_marked": pgettext_lazy("person", "A step was marked as done, left or to do"),
        "support.step_moved": pgettext_lazy("person", "A step was moved in the order"),
        "support.step_read": pgettext_lazy("person", "A step was read"),
        "support.steps_read": pgettext_lazy("person", "The steps were read"),
        "support.take_home_printed": pgettext_lazy("person", "The page to take home was printed"),
        "support.take_home_read": pgettext_lazy("person", "The page to take home was read"),
        "support.waiting": pgettext_lazy("person", "The list of what waits was shown"),
        "support.whom": pgettext_lazy("person", "A search showed people, for an intervention"),
        "support.consultation_agreed": pgettext_lazy("person", "A consultation was agreed to"),
        "support.consultation_begun": pgettext_lazy("person", "A consultation was prepared"),
        "support.consultation_declared": pgettext_lazy(
            "person", "What was said before a consultation was noted"
        ),
        "support.consultation_noted": pgettext_lazy("person", "A consultation took place"),
        "support.consultation_printed": pgettext_lazy(
            "person", "The page of a consultation was printed"
        ),
        "support.consultation_read": pgettext_lazy("person", "A consultation was read in the list"),
        "support.consultations_read": pgettext_lazy("person", "The list of consultations was read"),
        "support.list_changed": pgettext_lazy("person", "A list of the centre was changed"),
        "support.mandate_closed": pgettext_lazy(
            "person", "An authorisation is no longer shown to the team"
        ),
        "support.mandate_given": pgettext_lazy("person", "An authorisation was given"),
        "support.mandate_left_to_end": pgettext_lazy(
            "person", "An authorisation will end on its day"
        ),
        "support.mandate_opened": pgettext_lazy("person", "An authorisation was shown to the team"),
        "support.mandate_printed": pgettext_lazy("person", "An authorisation was printed"),
        "support.mandate_read": pgettext_lazy("person", "An authorisation was read"),
        "support.mandate_reprinted": pgettext_lazy("person", "An authorisation was printed again"),
        "support.mandate_revoked": pgettext_lazy("person", "An authorisation was taken back"),
        "support.mandates_read": pgettext_lazy("person", "The list of authorisations was read"),
        "support.request_asked": pgettext_lazy("person", "Something was asked on their own page"),
        "support.request_replied": pgettext_lazy("person", "An answer was written for their page"),
        "support.request_waits_again": pgettext_lazy("person", "A request waits for someone again"),
    }
)
