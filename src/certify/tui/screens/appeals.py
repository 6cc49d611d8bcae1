"""Appeals against grades: those that wait, and what came of the others."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.i18n import N_, _, _n
from certify.services.evaluation import appeal_decisions, appeals, measuring, words
from certify.services.evaluation.appeals import AppealView
from certify.tui import evaluation_words
from certify.tui.columns import fit, fit_content, fit_right, row, widths
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.signs import signed
from certify.tui.widgets.choices import Choice
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap

FINAL = "final"
"""What is corrected when it is no indicator."""


class AppealsScreen(ListPage):
    """Appeals, those that wait first; U upholds and R rejects the one under ▸."""

    HELP = N_(
        "Whoever got a grade may appeal once, in time. Who rated or supervises the person, or is "
        "that person, decides nothing here. U upholds: a corrected measured value, from which "
        "everything is worked out anew, or a new final score. The old evaluation is kept, and what "
        "it brought is withdrawn where the grade changes. R rejects; either way the person reads "
        "the reason."
    )
    BINDINGS = [Binding("u", "uphold", N_("Uphold")), Binding("r", "reject", N_("Reject"))]

    def __init__(self) -> None:
        super().__init__()
        self.appeals: list[AppealView] = []

    async def fetch(self) -> None:
        self.appeals = await self.certify.use(appeals.listed, actor=self.actor)

    def heading(self) -> str:
        return _("Appeals")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("uphold", "reject"):
            one = self._chosen()
            return one is not None and one.may_decide
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        heads = [_("Staff no."), _("Name"), _("Period"), _("Score")]
        return _row(heads, Content(_("Grade")), Content(_("State")), width)

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.appeals:
            none = _("Nobody has appealed against a grade.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [
            Entry(
                _row(
                    [one.staff_no, one.name, one.period, one.final or "–"],
                    evaluation_words.grade(one.grade),
                    _state(one),
                    width,
                ),
                str(one.id),
            )
            for one in self.some(self.appeals)
        ]

    def detail(self, name: str) -> Content:
        one = self._chosen()
        if one is None:
            return Content()
        lines = [safe_line(f"{one.name} {one.staff_no}", "bold"), safe_text(one.reason)]
        if one.decision:
            lines.append(safe_text(_("Decision: {reason}").format(reason=one.decision)))
        elif not one.may_decide:
            said = _("You rated or supervise this person, or it is you: somebody else decides.")
            lines.append(Content(said))
        return Content("\n").join(lines)

    def foot(self) -> Content:
        count = sum(one.upheld is None for one in self.appeals)
        return Content(_n("{count} to decide", "{count} to decide", count).format(count=count))

    @work
    async def action_uphold(self) -> None:
        """Ask what is corrected and why."""
        if (one := self._chosen()) is None:
            return
        known = await self.certify.use(
            measuring.values, actor=self.actor, period=one.period, staff_no=one.staff_no
        )

        async def send(values: dict[str, str]) -> str:
            what, value = values["what"], values["value"]
            await self.certify.use(
                appeal_decisions.uphold,
                actor=self.actor,
                appeal=one.id,
                reason=values["reason"],
                final=value if what == FINAL else None,
                values=None if what == FINAL else {what: value},
            )
            return ""

        choices = [Choice(part.indicator, part.title) for part in known]
        asks = [
            Ask(
                "what",
                N_("What is corrected"),
                choices=[Choice(FINAL, N_("final score")), *choices],
            ),
            Ask("value", N_("New value"), check=required),
            Ask("reason", N_("Reason"), check=required),
        ]
        await self._ask(Form(N_("Uphold the appeal"), asks, send, _about(one)))

    @work
    async def action_reject(self) -> None:
        """Ask why."""
        if (one := self._chosen()) is None:
            return

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                appeal_decisions.reject, actor=self.actor, appeal=one.id, reason=values["reason"]
            )
            return ""

        asks = [Ask("reason", N_("Reason"), check=required)]
        await self._ask(Form(N_("Reject the appeal"), asks, send, _about(one)))

    async def _ask(self, form: Form) -> None:
        if await self.app.push_screen_wait(form) is not None:
            self.reload()

    def _chosen(self) -> AppealView | None:
        return next((one for one in self.appeals if str(one.id) == self.chosen), None)


def _about(one: AppealView) -> str:
    grade = words.grade_word(one.grade)
    return f"{one.name} {one.staff_no} · {one.period} · {one.final or '–'} {grade}"


def _state(one: AppealView) -> Content:
    if one.upheld is None:
        if one.may_decide:
            return signed("!", _("decide"), "$error")
        return signed("○", _("to be decided"), "$accent")
    if one.upheld:
        return signed("✓", _("upheld"), "$success")
    return signed("–", _("not upheld"), "$foreground 70%")


def _row(texts: Sequence[str], grade: Content, state: Content, width: int) -> Content:
    rooms = widths(width, [10, 0, 10, 6, evaluation_words.GRADE_CELLS, 15], [1])
    cells = [fit(text, room) for text, room in zip(texts[:3], rooms, strict=False)]
    cells += [fit_right(texts[3], rooms[3]), fit_content(grade, rooms[4])]
    return row([*cells, fit_content(state, rooms[5])])
