"""The item bank: every item with its state, and what waits for whom."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.item import ItemState
from certify.domain.permission import Action, may
from certify.domain.reviewing import Stage
from certify.errors import CertifyError
from certify.i18n import N_, _, _n, pick
from certify.services import review_bank, review_steps, review_words
from certify.services.review_bank import BankLine
from certify.tui import bank_words, files
from certify.tui.dialogs.choose import Choose
from certify.tui.dialogs.done import Done
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap

MINE, STALE = "mine", "stale"
FILTERS: dict[str, str] = {
    "": N_("all items"),
    MINE: N_("waiting for me"),
    STALE: N_("a standard changed"),
    **{str(state): words for state, words in review_words.STATES.items()},
}
"""What may be listed, by its name."""


class BankScreen(ListPage):
    """Items to choose from; Enter opens one."""

    SEARCHES = True
    HELP = N_(
        "Every item with its state: draft, reviewed, in use, retired. An item of your own "
        "courses comes into use when another trainer has answered it without seeing its key, and "
        "somebody who did not write it has approved it. F filters by state or by what waits for "
        "you, T by topic. G asks for your second keys one after the other, A approves all listed "
        "items that wait for your review, M shows what the items of the course cover. I brings "
        "along a question bank of another program, E takes the items of a course out into a "
        "file. Enter opens an item, at first without its key."
    )
    BINDINGS = [
        Binding("f", "filter", N_("Filter")),
        Binding("t", "topic", N_("Topic")),
        Binding("g", "keys", N_("Second keys")),
        Binding("a", "approve", N_("Approve all")),
        Binding("m", "coverage", N_("Coverage")),
        Binding("i", "take_over", N_("Import")),
        Binding("e", "export", N_("Export")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[BankLine] = []
        self.filter: str | None = None
        """A key of `FILTERS`; None until the first look decides."""
        self.topic = ("", "")
        """Course and code of the only topic shown."""

    async def fetch(self) -> None:
        self.lines = await self.certify.use(review_bank.bank, actor=self.actor)
        if self.filter is None:
            waits = any(one.waits_for_me is not Stage.NOTHING for one in self.lines)
            self.filter = MINE if waits else ""

    def searched(self) -> None:
        self.show()

    def heading(self) -> str:
        name = FILTERS[self.filter or ""]
        return _("Item bank · {filter}").format(filter=_(name))

    @property
    def listed(self) -> list[BankLine]:
        """The items that filter, topic and search let through."""
        return [one for one in self.lines if self._passes(one)]

    def _passes(self, one: BankLine) -> bool:
        if self.topic[1] and self.topic != (one.course, one.topic):
            return False
        if self.filter == MINE and one.waits_for_me is Stage.NOTHING:
            return False
        if self.filter == STALE and one.stale is None:
            return False
        if self.filter in list(ItemState) and one.state != self.filter:
            return False
        return review_bank.matches(one, self.wanted)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "keys":
            return any(one.waits_for_me is Stage.SECOND_KEY for one in self.listed)
        if action == "approve":
            return any(one.waits_for_me is Stage.REVIEW for one in self.listed)
        if action in ("take_over", "export"):
            return may(self.actor, Action.WRITE_ITEMS) and (action != "export" or bool(self.lines))
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        return bank_words.heads(width)

    def entries(self, width: int) -> Sequence[Entry]:
        listed = self.listed
        if not listed:
            none = _("There are no such items. F shows others.")
            if not self.lines:
                none = _("There are no items yet; they come with the courses.")
            return [Entry(one) for one in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [Entry(bank_words.line(one, width), one.code) for one in self.some(listed)]

    def detail(self, name: str) -> Content:
        return bank_words.detail(next(one for one in self.lines if one.code == name))

    def foot(self) -> Content:
        listed = self.listed
        said = [_n("{count} item", "{count} items", len(listed)).format(count=len(listed))]
        if self.topic[1]:
            said.append(self._topics().get(self.topic, self.topic[1]))
        return safe_line(" · ".join(said))

    def open(self, name: str) -> None:
        from certify.tui.screens.bank_item import BankItemScreen

        self.app.push_screen(BankItemScreen(name))

    @work
    async def action_filter(self) -> None:
        """Choose which items are listed."""
        entries = [Entry(Content(_(words)), name or "all") for name, words in FILTERS.items()]
        chosen = await self.app.push_screen_wait(
            Choose(_("Which items?"), entries, self.filter or "all")
        )
        if chosen is not None:
            self.filter = "" if chosen == "all" else chosen
            self.retell()

    @work
    async def action_topic(self) -> None:
        """Choose a topic, or all of them."""
        topics = self._topics()
        entries = [Entry(Content(_("all topics")), "all")]
        entries += [
            Entry(safe_line(title), str(place)) for place, title in enumerate(topics.values())
        ]
        chosen = await self.app.push_screen_wait(Choose(_("Which topic?"), entries))
        if chosen is not None:
            self.topic = ("", "") if chosen == "all" else list(topics)[int(chosen)]
            self.retell()

    def _topics(self) -> dict[tuple[str, str], str]:
        """The names of all topics by course and code."""
        return {
            (one.course, one.topic): f"{pick(one.topic_title)} · {pick(one.course_title)}"
            for one in self.lines
        }

    def action_keys(self) -> None:
        """Answer what waits for a second key, one item after the other."""
        from certify.tui.screens.second_key import SecondKeyScreen

        codes = [one.code for one in self.listed if one.waits_for_me is Stage.SECOND_KEY]
        self.app.push_screen(SecondKeyScreen(codes))

    def action_coverage(self) -> None:
        """What the items of the chosen one's course cover."""
        from certify.tui.screens.coverage import CoverageScreen

        self.app.push_screen(CoverageScreen(self._chosen_course()))

    def action_take_over(self) -> None:
        """Bring along a question bank, into the chosen item's course where it is an own one."""
        from certify.tui.screens.item_import import ItemImportScreen

        self.app.push_screen(ItemImportScreen(self._chosen_course()))

    @work
    async def action_export(self) -> None:
        """Write the items of a course to a file of another program."""
        from certify.tui.dialogs.item_export import ItemExportForm, done

        if await files.cannot_take(self.certify, "certify item export"):
            return
        titles = {one.course: one.course_title for one in self.lines}
        form = ItemExportForm(self.certify, self.actor, titles, self._chosen_course())
        await self.app.push_screen_wait(form)
        if form.report is not None:
            await self.app.push_screen_wait(done(form.report))

    def _chosen_course(self) -> str:
        return next((one.course for one in self.lines if one.code == self.chosen), "")

    @work(exclusive=True, group="decide")
    async def action_approve(self) -> None:
        """Approve every listed item that waits for the person's review."""
        waiting = {
            one.code: one.version_id for one in self.listed if one.waits_for_me is Stage.REVIEW
        }
        question = _n(
            "Approve {count} item? You answer for its wording, its key and what it rests on.",
            "Approve {count} items? You answer for their wording, keys and what they rest on.",
            len(waiting),
        ).format(count=len(waiting))
        entries = [
            Entry(Content(_("Not yet")), "no"),
            Entry(Content(_("Approve")), "approve"),
            Entry(Content(_("Approve and put in use")), "use"),
        ]
        chosen = await self.app.push_screen_wait(Choose(question, entries))
        if chosen not in ("approve", "use"):
            return
        try:
            outcomes = await self.certify.use(
                review_steps.approve,
                actor=self.actor,
                codes=waiting,
                use=chosen == "use",
                looked_at=waiting,
            )
        except CertifyError as error:
            await self.certify.tell(error)
            return
        done = sum(one.is_done for one in outcomes)
        head = _n("{done} of {count} item done.", "{done} of {count} items done.", len(outcomes))
        kept_back = [f"{one.code}: {one.reason} {one.mend}" for one in outcomes if not one.is_done]
        said = head.format(done=done, count=len(outcomes))
        await self.app.push_screen_wait(Done(said, kept_back[:8]))
        self.reload()
