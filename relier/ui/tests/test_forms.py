"""A plain Django form comes out right: named, explained, and led to where it is wrong."""

import re
from datetime import date
from uuid import UUID

import pytest
from django import forms
from django.utils import translation

from relier.ui import widgets
from relier.ui.forms import OnceForm


class NoteForm(forms.Form):
    words = forms.CharField(label="What happened", help_text="One sentence.", widget=widgets.Words)
    email = forms.EmailField(required=False)
    on = forms.DateField(required=False)
    at = forms.TimeField(required=False)
    moment = forms.DateTimeField(required=False)
    reader = forms.ChoiceField(
        choices=[("secrecy", "Secret"), ("team", "Team")],
        widget=widgets.OneChoice(hints={"secrecy": "Few"}, pictograms={"secrecy": "secrecy"}),
    )
    reached = forms.MultipleChoiceField(
        choices=[("phone", "Phone")], widget=forms.CheckboxSelectMultiple, required=False
    )
    told = forms.BooleanField(required=False, help_text="Said aloud.")
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def control(html: str, name: str) -> str:
    return re.search(rf'<(?:input|textarea|select)[^>]*name="{name}"[^>]*>', html)[0]


def test_every_id_named_by_aria_is_in_the_page():
    html = str(NoteForm({}))
    named = {one for ids in re.findall(r'aria-describedby="([^"]+)"', html) for one in ids.split()}

    assert named
    assert named <= set(re.findall(r' id="([^"]+)"', html))


def test_no_id_stands_twice():
    ids = re.findall(r' id="([^"]+)"', str(NoteForm({})))

    assert len(ids) == len(set(ids))


def test_every_label_leads_to_a_control():
    html = str(NoteForm())

    assert set(re.findall(r'<label for="([^"]+)"', html)) <= set(re.findall(r' id="([^"]+)"', html))


def test_a_control_is_explained_by_its_hint_then_by_its_error():
    html = str(NoteForm({"email": "awa@"}))

    assert 'aria-describedby="id_words_helptext id_words_error"' in control(html, "words")
    assert 'aria-invalid="true"' in control(html, "email")


def test_the_summary_leads_to_each_field_that_is_wrong():
    html = str(NoteForm({"email": "awa@"}))

    assert re.findall(r'<a href="#([^"]+)"', html) == ["id_words", "id_email", "id_reader_0"]
    assert 'role="alert" tabindex="-1" autofocus' in html


def test_a_form_without_a_fault_has_no_summary():
    assert "alert" not in str(NoteForm())


def test_what_was_typed_is_still_there():
    assert 'value="awa@"' in control(str(NoteForm({"email": "awa@"})), "email")


def test_a_group_of_choices_is_named_by_its_legend():
    html = NoteForm()["reader"].as_field_group()

    assert html.startswith("<fieldset")
    assert '<legend>Reader <span class="marker">' in html


def test_a_choice_is_explained_by_its_hint():
    html = NoteForm()["reader"].as_field_group()

    assert 'aria-describedby="id_reader_0_hint"' in html
    assert '<small id="id_reader_0_hint">Few</small>' in html


def test_only_the_few_that_are_needed_say_so():
    html = str(NoteForm())

    assert html.count('<span class="marker">needed</span>') == 2


def test_nothing_is_marked_where_everything_is_needed():
    class OneWord(forms.Form):
        word = forms.CharField()

    assert "marker" not in str(OneWord())


@pytest.mark.parametrize(
    ("name", "kind"), [("on", "date"), ("at", "time"), ("moment", "datetime-local")]
)
def test_a_date_gets_the_calendar_of_the_browser(name, kind):
    assert f'type="{kind}"' in control(str(NoteForm()), name)


def test_a_date_is_given_to_the_browser_in_its_own_writing_whatever_the_language():
    with translation.override("fr"):
        html = str(NoteForm(initial={"on": date(2026, 11, 24)}))

    assert 'value="2026-11-24"' in control(html, "on")


def test_a_choice_left_open_has_words_rather_than_dashes():
    class Reached(forms.Form):
        how = forms.ChoiceField(choices=[("", "---------"), ("a", "A")], widget=forms.RadioSelect)

    assert "---" not in str(Reached())
    assert "No answer" in str(Reached())


def test_choices_of_a_queryset_are_asked_for_only_when_drawn():
    asked = []

    class Lazy(forms.Form):
        how = forms.ChoiceField(
            choices=lambda: asked.append(1) or [("a", "A")], widget=forms.RadioSelect
        )

    form = Lazy()
    form["how"]
    assert asked == []

    assert "A</label>" in str(form)


def test_several_forms_of_one_kind_keep_apart():
    Several = forms.formset_factory(NoteForm, extra=2)  # noqa: N806 — a class

    html = str(Several())

    assert html.count("<textarea") == 2
    assert 'name="form-TOTAL_FORMS" value="2"' in html


def test_an_error_of_the_whole_form_is_said_first():
    class Refused(forms.Form):
        def clean(self):
            raise forms.ValidationError("These two do not fit <together>.")

    assert "<li>These two do not fit &lt;together&gt;.</li>" in str(Refused({}))


@pytest.mark.parametrize("name", ["words", "email"])
def test_french_errors_use_our_words(name):
    with translation.override("fr"):
        html = str(NoteForm({"email": "awa@"}))

    assert not re.search("saisi|obligatoire|valid[eé]", html, re.IGNORECASE)


@pytest.mark.parametrize("sent", ["", "x", "\x00", "9" * 5000])
def test_a_broken_key_is_replaced_and_never_an_error(sent):
    form = OnceForm({"form_key": sent})

    assert form.is_valid()
    assert isinstance(form.cleaned_data["form_key"], UUID)
