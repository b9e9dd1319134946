"""« J'autorise le centre à… »: given with its very words, revocable one family at a time, ending by
itself, and looked up each time something is done in someone's name."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from relier.accounts.actors import Actor, Kind
from relier.journal.models import Line
from relier.people.actions import merge
from relier.privacy import texts
from relier.privacy.models import Consent
from relier.support.actions import mandates as actions
from relier.support.actions.lists import change_list
from relier.support.lists import offered, rows_of
from relier.support.mandates import covering, offer_for
from relier.support.models import Intervention, Mandate, MandateScope, ProcedureNews
from tests import factories as make

from .pages import told

TODAY = timezone.localdate()
ASKED = "?families=health&families=tax&duration=one_month&language=en"


def offer(house, families=("health", "tax"), duration="one_month", *, starts=TODAY, language="en"):
    rows = rows_of("families", house.centre.pk, on=TODAY)
    return offer_for(
        house.centre, [rows[key] for key in families], duration, starts, language=language
    )


def given(house, person=None, *, by=None, **more):
    return actions.give_mandate(
        person or house.awa, offer(house, **more), how="orally", on=TODAY,
        by=make.actor(by or house.nour),
    )  # fmt: skip


def herself(person):
    return Actor(kind=Kind.PERSON, id=person.pk, centre=person.centre_id)


def text_address(person, asked=ASKED):
    return reverse("support:mandate_text", args=[person.pk]) + f"{asked}&starts_on={TODAY}"


# --- giving ---


def test_the_words_are_read_with_what_for_and_until_when(house, enter):
    page = told(enter(house.nour).get(text_address(house.awa)))

    assert "– your health insurance and your health" in page
    assert "– your taxes" in page
    assert "Les Passerelles" in page
    assert "You can say no." in page
    assert "Keep your codes and passwords to yourself." in page


def test_each_sentence_can_be_said_in_one_breath(house):
    for language in ("fr", "en"):
        every = [row.key for row in offered("families", house.centre.pk, on=TODAY)]
        for sentence in offer(house, every, language=language).text.words.split("\n"):
            assert len(sentence.split()) <= 15, sentence


def test_a_yes_keeps_the_very_words_that_were_on_the_page(house, enter):
    client = enter(house.nour)
    shown = client.get(text_address(house.awa)).context["form"]["shown"].value()

    client.post(
        text_address(house.awa),
        {"answer": "yes", "shown": shown, "how": "paper", "helper": "her sister"},
    )

    mandate = Mandate.objects.get()
    assert mandate.text_hash == shown == Consent.hash_of(mandate.text)
    assert (mandate.how, mandate.helper, mandate.received_by) == ("paper", "her sister", house.nour)
    assert [scope.words for scope in mandate.left()] == [
        "your health insurance and your health",
        "your taxes",
    ]


def test_words_that_have_changed_since_are_read_again_and_not_kept(house, enter):
    client = enter(house.nour)
    shown = client.get(text_address(house.awa)).context["form"]["shown"].value()
    change_list(
        "families", "tax", words_fr="vos impôts d’ici", words_en="your local taxes", source="us",
        from_on=TODAY, by=make.actor(house.coordinator),
    )  # fmt: skip

    page = told(client.post(text_address(house.awa), {"answer": "yes", "shown": shown}))

    assert "Read them again together." in page
    assert "your local taxes" in page
    assert not Mandate.objects.exists()


def test_a_no_leaves_no_trace(house, enter):
    client = enter(house.nour)
    client.get(text_address(house.awa))
    lines = Line.objects.count()

    page = told(client.post(text_address(house.awa), {"answer": "no"}))

    assert "We help you all the same." in page
    assert not Mandate.objects.exists()
    assert Line.objects.count() == lines


def test_an_address_that_says_too_little_leads_back_to_the_choice(house, enter):
    client = enter(house.nour)

    for asked in ("", "?families=health", "?families=nothing&duration=one_month&language=en"):
        answer = client.get(reverse("support:mandate_text", args=[house.awa.pk]) + asked)
        assert answer.status_code == 302


@pytest.mark.parametrize(
    ("duration", "starts", "ends"),
    [
        ("one_day", date(2026, 11, 3), date(2026, 11, 3)),
        ("one_month", date(2026, 11, 3), date(2026, 12, 2)),
        ("one_month", date(2026, 1, 31), date(2026, 2, 27)),
        ("six_months", date(2026, 11, 3), date(2027, 5, 2)),
        ("one_year", date(2028, 2, 29), date(2029, 2, 27)),
    ],
)
def test_it_runs_for_the_time_that_was_chosen(house, duration, starts, ends):
    assert offer(house, duration=duration, starts=starts).ends_on == ends


def test_by_someone_who_is_not_bound_it_is_handed_over(house, enter):
    client = enter(house.bram)
    shown = client.get(text_address(house.awa)).context["form"]["shown"].value()

    answer = client.post(text_address(house.awa), {"answer": "yes", "shown": shown})

    mandate = Mandate.objects.get()
    assert answer.url == reverse("file", args=[house.awa.pk])
    assert client.get(reverse("support:mandate", args=[mandate.pk])).status_code == 404


def test_opened_on_purpose_the_team_reads_it_and_closed_again_not(house, enter):
    mandate = given(house)
    address = reverse("support:mandate", args=[mandate.pk])
    bram = enter(house.bram)

    enter(house.nour).post(address, {"wanted": "team"})
    opened = bram.get(address).status_code
    closed = bram.post(address, {"wanted": "secrecy"})

    assert opened == 200
    assert closed.url == reverse("file", args=[house.awa.pk])
    assert bram.get(address).status_code == 404


def test_someone_not_bound_never_opens_one(house):
    with pytest.raises(Http404):
        actions.open_mandate(given(house), by=make.actor(house.bram))


# --- on paper ---


def read(answer):
    reader = PdfReader(io.BytesIO(answer.content))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages), reader


@pytest.mark.parametrize(
    ("language", "no"), [("fr", "Vous dites non ? Ne signez pas."), ("en", "Do not sign.")]
)
def test_the_page_to_sign_holds_the_same_words(house, enter, language, no):
    asked = f"?families=health&duration=one_year&starts_on={TODAY}&language={language}"
    answer = enter(house.nour).get(
        reverse("support:mandate_text_paper", args=[house.awa.pk]) + asked
    )

    text, reader = read(answer)
    words = offer(house, ["health"], "one_year", language=language).text
    for sentence in filter(None, words.words.split("\n")):
        assert " ".join(sentence.split()) in text
    assert no in text.replace("\u00a0", " ")
    assert words.fingerprint in reader.metadata.keywords
    assert reader.metadata.title


def test_years_later_it_prints_the_same_words(house, enter, monkeypatch):
    mandate = given(house)
    monkeypatch.setattr(texts, "texts", lambda: ())

    text, reader = read(enter(house.nour).get(reverse("support:mandate_paper", args=[mandate.pk])))

    for sentence in filter(None, mandate.text.split("\n")):
        assert " ".join(sentence.split()) in text
    assert mandate.text_hash in reader.metadata.keywords


# --- taking back ---


def test_one_family_is_taken_back_alone(house, enter):
    mandate = given(house)
    address = reverse("support:mandate_revoke", args=[mandate.pk]) + "?family=tax"

    asked = told(enter(house.nour).get(address))
    enter(house.nour).post(address)

    assert "The rest of the mandate goes on." in asked
    assert [scope.family for scope in Mandate.objects.get().left()] == ["health"]
    assert mandate in Mandate.objects.standing(on=TODAY)


def test_taken_back_whole_it_stands_no_more_and_the_journal_has_one_line(house):
    mandate = given(house)

    for _turn in range(2):
        actions.revoke_mandate(mandate, by=make.actor(house.nour))

    assert mandate not in Mandate.objects.standing(on=TODAY)
    assert Line.objects.get(kind="support.mandate_revoked").details == {"whole": True}


def test_the_person_takes_back_their_own_and_no_other(house):
    twin = make.PersonFactory(centre=house.centre, followed_by=house.team)
    of_a_twin = given(house, twin)
    merge(house.awa, twin, by=make.actor(house.nour))
    lina = make.PersonFactory(centre=house.centre, followed_by=house.team)
    of_lina = given(house, lina)

    actions.revoke_mandate(of_a_twin, by=herself(house.awa))
    with pytest.raises(Http404):
        actions.revoke_mandate(of_lina, by=herself(house.awa))

    assert list(Mandate.objects.standing(on=TODAY)) == [of_lina]


def test_the_person_does_nothing_else_with_it(house):
    mandate = given(house)

    for deed in (actions.open_mandate, actions.close_mandate, actions.let_mandate_end):
        with pytest.raises(Http404):
            deed(mandate, by=herself(house.awa))


def test_those_of_a_file_are_found_together(house):
    twin = make.PersonFactory(centre=house.centre, followed_by=house.team)
    both = {given(house), given(house, twin)}
    merge(house.awa, twin, by=make.actor(house.nour))

    assert set(Mandate.objects.of_file(house.awa.root.file_ids)) == both


# --- ending ---


def test_it_ends_by_itself_on_the_evening_of_its_last_day(house):
    mandate = given(house)

    assert mandate in Mandate.objects.standing(on=mandate.ends_on)
    assert mandate not in Mandate.objects.standing(on=mandate.ends_on + timedelta(days=1))
    assert mandate.state(on=mandate.ends_on + timedelta(days=1)) == "ended"


def test_near_its_end_it_comes_on_the_day_of_the_worker_until_it_is_let_end(house, enter):
    mandate = given(house, starts=TODAY - timedelta(days=25))
    client = enter(house.nour)
    before = told(client.get(reverse("day")))

    client.post(reverse("support:mandate_let_end", args=[mandate.pk]))

    assert "Mandate of Awa" in before
    assert "Mandate of Awa" not in told(client.get(reverse("day")))
    assert mandate in Mandate.objects.standing(on=TODAY)


def test_nobody_is_reminded_of_a_mandate_of_a_day(house):
    assert given(house, duration="one_day").ask_again_on is None


def test_renewing_begins_with_what_it_was_for(house, enter):
    mandate = given(house)

    page = enter(house.nour).get(
        reverse("support:mandate_new", args=[house.awa.pk]), {"renew": mandate.pk}
    )

    assert page.context["form"]["families"].value() == ["health", "tax"]


# --- what was done in their name ---


def tell(client, procedure, **said):
    address = reverse("support:procedure", args=[procedure.pk])
    return client.post(address, {"outcome": "waiting", "words": "Sent.", **said}, follow=True)


@pytest.fixture
def procedure(house):
    return make.ProcedureFactory(person=house.awa, author=house.nour)


def test_news_keep_the_mandate_that_covered_them_and_the_page_says_which(house, enter, procedure):
    mandate = given(house)

    page = told(tell(enter(house.nour), procedure, acted="for_person", family="health"))

    assert ProcedureNews.objects.get().covered_by.mandate == mandate
    assert "covers it." in page
    assert "Covered by the mandate until" in page


@pytest.mark.parametrize("family", ["energy", ""])
def test_without_one_the_news_are_kept_and_it_says_what_is_missing(house, enter, procedure, family):
    given(house)

    page = told(tell(enter(house.nour), procedure, acted="for_person", family=family))

    news = ProcedureNews.objects.get()
    assert (news.acted, news.covered_by) == ("for_person", None)
    assert "No mandate covered it that day." in page
    assert reverse("support:mandate_new", args=[house.awa.pk]) in page


def test_with_the_person_present_nothing_is_missing(house, enter, procedure):
    page = told(tell(enter(house.nour), procedure, acted="with_person"))

    assert "they did it themselves" in page
    assert "No mandate" not in page.split("What became of it")[1].split("Add news")[0]


def test_a_mandate_covers_its_own_days_and_its_own_person(house):
    mandate = given(house)
    lina = make.PersonFactory(centre=house.centre, followed_by=house.team)

    assert covering(house.awa, "health", on=mandate.ends_on)
    assert covering(house.awa, "health", on=TODAY - timedelta(days=1)) is None
    assert covering(house.awa, "health", on=mandate.ends_on + timedelta(days=1)) is None
    assert covering(lina, "health", on=TODAY) is None


def test_taken_back_it_covers_nothing_more_and_what_it_covered_stays(house, enter, procedure):
    mandate = given(house, starts=TODAY - timedelta(days=5))
    tell(enter(house.nour), procedure, acted="for_person", family="tax")

    actions.revoke_mandate(mandate, family="tax", by=make.actor(house.nour))

    assert covering(house.awa, "tax", on=TODAY) is None
    assert covering(house.awa, "tax", on=TODAY - timedelta(days=1))
    assert ProcedureNews.objects.get().covered_by.mandate == mandate


def test_an_intervention_asks_the_same_and_a_correction_looks_again(house, enter):
    given(house)
    client = enter(house.nour)
    new = reverse("support:intervention_new")
    client.post(
        new,
        {"person": house.awa.pk, "words": "Sent it.", "acted": "for_person", "family": "energy"},
    )
    done = Intervention.objects.get()
    address = reverse("support:intervention_correct", args=[done.pk])
    form = client.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value()}

    client.post(address, {**typed, "family": "health"})

    assert done.covered_by is None
    assert Intervention.objects.current().get().covered_by.family == "health"


def test_someone_not_bound_is_not_told_whether_a_secret_mandate_covers_it(house, enter):
    def logged():
        return told(
            enter(house.bram).post(
                reverse("support:intervention_new"),
                {
                    "person": house.awa.pk, "words": "Sent.", "audience": "team",
                    "acted": "for_person", "family": "health",
                },
                follow=True,
            )
        )  # fmt: skip

    without = logged()
    Intervention.objects.all().delete()
    given(house)
    covered = logged()

    assert Intervention.objects.get().covered_by is not None
    assert mask(covered) == mask(without)
    assert "Is there a mandate for it?" in covered


def mask(page):
    """The page without the id of what was kept."""
    import re

    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", page)


# --- lists and costs ---


def test_a_family_in_our_own_words_is_offered_and_what_was_given_keeps_its_words(house, enter):
    before = given(house)
    colette = enter(house.coordinator)
    address = reverse("support:list_change") + "?list=families"

    colette.post(
        address,
        {"words_fr": "vos dettes", "pictogram": "bill", "source": "the team", "from_on": TODAY},
    )
    colette.post(
        address + "&row=tax",
        {"words_fr": "vos taxes", "words_en": "taxes", "source": "us", "from_on": TODAY},
    )

    words = [row.words["fr"] for row in offered("families", house.centre.pk, on=TODAY)]
    assert {"vos dettes", "vos taxes"} <= set(words)
    assert "your taxes" in [scope.words for scope in MandateScope.objects.filter(mandate=before)]


def test_a_family_without_words_in_a_language_is_not_read_in_it(house, enter):
    change_list(
        "families", "", words_fr="vos dettes", source="us", from_on=TODAY,
        by=make.actor(house.coordinator),
    )  # fmt: skip
    key = offered("families", house.centre.pk, on=TODAY)[-1].key
    address = reverse("support:mandate_new", args=[house.awa.pk])

    page = told(
        enter(house.nour).get(
            address, {"families": key, "duration": "one_day", "starts_on": TODAY, "language": "en"}
        )
    )

    assert "no words in this language for: vos dettes" in page


def test_a_row_is_removed_then_taken_back_as_it_came(house, enter):
    client = enter(house.coordinator)
    address = reverse("support:list_change") + "?list=families&row=bank"
    said = {"words_fr": "votre banque", "source": "us", "from_on": TODAY}

    def keys():
        return {row.key for row in offered("families", house.centre.pk, on=TODAY)}

    client.post(address, {**said, "remove": "1"})
    removed = keys()
    client.post(address, {"shipped": "1"})

    assert "bank" not in removed
    assert "bank" in keys()


@pytest.mark.parametrize("name", ["mandates", "mandate_new"])
def test_a_page_costs_the_same_for_few_and_for_many(house, enter, name, django_assert_num_queries):
    client = enter(house.nour)
    address = reverse(f"support:{name}", args=[house.awa.pk])

    def plant(count):
        for _number in range(count):
            make.MandateFactory(person=house.awa, received_by=house.nour)

    plant(3)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    plant(60)

    with django_assert_num_queries(len(few)):
        client.get(address)
