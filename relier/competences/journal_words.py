"""What this room writes in the journal, in words that the person reads."""

from django.utils.translation import pgettext_lazy

from relier.journal import words

words.declare(
    {
        "competences.annotated": pgettext_lazy("person", "A team said what it thinks of an item"),
        "competences.annotation_corrected": pgettext_lazy(
            "person", "What was said of an item was corrected"
        ),
        "competences.annotation_withdrawn": pgettext_lazy(
            "person", "What was said of an item was withdrawn"
        ),
        "competences.framework_imported": pgettext_lazy("person", "A framework was imported"),
        "competences.relation_added": pgettext_lazy("person", "A need between two items was added"),
        "competences.relation_removed": pgettext_lazy(
            "person", "A need between two items was taken out"
        ),
        "competences.relation_taken_back": pgettext_lazy(
            "person", "An earlier version of the links was taken back"
        ),
        "competences.positionings_asked_back": pgettext_lazy(
            "person", "What was found out was asked back"
        ),
        "competences.positioning_begun": pgettext_lazy("person", "Finding out together was begun"),
        "competences.positioning_stopped": pgettext_lazy(
            "person", "Finding out together was stopped"
        ),
        "competences.positioning_kept": pgettext_lazy("person", "What was found out was kept"),
        "competences.positioning_changed": pgettext_lazy(
            "person", "What was found out was changed"
        ),
        "competences.positioning_shared": pgettext_lazy(
            "person", "What was found out was shared with the team"
        ),
        "competences.positioning_no_longer_shared": pgettext_lazy(
            "person", "What was found out is no longer shared"
        ),
        "competences.positioning_erased": pgettext_lazy("person", "What was found out was erased"),
        "competences.positioning_read": pgettext_lazy("person", "What was found out was read"),
        "competences.positioning_printed": pgettext_lazy(
            "person", "What was found out was printed"
        ),
        "competences.positionings_read": pgettext_lazy(
            "person", "The list of what was found out was read"
        ),
    }
)
