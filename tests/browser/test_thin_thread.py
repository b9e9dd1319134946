"""A thin thread, whole: three testimonies become two linked problems, a question, twelve voices by
telephone, tablet and paper, a trial decided by consent, a sheet revised; the review comes due, the
question is asked again, and the page of the thread tells it all. On a narrow screen, without any
script; then in English, with axe on every page."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from relier.accounts.actors import SYSTEM
from relier.deliberation.actions import reviews
from relier.deliberation.models import Ballot, Decision, Question, Release
from relier.inquiry.models import Problem, Testimony
from relier.paper import actions
from relier.paper.models import BallotCount
from relier.resources.models import Resource
from tests import factories as make
from tests import paper_voices

from . import measuring
from .hands import Hands, keep_as_file, text_of

pytestmark = pytest.mark.browser

CARD = re.compile(r"[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}")
LIVED = (
    ("On m’a rendu mon dossier : il fallait une adresse e-mail.", "someone who works here"),
    ("J’ai peur de perdre mes droits. Je viens pour un mot de passe.",
     "someone accompanied, who agrees"),
    ("Je passe mes matinées à remplir des formulaires à leur place.", "someone who works here"),
)  # fmt: skip
WALL, HOURS = "Le guichet en ligne refuse les gens.", "Le travail social devient du guichet."
STATEMENTS = ("Il faut un guichet humain.", "On peut remplir à deux.", "Le site est clair.")
OF_TRAINEES = (
    "Seule, je n’y arrive pas.", "À deux, j’apprends mieux.", "Les codes se perdent.",
)  # fmt: skip
PROPOSED = "Le mardi matin, on remplit à deux, jusqu’à fin janvier."
AMENDED = "Le mardi et le jeudi matin, on remplit à deux, jusqu’à fin janvier."
OBJECTION = "Le mardi, je travaille."
SHEET = "Remplir une demande à deux"
CHANGED = "Deux personnes viennent maintenant seules au guichet."
WORKERS_ON_PAPER, WORKERS_BY_TELEPHONE, TRAINEES = 5, 4, 3


class Walk(Hands):
    """Looks, where a script may run, at how each page is made."""

    looks = False

    def arrive(self) -> None:
        super().arrive()
        if self.looks:
            assert measuring.violations(self.page) == [], self.page.url

    def at(self, name: str, *about: Any) -> None:
        self.page.goto(reverse(name, args=[getattr(one, "pk", one) for one in about]))
        self.arrive()

    def pick_what_says(self, field: str, words: str) -> None:
        """The line of a list that holds these words."""
        box = self.page.locator(f'select[name="{field}"]')
        lines = box.locator("option").all_inner_texts()
        box.select_option(index=next(at for at, line in enumerate(lines) if words in line))

    def writes_day(self, field: str, days: int) -> None:
        day = timezone.localdate() + timedelta(days=days)
        self.page.locator(f'input[name="{field}"]').fill(day.isoformat())


@pytest.mark.parametrize(("language", "scripts"), [("fr", False), ("en", True)])
def test_from_three_testimonies_to_a_trial_and_what_it_changed(
    transactional_db, house, window_of, open_window, language, scripts
):
    more = {"width": 320, "java_script_enabled": scripts}
    nour = Walk(window_of(house.nour, language, **more), language)
    nour.looks = scripts

    def someone(*, looks: bool = scripts) -> Walk:
        """On a telephone of their own, or the tablet: nobody is signed in."""
        hands = Walk(open_window(language, **more), language)
        hands.looks = looks and scripts
        return hands

    three_testimonies(nour)
    two_linked_problems(nour)
    question = a_question_of_one(nour)
    cards = cards_for(nour, question, "workers")
    by_telephone(someone, cards)
    on_a_tablet(nour, someone(), question)
    says_no_more_than_it_may(nour, question)
    on_paper(question, house)
    at_the_end(nour, question)
    decided_by_consent(nour, someone(), question, cards[0], house)
    a_sheet_is_revised(nour)
    the_review_comes_due(nour, question)
    the_thread_tells_it_all(nour)


def three_testimonies(nour: Walk) -> None:
    for words, whose in LIVED:
        nour.at("inquiry:testimonies")
        nour.follow("Tell what was lived")
        nour.write("What was lived", words)
        nour.choose(whose)
        nour.press("Keep as a draft")
        nour.follow("Give it to the centre")
        if "accompanied" in whose:
            nour.choose("They heard it read back, and agree that it is kept")
        nour.press("Give it to the centre")

    assert {one.words for one in Testimony.objects.all()} == {one for one, _who in LIVED}


def two_linked_problems(nour: Walk) -> None:
    for title, founded in ((WALL, LIVED[:2]), (HOURS, LIVED[2:])):
        nour.at("inquiry:problems")
        nour.follow("Write a problem")
        nour.write("The problem, in one sentence", title)
        nour.press("Keep")
        for words, _whose in founded:
            nour.at("inquiry:found", Problem.objects.get(title=title))
            nour.pick_what_says("testimony", words[:30])
            nour.press("Found it on these words")
    nour.at("inquiry:link", Problem.objects.get(title=WALL))
    nour.choose("has for consequence")
    nour.pick_what_says("other", HOURS)
    nour.press("Link them")
    expect(nour.page.locator("main").get_by_text(HOURS).first).to_be_visible()


def a_question_of_one(nour: Walk) -> Question:
    nour.follow("Follow its thread")
    nour.follow("Make a question of it")
    nour.page.locator('[name="words"]').fill("Comment remplir les demandes ?")
    nour.writes_day("closes_on", 20)
    nour.choose("consent: every objection was dealt with")
    nour.press("Keep")
    question = Question.objects.get()
    nour.at("deliberation:statement_new", question)
    for words in STATEMENTS:
        nour.write("The statement", words)
        nour.press("Keep")
    nour.at("deliberation:question", question)
    nour.press("Open the question")
    return question


def cards_for(nour: Walk, question: Question, kind: str) -> list[str]:
    """As they stand on the paper that is cut."""
    nour.at("deliberation:cards", question)
    nour.choose(kind)
    nour.page.locator('select[name="language"]').select_option(nour.language)
    nour.page.context.route("**/cards/", keep_as_file)
    with nour.page.expect_download() as arriving:
        nour.named("button", nour.say("Print")).click()
    return CARD.findall(text_of(arriving.value))


def answers(voice: Walk, *said: str) -> None:
    """One statement after another, in whatever order they come."""
    of = dict(zip(STATEMENTS, said, strict=True))
    for _each in said:
        words = voice.page.get_by_role("heading", level=1).inner_text()
        voice.go(voice.page.locator(f'button[value="{of[words]}"]'))
    voice.at("voice:review")
    voice.press("Give my answers")


def by_telephone(someone: Any, cards: list[str]) -> None:
    for place in range(WORKERS_BY_TELEPHONE):
        voice = someone(looks=place == 0)
        voice.page.goto("/voice/")
        voice.write("Write the code of the card", cards[place].lower())
        voice.press("Go on")
        voice.follow("Begin")
        answers(voice, "agree", "agree" if place % 2 else "disagree", "pass")
        expect(voice.page.get_by_role("heading", name=voice.say("Thank you"))).to_be_visible()
    assert Ballot.objects.count() == WORKERS_BY_TELEPHONE


def on_a_tablet(nour: Walk, tablet: Walk, question: Question) -> None:
    """Three trainees, one after the other; each also says why."""
    nour.at("deliberation:tablet", question)
    nour.choose("people accompanied")
    nour.press("Open the tablet")
    code = nour.page.locator("p.code").inner_text()
    tablet.page.goto(reverse("voice:language"))
    tablet.go(tablet.page.locator(f'button[value="{tablet.language}"]'))
    tablet.write("Write the code of the card", code)
    tablet.press("Go on")
    for words in OF_TRAINEES:
        tablet.press("It is my turn")
        tablet.at("voice:sentence")
        tablet.write("My sentence", words)
        tablet.choose("Everyone may read my words")
        tablet.press("Send")
        tablet.at("voice:next")
        answers(tablet, "agree", "agree", "disagree")
        tablet.press("I pass the tablet on")
    assert Ballot.objects.count() == WORKERS_BY_TELEPHONE + TRAINEES


def says_no_more_than_it_may(nour: Walk, question: Question) -> None:
    """Seven have spoken: not a figure, not a sentence."""
    nour.at("deliberation:results", question)
    shown = nour.page.locator("main").inner_text()
    assert Release.objects.count() == 0
    assert not any(words in shown for words in OF_TRAINEES)
    assert not re.search(r"\b[3-7]\b", shown)


def on_paper(question: Question, house: Any) -> None:
    """Five workers, printed, filled by hand, scanned and really read; two readers close."""
    count = paper_voices.pile(question, house, kind="worker", copies=5)
    rows = [{1: 1, 2: -1 if place % 2 else 1, 3: -1} for place in range(WORKERS_ON_PAPER)]
    truth, scans = {}, []
    for seed, (row, printed) in enumerate(zip(rows, paper_voices.printed(count), strict=True)):
        receipt, _identifiers, pictures = printed
        paper_voices.fill(count, pictures, row, seed)
        truth[receipt] = row
        scans += paper_voices.scanned(pictures, "S1", seed)
    count = actions.say_by_hand(count, len(rows), by=make.actor(house.nour))
    actions.read_ballots(count, paper_voices.file_of(scans), by=make.actor(house.nour))
    paper_voices.look(BallotCount.objects.get(pk=count.pk), house, truth)
    paper_voices.close(count, house)
    assert Ballot.objects.count() == WORKERS_BY_TELEPHONE + TRAINEES + WORKERS_ON_PAPER


def at_the_end(nour: Walk, question: Question) -> None:
    """What the three trainees wrote stands whole, and they are counted nowhere apart."""
    nour.at("deliberation:question", question)
    nour.follow("Close the question")
    nour.press("Close the question")
    nour.at("deliberation:results", question)
    release = Release.objects.get(is_final=True)
    assert (release.voices, release.by_kind) == (12, None)
    for words in OF_TRAINEES:
        nour.at("deliberation:sentences", question)
        article = nour.page.locator("article", has=nour.page.get_by_text(words))
        nour.go(article.locator('button[value="shown"]'))
    nour.at("deliberation:results", question)
    for words in OF_TRAINEES:
        expect(nour.page.get_by_text(words)).to_be_visible()


def decided_by_consent(nour: Walk, voice: Walk, question: Question, card: str, house: Any) -> None:
    """An objection from a telephone stops it; the proposal is amended; then it is a trial."""
    nour.at("deliberation:proposal_new", question)
    nour.write("What is proposed", PROPOSED)
    nour.press("Put it before everybody")
    objects_from_a_telephone(voice, card)

    nour.at("deliberation:deciding", question)
    nour.go(nour.page.get_by_role("link", name=PROPOSED))
    nour.follow("Decide")
    nour.sees("The rule that was announced is not met")
    nour.page.go_back()
    nour.follow("Amend it")
    nour.page.locator('[name="words"]').fill(AMENDED)
    nour.write("Why the proposal changes", "Une personne travaille le mardi.")
    nour.press("Put it in its place")
    nour.go(nour.page.locator("article", has_text=OBJECTION).get_by_role("link"))
    nour.write("How it is dealt with", "Nous ajoutons le jeudi.")
    nour.press("Keep")
    keeps_the_decision(nour, question, house)


def objects_from_a_telephone(voice: Walk, card: str) -> None:
    voice.page.goto("/voice/")
    voice.write("Write the code of the card", card)
    voice.press("Go on")
    voice.at("voice:proposed")
    voice.follow("Say what would go wrong")
    voice.page.locator("#words").fill(OBJECTION)
    voice.press("Send")


def keeps_the_decision(nour: Walk, question: Question, house: Any) -> None:
    nour.at("deliberation:deciding", question)
    nour.go(nour.page.get_by_role("link", name=AMENDED))
    nour.follow("Decide")
    nour.sees("The rule that was announced is met")
    nour.page.locator('[name="words"]').fill(AMENDED)
    nour.writes_day("until", 40)
    nour.pick_what_says("owner", house.nour.name)
    nour.page.locator('[name="minority"]').fill("Le mardi reste difficile pour moi.")
    for point in nour.page.locator('textarea[name^="answer_"]').all():
        point.fill("Nous l’essayons avec ce projet.")
    nour.press("Keep what is decided")
    trial = Decision.objects.get()
    assert (trial.outcome, trial.how["why"]) == ("trial", "met")
    with nour.page.expect_download() as arriving:
        nour.page.locator(
            f'a[hreflang="{nour.language}"]', has_text=nour.say("Notice for the wall")
        ).click()
    assert "Le mardi reste difficile" in text_of(arriving.value)
    expect(nour.page.get_by_text("Le mardi reste difficile pour moi.")).to_be_visible()


def a_sheet_is_revised(nour: Walk) -> None:
    nour.at("threads:thread", Problem.objects.get(title=WALL))
    nour.follow("Write a sheet from it")
    nour.write("Title of the sheet", SHEET)
    nour.write("Text of the sheet", "1. S’asseoir côte à côte.\n2. Lire ensemble.")
    nour.press("Keep")
    sheet = Resource.objects.get()
    nour.at("resources:sheet_revise", sheet)
    nour.page.locator('[name="words"], [name="text"]').first.fill(
        "1. S’asseoir côte à côte.\n2. Lire ensemble.\n3. La personne tient la souris."
    )
    nour.page.locator('[name="why"]').fill("L’essai nous l’a appris.")
    nour.press("Keep")
    sheet.refresh_from_db()
    assert sheet.versions.count() == 2


def the_review_comes_due(nour: Walk, question: Question) -> None:
    """The daily round of that day asks again; what it changed is told."""
    trial = Decision.objects.get()
    assert reviews.reopen_due(on=trial.until - timedelta(days=1), by=SYSTEM) == 0
    assert reviews.reopen_due(on=trial.until, by=SYSTEM) == 1
    assert reviews.reopen_due(on=trial.until, by=SYSTEM) == 0
    question.refresh_from_db()
    assert (question.round, question.closed_on) == (2, None)
    nour.at("deliberation:decision", trial)
    nour.sees("The trial is looked at again")
    nour.follow("Tell how far it is")
    nour.choose("what it changed")
    nour.write("In a few words", CHANGED)
    nour.press("Keep")


def the_thread_tells_it_all(nour: Walk) -> None:
    problem = Problem.objects.get(title=WALL)
    nour.at("threads:thread", problem)
    told = nour.page.locator("main").inner_text()
    paper = " ".join(nour.fetch("Print it for the wall").split())
    for words in (
        WALL, LIVED[0][0], LIVED[1][0], HOURS, "Comment remplir les demandes ?", AMENDED, SHEET,
        CHANGED,
    ):  # fmt: skip
        assert words in told, words
        assert words in paper, words
    assert not any(name in told + paper for name in ("Nour", "Bram"))
