"""Every address of Relier, and the kind of thing it shows or changes (docs/walls.md).

`test_walls.py` walks this table as each role, each status and each relation, GET and POST, and
compares every answer with the matrix of docs/walls.md. An address absent from it fails the build.
"""

import re
from dataclasses import dataclass
from pathlib import Path

MATRIX_PAGE = Path(__file__).parent.parent / "docs" / "walls.md"

# Kinds beyond the matrix: they ask for no relation to anyone.
OPEN = "open"  # everyone, signed out too
SIGNED_IN = "signed in"  # whoever signed in
MEMBER = "member"  # a member of a centre or of a federation
IN_CENTRE = "in a centre"  # a member of a centre
NEW_NAME = "new name"  # whoever writes names in their centre
COUNTER_OF_CENTRE = "counter of the centre"  # the counter of everyone: reception, coordination
CARD = "card"  # whoever opened it with a card; the others are led to where a code is written
VOICE = "voice"  # whoever holds a card of nobody; the others are led to where a code is written
TRAINS = "trains"  # who plans sessions for a team of theirs
ARCHIVES = "archives"  # whoever may ask to open one: bound, or coordinating
NOBODY = "nobody"  # answers 404 to all (a door that is closed by then)
NO_POST = "no post"  # a page only: POST is refused to everyone
NO_GET = "no get"  # a deed only: GET is refused to everyone


@dataclass(frozen=True)
class Page:
    """`read` is asked of GET, `write` of POST; `about` names what the address is about. In `query`,
    {person} stands for the person."""

    name: str
    read: str
    write: str
    about: str = ""
    query: str = ""


# What a mandate that is being offered says in its address.
MANDATE = "?families=health&duration=one_month&starts_on=2026-11-24&language=fr"

