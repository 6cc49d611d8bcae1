"""Periods of evaluation, the newest first."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.evaluation import PeriodKind, PeriodState
from certify.i18n import N_, _, _n, pick
from certify.services.evaluation import periods, schemes, words
from certify.services.evaluation.periods import PeriodView
from certify.tui import evaluation_words
from certify.tui.columns import fit, fit_content, fit_right, row, widths
from certify.tui.dates import day, is_day_or_nothing
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.signs import signed
from certify.tui.widgets.choices import Choice
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap

SIGNS = {
    PeriodState.OPEN: ("○", "$accent"),
    PeriodState.SCORING: ("▸", "$accent"),
    PeriodState.REVIEW: ("!", "$warning"),
    PeriodState.CLOSED: ("✓", "$success"),
}


class EvaluationPeriodsScreen(ListPage):
    """Every period; Enter opens it, N opens a new one."""

    HELP = N_(
        "A period goes from open over scoring and review to closed; only an upheld appeal changes "
        "what is closed. N opens a new one: 2024-Q2 is a quarter and 2024-06 a month, which give "
        "their days; an ad-hoc one has days and an occasion of its own. Enter shows a period: "
        "who is in it, what is missing, and its next step."
    )
    BINDINGS = [Binding("n", "new", N_("New period"))]

    def __init__(self) -> None:
        super().__init__()
        self.periods: list[PeriodView] = []

    async def fetch(self) -> None:
        self.periods = await self.certify.use(periods.every, actor=self.actor)

    def heading(self) -> str:
        return _("Evaluation periods")

    def columns(self, width: int) -> Content:
        heads = [_("Period"), _("Kind"), _("From – to"), _("Ratings"), _("Evaluated")]
        return _row(heads, Content(_("State")), width)

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.periods:
            none = _("There are no periods yet; N opens the first one.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [Entry(_line(one, width), one.code) for one in self.some(self.periods)]

    def detail(self, name: str) -> Content:
        one = next(one for one in self.periods if one.code == name)
        lines = [
            safe_line(f"{one.code} · {pick(one.scheme_title)}", "bold"),
            evaluation_words.steps(one.state),
        ]
        if one.occasion:
            lines.append(safe_line(one.occasion))
        return Content("\n").join(lines)

    def foot(self) -> Content:
        count = len(self.periods)
        return Content(_n("{count} period", "{count} periods", count).format(count=count))

    def open(self, name: str) -> None:
        from certify.tui.screens.evaluation_period import EvaluationPeriodScreen

        self.app.push_screen(EvaluationPeriodScreen(name))

    @work
    async def action_new(self) -> None:
        """Open a period."""
        known = await self.certify.use(schemes.every)

        async def send(values: dict[str, str]) -> str:
            made = await self.certify.use(
                periods.open_period,
                actor=self.actor,
                kind=PeriodKind(values["kind"]),
                code=values["code"],
                scheme=values["scheme"],
                first_day=day(values["first"]),
                last_day=day(values["last"]),
                occasion=values["occasion"],
            )
            return made.code

        kinds = [Choice(one, words.KINDS[one]) for one in (PeriodKind.QUARTER, PeriodKind.MONTH)]
        asks = [
            Ask("kind", N_("Kind"), choices=[*kinds, Choice("ad-hoc", words.KINDS["ad-hoc"])]),
            Ask("code", N_("Code"), check=required, example="2024-Q2"),
            Ask(
                "scheme",
                N_("Scheme"),
                choices=[Choice(one.name, one.title) for one in known],
                value=self.certify.platform.policy.evaluation.scheme,
            ),
            Ask("first", N_("Begins on"), check=is_day_or_nothing, example=_("ad hoc only")),
            Ask("last", N_("Ends on"), check=is_day_or_nothing, example=_("ad hoc only")),
            Ask("occasion", N_("Occasion"), example=_("ad hoc only")),
        ]
        about = N_("The rules of today hold in it from now on, whatever changes later.")
        made = await self.app.push_screen_wait(Form(N_("New period"), asks, send, about))
        if made is not None:
            self.reload()


def _line(one: PeriodView, width: int) -> Content:
    sign, style = SIGNS[one.state]
    days = f"{one.first_day.isoformat()} – {one.last_day.isoformat()}"
    ratings = f"{one.given}/{one.asked}" if one.asked else "–"
    texts = [one.code, words.kind_word(one.kind), days, ratings, str(one.people or "–")]
    return _row(texts, signed(sign, words.state_word(one.state), style), width)


def _row(texts: Sequence[str], state: Content, width: int) -> Content:
    rooms = widths(width, [0, 8, 23, 8, 9, 14], [1], gap=1)
    cells = [fit(text, room) for text, room in zip(texts[:3], rooms, strict=False)]
    cells += [fit_right(text, room) for text, room in zip(texts[3:], rooms[3:5], strict=True)]
    return row([*cells, fit_content(Content(" ") + state, rooms[5])], gap=1)
