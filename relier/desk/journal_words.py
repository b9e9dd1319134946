"""What the desk writes in the journal, in words."""

from django.utils.translation import pgettext_lazy

from relier.journal import words

words.declare(
    {
        "desk.journal_read": pgettext_lazy("person", "The journal was read by its officer"),
        "desk.file_read": pgettext_lazy("person", "The file was opened"),
        "desk.search": pgettext_lazy("person", "A search showed a list of people"),
        "desk.left": pgettext_lazy("person", "The list of what someone left was shown"),
        "desk.shared": pgettext_lazy("person", "The list of what is shared was shown"),
        "desk.shared_read": pgettext_lazy("person", "What is shared was read"),
    }
)
