"""Whom a policy file would change and why, before it counts (R-PLT-05)."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from certify.domain.career_difference import Kind
from certify.domain.permission import Action, may
from certify.i18n import N_, _, _n
from certify.policy import Policy
from certify.services.policy import changing, reading, simulating, words
from certify.services.policy.simulating import Explained, PersonChange, Simulation
from certify.tui.bars import bar
from certify.tui.columns import fit, row, widths
from certify.tui.dialogs.done import Done
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.page import Page
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.line import Line
from certify.tui.widgets.paper import Paper, PaperLine
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import hung, wrap

BAR = 20


class PolicySimulationScreen(ListPage):
    """Counts first, then the people; A makes the file the policy."""

    SEARCHES = True
    RELOADS = False
    IS_BESIDE = False
    HELP = N_(
        "Everybody's working life was lived once under the rules in force and once under those of "
        "the file; here is whom that changes: grades, levels, post qualifications, validity dates "
        "and states. Enter shows what changes for a person and which rule makes it. Nothing is "
        "written, and closed results never change. A makes the file the company's policy; it asks "
        "for the reason first. Esc leaves everything as it is."
    )
    BINDINGS = [Binding("a", "apply", N_("Make it the policy"))]

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.found: Simulation | None = None
        self.policy = Policy()
        self.at = (0, 0)
        self.is_applied = False

    def top(self) -> ComposeResult:
        yield Line(id="bar")
        yield Line(id="counts")
        yield Line(id="told")

    async def fetch(self) -> None:
        begun = time.monotonic()
        told = self.set_interval(0.5, lambda: self._say_working(time.monotonic() - begun))
        try:
            self.policy = await self.certify.use(lambda _platform: reading.read(self.path).wanted())
            self.found = await self.certify.use(
                simulating.simulate, actor=self.actor, path=self.path, progress=self._reached
            )
        finally:
            told.stop()

    def _reached(self, done: int, total: int) -> None:
        self.at = done, total

    def _say_working(self, seconds: float) -> None:
        done, total = self.at
        text = _("… {done} of {total} people, {seconds} s").format(
            done=done, total=total, seconds=int(seconds)
        )
        shown = f"{bar(done / total if total else 0, BAR)} {text}"
        self.query_one("#bar", Line).put(Content.styled(shown, "$accent"))

    def heading(self) -> str:
        return _("What {file} would change").format(file=self.path.name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "apply":
            is_open = self.found is not None and bool(self.found.values) and not self.is_applied
            return is_open and may(self.actor, Action.CHANGE_POLICY)
        return super().check_action(action, parameters)

    def searched(self) -> None:
        self.show()

    def show(self) -> None:
        if self.found is not None:
            said, *counts = words.heading(self.found)
            self.query_one("#bar", Line).put(safe_line(said, "bold"))
            self.query_one("#counts", Line).put(safe_line(" ".join(counts), "$foreground 80%"))
            told = _("A trial: nothing is written, and closed results stay as they are.")
            self.query_one("#told", Line).put(Content.styled(told, "$foreground 70%"))
        super().show()

    def columns(self, width: int) -> Content:
        if self.found is None or not self.found.changed:
            return Content()
        heads = [_("Staff no."), _("Name"), _("Grades"), _("Validity"), _("What changes first")]
        return row([fit(text, room) for text, room in zip(heads, _widths(width), strict=True)])

    def entries(self, width: int) -> Sequence[Entry]:
        if self.found is None:
            return []
        wanted = self.wanted.casefold()
        found = [
            one for one in self.found.changed if wanted in f"{one.staff_no} {one.name}".casefold()
        ]
        return [
            *(Entry(_line(one, width), one.staff_no) for one in self.some(found)),
            Entry(Content()),
            *(Entry(line) for line in self._about(self.found, width)),
        ]

    def _about(self, found: Simulation, width: int) -> Iterator[Content]:
        for change in found.values:
            yield safe_line(f"• {words.value(change)}")
        caveat = Content.styled(_(words.CAVEAT), "$foreground 70%")
        yield from wrap(caveat, width)

    def detail(self, name: str) -> Content:
        one = self._named(name)
        return safe_text(words.difference(one.changes[0].difference)) if one else Content()

    def open(self, name: str) -> None:
        if (one := self._named(name)) is not None and self.found is not None:
            old = self.certify.platform.policy
            self.app.push_screen(PolicyChangesScreen(one, self.found, old, self.policy))

    @work
    async def action_apply(self) -> None:
        """Ask why, then make the file the policy."""

        async def send(values: dict[str, str]) -> str:
            changed = await self.certify.use(
                changing.apply, actor=self.actor, path=self.path, reason=values["reason"]
            )
            return str(len(changed))

        asks = [Ask("reason", N_("Reason"), check=required)]
        about = N_("The rules count from then on; closed results stay as they are.")
        form = Form(N_("Make it the policy"), asks, send, about)
        if (count := await self.app.push_screen_wait(form)) is None:
            return
        self.is_applied = True
        self.refresh_bindings()
        number = int(count)
        text = _n("{count} value changed.", "{count} values changed.", number)
        later = _("A certify that is open, this one too, takes it at its next start.")
        self.app.push_screen(Done(text.format(count=number), [later]))

    def _named(self, staff_no: str) -> PersonChange | None:
        every = self.found.changed if self.found else ()
        return next((one for one in every if one.staff_no == staff_no), None)


class PolicyChangesScreen(Page):
    """All that changes for one person, each with what makes it."""

    HELP = N_("What changes for this person, and which changed rule makes it. Esc leads back.")
    RELOADS = False

    def __init__(self, person: PersonChange, found: Simulation, old: Policy, new: Policy) -> None:
        super().__init__()
        self.person = person
        self.found = found
        self.old = old
        self.new = new

    def body(self) -> ComposeResult:
        yield Paper()

    def heading(self) -> str:
        return f"{self.person.name} {self.person.staff_no}"

    def show(self) -> None:
        self.query_one(Paper).write(self._write)
        self.query_one(Paper).focus()

    def _write(self, width: int) -> Sequence[PaperLine]:
        lines: list[Content] = []
        for one in self.person.changes:
            lines.append(Content())
            lines += wrap(safe_text(words.difference(one.difference), "bold"), width)
            for reason in words.reasons(one, self.found.values, self._lacking_under(one)):
                lines += hung(Content("  ← "), safe_text(reason), width)
        return [PaperLine(line) for line in lines]

    def _lacking_under(self, one: Explained) -> Policy:
        return self.old if one.difference.new else self.new


def _widths(width: int) -> list[int]:
    return widths(width, [9, 10, 6, 8, 0], [1])


def _line(one: PersonChange, width: int) -> Content:
    kinds = [change.difference.kind for change in one.changes]
    grades = kinds.count(Kind.GRADE)
    texts = [
        one.staff_no,
        one.name,
        str(grades or ""),
        str(len(kinds) - grades or ""),
        words.difference(one.changes[0].difference),
    ]
    return row([fit(text, room) for text, room in zip(texts, _widths(width), strict=True)])
