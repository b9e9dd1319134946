"""What the journal says of this room's deeds."""

from django.utils.translation import pgettext_lazy

from relier.journal import words

words.declare(
    {
        "training.absence_accounted": pgettext_lazy("person", "An absence was explained"),
        "training.absence_read": pgettext_lazy("person", "Why someone was away was read"),
        "training.absences_shown": pgettext_lazy(
            "person", "Why someone was away was shown, on the list of a session"
        ),
        "training.absence_corrected": pgettext_lazy("person", "An absence was corrected"),
        "training.approval_added": pgettext_lazy("person", "An approval was noted"),
        "training.attested": pgettext_lazy(
            "person", "A paper for the end of the training was made"
        ),
        "training.calendar_said": pgettext_lazy("person", "Days of school holidays were noted"),
        "training.category_said": pgettext_lazy("person", "Why one may enter was noted"),
        "training.ended": pgettext_lazy("person", "The end of a training was noted"),
        "training.ending_taken_back": pgettext_lazy("person", "A training goes on after all"),
        "training.enrolled": pgettext_lazy("person", "A training was begun"),
        "training.entries_shown": pgettext_lazy(
            "person", "The list of those who are in training was shown"
        ),
        "training.entry_read": pgettext_lazy("person", "The page of a training was read"),
        "training.evaluation_read": pgettext_lazy("person", "An evaluation was read"),
        "training.hours_read": pgettext_lazy("person", "The hours of a training were read"),
        "training.plan_read": pgettext_lazy("person", "A training plan was read"),
        "training.entry_changed": pgettext_lazy("person", "The beginning of a training changed"),
        "training.evaluated": pgettext_lazy("person", "An evaluation was written"),
        "training.evaluation_corrected": pgettext_lazy("person", "An evaluation was corrected"),
        "training.evidence_corrected": pgettext_lazy("person", "A document was corrected"),
        "training.evidence_received": pgettext_lazy("person", "A document was received"),
        "training.expected_again": pgettext_lazy(
            "person", "Someone is expected at a workshop again"
        ),
        "training.condition_said": pgettext_lazy(
            "person", "What shows that one may enter was noted"
        ),
        "training.document_printed": pgettext_lazy("person", "A training paper was printed"),
        "training.document_read": pgettext_lazy("person", "A training paper was read"),
        "training.documents_shown": pgettext_lazy(
            "person", "The list of training papers was shown"
        ),
        "training.absences_imported": pgettext_lazy(
            "person", "Absences were copied from a file of the centre"
        ),
        "training.categories_imported": pgettext_lazy(
            "person", "Why people may enter was copied from a file of the centre"
        ),
        "training.placements_imported": pgettext_lazy(
            "person", "Placements were copied from a file of the centre"
        ),
        "training.entries_imported": pgettext_lazy(
            "person", "Trainings were copied from a file of the centre"
        ),
        "training.file_forgotten": pgettext_lazy("person", "A file to be copied was thrown away"),
        "training.file_imported": pgettext_lazy("person", "A file of the centre was copied"),
        "training.file_received": pgettext_lazy("person", "A file to be copied was received"),
        "training.import_people_shown": pgettext_lazy(
            "person", "Names that look alike were shown, to copy a file"
        ),
        "training.import_read": pgettext_lazy("person", "A file to be copied was read"),
        "training.import_undone": pgettext_lazy("person", "The copy of a file was undone"),
        "training.people_imported": pgettext_lazy(
            "person", "People were copied from a file of the centre"
        ),
        "training.presences_imported": pgettext_lazy(
            "person", "Presences were copied from a file of the centre"
        ),
        "training.hours_approved": pgettext_lazy(
            "person", "Hours that the Region accepts were noted"
        ),
        "training.difference_decided": pgettext_lazy(
            "person", "Someone said which of two accounts of a session counts"
        ),
        "training.list_printed": pgettext_lazy("person", "A list to sign was printed"),
        "training.list_read": pgettext_lazy("person", "A list to sign was looked at"),
        "training.month_closed": pgettext_lazy("person", "A month was closed"),
        "training.no_longer_expected": pgettext_lazy(
            "person", "Someone is no longer expected at a workshop"
        ),
        "training.people_at_workshop": pgettext_lazy(
            "person", "The list of those expected at a workshop was shown"
        ),
        "training.people_expected": pgettext_lazy("person", "People were asked to a workshop"),
        "training.placement_changed": pgettext_lazy("person", "A placement was changed"),
        "training.placement_planned": pgettext_lazy("person", "A placement was planned"),
        "training.plan_changed": pgettext_lazy("person", "A training plan was changed"),
        "training.plan_made": pgettext_lazy("person", "A training plan was made"),
        "training.preparation_noted": pgettext_lazy(
            "person", "What preparing a session took was noted"
        ),
        "training.presence_corrected": pgettext_lazy("person", "A presence was corrected"),
        "training.presence_differs": pgettext_lazy(
            "person", "A presence came that says something else"
        ),
        "training.presence_taken": pgettext_lazy("person", "Presence was taken"),
        "training.programme_opened": pgettext_lazy("person", "A programme was opened"),
        "training.proof_received": pgettext_lazy("person", "A proof was received"),
        "training.rule_changed": pgettext_lazy("person", "A legal number was changed"),
        "training.presence_taken_along": pgettext_lazy(
            "person", "The list of a session was kept on a device"
        ),
        "training.presence_shown": pgettext_lazy(
            "person", "The list of those who were at a session was shown"
        ),
        "training.together_shown": pgettext_lazy(
            "person", "The page that proposes who works together was shown"
        ),
        "training.session_changed": pgettext_lazy("person", "A session was changed"),
        "training.session_planned": pgettext_lazy("person", "A session was planned"),
        "training.supervision_said": pgettext_lazy(
            "person", "Hours of supervision of a team were noted"
        ),
        "training.track_changed": pgettext_lazy("person", "A track was changed"),
        "training.track_opened": pgettext_lazy("person", "A track was opened"),
        "training.visit_kept": pgettext_lazy(
            "person", "A rehearsal of the visit of the inspection was kept"
        ),
        "training.visit_printed": pgettext_lazy(
            "person", "A rehearsal of the visit of the inspection was printed"
        ),
        "training.visit_shown": pgettext_lazy(
            "person", "Who is in training was shown, to prepare the visit of the inspection"
        ),
        "training.workshop_changed": pgettext_lazy("person", "A workshop was changed"),
        "training.workshop_opened": pgettext_lazy("person", "A workshop was opened"),
    }
)
