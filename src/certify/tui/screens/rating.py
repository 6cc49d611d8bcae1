"""Rating one person: one number, Enter, the next person."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from certify.domain.clean import clean_line
from certify.domain.evaluation_number import read_score
from certify.domain.grade import grade
from certify.errors import BadInput, CertifyError
from certify.i18n import N_, _, _n, pick
from certify.services.evaluation import rating, words
from certify.services.evaluation.asking import Ask
from certify.tui import evaluation_words
from certify.tui.bars import bar
from certify.tui.dialogs.confirm import Confirm
from certify.tui.page import Page
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.screens.ratings import is_given
from certify.tui.signs import signed
from certify.tui.widgets.line import Line

BAR = 40
"""Cells of the bar that grows with the number."""


class RatingScreen(Page):
    """One person after the other; what is saved is committed."""

    HELP = N_(
        "Type a number from 0 to 100: the bar and the grade follow. Enter saves it and goes on to "
        "the next person. ↓ goes to the comment, which may stay empty; Enter there saves too. "
        "PgUp and PgDn go from person to person without saving. What is saved (✓) is kept even if "
        "the terminal closes; you may change it until scoring ends."
    )
    RELOADS = False
    BINDINGS = [
        Binding("enter", "save", N_("Save, next"), priority=True),
        Binding("down", "app.focus_next", N_("Comment"), show=False),
        Binding("up", "app.focus_previous", N_("Score"), show=False),
        Binding("pageup", "turn(-1)", N_("Previous"), key_display="PgUp", priority=True),
        Binding("pagedown", "turn(1)", N_("Next one"), key_display="PgDn", priority=True),
    ]
    DEFAULT_CSS = """
    RatingScreen #sheet { height: 1fr; padding: 1 3; }
    RatingScreen #who { height: auto; margin-bottom: 1; }
    RatingScreen .ask { height: 1; margin-bottom: 1; }
    RatingScreen .label { width: 16; }
    RatingScreen #score { width: 12; }
    RatingScreen #comment { width: 1fr; }
    RatingScreen #live { height: 2; margin-bottom: 1; }
    RatingScreen #trouble { height: auto; color: $error; }
    """

    def __init__(self, asks: Sequence[Ask], place: int = 0) -> None:
        """Args:
        asks: everybody to be rated.
        place: whom to begin with, from 0.
        """
        super().__init__()
        self.asks = list(asks)
        self.place = place
        self.saving: set[int] = set()
        """Places whose rating was sent and is not kept yet."""
        self.is_through = False

    def body(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Static(id="who")
            with Horizontal(classes="ask"):
                yield Static(id="score-label", classes="label")
                yield Input(id="score", compact=True, max_length=6)
            yield Static(id="live")
            with Horizontal(classes="ask"):
                yield Static(id="comment-label", classes="label")
                yield Input(id="comment", compact=True, max_length=500)
            yield Static(id="trouble")
        yield Line(id="foot")

    def on_mount(self) -> None:
        for box in self.query(Input):
            box.cursor_blink = False
        self._fill()

    @property
    def ask(self) -> Ask:
        """Who is on the page."""
        return self.asks[self.place]

    def heading(self) -> str:
        text = _("My ratings · {number} of {count}")
        return text.format(number=self.place + 1, count=len(self.asks))

    def show(self) -> None:
        one = self.ask
        about = _("{period} · you rate as: {rater}").format(
            period=one.period, rater=words.rater_word(one.rater_type)
        )
        lines = [
            safe_line(f"{one.name} {one.staff_no}", "bold"),
            safe_line(f"{pick(one.department)} · {pick(one.post)}"),
            safe_line(about, "$foreground 70%"),
        ]
        if not one.counts:
            said = _("Another supervisor's score counts; you add a comment.")
            lines.append(Content.styled(said, "$warning"))
        self.query_one("#who", Static).update(Content("\n").join(lines))
        self.query_one("#score-label", Static).update(Content(_("Score 0–100")))
        self.query_one("#comment-label", Static).update(Content(_("Comment")))
        self.query_one("#comment", Input).placeholder = _("may stay empty")
        self.show_live()

    @on(Input.Changed)
    def show_live(self) -> None:
        """The grade and the bar of what is typed now, and whether it is saved."""
        number, problem = self._typed()
        live = Content(bar(Fraction(0), BAR))
        if number is not None:
            found = grade(number, self.certify.platform.policy.grades)
            number_text = Content(f"  {evaluation_words.score(number)}")
            live = Content(bar(number / 100, BAR)) + number_text
            live += Content("\n") + evaluation_words.grade(found)
        self.query_one("#live", Static).update(live)
        self.query_one("#trouble", Static).update(safe_text(f"! {problem}" if problem else ""))
        self._show_foot()

    def _show_foot(self) -> None:
        left = sum(not is_given(one) for one in self.asks)
        said = _n("{count} person left", "{count} people left", left).format(count=left)
        if self.place in self.saving:
            state = signed("…", _("saving"), "$accent")
        elif self._is_changed():
            state = signed("!", _("not saved yet: Enter"), "$warning")
        elif is_given(self.ask):
            state = signed("✓", _("saved"), "$success")
        else:
            state = signed("○", _("to rate"), "$accent")
        self.query_one("#foot", Line).put(Content(" ") + state, None, Content(said))

    def _typed(self) -> tuple[Fraction | None, str]:
        text = self.query_one("#score", Input).value.strip()
        if not text:
            return None, ""
        try:
            return read_score(text), ""
        except BadInput as error:
            return None, f"{error.message} {error.mend}"

    @property
    def _texts(self) -> tuple[str, str]:
        """What stands in the two fields."""
        score, comment = self.query_one("#score", Input), self.query_one("#comment", Input)
        return score.value.strip(), comment.value.strip()

    def _is_changed(self) -> bool:
        is_sent = self.place in self.saving
        return not is_sent and self._texts != (_plain(self.ask.score), self.ask.comment)

    def _fill(self, score: str | None = None, comment: str | None = None) -> None:
        """Write the fields of the person on the page: what is kept, or what was typed."""
        kept = _plain(self.ask.score)
        self.query_one("#score", Input).value = kept if score is None else score
        said = self.ask.comment if comment is None else comment
        self.query_one("#comment", Input).value = clean_line(said)
        self.query_one("#score", Input).disabled = not self.ask.counts
        field = self.query_one("#score" if self.ask.counts else "#comment", Input)
        field.focus()
        if score is None:
            field.action_select_all()  # typing writes a new score over the one that was given
        self.retell()

    def action_save(self) -> None:
        """Send what was typed, and go on to the next person while it is being kept."""
        one, place = self.ask, self.place
        number, problem = self._typed()
        if number is None and one.counts:
            said = problem or _("Type a number from 0 to 100.")
            self.query_one("#trouble", Static).update(safe_text(f"! {said}"))
            self.query_one("#score", Input).focus()
            return
        if place in self.saving:
            return
        self.saving.add(place)
        self._save(place, *self._texts)
        self.is_through = place + 1 == len(self.asks)
        if not self.is_through:
            self.place += 1
            self._fill()

    @work(group="saving")
    async def _save(self, place: int, score: str, comment: str) -> None:
        """Keep one rating; a refusal leads back to the person with what was typed."""
        one = self.asks[place]
        try:
            self.asks[place] = await self.certify.use(
                rating.rate,
                actor=self.actor,
                period=one.period,
                staff_no=one.staff_no,
                score=score or None,
                comment=comment,
                rater_type=one.rater_type,
            )
        except CertifyError as error:
            await self.certify.tell(error)
            self.place, self.is_through = place, False
            self._fill(score, comment)
            return
        finally:
            self.saving.discard(place)
        if self.is_through and not self.saving:
            self.notify(_("Saved. That was the last one."), markup=False)
            super().action_back()
        else:
            self._show_foot()

    @work(exclusive=True, group="ask")
    async def action_turn(self, step: int) -> None:
        """Go to another person without saving."""
        if 0 <= self.place + step < len(self.asks) and await self.may_quit():
            self.place += step
            self._fill()

    def action_back(self) -> None:
        self._leave()

    @work(exclusive=True, group="ask")
    async def _leave(self) -> None:
        if await self.may_quit():
            super().action_back()

    async def may_quit(self) -> bool:
        """Ask before something is lost that was typed and not saved."""
        if not self._is_changed():
            return True
        details = Content(_("What you typed for this person is not kept."))
        return await self.app.push_screen_wait(Confirm(_("Leave without saving?"), details))


def _plain(value: Fraction | None) -> str:
    """A score as one would type it."""
    if value is None:
        return ""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{exact.normalize():f}"
