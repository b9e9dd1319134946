"""What this room writes in the journal, in words that the person reads."""

from django.utils.translation import pgettext_lazy

from relier.journal import words

words.declare(
    {
        "people.agreement_printed": pgettext_lazy("person", "An agreement was printed"),
        "people.agreement_read": pgettext_lazy("person", "An agreement was read"),
        "people.agreements_read": pgettext_lazy("person", "The agreements were read"),
        "people.felt_and_done_read": pgettext_lazy("person", "What is felt and done was read"),
        "people.files_merged": pgettext_lazy("person", "Two files were put together"),
        "people.following_begun": pgettext_lazy("person", "A team began to follow"),
        "people.following_ended": pgettext_lazy("person", "A team no longer follows"),
        "people.likely_same": pgettext_lazy(
            "person", "A list of people with a like name was shown"
        ),
        "people.list": pgettext_lazy("person", "The list of people was shown"),
        "people.merge_undone": pgettext_lazy("person", "Two files were put apart again"),
        "people.note_corrected": pgettext_lazy("person", "A note was corrected"),
        "people.note_read": pgettext_lazy("person", "A note was read"),
        "people.note_written": pgettext_lazy("person", "A note was written"),
        "people.person_added": pgettext_lazy("person", "The file was made"),
        "people.person_changed": pgettext_lazy("person", "The name or how to reach was changed"),
        "people.reach_read": pgettext_lazy("person", "How to reach was read"),
        "people.situation_read": pgettext_lazy("person", "The situation was read"),
        "people.situation_told": pgettext_lazy("person", "The situation was told"),
        "people.story_read": pgettext_lazy("person", "What was told before was read"),
        "people.worker_set": pgettext_lazy("person", "Who follows was changed"),
        "people.agreement_reprinted": pgettext_lazy("person", "An agreement was printed again"),
        "people.beyond_read": pgettext_lazy(
            "person", "The list of files opened with a reason was shown"
        ),
        "people.entry_ended": pgettext_lazy("person", "The file is no longer open beyond the team"),
        "people.opened_with_reason": pgettext_lazy(
            "person", "The file was opened beyond the team, with a reason"
        ),
        "people.replacement_ended": pgettext_lazy("person", "A replacement ended"),
        "people.replacement_made": pgettext_lazy("person", "A colleague replaces another"),
        "people.shared": pgettext_lazy("person", "Something under secrecy was shared"),
        "people.sharing_ended": pgettext_lazy("person", "A sharing ended"),
    }
)
