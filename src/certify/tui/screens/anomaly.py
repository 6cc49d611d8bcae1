"""One anomaly form: its steps, who signs next, and the step itself."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain import anomaly
from certify.i18n import N_, _, pick
from certify.services.forms.form import Wanted
from certify.services.inspection import anomalies, anomaly_steps, lines
from certify.services.inspection.anomalies import AnomalyView
from certify.tui.dialogs.form import Form
from certify.tui.dialogs.inspection import PASSED
from certify.tui.exports import Exports
from certify.tui.lines_page import LinesPage
from certify.tui.safe_text import safe_line
from certify.tui.signs import signed
from certify.tui.widgets.choices import Choice
from certify.tui.widgets.fields import Ask, required


class AnomalyScreen(Exports, LinesPage):
    """Only the key of the next step is offered, and only to who may do it."""

    HELP = N_(
        "The manager instructs (I) and names the departments that countersign. A supervisor of "
        "each countersigns (C). Somebody who did not open the form rechecks (R); a failure goes "
        "back to the instruction, and all sign again. Who opened a form, or is whom it is about, "
        "decides nothing of it. E exports the form."
    )
    BINDINGS = [
        Binding("i", "instruct", N_("Instruct")),
        Binding("c", "countersign", N_("Countersign")),
        Binding("r", "recheck", N_("Recheck")),
        Binding("e", "export", N_("Export")),
    ]

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        self.view: AnomalyView | None = None

    async def fetch(self) -> None:
        self.view = await self.certify.use(anomalies.show, actor=self.actor, number=self.number)

    def forms(self) -> Sequence[tuple[str, Wanted]]:
        return [("anomaly-form", Wanted(number=self.number))]

    def heading(self) -> str:
        return _("Anomaly form {number}").format(number=self.number)

    def lines(self) -> Sequence[str]:
        return lines.anomaly_lines(self.view) if self.view else ()

    def foot(self) -> Content:
        if self.view is None:
            return Content()
        text = _(anomaly.NEXT[self.view.state])
        if self.view.may_act:
            return signed("◐", " ".join([_("It is your turn."), text]), "$accent")
        return safe_line(text)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        view = self.view
        if action == "instruct":
            return view is not None and view.may_instruct
        if action == "countersign":
            return view is not None and any(one.may_sign for one in view.signatures)
        if action == "recheck":
            return view is not None and view.may_recheck
        return super().check_action(action, parameters)

    @work
    async def action_instruct(self) -> None:
        """Say what is to be done, and who countersigns."""

        async def send(values: dict[str, str]) -> str:
            codes = values["departments"].replace(",", " ").replace("，", " ").replace("、", " ")
            await self.certify.use(
                anomaly_steps.instruct,
                actor=self.actor,
                number=self.number,
                instruction=values["instruction"],
                departments=codes.split(),
            )
            return self.number

        own = self.view.department_code if self.view else ""
        asks = [
            Ask("instruction", N_("Instruction"), check=required),
            Ask("departments", N_("Departments"), own, required),
        ]
        about = N_("Codes of the departments that countersign, with blanks between them.")
        await self.ask(Form(N_("Instruct"), asks, send, about))

    @work
    async def action_countersign(self) -> None:
        """Give the consent of a department."""

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                anomaly_steps.countersign,
                actor=self.actor,
                number=self.number,
                department=values["department"],
                opinion=values["opinion"],
            )
            return self.number

        open_ones = [one for one in self.view.signatures if one.may_sign] if self.view else []
        choices = [Choice(one.department_code, pick(one.department)) for one in open_ones]
        asks = [
            Ask("department", N_("Department"), choices=choices),
            Ask("opinion", N_("Opinion"), check=required),
        ]
        await self.ask(Form(N_("Countersign"), asks, send))

    @work
    async def action_recheck(self) -> None:
        """Say whether it works."""

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                anomaly_steps.recheck,
                actor=self.actor,
                number=self.number,
                passed=values["passed"] == "yes",
                text=values["text"],
            )
            return self.number

        asks = [
            Ask("passed", N_("Result"), choices=PASSED),
            Ask("text", N_("What was seen"), check=required),
        ]
        await self.ask(Form(N_("Recheck"), asks, send))