PAGES = [
    # front door
    Page("account_login", OPEN, OPEN),
    Page("account_logout", SIGNED_IN, SIGNED_IN),
    Page("account_change_password", SIGNED_IN, SIGNED_IN),
    Page("account_reauthenticate", SIGNED_IN, SIGNED_IN),
    # While one signs in: knocked at before the password is given, they lead back to the door.
    Page("mfa_authenticate", SIGNED_IN, SIGNED_IN),
    Page("mfa_login_webauthn", SIGNED_IN, SIGNED_IN),
    # A slip and its code: whoever holds it. The address of its drawing leads to the same page.
    Page("slip", OPEN, OPEN),
    Page("slip_link", OPEN, OPEN, "wrong_code"),
    # one's own entry: each sees their own, and nobody else's
    Page("lock", NO_GET, SIGNED_IN),
    Page("locked", SIGNED_IN, SIGNED_IN),
    Page("kept_words", SIGNED_IN, SIGNED_IN),
    Page("mfa_index", SIGNED_IN, SIGNED_IN),
    Page("mfa_reauthenticate", SIGNED_IN, SIGNED_IN),
    Page("mfa_reauthenticate_webauthn", SIGNED_IN, SIGNED_IN),
    Page("mfa_activate_totp", SIGNED_IN, SIGNED_IN),
    Page("mfa_deactivate_totp", NOBODY, NOBODY),
    Page("mfa_add_webauthn", SIGNED_IN, SIGNED_IN),
    # Of their owner (see accounts/tests): nobody else who knocks.
    Page("mfa_edit_webauthn", NOBODY, NOBODY, "passkey"),
    Page("mfa_remove_webauthn", NOBODY, NOBODY, "passkey"),
    Page("mfa_view_recovery_codes", NOBODY, NO_POST),
    Page("mfa_generate_recovery_codes", SIGNED_IN, SIGNED_IN),
    Page("recovery_paper", NOBODY, NOBODY),
    Page("stay_end", NO_GET, NOBODY, "stay"),
    Page("stays_end", NO_GET, MEMBER),
    Page("set_language", NO_GET, OPEN),
    Page("accessibility", OPEN, NO_POST),
    Page("no_icon", OPEN, OPEN),
    Page("ui:patterns", OPEN, OPEN),
    # desk
    Page("day", SIGNED_IN, NO_POST),
    Page("search", IN_CENTRE, NO_POST, query="?q=Awa"),
    Page("file", "name", NO_POST, "person"),
    Page("card", "content", "content", "person"),
    Page("card_paper", NO_GET, "content", "person"),
    Page("card_pictures", "content", "content", "person"),
    # the person's own page: no member, whatever they are, has anything there
    Page("own:home", OPEN, OPEN),
    Page("own:exchange", OPEN, OPEN, "code"),
    Page("own:leave", NO_GET, OPEN),
    Page("own:closed", OPEN, NO_POST),
    Page("own:language", OPEN, OPEN),
    Page("own:pictures", CARD, CARD),
    Page("own:steps", CARD, NO_POST),
    Page("own:can_do", CARD, NO_POST),
    Page("own:procedures", CARD, NO_POST),
    Page("own:agreed", CARD, NO_POST),
    Page("own:withdraw", NO_GET, CARD, "consent"),
    Page("own:revoke", NO_GET, CARD, "mandate,family"),
    Page("own:readers", CARD, NO_POST),
    Page("own:beyond", CARD, NO_POST),
    Page("own:close_entry", NO_GET, CARD, "entry"),
    Page("own:stop_sharing", NO_GET, CARD, "sharing"),
    Page("own:ask", CARD, CARD),
    Page("own:held", CARD, NO_POST),
    Page("own:held_print", CARD, NO_POST),
    Page("own:held_file", CARD, NO_POST),
    Page("own:print", CARD, NO_POST),
    # For whoever was named data protection officer, a function beside any role, which none of those
    # who knock has (see desk/tests/test_officer.py).
    Page("officer_journal", NOBODY, NO_POST),
    Page("shared", IN_CENTRE, NO_POST),
    # Only the recipient reads it (see desk/tests/test_sharing.py); the team's bound end it.
    Page("shared_read", NOBODY, NO_POST, "sharing"),
    Page("shared_end", NO_GET, "secrecy", "sharing"),
    Page("share", "secrecy", "secrecy", "kind,note"),
    Page("left", "waiting", "waiting"),
    # rights: requests are content; all that is held is prepared by someone bound, once it was asked
    Page("rights:person", "content", "content", "person"),
    Page("rights:answer", NO_GET, "content", "right"),
    Page("rights:hand_over", "whole", NO_POST, "person"),
    Page("rights:hand_over_pdf", "whole", NO_POST, "person"),
    Page("rights:hand_over_json", "whole", NO_POST, "person"),
    Page("rights:erase", "whole", "whole", "person"),
    Page("rights:terms", "settings", NO_POST),
    Page("rights:term", "settings", "settings", query="?term=answer"),
    Page("rights:over", "settings", "settings"),
    Page("rights:purge", "settings", "settings", "purge"),
    Page("rights:archives", ARCHIVES, NO_POST),
    Page("rights:archive", "archive", "archive", "archive"),
    # Asked by someone bound: whoever coordinates agrees.
    Page("rights:agree", NO_GET, "waiting", "opening"),
    # Only the two who opened it, and of them whoever is bound (see desk/tests).
    Page("rights:opened", NOBODY, NO_POST, "opening"),
    # frameworks: facts that every member reads; what a centre thinks of them is its own
    Page("competences:list", MEMBER, MEMBER),
    Page("competences:framework", MEMBER, MEMBER, "framework"),
    Page("competences:item", MEMBER, IN_CENTRE, "framework,item"),
    # Only its author corrects or withdraws it (see competences/tests): nobody else who knocks.
    Page("competences:annotation_correct", NOBODY, NOBODY, "annotation"),
    Page("competences:annotation_withdraw", NOBODY, NOBODY, "annotation"),
    # our items, and what comes before what: read by all, amended by the members of a centre
    Page("relations:banks", MEMBER, MEMBER),
    Page("relations:bank", MEMBER, MEMBER, "bank"),
    Page("relations:relation", MEMBER, MEMBER, "bank"),
    Page("relations:whole", MEMBER, MEMBER, "bank"),
    Page("relations:versions", MEMBER, MEMBER, "bank"),
    Page("relations:version", MEMBER, MEMBER, "bank,number"),
    Page("relations:take_back", IN_CENTRE, IN_CENTRE, "bank,number"),
    Page("relations:need_add", IN_CENTRE, IN_CENTRE, "bank"),
    Page("relations:need_remove", IN_CENTRE, IN_CENTRE, "bank,needing,needed"),
    # positionings: whoever makes one goes on with it (see competences/tests); shared,
    # it is content; one's own craft is one's own
    Page("positioning:person", "content", NO_POST, "person"),
    Page("positioning:begin", "content", "content", "person", query="?how=page"),
    Page("positioning:over_time", "content", NO_POST, "person"),
    Page("positioning:take_up", "content", "content", "person"),
    Page("positioning:own", IN_CENTRE, NO_POST),
    Page("positioning:own_begin", IN_CENTRE, IN_CENTRE),
    Page("positioning:own_over_time", IN_CENTRE, NO_POST),
    Page("positioning:session", NOBODY, NO_POST, "positioning"),
    Page("positioning:question", NOBODY, NOBODY, "positioning,asked"),
    Page("positioning:pause", NOBODY, NOBODY, "positioning"),
    Page("positioning:read_back", NOBODY, NOBODY, "spoken"),
    Page("positioning:page_change", NOBODY, NOBODY, "noted"),
    Page("positioning:result", "content", NO_POST, "positioning"),
    Page("positioning:result_pdf", "content", NO_POST, "positioning"),
    Page("positioning:share", "content", "content", "positioning"),
    Page("positioning:erase", "content", "content", "positioning"),
    # centres
    Page("centres:first_house", NOBODY, NOBODY),
    Page("centres:choose", SIGNED_IN, NOBODY),
    Page("centres:my_settings", MEMBER, MEMBER),
    Page("centres:team_settings", "settings", "settings"),
    Page("centres:centre_edit", "settings", "settings"),
    Page("centres:answer_delay", "settings", "settings"),
    Page("centres:officers", "settings", "settings"),
    Page("centres:team_new", "settings", "settings"),
    Page("centres:team_edit", "settings", "settings", "team"),
    Page("centres:team_close", NO_GET, "settings", "team"),
    Page("centres:member_new", "settings", "settings"),
    Page("centres:member_edit", "settings", "settings", "member"),
    Page("centres:second_factor_rule", "settings", "settings"),
    Page("centres:slip_new", "settings", "settings", "member,what"),
    Page("centres:slip", "settings", NO_POST, "slip"),
    Page("centres:slip_withdraw", NO_GET, "settings", "slip"),
    # Printed in the browser that made it (see centres/tests): for whoever else asks, not there.
    Page("slip_paper", NOBODY, NOBODY, "slip"),
    Page("centres:member_left", "settings", "settings", "member"),
    # people
    Page("people:list", IN_CENTRE, IN_CENTRE),
    Page("people:new", NEW_NAME, NEW_NAME),
    Page("people:edit", "counter", "counter", "person"),
    Page("people:situation", "content", "content", "person"),
    Page("people:story", "content", "content", "person"),
    Page("people:felt_and_done", "content", "content", "person"),
    Page("people:note_new", "content", "content", "person"),
    Page("people:note", "secrecy", "secrecy", "note"),
    Page("people:note_correct", "secrecy", "secrecy", "note"),
    Page("people:following", "following", "following", "person"),
    Page("people:open", "opening", "opening", "person"),
    Page("people:entry_end", NO_GET, "content", "entry"),
    Page("people:beyond", "content", NO_POST, "person"),
    Page("people:replacements", "settings", "settings"),
    Page("people:replacement_end", NO_GET, "settings", "replacement"),
    Page("people:merge_find", "following", "following", "person"),
    Page("people:merge", "following", "following", "person,twin"),
    Page("people:merge_undo", "following", "following", "merge"),
    Page("people:consents", "content", "content", "person"),
    Page("people:consent_new", "content", "content", "person,purpose"),
    Page("people:consent_paper", "content", "content", "person,purpose"),
    Page("people:consent", "content", "content", "consent"),
    Page("people:consent_withdraw", "content", "content", "consent"),
    Page("people:consent_let_end", NO_GET, "content", "consent"),
    Page("people:consent_kept_paper", "content", "content", "consent"),
    Page("people:consent_terms", "settings", NO_POST),
    Page("people:consent_term", "settings", "settings", query="?term=remind"),
    # paper: what is printed and comes back is content of whom it is of; how much, of the centre
    Page("paper:home", IN_CENTRE, NO_POST),
    Page("paper:for_person", "content", NO_POST, "person"),
    Page("paper:batches", NEW_NAME, NO_POST),
    Page("paper:batch", "name", NO_POST, "batch"),
    Page("paper:batch_pdf", "content", NO_POST, "batch"),
    Page("paper:batch_list", "content", NO_POST, "batch"),
    Page("paper:print", NEW_NAME, NEW_NAME, "sheet_name"),
    Page("paper:receive", NEW_NAME, NEW_NAME),
    Page("paper:phone", NEW_NAME, NEW_NAME),
    # Of whoever received it, and of the coordinators: it may hold pages of anyone.
    Page("paper:pile", "waiting", "waiting", "pile"),
    Page("paper:tray", IN_CENTRE, NO_POST),
    Page("paper:page", "content", "content", "scan"),
    Page("paper:picture", "content", NO_POST, "scan"),
    Page("paper:strip", "content", NO_POST, "scan,asked_on_paper"),
    Page("paper:copy", "content", "content", "copy"),
    Page("paper:whose", "content", "content", "copy"),
    Page("paper:check", "content", "content", "printed"),
    # support
    Page("support:requests", IN_CENTRE, IN_CENTRE),
    Page("support:request_new", NEW_NAME, NEW_NAME),
    Page("support:waiting", "waiting", "waiting"),
    Page("support:waiting_assign", "waiting", "waiting", "waiting"),
    Page("support:request", "content", "content", "request"),
    Page("support:request_person", "content", "content", "request"),
    Page("support:request_correct", "content", "content", "request"),
    Page("support:counter", COUNTER_OF_CENTRE, COUNTER_OF_CENTRE),
    Page("support:counter_person", "counter", "counter", "person"),
    Page("support:delay_new", "counter", "counter", "person"),
    Page("support:delay", "counter", "counter", "delay"),
    Page("support:delay_settle", "ending", "ending", "delay"),
    Page("support:appointment_new", "counter", "counter", "person"),
    Page("support:appointment", "counter", "counter", "appointment"),
    Page("support:appointment_state", NO_GET, "ending", "appointment"),
    Page("support:calendar", IN_CENTRE, IN_CENTRE),
    Page("support:calendar_feed", OPEN, OPEN, "feed"),
    Page("support:intervention_new", IN_CENTRE, IN_CENTRE),
    Page("support:intervention", "secrecy", "secrecy", "intervention"),
    Page("support:intervention_correct", "secrecy", "secrecy", "intervention"),
    Page("support:moment_ask", NO_GET, IN_CENTRE),
    Page("support:moment", "apart", "apart", "moment"),
    Page("support:procedure_new", "content", "content", "person"),
    Page("support:procedure", "secrecy", "secrecy", "procedure"),
    Page("support:procedure_edit", "secrecy", "secrecy", "procedure"),
    Page("support:procedure_open", "secrecy", "secrecy", "procedure"),
    # Anyone of the team talks about a mandate; it is under secrecy as soon as it is given.
    Page("support:mandates", "content", "content", "person"),
    Page("support:mandate_new", "content", "content", "person"),
    Page("support:mandate_text", "content", "content", "person", query=MANDATE),
    Page("support:mandate_text_paper", "content", "content", "person", query=MANDATE),
    Page("support:mandate", "secrecy", "secrecy", "mandate"),
    Page("support:mandate_paper", "secrecy", "secrecy", "mandate"),
    Page("support:mandate_revoke", "secrecy", "secrecy", "mandate"),
    Page("support:mandate_let_end", NO_GET, "secrecy", "mandate"),
    # The register of BCSS consultations is a CPAS's only (support/tests/test_consultations.py).
    Page("support:consultations", "secrecy", "secrecy", "person"),
    Page("support:consultation", "secrecy", "secrecy", "consultation"),
    Page("support:consultation_text", "secrecy", "secrecy", "consultation"),
    Page("support:consultation_paper", "secrecy", "secrecy", "consultation"),
    Page("support:lists", "settings", NO_POST),
    Page("support:list_change", "settings", "settings", query="?list=families&row=health"),
    Page("support:steps", "content", "content", "person"),
    Page("support:step_change", "content", "content", "step"),
    # Advice is worked out from what its reader may see; its rules are read by every member.
    Page("support:advice", "content", "content", "person"),
    Page("support:advice_adapt", "content", "content", "person", query="?piece=lend"),
    Page("support:advice_rules", MEMBER, NO_POST),
    Page("support:advice_rule", "settings", "settings", query="?rule=lend"),
    Page("support:advice_number", "settings", "settings", query="?number=old_answer"),
    Page("support:take_home", "content", "content", "person"),
    Page("support:take_home_pdf", "content", "content", "person"),
    # training: sessions name nobody; who is there is shown as hours are (training/tests)
    Page("training:home", IN_CENTRE, NO_POST),
    Page("training:workshops", IN_CENTRE, NO_POST),
    Page("training:workshop_new", TRAINS, TRAINS),
    Page("training:workshop", "session", NO_POST, "workshop"),
    Page("training:workshop_edit", "planning", "planning", "workshop"),
    Page("training:series_new", "planning", "planning", "workshop"),
    Page("training:workshop_people", "planning", "planning", "workshop"),
    Page("training:session_new", TRAINS, TRAINS),
    Page("training:session", "session", NO_POST, "training_session"),
    Page("training:session_edit", "planning", "planning", "training_session"),
    Page("training:session_state", NO_GET, "planning", "training_session"),
    Page("training:session_people", "planning", "planning", "training_session"),
    Page("training:preparation", "planning", "planning", "training_session", query="?remote=120"),
    Page("training:presence", "planning", "planning", "training_session"),
    Page("training:presence_undo", NO_GET, "planning", "training_session"),
    Page("training:together", "planning", NO_POST, "training_session"),
    Page("training:together_names", "planning", NO_POST, "training_session"),
    Page("training:presence_along", "planning", NO_POST, "training_session"),
    Page("training:presence_send", TRAINS, TRAINS),
    Page("training:presence_worker", SIGNED_IN, NO_POST),
    Page("training:list_new", "planning", "planning", "training_session"),
    Page("training:list", "planning", NO_POST, "presence_list"),
    Page("training:day_lists", TRAINS, TRAINS),
    # Whoever printed them too, as for one list alone.
    Page("training:day_lists_pdf", "months", NO_POST, "presence_list"),
    Page("training:difference", NO_GET, "planning", "difference"),
    Page("training:participation", "planning", "planning", "participation"),
    Page("training:remote_rule", "settings", "settings"),
    # training: tracks, entries, hours
    Page("training:tracks", IN_CENTRE, NO_POST),
    Page("training:track_new", "settings", "settings"),
    Page("training:track", "session", NO_POST, "track"),
    Page("training:track_edit", "settings", "settings", "track"),
    Page("training:programme_new", "settings", "settings", "track"),
    Page("training:approved_hours", "settings", "settings", "track"),
    Page("training:supervision", "months", "months", "track"),
    Page("training:approval_new", "settings", "settings"),
    Page("training:entries", IN_CENTRE, NO_POST),
    Page("training:entry_new", "entering", "entering", "person"),
    Page("training:entry", "hours", NO_POST, "enrolment"),
    Page("training:entry_contract", "entering", "entering", "enrolment"),
    Page("training:entry_category", "entering", "entering", "enrolment"),
    Page("training:entry_end", "entering", "entering", "enrolment"),
    Page("training:evidence_new", "entering", "entering", "enrolment"),
    Page("training:evidence", "grounds", "grounds", "evidence"),
    Page("training:absence_new", "entering", "entering", "enrolment"),
    Page("training:absence", "grounds", "grounds", "absence"),
    Page("training:absence_correct", "grounds", "grounds", "absence"),
    Page("training:plan", "told", "told", "enrolment"),
    Page("training:placement_new", "entering", "entering", "enrolment"),
    Page("training:placement", "entering", "entering", "placement"),
    Page("training:evaluation_new", "told", "told", "enrolment"),
    Page("training:evaluation", "told", "told", "evaluation"),
    Page("training:attestation", "told", "told", "enrolment"),
    Page("training:hours", "hours", NO_POST, "enrolment"),
    Page("training:why", "hours", NO_POST, "enrolment"),
    Page("training:numbers", IN_CENTRE, NO_POST),
    Page("training:number_change", "settings", "settings", query="?number=plan_days"),
    Page("training:months", "months", NO_POST),
    Page("training:month_close", "months", "months", query="?month=202601"),
    # training: documents, each with the wall of what it says
    Page("training:entry_papers", "hours", NO_POST, "enrolment"),
    Page("training:paper_new", "entering", "entering", "enrolment,paper_of_hours"),
    Page("training:paper_new", "told", "told", "enrolment,paper_of_told"),
    Page("training:condition", "told", "told", "enrolment"),
    Page("training:papers", "months", NO_POST),
    Page("training:annual", "months", "months"),
    Page("training:report", "months", "months"),
    Page("training:track_month", "months", "months", "track,paper_month"),
    Page("training:paper", "hours", NO_POST, "printed_hours"),
    Page("training:paper", "told", NO_POST, "printed_told"),
    Page("training:paper", "months", NO_POST, "printed_months"),
    Page("training:paper_file", "hours", NO_POST, "printed_hours,paper_form"),
    Page("training:paper_file", "told", NO_POST, "printed_told,paper_form"),
    Page("training:paper_file", "months", NO_POST, "printed_months,paper_form"),
    # training: the rehearsal of the visit
    Page("training:visit", "months", "months"),
    Page("training:visit_read", "months", "months", "year,draw"),
    Page("training:visit_pdf", "months", NO_POST, "year,draw"),
    Page("training:visit_calendar", "months", "months"),
    # training: a centre arrives with its spreadsheets
    Page("training:imports", "importing", "importing"),
    Page("training:import_model", "importing", NO_POST, query="?what=people&form=csv"),
    Page("training:import", "importing", NO_POST, "import_waiting"),
    Page("training:import_columns", "importing", "importing", "import_waiting"),
    Page("training:import_check", "importing", "importing", "import_waiting"),
    Page("training:import_people", "importing", "importing", "import_waiting"),
    Page("training:import_problems", "importing", NO_POST, "import_waiting"),
    Page("training:import_keep", NO_GET, "importing", "import_waiting"),
    Page("training:import_undo", "importing", "importing", "import_kept"),
    Page("training:import_forget", NO_GET, "importing", "import_waiting"),
    # ballots: those who coordinate; its readers read alone (see paper/tests/test_ballot_pages.py)
    Page("paper:ballots", IN_CENTRE, NO_POST),
    Page("paper:ballot_new", "count", "count"),
    Page("paper:ballot", "count", NO_POST, "count"),
    Page("paper:ballot_print", "count", "count", "count"),
    Page("paper:ballot_readers", "count", "count", "count"),
    Page("paper:ballot_promise", NOBODY, NOBODY, "count"),
    Page("paper:ballot_scan", NOBODY, NOBODY, "count"),
    Page("paper:ballot_look", NOBODY, NOBODY, "count"),
    Page("paper:ballot_strip", NOBODY, NO_POST, "count,strip"),
    Page("paper:ballot_close", NOBODY, NOBODY, "count"),
    Page("paper:ballot_again", NOBODY, NOBODY, "count"),
    Page("paper:ballot_give_up", "count", "count", "count"),
    # deliberation: members read a question; those who accompany, train or coordinate run it
    Page("deliberation:questions", MEMBER, NO_POST),
    Page("deliberation:question_new", TRAINS, TRAINS),
    Page("deliberation:question", "question", NO_POST, "question"),
    Page("deliberation:question_edit", "asking", "asking", "prepared_question"),
    Page("deliberation:question_open", NO_GET, "asking", "prepared_question"),
    Page("deliberation:question_prolong", "asking", "asking", "question"),
    Page("deliberation:question_close", "asking", "asking", "question"),
    Page("deliberation:statement_new", "asking", "asking", "question"),
    Page("deliberation:statement_word", "asking", "asking", "statement"),
    Page("deliberation:statement_remove", NO_GET, "asking", "statement"),
    Page("deliberation:statement_look", "asking", "asking", "proposal"),
    Page("deliberation:proposed", "asking", NO_POST, "question"),
    Page("deliberation:results", "question", NO_POST, "question"),
    Page("deliberation:results_csv", "question", NO_POST, "question"),
    Page("deliberation:results_json", "question", NO_POST, "question"),
    Page("deliberation:wall", "question", NO_POST, "question"),
    Page("deliberation:sentences", "asking", "asking", "question"),
    Page("deliberation:cards", "asking", "asking", "question"),
    Page("deliberation:tablet", "asking", "asking", "question"),
    # deciding: every member reads and may object; those who run the question propose and decide
    Page("deliberation:deciding", "question", NO_POST, "over_question"),
    Page("deliberation:decide_nothing", "asking", "asking", "over_question"),
    Page("deliberation:proposal_new", "asking", "asking", "over_question"),
    Page("deliberation:ask_again", "asking", "asking", "over_question"),
    Page("deliberation:round", "question", NO_POST, "asked_again,past_round"),
    Page("deliberation:proposal_read", "objecting", "objecting", "put"),
    Page("deliberation:proposal_amend", "asking", "asking", "put"),
    Page("deliberation:proposal_take_back", "asking", "asking", "put"),
    Page("deliberation:decide", "asking", "asking", "put"),
    Page("deliberation:objection_treat", "asking", "asking", "objection"),
    Page("deliberation:objection_taken_back", NO_GET, "asking", "objection"),
    Page("deliberation:decisions", MEMBER, NO_POST),
    Page("deliberation:decision", "question", NO_POST, "decision"),
    Page("deliberation:notice", "question", NO_POST, "decision"),
    Page("deliberation:notice_put_up", NO_GET, "asking", "decision"),
    Page("deliberation:news", "asking", "asking", "decision"),
    # a question, for whoever holds a card of nobody: no member is anybody there
    Page("voice:home", OPEN, OPEN),
    Page("voice:exchange", OPEN, OPEN, "code"),
    Page("voice:begin", NO_GET, VOICE),
    Page("voice:leave", NO_GET, OPEN),
    Page("voice:closed", OPEN, NO_POST),
    Page("voice:language", OPEN, OPEN),
    Page("voice:next", VOICE, NO_POST),
    Page("voice:statement", VOICE, VOICE, "number"),
    Page("voice:every_one", VOICE, VOICE),
    Page("voice:review", VOICE, VOICE),
    Page("voice:given", VOICE, NO_POST),
    Page("voice:anew", NO_GET, VOICE),
    Page("voice:propose", VOICE, VOICE),
    Page("voice:sentence", VOICE, VOICE),
    Page("voice:thanks", VOICE, NO_POST, "thanked"),
    Page("voice:refused", VOICE, NO_POST),
    Page("voice:results", VOICE, NO_POST),
    Page("voice:counted", VOICE, NO_POST),
    Page("voice:contest", VOICE, VOICE, "proposal"),
    Page("voice:proposed", VOICE, NO_POST),
    Page("voice:object", VOICE, VOICE, "put"),
    Page("voice:take_back", NO_GET, VOICE, "objection"),
    # inquiry: every member of the centre reads and writes; a draft is its author's alone
    Page("inquiry:problems", IN_CENTRE, NO_POST),
    Page("inquiry:problem_new", IN_CENTRE, IN_CENTRE),
    Page("inquiry:problem", "problem", NO_POST, "problem"),
    Page("inquiry:problem_edit", "problem", "problem", "problem"),
    Page("inquiry:problem_earlier", "problem", NO_POST, "problem"),
    Page("inquiry:problem_go_back", NO_GET, "problem", "problem,first_version"),
    Page("inquiry:found", "problem", "problem", "problem"),
    Page("inquiry:found_no_more", NO_GET, "problem", "passage"),
    Page("inquiry:link", "problem", "problem", "problem"),
    Page("inquiry:unlink", NO_GET, "problem", "problem_link"),
    Page("inquiry:take_up", NO_GET, IN_CENTRE, "opening_question"),
    Page("inquiry:put_aside", NO_GET, IN_CENTRE, "opening_question"),
    Page("inquiry:bring_back", NO_GET, IN_CENTRE, "opening_question"),
    Page("inquiry:testimonies", IN_CENTRE, NO_POST),
    Page("inquiry:testimony_new", IN_CENTRE, IN_CENTRE),
    Page("inquiry:testimony", "testimony", NO_POST, "testimony"),
    Page("inquiry:withdraw", "testimony", "testimony", "testimony"),
    # By an address that is given once, and that nobody guesses (see inquiry/tests).
    Page("inquiry:given", NOBODY, NO_POST, "wrong_code"),
    # Of its author alone (see inquiry/tests): nobody else who knocks.
    Page("inquiry:draft", NOBODY, NO_POST, "draft"),
    Page("inquiry:draft_edit", NOBODY, NOBODY, "draft"),
    Page("inquiry:draft_give", NOBODY, NOBODY, "draft"),
    Page("inquiry:draft_throw", NOBODY, NOBODY, "draft"),
    # resources: every member of the centre reads and revises practical sheets
    Page("resources:sheets", IN_CENTRE, NO_POST),
    Page("resources:sheet_new", IN_CENTRE, IN_CENTRE),
    Page("resources:sheet", "resource", NO_POST, "resource"),
    Page("resources:sheet_pdf", "resource", NO_POST, "resource"),
    Page("resources:sheet_revise", "resource", "resource", "resource"),
    Page("resources:sheet_earlier", "resource", NO_POST, "resource"),
    Page("resources:sheet_go_back", NO_GET, "resource", "resource,first_version"),
    # threads: every member of the centre follows the path of a problem, and ties
    Page("threads:thread", "thread", NO_POST, "problem"),
    Page("threads:thread_pdf", "thread", NO_POST, "problem"),
    Page("threads:tie", "thread", "thread", "problem,tied_kind"),
    Page("threads:question_new", "asking", "asking", "problem"),
    Page("threads:sheet_new", "thread", "thread", "problem"),
    Page("threads:changed", "thread", "thread", "problem"),
    Page("threads:untie", NO_GET, "thread", "tie"),
    # paper: a sheet of a room, for someone or for nobody yet, on screen and by voice
    Page("paper:fill", "content", "content", "sheet", query="?person={person}"),
    Page("paper:fill", NEW_NAME, NEW_NAME, "sheet"),
    Page("paper:voice", "content", "content", "sheet", query="?person={person}"),
    Page("paper:voice", NEW_NAME, NEW_NAME, "sheet"),
]


def query_of(page: Page, person: object) -> str:
    return page.query.replace("{person}", str(person))


CELLS = [
    "same team reads", "same team writes", "by a reason reads", "by a reason writes",
    "centre reads", "centre writes",
]  # fmt: skip


def matrix() -> dict[str, dict[str, str]]:
    """The table of docs/walls.md: kind of thing -> the cell of each column."""
    rows = {}
    for line in MATRIX_PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 1 + len(CELLS) and re.fullmatch(r"[a-z]+", cells[0]):
            rows[cells[0]] = dict(zip(CELLS, cells[1:], strict=True))
    return rows
