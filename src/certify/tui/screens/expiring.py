"""What ends soon: counted, drawn by week or month, and dealt with for many at once."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from certify.domain.bulk import NEED_A_REASON, Deed
from certify.domain.permission import Action, may
from certify.i18n import N_, _, _n, pick
from certify.services import listing, reminders
from certify.services.forms.form import Wanted
from certify.services.reminders import ExpiringView
from certify.tui import person_words, qualification_words
from certify.tui.bulk_words import DEEDS
from certify.tui.charts import Bar, bars
from certify.tui.columns import fit, fit_right, row, widths
from certify.tui.dialogs.choose import Choose
from certify.tui.dialogs.form import Form
from certify.tui.exports import Exports
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.line import Line
from certify.tui.widgets.rows import Entry, Rows
from certify.tui.wrap import wrap

WEEKS = 35
"""Up to so many days ahead the chart has a bar a week, further on a bar a month."""
MOST_BARS = 5


class ExpiringScreen(Exports, ListPage):
    """The active qualifications that end soon and are not renewed, the next to end first."""

    HELP = N_(
        "Levels and post qualifications that end soon and are not renewed. D looks less or more "
        "far ahead. Space ticks the line under ▸, A all of them or none. B does one thing for all "
        "that are ticked, or for the line under ▸: remind, register for the exam, renew, extend "
        "or suspend. First you see what will happen to whom, and who is refused and why; nothing "
        "is done before you say so. Enter opens the person, E writes the list to a file."
    )
    SEARCHES = False
    IS_BESIDE = False
    BINDINGS = [
        Binding("space", "mark", N_("Tick")),
        Binding("a", "mark_all", N_("All/none")),
        Binding("b", "deed", N_("Do for the ticked")),
        Binding("d", "days", N_("Look ahead")),
        Binding("e", "export", N_("Export")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.today = date.min
        self.every: list[ExpiringView] = []
        self.days = 0
        """How far ahead the list looks; 0 until the policy was asked."""
        self.marked: set[str] = set()
        """Numbers of certificates."""

    def top(self) -> ComposeResult:
        yield Line(id="counts")
        for number in range(MOST_BARS):
            yield Line(id=f"bar{number}")

    async def fetch(self) -> None:
        self.today = await self.certify.use(listing.today)
        self.every = await self.certify.use(reminders.expiring, actor=self.actor)
        self.days = self.days or self._ahead[0]
        self.marked &= {one.certificate for one in self.every}

    def heading(self) -> str:
        return _("Expiring")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("mark", "mark_all", "deed"):
            return bool(self.found) and may(self.actor, Action.MANAGE_QUALIFICATIONS)
        if action == "days":
            return len(self._ahead) > 1
        return super().check_action(action, parameters)

    @property
    def found(self) -> list[ExpiringView]:
        """What the list shows."""
        return [one for one in self.every if one.days_left <= self.days]

    def show(self) -> None:
        counts = [
            safe_line(
                _("{days} days: {count}").format(
                    days=days, count=sum(one.days_left <= days for one in self.every)
                ),
                "bold underline" if days == self.days else "$foreground 70%",
            )
            for days in self._ahead
        ]
        self.query_one("#counts", Line).put(Content(" ") + Content("   ").join(counts))
        chart = bars(_bars(self.found, self.today, self.days), min(self.app.size.width - 2, 72))
        for number in range(MOST_BARS):
            line = self.query_one(f"#bar{number}", Line)
            line.display = number < len(chart)
            line.put(Content(" ") + chart[number] if number < len(chart) else Content())
        super().show()

    def columns(self, width: int) -> Content:
        heads = ["", _("Staff no."), _("Name"), _("Department"), _("Qualification")]
        return _row([*heads, _("Last day"), _("Days left"), _("Reminded")], width)

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.found:
            none = _("Nothing ends within {days} days. D looks further ahead, if the policy does.")
            return [Entry(line) for line in wrap(Content(none.format(days=self.days)), width)]
        return [Entry(self._line(one, width), one.certificate) for one in self.some(self.found)]

    def detail(self, name: str) -> Content:
        one = next(one for one in self.every if one.certificate == name)
        head = f"{one.name} {one.staff_no} · {pick(one.department)} · {pick(one.post)}"
        left = qualification_words.days_left(one.days_left)
        told = _("No reminder was sent yet.")
        if one.reminded_on is not None:
            told = _("Reminded on {day}, read.") if one.is_read else _("Reminded on {day}, unread.")
            told = told.format(day=one.reminded_on.isoformat())
        lines = [
            safe_line(head, "bold"),
            safe_line(f"{pick(one.title)} · {one.certificate} · {left}"),
            safe_line(told),
        ]
        return Content("\n").join(lines)

    def foot(self) -> Content:
        count = len(self.found)
        text = _n("{count} qualification", "{count} qualifications", count).format(count=count)
        marked = sum(one.certificate in self.marked for one in self.found)
        return Content(f"{text} · " + _("{count} ticked").format(count=marked))

    def open(self, name: str) -> None:
        from certify.tui.screens.person_card import PersonCardScreen

        one = next(one for one in self.every if one.certificate == name)
        self.app.push_screen(PersonCardScreen(one.staff_no))

    def forms(self) -> Sequence[tuple[str, Wanted]]:
        return [("expiring", Wanted(days=self.days))] if self.days else ()

    def action_mark(self) -> None:
        """Mark the line under ▸, or take its mark away, and go to the next one."""
        if self.chosen:
            self.marked ^= {self.chosen}
            self.show()
            self.query_one(Rows).action_cursor_down()

    def action_mark_all(self) -> None:
        """Mark everything that is shown; nothing when all of it is marked."""
        shown = {one.certificate for one in self.found}
        self.marked = self.marked - shown if shown <= self.marked else self.marked | shown
        self.show()

    def action_days(self) -> None:
        """Look less far ahead, and from the nearest days as far as possible again."""
        places = list(self._ahead)
        self.days = places[(places.index(self.days) + 1) % len(places)]
        self.show()

    @work
    async def action_deed(self) -> None:
        """Choose what to do for the marked, and show what it would come to."""
        from certify.tui.screens.bulk import BulkScreen

        which = [one.certificate for one in self.found if one.certificate in self.marked]
        which = which or [self.chosen]
        question = _n(
            "What is to be done for {count}?", "What is to be done for {count}?", len(which)
        )
        entries = [Entry(Content(_(words)), deed.value) for deed, words in DEEDS.items()]
        chosen = await self.app.push_screen_wait(Choose(question.format(count=len(which)), entries))
        if chosen is None:
            return
        deed, reason = Deed(chosen), ""
        if deed in NEED_A_REASON:

            async def take(values: dict[str, str]) -> str:
                return values["reason"]

            about = N_("The reason is kept with the decision. Nothing is done yet.")
            form = Form(DEEDS[deed], [Ask("reason", N_("Reason"), check=required)], take, about)
            given = await self.app.push_screen_wait(form)
            if given is None:
                return
            reason = given
        self.app.push_screen(BulkScreen(deed, which, reason))

    @property
    def _ahead(self) -> Sequence[int]:
        return self.certify.platform.policy.qualification.ahead_days

    def _line(self, one: ExpiringView, width: int) -> Content:
        told = ""
        if one.reminded_on is not None:
            told = f"{one.reminded_on:%m-%d} {'✓' if one.is_read else '…'}"
        texts = [
            "✓" if one.certificate in self.marked else "",
            one.staff_no,
            one.name,
            pick(one.department),
            pick(one.title),
            one.valid_to.isoformat(),
            str(one.days_left),
            told,
        ]
        return _row(texts, width)


def _bars(found: Sequence[ExpiringView], today: date, days: int) -> list[Bar]:
    """How many end week by week, or month by month; the last bar holds what comes later."""
    if days <= WEEKS:
        first = today - timedelta(days=today.weekday())
        label = [f"{first + timedelta(weeks=week):%m-%d}" for week in range(days // 7 + 2)]
        counts = Counter((one.valid_to - first).days // 7 for one in found)
    else:
        begins = today.year * 12 + today.month - 1
        label = [
            f"{month // 12}-{month % 12 + 1:02}" for month in range(begins, begins + days // 28 + 2)
        ]
        counts = Counter(one.valid_to.year * 12 + one.valid_to.month - 1 - begins for one in found)
    last = max(counts, default=-1)
    drawn = [Bar(label[place], counts[place]) for place in range(min(last + 1, MOST_BARS))]
    if last >= MOST_BARS:
        later = sum(count for place, count in counts.items() if place >= MOST_BARS - 1)
        drawn[-1] = Bar(_("later"), later)
    return drawn


def _row(texts: Sequence[str], width: int) -> Content:
    fixed = [1, person_words.number_width(), 0, 0, 0, 10, 9, 8]
    shared = widths(width, fixed, [4, 5, 6], gap=1)
    return row(
        [
            fit_right(text, cells) if place == 6 else fit(text, cells)
            for place, (text, cells) in enumerate(zip(texts, shared, strict=True))
        ],
        gap=1,
    )
