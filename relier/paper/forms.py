"""A sheet on screen: all on one page for a worker, one question a page for a person.

    form = form_class(sheet, worded(sheet, "fr"))(request.POST or None)
    if form.is_valid(): receive(Answered(sheet, kept(form.answers), "screen", …), by=request.actor)

    walk = Walk(sheet, worded(sheet, "fr"), request.POST or None)
    if walk.answers is not None: …      # they said "send": everything is checked
    return render(request, "paper/walk.html", {"walk": walk})

Neither needs a script, and neither keeps anything before it is sent: a walk carries what was said
so far in the page itself, and forgets it when the page is left. Both check with `cleaned`, which
paper and voice use too.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import pgettext

from relier.ui import widgets
from relier.ui.forms import OnceForm

from .sheets import SIGNED, Answer, Sheet, answer_of, as_given, cleaned, told
from .worded import RATHER_NOT_KEY, Worded, WordedQuestion


class AnswerField(forms.Field):
    """What was given, as it was given: `cleaned` judges it, here as on paper and by voice."""

    def __init__(self, question: WordedQuestion, label: str = "") -> None:
        super().__init__(
            label=label or question.wording,
            help_text=question.hint,
            required=False,
            widget=_widget(question),
        )


def _widget(question: WordedQuestion) -> forms.Widget:
    if question.is_boxed:
        rows = widgets.OneChoice if question.kind == "one" else widgets.SeveralChoices
        return rows(
            choices=[(choice.key, choice.wording) for choice in question.choices],
            hints={choice.key: choice.hint for choice in question.choices},
            pictograms={choice.key: choice.pictogram for choice in question.choices},
        )
    if question.kind == "signature":
        return widgets.SeveralChoices(choices=[(SIGNED, pgettext("person", "I sign"))])
    if question.kind == "date":
        return widgets.DayInput()
    if question.kind == "number":
        # Not type="number": a wheel or an arrow would change what was written.
        return forms.TextInput(attrs={"inputmode": "numeric", "size": question.digits + 2})
    if question.kind == "hours":
        return forms.TextInput(attrs={"size": 8})
    return (
        widgets.Words(attrs={"rows": question.lines}) if question.lines > 1 else forms.TextInput()
    )


class SheetForm(OnceForm):
    """Every question of a sheet, none compulsory. `form_class` makes one for a sheet."""

    sheet: ClassVar[Sheet]

    def __init__(self, *args: Any, answers: Mapping[str, Answer] | None = None, **kwargs: Any):
        """`answers`: those to begin with, as `cleaned` gives them."""
        super().__init__(*args, **kwargs)
        for key, given in as_given(self.sheet, answers or {}).items():
            several = isinstance(self.fields[key].widget, widgets.SeveralChoices)
            self.fields[key].initial = given if several else "".join(given)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            return {**given, **cleaned(self.sheet, self._raw())}
        except ValidationError as wrong:
            self.add_error(None, wrong)
            return self.cleaned_data

    def refuse(self, refused: ValidationError) -> None:
        """Shows in its place what a room refuses of answers that were right by themselves."""
        if not hasattr(refused, "error_dict"):
            self.add_error(None, refused)
            return
        for name, errors in refused.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)

    def _raw(self) -> dict[str, list[str]]:
        """Everything that was sent for each question, even where a browser sends one value."""
        names = {question.key: self.add_prefix(question.key) for question in self.sheet.questions}
        return {key: _all_given(self.data, name) for key, name in names.items()}

    @property
    def answers(self) -> dict[str, Answer]:
        """After `is_valid()`: the answers, in the order of the sheet."""
        return {question.key: self.cleaned_data[question.key] for question in self.sheet.questions}


def form_class(sheet: Sheet, worded: Worded) -> type[SheetForm]:
    """The form of a sheet, in the words of one language: all its questions on one page."""
    with translation.override(worded.language):
        fields = {question.key: AnswerField(question) for question in worded.questions}
    made = cast(type[SheetForm], type("SheetFormOf", (SheetForm,), dict(fields)))
    made.sheet = sheet  # apart, since a question may be named "sheet"
    return made


def _all_given(data: Mapping[str, Any], name: str) -> list[str]:
    found = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
    return [found] if isinstance(found, str) else [str(one) for one in found]


# --- one question a page -------------------------------------------------------------------------

START = -1
# A dash, so that no question has these names.
AT, GO = "walk-at", "walk-go"
NEXT, BACK, SKIP, SEND, CHANGE = "next", "back", "skip", "send", "change-"
# Another language, and the same page: "in-fr".
IN, LANGUAGE = "in-", "walk-language"


class Walk:
    """Where someone is in a sheet, from what their page sent: the start, a question, the end.

    `at` is the place of the question that is shown: START before the first, their number at the
    end, where everything is said back before it is sent. What was answered elsewhere travels in
    hidden fields. A press of "back" or of "skip" never asks that an answer be right.
    """

    def __init__(self, sheet: Sheet, worded: Worded, posted: Mapping[str, Any] | None) -> None:
        self.sheet, self.worded = sheet, worded
        self.errors: list[str] = []
        self.answers: dict[str, Answer] | None = None
        self.form_key = _form_key(posted)
        self.raw = {question.key: _given(question, posted or {}) for question in worded.questions}
        self.at = self._first if posted is None else self._shown(posted.get(AT, ""))
        if posted is not None:
            self._go(str(posted.get(GO, NEXT)))

    @property
    def _first(self) -> int:
        return START if self.worded.introduction else 0

    @property
    def count(self) -> int:
        return len(self.sheet.questions)

    def _shown(self, text: str) -> int:
        """Which page was sent; a broken value begins again, and forgets nothing."""
        try:
            return max(self._first, min(int(text), self.count))
        except ValueError:
            return self._first

    # --- going -----------------------------------------------------------------------------------

    def _go(self, way: str) -> None:
        if way.startswith(IN):
            return
        if way == BACK:
            self.at = max(self._first, self.at - 1)
        elif way.startswith(CHANGE):
            self.at = self._shown(way.removeprefix(CHANGE))
        elif self.at == self.count:
            if way == SEND:
                self._send()
        elif self.at == START:
            self.at = 0
        elif way in (SKIP, RATHER_NOT_KEY):
            self.raw[self._key] = [RATHER_NOT_KEY] if way == RATHER_NOT_KEY else []
            self.at += 1
        elif self._is_right():
            self.at += 1

    def _is_right(self) -> bool:
        self.errors = self._wrong(self.at)
        return not self.errors

    def _wrong(self, at: int) -> list[str]:
        question = self.sheet.questions[at]
        with translation.override(self.worded.language):
            try:
                answer_of(self.sheet, question, self.raw[question.key])
            except ValidationError as wrong:
                return wrong.messages
        return []

    def _send(self) -> None:
        """What was carried in the page may have been changed there: all is checked again."""
        for at in range(self.count):
            if wrong := self._wrong(at):
                self.at, self.errors = at, wrong
                return
        self.answers = cleaned(self.sheet, self.raw)

    # --- what the page shows ---------------------------------------------------------------------

    @property
    def is_start(self) -> bool:
        return self.at == START

    @property
    def is_end(self) -> bool:
        return self.at == self.count

    @property
    def can_go_back(self) -> bool:
        return self.at > self._first

    @property
    def _key(self) -> str:
        return self.sheet.questions[self.at].key

    @property
    def question(self) -> WordedQuestion:
        return self.worded.questions[self.at]

    @property
    def offers_rather_not(self) -> bool:
        return self.sheet.offers_rather_not(self.sheet.questions[self.at])

    @property
    def rather_not_chosen(self) -> bool:
        return self.raw[self._key] == [RATHER_NOT_KEY]

    @property
    def choices(self) -> list[dict[str, Any]]:
        """The answers of the question shown, but for "rather not", which stands apart."""
        given = self.raw[self._key]
        return [
            {"choice": choice, "chosen": choice.key in given}
            for choice in self.question.choices
            if choice.key != RATHER_NOT_KEY or not self.offers_rather_not
        ]

    @property
    def form(self) -> forms.Form:
        """The one field of a question that is not answered by a button."""
        given = [text for text in self.raw[self._key] if text != RATHER_NOT_KEY]
        field = self._field()
        several = isinstance(field.widget, widgets.SeveralChoices)
        data = {self._key: given if several else "".join(given[:1])}
        form = type("QuestionForm", (forms.Form,), {self._key: field})(data)
        for sentence in self.errors:
            form.add_error(self._key, sentence)
        return form

    def _field(self) -> AnswerField:
        with translation.override(self.worded.language):
            field = AnswerField(self.question, pgettext("person", "Your answer"))
        if isinstance(field.widget, widgets.SeveralChoices) and self.offers_rather_not:
            field.widget.choices = [one for one in field.widget.choices if one[0] != RATHER_NOT_KEY]
        return field

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What the page shows no control for, in hidden fields: what was answered elsewhere, and
        here too where one answers with a button, or "back" would forget it."""
        is_typed = 0 <= self.at < self.count and self.question.kind != "one"
        shown = self._key if is_typed else ""
        return [(key, one) for key, given in self.raw.items() if key != shown for one in given]

    @property
    def said(self) -> list[dict[str, Any]]:
        """Every question with its answer in words, "" where there is none: for the end."""
        rows = []
        with translation.override(self.worded.language):
            for at, (question, asked) in enumerate(
                zip(self.worded.questions, self.sheet.questions, strict=True)
            ):
                try:
                    words = told(question, answer_of(self.sheet, asked, self.raw[asked.key]))
                except ValidationError:
                    words = ""  # said again when it is sent, at its own page
                rows.append({"question": question, "words": words, "go": f"{CHANGE}{at}"})
        return rows


def _given(question: WordedQuestion, posted: Mapping[str, Any]) -> list[str]:
    """What was sent for a question. A button that is pressed comes after what was chosen before."""
    given = _all_given(posted, question.key)
    return given[-1:] if question.kind == "one" else given


def _form_key(posted: Mapping[str, Any] | None) -> UUID:
    form = OnceForm(posted or {})
    form.full_clean()
    key: UUID = form.cleaned_data["form_key"]
    return key
