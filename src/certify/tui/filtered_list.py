"""The base of lists with filters: a line that says them in words, and views kept under names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.errors import CertifyError
from certify.i18n import N_, _
from certify.services import saved_views
from certify.services.saved_views import KeptView
from certify.tui.dialogs.choose import Choose
from certify.tui.dialogs.views import Views
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.widgets.rows import Entry


@dataclass(frozen=True)
class Filter:
    """One thing by which a list is narrowed."""

    name: str
    """Its key among the values."""
    label: str
    """English source text, marked with `N_`."""
    choices: Mapping[str, str]
    """What it can be set to, and how each is said, translated."""


class FilteredList(ListPage):
    """A subclass gives `KEEPS`, `filters` and `narrowed`; `values` is what was chosen."""

    KEEPS: ClassVar[str] = ""
    """The page under which views are kept."""
    BINDINGS = [
        Binding("f", "filter", N_("Filter")),
        Binding("v", "views", N_("Views")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        """By name of the filter; what is missing is not narrowed."""
        self.view_name = ""
        """The kept view that is shown, while it is as it was kept."""
        self.has_begun = False

    def filters(self) -> Sequence[Filter]:
        """Everything by which the list can be narrowed."""
        raise NotImplementedError

    def narrowed(self) -> None:
        """The values changed: fetch again, or only `show`."""
        raise NotImplementedError

    async def begin(self) -> None:
        """Take the view that the page begins with; called by `fetch` before anything else."""
        if self.has_begun:
            return
        self.has_begun = True
        for view in await self._kept():
            if view.is_default:
                self.values, self.view_name = dict(view.values), view.name

    def said(self) -> Content:
        """The filters that are set, in words."""
        parts = []
        if self.view_name:
            parts.append(safe_line(f"★ {self.view_name}", "bold $accent"))
        for one in self.filters():
            value = self.values.get(one.name, "")
            if value:
                text = one.choices.get(value, value)
                parts.append(
                    safe_line(f"{_(one.label)} ", "$foreground 70%") + safe_line(text, "bold")
                )
        if not parts:
            return safe_line(_("No filter"), "$foreground 70%")
        return Content("   ").join(parts)

    def want(self, **values: str) -> None:
        """Set filters; empty values take them away."""
        self.values = {name: text for name, text in {**self.values, **values}.items() if text}
        self.view_name = ""
        self.narrowed()

    @work
    async def action_filter(self) -> None:
        """Choose a filter, then what it is set to; or take all of them away."""
        known = {one.name: one for one in self.filters()}
        entries = [
            Entry(
                safe_line(f"{_(one.label)}: ", "$foreground 70%")
                + safe_line(one.choices.get(self.values.get(name, ""), _("every")), "bold"),
                name,
            )
            for name, one in known.items()
        ]
        if self.values:
            entries.append(Entry(Content(_("take all filters away")), "-"))
        chosen = await self.app.push_screen_wait(Choose(_("Filter by"), entries))
        if chosen == "-":
            self.values, self.view_name = {}, ""
            self.narrowed()
        elif chosen is not None:
            await self.choose_value(known[chosen])

    async def choose_value(self, one: Filter) -> None:
        """Choose what a filter is set to."""
        entries = [Entry(Content(_("every")), "*")]
        entries += [Entry(safe_line(text), f"={value}") for value, text in one.choices.items()]
        now = self.values.get(one.name, "")
        dialog = Choose(_(one.label), entries, f"={now}" if now else "*")
        chosen = await self.app.push_screen_wait(dialog)
        if chosen is not None:
            self.want(**{one.name: chosen[1:]})

    @work
    async def action_views(self) -> None:
        """Choose a kept view, keep this one, rename or delete one."""
        dialog = Views(self.certify, self.actor, self.KEEPS, await self._kept(), self.values)
        view = await self.app.push_screen_wait(dialog)
        if view is not None:
            self.values, self.view_name = dict(view.values), view.name
            self.narrowed()

    async def _kept(self) -> tuple[KeptView, ...]:
        try:
            return await self.certify.use(saved_views.kept, actor=self.actor, page=self.KEEPS)
        except CertifyError as error:
            await self.certify.tell(error)
            return ()
