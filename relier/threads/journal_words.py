"""What this floor writes in the journal: nothing of it is about anyone accompanied."""

from django.utils.translation import pgettext_lazy

from relier.journal import words

words.declare(
    {
        "threads.tied": pgettext_lazy("person", "Something was tied to a problem"),
        "threads.untied": pgettext_lazy("person", "Something is not tied to a problem any more"),
    }
)
