"""The company's rules: every value in force, what changed when, and a file to be tried."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.permission import Action, may
from certify.domain.policy_change import between, leaves, plain
from certify.i18n import N_, _
from certify.policy import Policy
from certify.services.item_file import place_of
from certify.services.policy import changing, reading
from certify.services.policy.changing import VersionView
from certify.tui import files
from certify.tui.columns import fit, row, widths
from certify.tui.dialogs.done import Done
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.screens.policy_simulation import PolicySimulationScreen
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.rows import Entry

NAME = 46
"""Cells of a name; the longest are those of conditions of levels."""


class PolicyScreen(ListPage):
    """Every value by its name; T tries a file before it counts."""

    SEARCHES = True
    HELP = N_(
        "Every rule of the company as it holds now; ● marks a value that is not the default. "
        "Enter shows who changed a value when and why. / searches. To change rules, copy "
        "policy.toml from the home, edit the copy and press T: first you see whom the change "
        "would touch and why; nothing is changed before you confirm."
    )
    IS_BESIDE = False
    BINDINGS = [Binding("t", "try_file", N_("Try a file"))]

    def __init__(self) -> None:
        super().__init__()
        self.values: list[tuple[str, str]] = []
        self.differing: dict[str, str] = {}
        self.versions: list[VersionView] = []

    async def fetch(self) -> None:
        policy = self.certify.platform.policy
        self.values = list(leaves(plain(policy)))
        self.differing = {one.name: one.old or "" for one in between(Policy(), policy)}
        if may(self.actor, Action.CHANGE_POLICY):
            self.versions = await self.certify.use(changing.history, actor=self.actor)

    def searched(self) -> None:
        self.show()

    def heading(self) -> str:
        return _("The company's rules")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "try_file":
            return may(self.actor, Action.CHANGE_POLICY)
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        heads = [_("Value"), "", _("In force"), _("Default")]
        rooms = _widths(width)
        return row([fit(text, room) for text, room in zip(heads, rooms, strict=True)], 1)

    def entries(self, width: int) -> Sequence[Entry]:
        wanted = self.wanted.casefold()
        found = [one for one in self.values if wanted in " ".join(one).casefold()]
        return [Entry(self._line(name, value, width), name) for name, value in self.some(found)]

    def _line(self, name: str, value: str, width: int) -> Content:
        is_other = name in self.differing
        texts = [name, "●" if is_other else "", value]
        texts.append((self.differing[name] or _("(none)")) if is_other else "")
        rooms = zip(texts, _widths(width), strict=True)
        return row([fit(text, room, "bold" * is_other) for text, room in rooms], 1)

    def detail(self, name: str) -> Content:
        value = dict(self.values).get(name, "")
        return safe_text(f"{name} = {value}")

    def foot(self) -> Content:
        if not self.versions:
            return Content()
        text = _("Last changed: {when}")
        return safe_line(text.format(when=self._said(self.versions[0])), "$foreground 70%")

    def open(self, name: str) -> None:
        lines = []
        for version in self.versions:
            for change in version.changes:
                if change.name == name or name.startswith(f"{change.name}."):
                    old, new = change.old or _("(none)"), change.new or _("(none)")
                    lines.append(f"{self._said(version)}: {old} → {new}")
        self.app.push_screen(Done(name, lines or [_("It was never changed.")]))

    @work
    async def action_try_file(self) -> None:
        """Ask for the file, then show whom it would change."""

        if await files.cannot_give(self.certify, "certify policy simulate FILE"):
            return

        async def send(values: dict[str, str]) -> str:
            path = place_of(values["path"])
            await self.certify.use(lambda _platform: reading.read(path).wanted())
            return str(path)

        asks = [Ask("path", N_("File"), check=required, example="~/policy.toml")]
        about = N_("First comes a trial that changes nothing.")
        found = await self.app.push_screen_wait(Form(N_("Try a policy file"), asks, send, about))
        if found is not None:
            self.app.push_screen(PolicySimulationScreen(place_of(found)))

    def _said(self, version: VersionView) -> str:
        """When, by whom and why, in one line."""
        who = f"{version.staff_no} {version.name}" if version.staff_no else _("found at the start")
        when = self.local(version.at).strftime("%Y-%m-%d %H:%M")
        return " · ".join(part for part in (when, who, version.reason) if part)


def _widths(width: int) -> list[int]:
    return widths(width, [min(NAME, width // 2), 1, 0, 0], [2, 1], 1)
