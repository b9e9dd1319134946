"""What this room writes in the journal: nothing of it is about anyone accompanied."""

from django.utils.translation import pgettext_lazy

from relier.journal import words

words.declare(
    {
        "resources.sheet_revised": pgettext_lazy("person", "A practical sheet was revised"),
        "resources.sheet_written": pgettext_lazy("person", "A practical sheet was written"),
    }
)
