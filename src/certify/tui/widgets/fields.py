"""A short form: labels, inputs, and what is wrong with each beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from certify.domain.clean import clean_line, is_clean_name
from certify.errors import BadInput
from certify.i18n import N_, _
from certify.services import people
from certify.services.passwords import MIN_LENGTH
from certify.tui.safe_text import safe_text
from certify.tui.widgets.choices import Choice, Choices


def anything(_text: str) -> str:
    """Every value will do."""
    return ""


def required(text: str) -> str:
    """What to say when nothing was typed."""
    return "" if text.strip() else _("Please fill this in.")


def nameable(text: str) -> str:
    """What is wrong with a name or number; empty when it will do."""
    if not text.strip() or is_clean_name(text.strip()):
        return required(text)
    return _("Use 1 to 80 printable characters.")


def staff_number(text: str) -> str:
    """What is wrong with a staff number; empty when it will do."""
    if wrong := nameable(text):
        return wrong
    try:
        people.check_staff_no(text.strip())
    except BadInput as error:
        return f"{error.message} {error.mend}"
    return ""


def long_enough(text: str) -> str:
    """What is wrong with a new password; empty when it will do."""
    if len(text) >= MIN_LENGTH:
        return ""
    return _("Use at least {count} characters.").format(count=MIN_LENGTH)


@dataclass(frozen=True)
class Ask:
    """One value to be asked for."""

    name: str
    label: str
    """English source text, marked with `N_`."""
    value: str = ""
    check: Callable[[str], str] = anything
    """Gives what is wrong with a text, translated; empty when it will do."""
    is_secret: bool = False
    choices: Sequence[Choice] = ()
    """Values to choose from instead of typing."""
    example: str = ""


class TextBox(Input):
    """An input whose Enter key is named among the keys."""

    BINDINGS = [Binding("enter", "submit", N_("Next"))]


class Field(Vertical):
    """One label with its input and, below, what is wrong with it."""

    DEFAULT_CSS = """
    Field { height: auto; }
    Field Horizontal { height: 1; }
    Field .label { width: 24; }
    Field Input, Field Choices { width: 1fr; }
    Field .wrong { display: none; height: auto; padding-left: 24; color: $error; }
    Field.-wrong .wrong { display: block; }
    """

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self.ask = ask
        self.box: Input | Choices = (
            Choices(ask.choices, ask.value)
            if ask.choices
            else TextBox(clean_line(ask.value), ask.example, password=ask.is_secret, compact=True)
        )

    def on_mount(self) -> None:
        if isinstance(self.box, Input):
            self.box.cursor_blink = False  # each blink would paint for every session

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static(Content(_(self.ask.label)), classes="label")
            yield self.box
        yield Static(classes="wrong")

    @property
    def text(self) -> str:
        """What was typed; without blanks around it unless it is secret."""
        return self.box.value if self.ask.is_secret else self.box.value.strip()

    def complain(self, message: str) -> None:
        """Say what is wrong; empty when nothing is."""
        self.set_class(bool(message), "-wrong")
        self.query_one(".wrong", Static).update(safe_text(f"! {message}"))

    def retell(self) -> None:
        """Write label and complaint in the language being spoken."""
        self.query_one(".label", Static).update(Content(_(self.ask.label)))
        if self.has_class("-wrong"):
            self.complain(self.ask.check(self.text))
        self.box.refresh()


class Fields(Widget):
    """A form; Enter goes to the next field and, on the last, gives everything."""

    DEFAULT_CSS = "Fields { height: auto; }"
    BINDINGS: ClassVar = [
        Binding("up", "app.focus_previous", N_("Previous"), show=False),
        Binding("down", "app.focus_next", N_("Next"), show=False),
        Binding("enter", "go_on", N_("Next")),
    ]

    @dataclass
    class Done(Message):
        """Every field is filled in rightly."""

        values: dict[str, str]

    def __init__(self, asks: Sequence[Ask]) -> None:
        super().__init__()
        self.fields = {ask.name: Field(ask) for ask in asks}

    def compose(self) -> ComposeResult:
        yield from self.fields.values()

    @property
    def values(self) -> dict[str, str]:
        """What was typed so far."""
        return {name: field.text for name, field in self.fields.items()}

    def start(self) -> None:
        """Put the cursor into the first field."""
        next(iter(self.fields.values())).box.focus()

    def complain(self, name: str, message: str) -> None:
        """Say what is wrong with a field and go to it."""
        self.fields[name].complain(message)
        self.fields[name].box.focus()

    def retell(self) -> None:
        """Show labels in the language being spoken."""
        for field in self.fields.values():
            field.retell()

    @on(Input.Changed)
    def forgive(self, message: Input.Changed) -> None:
        """A field that is being mended is not complained about."""
        message.stop()
        for field in self.fields.values():
            if field.box is message.input:
                field.complain("")

    @on(Input.Submitted)
    def take(self, message: Input.Submitted) -> None:
        """Enter in an input."""
        message.stop()
        self.action_go_on()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A field that was left says at once what is wrong with it."""
        for field in self.fields.values():
            if field.box is event.widget and self.app.app_focus and self.screen.is_current:
                field.complain(field.ask.check(field.text))

    def action_go_on(self) -> None:
        """Check the field at hand; go to the next, or give everything after the last."""
        every = list(self.fields.values())
        place = next((n for n, field in enumerate(every) if field.box.has_focus), len(every) - 1)
        if wrong := every[place].ask.check(every[place].text):
            every[place].complain(wrong)
        elif place + 1 < len(every):
            every[place + 1].box.focus()
        else:
            self.finish()

    def finish(self) -> None:
        """Check all fields and give them, or go to the first that is wrong."""
        for field in self.fields.values():
            if wrong := field.ask.check(field.text):
                field.complain(wrong)
                field.box.focus()
                return
        self.post_message(self.Done(self.values))
