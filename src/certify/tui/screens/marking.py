"""The marking queue: essays and practicals that wait for the examiner at the screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.errors import CertifyError
from certify.i18n import N_, _, _n, pick
from certify.services import marking, marking_agreement, marking_words, practical
from certify.services.marking import Queue, Waiting
from certify.services.marking_agreement import AgreementView
from certify.tui.columns import fit, fit_right, row, widths
from certify.tui.dialogs.choose import Choose
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.screens.mark_answer import MarkAnswerScreen
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.rows import Entry

CODE, ROUND, DAY = 9, 8, 10


class MarkingScreen(ListPage):
    """Every answer that the examiner may mark; Enter opens one."""

    HELP = N_(
        "Essays come here when their exam was handed in, practical tasks when P opened a "
        "practical exam for somebody. An essay has a code instead of a name, so that nobody is "
        "marked for who they are. Your own work, that of people you guide, and exams of a course "
        "you wrote are not in the list. A second examiner marks where the mark is close to the "
        "pass mark, a third one where two differ too much. Below stands how far examiners agree."
    )
    BINDINGS = [Binding("p", "practical", N_("Practical exam"))]

    def __init__(self) -> None:
        super().__init__()
        self.queue = Queue((), 0)
        self.agreed: dict[str, AgreementView] = {}

    async def fetch(self) -> None:
        self.queue = await self.certify.use(marking.queue, actor=self.actor)
        self.agreed = {
            exam: await self.certify.use(marking_agreement.agreement, actor=self.actor, exam=exam)
            for exam in {one.exam for one in self.queue.answers}
        }

    def heading(self) -> str:
        return _("Marking")

    def columns(self, width: int) -> Content:
        return _row([_("Paper"), _("Exam"), _("Task"), _("Round"), _("Since")], width)

    def entries(self, width: int) -> Sequence[Entry]:
        answers = self.queue.answers
        if not answers:
            return [
                Entry(safe_line(text))
                for text in (
                    _("Nothing waits to be marked by you."),
                    _("Essays come here when their exam was handed in;"),
                    _("practical tasks when you open a practical exam: P."),
                )
            ]
        return [
            Entry(
                _row(
                    [
                        one.code,
                        pick(one.title),
                        one.candidate or pick(one.task),
                        marking_words.number(one),
                        one.since.isoformat(),
                    ],
                    width,
                ),
                one.code,
            )
            for one in self.some(answers)
        ]

    def detail(self, name: str) -> Content:
        one = self._named(name)
        agreed = marking_agreement.agreement_text(self.agreed[one.exam])
        parts = [safe_line(pick(one.title), "bold"), safe_line(agreed, "$foreground 70%")]
        if one.candidate:
            parts.append(safe_line(one.candidate))
        return Content("\n").join([*parts, safe_text(pick(one.task))])

    def foot(self) -> Content:
        count = len(self.queue.answers)
        text = _n("{count} answer to mark", "{count} answers to mark", count).format(count=count)
        if self.queue.barred:
            text += _(" · {count} for other examiners").format(count=self.queue.barred)
        return Content(text)

    def open(self, name: str) -> None:
        self.app.push_screen(MarkAnswerScreen((name,)))

    @work
    async def action_practical(self) -> None:
        """Open a practical exam for somebody who stands before the examiner."""
        exams = await self.certify.use(practical.practical_exams, actor=self.actor)
        if not exams:
            self.notify(_("No course that is loaded has a practical exam."), markup=False)
            return
        entries = [Entry(safe_line(pick(one.title)), one.exam) for one in exams]
        exam = await self.app.push_screen_wait(Choose(_("Which practical exam?"), entries))
        if exam is None:
            return
        title = next(pick(one.title) for one in exams if one.exam == exam)

        async def check(values: dict[str, str]) -> str:
            await self.certify.use(
                practical.candidate, actor=self.actor, staff_no=values["staff_no"]
            )
            return values["staff_no"]

        asks = [Ask("staff_no", N_("Staff no."), check=required)]
        form = Form(N_("Practical exam: who is examined?"), asks, check)
        if staff_no := await self.app.push_screen_wait(form):
            await self._open_for(exam, title, staff_no)

    async def _open_for(self, exam: str, title: str, staff_no: str) -> None:
        try:
            name = await self.certify.use(practical.candidate, actor=self.actor, staff_no=staff_no)
            details = _("“{exam}” for {name}. It counts as an attempt from now on.").format(
                exam=title, name=f"{name} {staff_no}"
            )
            question = Confirm(_("Begin the practical exam?"), safe_text(details), guarded=True)
            if not await self.app.push_screen_wait(question):
                return
            codes = await self.certify.use(
                practical.open_practical, actor=self.actor, exam=exam, staff_no=staff_no
            )
        except CertifyError as error:
            await self.certify.tell(error)
            return
        self.app.push_screen(MarkAnswerScreen(codes))

    def _named(self, code: str) -> Waiting:
        return next(one for one in self.queue.answers if one.code == code)


def _row(texts: Sequence[str], width: int) -> Content:
    shared = widths(width, [CODE, 0, 0, ROUND, DAY], [3, 5], gap=1)
    return row(
        [
            fit_right(text, cells) if place == 4 else fit(text, cells)
            for place, (text, cells) in enumerate(zip(texts, shared, strict=True))
        ],
        gap=1,
    )
