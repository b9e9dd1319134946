"""What this room writes in the journal. Never a line for a voice: who spoke, and when, is nowhere.

Nothing here is about a person accompanied, so these lines are read by colleagues only; they are
said in the plainest words all the same.
"""

from django.utils.translation import pgettext_lazy

from relier.journal import words

words.declare(
    {
        "deliberation.proposal_put": pgettext_lazy("person", "Something was proposed"),
        "deliberation.proposal_changed": pgettext_lazy("person", "A proposal was changed"),
        "deliberation.proposal_withdrawn": pgettext_lazy("person", "A proposal was taken back"),
        "deliberation.objection_raised": pgettext_lazy("person", "Someone was against a proposal"),
        "deliberation.objection_treated": pgettext_lazy("person", "An objection was answered"),
        "deliberation.objection_taken_back": pgettext_lazy("person", "An objection was taken back"),
        "deliberation.decided": pgettext_lazy("person", "Something was decided"),
        "deliberation.news_told": pgettext_lazy("person", "News of a decision was written"),
        "deliberation.notice_put_up": pgettext_lazy("person", "A decision is on the wall"),
        "deliberation.trial_reviewed": pgettext_lazy(
            "person", "A trial ended: the question is asked again"
        ),
        "deliberation.asked_again": pgettext_lazy("person", "A question was asked again"),
    }
)
words.declare(
    {
        "deliberation.appeal_answered": pgettext_lazy("person", "A refusal was looked at again"),
        "deliberation.cards_printed": pgettext_lazy("person", "Cards to answer were printed"),
        "deliberation.hands_counted": pgettext_lazy(
            "person", "Hands that were raised were counted"
        ),
        "deliberation.hands_taken_back": pgettext_lazy("person", "A count of hands was taken back"),
        "deliberation.meeting_begun": pgettext_lazy("person", "A meeting began"),
        "deliberation.meeting_changed": pgettext_lazy("person", "A meeting was changed"),
        "deliberation.meeting_prepared": pgettext_lazy("person", "A meeting was prepared"),
        "deliberation.meeting_stopped": pgettext_lazy("person", "A meeting stopped"),
        "deliberation.count_checked": pgettext_lazy("person", "A count was checked"),
        "deliberation.counters_named": pgettext_lazy(
            "person", "Two people were named to check a count"
        ),
        "deliberation.question_brought": pgettext_lazy(
            "person", "A question asked elsewhere was brought here"
        ),
        "deliberation.question_changed": pgettext_lazy("person", "A question was changed"),
        "deliberation.question_closed": pgettext_lazy("person", "A question was closed"),
        "deliberation.question_opened": pgettext_lazy("person", "A question was opened"),
        "deliberation.question_prepared": pgettext_lazy("person", "A question was prepared"),
        "deliberation.question_prolonged": pgettext_lazy(
            "person", "A question stays open for longer"
        ),
        "deliberation.sentence_noted": pgettext_lazy(
            "person", "A sentence said in a room was written down"
        ),
        "deliberation.sentence_read": pgettext_lazy("person", "A sentence was read and put away"),
        "deliberation.statement_refused": pgettext_lazy(
            "person", "An idea was not put to the vote"
        ),
        "deliberation.statement_removed": pgettext_lazy("person", "An idea was taken away"),
        "deliberation.statement_shown": pgettext_lazy("person", "An idea was put to the vote"),
        "deliberation.statement_written": pgettext_lazy("person", "An idea was written"),
        "deliberation.table_opened": pgettext_lazy(
            "person", "The table of the voices was opened to check a count"
        ),
        "deliberation.tablet_opened": pgettext_lazy("person", "A tablet was opened to answer"),
        "deliberation.wording_written": pgettext_lazy(
            "person", "An idea was put in another language"
        ),
    }
)
