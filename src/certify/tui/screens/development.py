"""The way of one person: phases of onboarding, what the post needs, the development plan."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.development import EntryKind
from certify.errors import CertifyError
from certify.i18n import N_, _, pick
from certify.services import development, onboarding, training_needs
from certify.services.course_locks import PHASE_NAMES
from certify.services.development import KIND_NAMES, PlanEntry, PlanView
from certify.services.onboarding import OnboardingView, PhaseView
from certify.services.placing.refusals import refusal_text
from certify.services.training_needs import NeededCourse, PersonNeeds
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dates import day, is_day_or_nothing
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.signs import signed
from certify.tui.widgets.choices import Choice
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.rows import Entry


class DevelopmentScreen(ListPage):
    """Phases, needs and plan of one person."""

    HELP = N_(
        "How far somebody got in onboarding, which courses the post needs, and the plan: T sets "
        "the level aimed at, N adds a step, a competition or an outside certificate, Enter marks "
        "one done or not done. HR frees a person from the phase under ▸ with E and a reason."
    )
    BINDINGS = [
        Binding("t", "aim", N_("Target level")),
        Binding("n", "new", N_("New entry")),
        Binding("e", "exempt", N_("Exempt")),
    ]

    def __init__(self, staff_no: str | None = None) -> None:
        """Args:
        staff_no: whose; None for that of the person at the screen.
        """
        super().__init__()
        self.staff_no = staff_no
        self.plan: PlanView | None = None
        self.path: OnboardingView | None = None
        self.needs: PersonNeeds | None = None

    async def fetch(self) -> None:
        number = self.staff_no or self.actor.staff_no
        use, actor = self.certify.use, self.actor
        self.path = await use(onboarding.onboarding, actor=actor, staff_no=number)
        self.needs = await use(training_needs.person_needs, actor=actor, staff_no=number)
        self.plan = await use(development.plan, actor=actor, staff_no=number)

    def heading(self) -> str:
        if self.plan is None or self.plan.is_own:
            return _("My development plan")
        text = _("Development plan of {name} {staff_no}")
        return text.format(name=self.plan.name, staff_no=self.plan.staff_no)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("aim", "new"):
            return self.plan is not None and self.plan.may_change
        if action == "exempt":
            return self._phase() is not None and self.path is not None and self.path.may_exempt
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        if self.plan is None:
            return Content()
        level = _("none yet")
        if self.plan.target_level:
            level = f"{self.plan.target_level} {pick(self.plan.target_title)}"
        said = _("Target level: {level}").format(level=level)
        if self.plan.by_day:
            said += " · " + _("until {day}").format(day=self.plan.by_day)
        return fit(said, width)

    def entries(self, width: int) -> Sequence[Entry]:
        if self.plan is None or self.path is None or self.needs is None:
            return []
        own = self.plan.entries
        groups = [
            (_("Phases of onboarding"), [_phase(one, width) for one in self.path.phases]),
            (_("Courses that the post needs"), [_need(one, width) for one in self.needs.courses]),
            (_("Plan"), [_entry(one, width) for one in own]),
        ]
        entries: list[Entry] = []
        for title, lines in groups:
            entries += [Entry(Content())] if entries else []
            entries.append(Entry(Content.styled(title, "bold $primary")))
            entries += lines or [Entry(Content.styled(_("None yet."), "$foreground 80%"))]
        return entries

    def detail(self, name: str) -> Content:
        assert self.plan is not None  # noqa: S101  lines come from the view
        kind, _colon, code = name.partition(":")
        if kind == "entry":
            one = next(one for one in self.plan.entries if str(one.id) == code)
            return Content("\n").join([safe_line(one.title, "bold"), safe_text(one.note)])
        if kind == "phase" and (phase := self._phase()) is not None and self.path is not None:
            rehire = onboarding.rehire_text(self.certify.platform, self.path)
            lines = [safe_text(onboarding.phase_text(phase))]
            lines += [safe_line(rehire, "$foreground 70%")] if self.path.may_exempt else []
            lines += [safe_text(refusal_text(one), "$warning") for one in self.path.refusals]
            return Content("\n").join(lines)
        return safe_line(code)

    def open(self, name: str) -> None:
        kind, _colon, code = name.partition(":")
        if kind == "course":
            from certify.tui.screens.course import CourseScreen

            self.app.push_screen(CourseScreen(code))
        elif kind == "entry" and self.plan is not None and self.plan.may_change:
            self._toggle(next(one for one in self.plan.entries if str(one.id) == code))

    @work
    async def _toggle(self, one: PlanEntry) -> None:
        assert self.plan is not None  # noqa: S101  lines come from the view
        try:
            await self.certify.use(
                development.set_done,
                actor=self.actor,
                staff_no=self.plan.staff_no,
                entry=one.id,
                done=not one.done,
            )
        except CertifyError as error:
            await self.certify.tell(error)
        self.reload()

    @work
    async def action_aim(self) -> None:
        """Set the level aimed at."""
        if (plan := self.plan) is None:
            return

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                development.aim,
                actor=self.actor,
                staff_no=plan.staff_no,
                level=values["level"],
                by_day=day(values["day"]),
            )
            return ""

        ladder = self.certify.platform.policy.qualification.ladder
        levels = [Choice(one.code, one.title) for one in ladder]
        asks = [
            Ask("level", N_("Target level"), plan.target_level, choices=levels),
            Ask(
                "day", N_("Until"), str(plan.by_day or ""), is_day_or_nothing, example="2024-12-31"
            ),
        ]
        await self._ask(Form(N_("Target level"), asks, send))

    @work
    async def action_new(self) -> None:
        """Add a step, a competition or an outside certificate."""
        if (plan := self.plan) is None:
            return

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                development.add_entry,
                actor=self.actor,
                staff_no=plan.staff_no,
                kind=EntryKind(values["kind"]),
                title=values["title"],
                day=day(values["day"]),
                note=values["note"],
            )
            return ""

        asks = [
            Ask("kind", N_("Kind"), choices=[Choice(k.value, KIND_NAMES[k]) for k in EntryKind]),
            Ask("title", N_("Title"), check=required),
            Ask("day", N_("Day"), check=is_day_or_nothing, example="2024-12-31"),
            Ask("note", N_("Note")),
        ]
        await self._ask(Form(N_("New entry"), asks, send))

    @work
    async def action_exempt(self) -> None:
        """Free the person from the phase under ▸."""
        phase, path = self._phase(), self.path
        if phase is None or path is None:
            return

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                onboarding.exempt,
                actor=self.actor,
                staff_no=path.staff_no,
                phase=phase.phase,
                reason=values["reason"],
            )
            return ""

        about = f"{_(PHASE_NAMES[phase.phase])} · {path.name} {path.staff_no}\n"
        about += onboarding.rehire_text(self.certify.platform, path)
        asks = [Ask("reason", N_("Reason"), check=required)]
        await self._ask(Form(N_("Free from a phase"), asks, send, about))

    async def _ask(self, form: Form) -> None:
        if await self.app.push_screen_wait(form) is not None:
            self.reload()

    def _phase(self) -> PhaseView | None:
        """The phase under ▸."""
        kind, _colon, code = self.chosen.partition(":")
        phases = self.path.phases if self.path and kind == "phase" else ()
        return next((one for one in phases if one.phase == code), None)


def _phase(one: PhaseView, width: int) -> Entry:
    rooms = widths(width, [18, 0], [1])
    sign, style = ("✓", "$success") if one.is_complete else ("–", "$foreground 70%")
    if one.is_open and not one.is_complete:
        sign, style = "○", ""
    state = signed(sign, onboarding.phase_text(one), style)
    name = fit(_(PHASE_NAMES[one.phase]), rooms[0])
    return Entry(row([name, fit_content(state, rooms[1])]), f"phase:{one.phase}")


def _need(one: NeededCourse, width: int) -> Entry:
    rooms = widths(width, [0, 16], [1])
    state = signed("○", _("not assigned"), "$accent")
    if one.is_assigned:
        state = signed("◐", _("assigned"))
    if one.is_read and one.is_passed:
        state = signed("✓", _("finished"), "$success")
    title = fit(pick(one.title), rooms[0])
    return Entry(row([title, fit_content(state, rooms[1])]), f"course:{one.code}")


def _entry(one: PlanEntry, width: int) -> Entry:
    rooms = widths(width, [20, 0, 10, 10], [1])
    state = signed("✓", _("done"), "$success") if one.done else signed("○", _("to do"))
    cells = [fit(_(KIND_NAMES[one.kind]), rooms[0]), fit(one.title, rooms[1])]
    cells += [fit(str(one.day or ""), 10), fit_content(state, 10)]
    return Entry(row(cells), f"entry:{one.id}")
