"""What the periods of a person came to, how each score was made up, and the appeal."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.i18n import N_, _
from certify.services.evaluation import (
    appeals,
    consequence_decisions,
    consequence_words,
    views,
    words,
)
from certify.services.evaluation.appeals import Standing
from certify.services.evaluation.consequence_decisions import ConsequenceView
from certify.services.evaluation.views import GROUPS, MixView, ResultView
from certify.tui import evaluation_words
from certify.tui.columns import fit, fit_content, fit_right, row, widths
from certify.tui.dialogs.done import Done
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class OwnEvaluationScreen(ListPage):
    """Every closed period of a person as a bar; below it how the chosen one was made up."""

    HELP = N_(
        "Every closed period with its score, cut downwards, and its grade. Below stands how the "
        "chosen one was made up: each measured indicator and each group of raters. What a single "
        "person gave is never shown, not even here. A appeals against a grade, once and until the "
        "day that stands below; somebody who neither rated nor supervises you decides it."
    )
    BINDINGS = [Binding("a", "appeal", N_("Appeal"))]

    def __init__(self, staff_no: str | None = None) -> None:
        """Args:
        staff_no: of whom; None for the person at the screen.
        """
        super().__init__()
        self.staff_no = staff_no
        self.results: list[ResultView] = []
        self.standings: dict[str, Standing] = {}
        self.brought: list[ConsequenceView] = []

    def on_mount(self) -> None:
        super().on_mount()
        self.add_class("-deep")

    @property
    def is_own(self) -> bool:
        """Whether it is that of the person at the screen."""
        return self.staff_no in (None, self.actor.staff_no)

    async def fetch(self) -> None:
        who = self.actor
        self.results = await self.certify.use(views.results, actor=who, staff_no=self.staff_no)
        self.brought = await self.certify.use(
            consequence_decisions.of_person, actor=who, staff_no=self.staff_no
        )
        self.standings = {}
        if self.is_own:
            self.standings = {
                one.period: await self.certify.use(appeals.standing, actor=who, period=one.period)
                for one in self.results
            }

    def heading(self) -> str:
        if self.is_own or not self.results:
            return _("My evaluation")
        one = self.results[0]
        return _("Evaluation of {name} {staff_no}").format(name=one.name, staff_no=one.staff_no)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "appeal":
            standing = self.standings.get(self.chosen)
            return standing is not None and standing.may_appeal
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        rooms = _widths(width)
        cells = [fit(_("Period"), rooms[0]), fit("", rooms[1]), fit_right(_("Score"), rooms[2])]
        return row([*cells, fit(_("Grade"), rooms[3])])

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.results:
            none = _("No period with you in it is closed yet.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [Entry(_line(one, width), one.period) for one in self.some(self.results)]

    def detail(self, name: str) -> Content:
        return Content("\n").join(self._lines(name))

    def foot(self) -> Content:
        standing = self.standings.get(self.chosen)
        if standing is None:
            return Content()
        if standing.appeal is not None:
            return safe_line(_appeal_said(standing))
        day = standing.until.isoformat()
        if standing.may_appeal:
            return Content(_("You may appeal until {day}: A").format(day=day))
        return Content(_("An appeal was possible until {day}.").format(day=day))

    def open(self, name: str) -> None:
        lines = [line.plain for line in self._lines(name)]
        self.app.push_screen(Done(lines[0], lines[1:]))

    @work
    async def action_appeal(self) -> None:
        """Object to the grade of the period under ▸."""
        period = self.chosen

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                appeals.ask, actor=self.actor, period=period, reason=values["reason"]
            )
            return ""

        asks = [Ask("reason", N_("Reason"), check=required)]
        about = N_("You may do this once. Somebody who neither rated nor supervises you decides.")
        if await self.app.push_screen_wait(Form(N_("Appeal"), asks, send, about)) is not None:
            self.reload()

    def _lines(self, name: str) -> list[Content]:
        one = next(one for one in self.results if one.period == name)
        head = Content.styled(f"{one.period} · ", "bold") + evaluation_words.grade(one.grade)
        lines = [head]
        if one.why:
            lines[0] += safe_line(f" · {words.why_text(one.why)}", "$warning")
        if one.is_final_hidden:
            lines.append(safe_text(words.hidden_text(), "$foreground 80%"))
        total = _("Measured {score}").format(score=evaluation_words.score(one.measured))
        lines.append(Content.styled(total, "bold"))
        lines += [safe_line(f"  {evaluation_words.indicator(part)}") for part in one.measured_parts]
        lines.append(Content.styled(_("Raters, as groups"), "bold"))
        lines += [safe_line(f"  {_mix_said(part)}") for part in one.mix_parts]
        lines += [safe_text(_("Comment: {text}").format(text=text)) for text in one.comments]
        lines += [
            safe_text(_("Brings: {what}").format(what=_brought(each)))
            for each in self.brought
            if each.period == one.period
        ]
        return lines


def _mix_said(part: MixView) -> str:
    said = evaluation_words.score(part.mean)
    if part.absent:
        said = words.absent_text(part.absent)
    elif part.mean is None and part.rater_type in GROUPS:
        said = _("counted; not shown, for it would tell what one person gave")
    elif part.mean is None:
        said = _("counted; what one person gave is not shown")
    return _("{rater} {share} %: {result}").format(
        rater=words.rater_word(part.rater_type),
        share=evaluation_words.number(part.share),
        result=said,
    )


def _brought(one: ConsequenceView) -> str:
    until = _("until {day}").format(day=one.due_on.isoformat()) if one.due_on else ""
    return " · ".join(part for part in (consequence_words.kind(one), until) if part)


def _appeal_said(standing: Standing) -> str:
    appeal = standing.appeal
    if appeal is None or appeal.upheld is None:
        return _("Your appeal waits for a decision.")
    if appeal.upheld:
        return _("Your appeal was upheld: {reason}").format(reason=appeal.decision)
    return _("Your appeal was rejected: {reason}").format(reason=appeal.decision)


def _widths(width: int) -> list[int]:
    return widths(width, [12, 0, 7, evaluation_words.GRADE_CELLS], [1])


def _line(one: ResultView, width: int) -> Content:
    rooms = _widths(width)
    return row(
        [
            fit(one.period, rooms[0]),
            fit_content(evaluation_words.score_bar(one.final, rooms[1]), rooms[1]),
            fit_right(evaluation_words.score(one.final), rooms[2]),
            fit_content(evaluation_words.grade(one.grade), rooms[3]),
        ]
    )
