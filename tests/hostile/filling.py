"""Reads the forms out of a page, as a browser would, and fills them in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin

# Forms of the frame around each page: they have tests of their own.
OF_THE_FRAME = ("/language/", "/lock/", "/sign-out/", "/enter-as/")
# What an ordinary person might write, by kind of control.
ORDINARY = {
    "date": "2026-11-20",
    "time": "10:30",
    "datetime-local": "2026-11-20T10:30",
    "number": "5",
    "tel": "0470 00 00 00",
    "email": "someone.new@example.invalid",
    "password": "correct horse battery",
}
WRITTEN = {"text", "textarea", "search", "tel", "email", "password", "url"}
CHOSEN = {"radio", "checkbox", "select"}


@dataclass
class Control:
    """One name of a form: its kind, what it holds, and what may be chosen."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)

    def ordinary(self) -> str:
        if self.kind in {"hidden", "submit"} or self.kind in CHOSEN:
            return self.value
        return self.value or ORDINARY.get(self.kind, "Mots")


@dataclass
class Form:
    action: str
    controls: dict[str, Control] = field(default_factory=dict)
    buttons: list[Control] = field(default_factory=list)

    def filled(self, how: Callable[[Control], str | None] = Control.ordinary) -> dict[str, str]:
        """What would be sent; `how` gives each value, None where the name is not sent at all."""
        values = {name: how(control) for name, control in self.controls.items()}
        sent = {name: value for name, value in values.items() if value is not None}
        # An empty choice is what a browser does not send (an unticked box).
        kinds = {name: control.kind for name, control in self.controls.items()}
        return {
            name: value
            for name, value in sent.items()
            if value or kinds[name] not in {"radio", "checkbox"}
        }

    def pressed(self) -> Iterator[dict[str, str]]:
        """Each way of sending it: one per button that carries a name, else one."""
        named = {(button.name, button.value) for button in self.buttons if button.name}
        if len(named) < len(self.buttons) or not named:
            yield {}
        for name, value in sorted(named):
            yield {name: value}


class Forms(HTMLParser):
    """The forms of a page that are sent by POST."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.found: list[Form] = []
        self.form: Form | None = None
        self.area: Control | None = None
        self.select: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = None
            if given.get("method", "").lower() == "post":
                self.form = Form(urljoin(self.address, given.get("action", "")))
                self.found.append(self.form)
        elif self.form is not None:
            self.control(tag, given, self.form)

    def control(self, tag: str, given: dict[str, str], form: Form) -> None:
        name = given.get("name", "")
        if tag == "button":
            form.buttons.append(Control(name, "submit", given.get("value", "")))
        elif tag == "textarea" and name:
            self.area = form.controls.setdefault(name, Control(name, "textarea"))
        elif tag == "select" and name:
            self.select = form.controls.setdefault(name, Control(name, "select"))
        elif tag == "option" and self.select is not None:
            self.offer(self.select, given.get("value", ""), "selected" in given)
        elif tag == "input" and name:
            kind = given.get("type", "text")
            control = form.controls.setdefault(name, Control(name, kind))
            if kind in {"radio", "checkbox"}:
                self.offer(control, given.get("value", "on"), "checked" in given)
            else:
                control.value = given.get("value", "")

    @staticmethod
    def offer(control: Control, value: str, taken: bool) -> None:
        control.options.append(value)
        if taken or (control.kind != "checkbox" and not control.value):
            control.value = value

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area is not None:
            # The first line end of a textarea is not part of it (HTML).
            self.area.value = self.area.value.removeprefix("\n")
            self.area = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.form = None


def forms_of(address: str, page: str) -> list[Form]:
    parser = Forms(address)
    parser.feed(page)
    mine = [form for form in parser.found if not form.action.startswith(OF_THE_FRAME)]
    for form in mine:
        form.controls.pop("csrfmiddlewaretoken", None)
    return mine


def encoded(values: dict[str, str] | list[tuple[str, str]]) -> str:
    return urlencode(values, doseq=True)
