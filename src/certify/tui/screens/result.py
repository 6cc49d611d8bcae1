"""The result: mark, verdict, topics as bars, and what comes next."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from certify.domain.attempt import AttemptState
from certify.domain.qualification import QualificationKind
from certify.i18n import N_, _, pick
from certify.services import results
from certify.services.lobby import LobbyView
from certify.services.results import ResultView
from certify.tui.bars import bar
from certify.tui.columns import fit, fit_right
from certify.tui.page import Page
from certify.tui.remedial_words import training_lines
from certify.tui.safe_text import safe_line
from certify.tui.signs import signed
from certify.tui.widgets.paper import Paper, PaperLine
from certify.tui.wrap import wrap

BAR, LEAST_BAR = 24, 5
"""Cells of a bar; it gives way to the names of the topics."""


class ResultScreen(Page):
    """What one submitted attempt gave."""

    HELP = N_(
        "The mark is cut to two decimals, never rounded up. The bars show each topic; a topic "
        "below the pass mark is worth learning again. Enter leads to the next step: remedial "
        "training, then the retake. V shows the answers once they are released."
    )
    RELOADS = False
    BINDINGS = [
        Binding("enter", "go_on", N_("Go on")),
        Binding("v", "review", N_("Review")),
        Binding("p", "practise", N_("Practice")),
    ]

    def __init__(self, attempt_id: int) -> None:
        super().__init__()
        self.attempt_id = attempt_id
        self.view: ResultView | None = None
        self.door: LobbyView | None = None
        """The exam as it can be sat again; None when there is nothing more to sit."""

    def body(self) -> ComposeResult:
        yield Paper()

    async def fetch(self) -> None:
        self.view = await self.certify.use(
            results.result, actor=self.actor, attempt_id=self.attempt_id
        )
        if not self.view.attempt.passed and self.view.attempts_left:
            self.door = self.view.door

    def heading(self) -> str:
        return pick(self.view.attempt.title) if self.view else ""

    def show(self) -> None:
        self.query_one(Paper).write(self._write)
        self.query_one(Paper).focus()
        self.refresh_bindings()

    def action_go_on(self) -> None:
        """Go to the first lesson of the remedial training, to the open retake, else back.

        Where only practice is left of the training, go to that.
        """
        from certify.tui.screens.lesson import LessonScreen
        from certify.tui.screens.lobby import LobbyScreen

        if self.view and self.view.remedial and not self.view.remedial.lessons:
            self.action_practise()
        elif self.view and self.view.remedial:
            lesson = self.view.remedial.lessons[0]
            self.app.switch_screen(LessonScreen(self.view.course, lesson))
        elif self.door and self.door.may_start:
            self.app.switch_screen(LobbyScreen(self.door.exam))
        else:
            self.action_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "practise":
            return self.view is not None and self.view.remedial is not None
        return super().check_action(action, parameters)

    def action_practise(self) -> None:
        """Practise the topics to be learned again."""
        from certify.tui.screens.practice import PracticeScreen

        if self.view and self.view.remedial:
            self.app.push_screen(PracticeScreen(self.view.course, self.view.remedial.codes))

    def action_review(self) -> None:
        """Show own answers, keys and explanations, or why they are still hidden."""
        from certify.tui.screens.review import ReviewScreen

        self.app.push_screen(ReviewScreen(self.attempt_id))

    def _write(self, width: int) -> Sequence[PaperLine]:
        view = self.view
        if view is None:
            return ()
        width = min(width, 88)
        if view.attempt.state is AttemptState.AWAITING:
            return [PaperLine(line) for line in [Content(), *self._awaiting(width)]]
        lines = [Content(), *self._verdict(view), Content(), *self._topics(view, width), Content()]
        for part in self._next(view):
            first, *rest = wrap(part, width - 4)
            lines += [first, *(Content("    ") + line for line in rest)]
        return [PaperLine(line) for line in lines]

    def _awaiting(self, width: int) -> list[Content]:
        """No mark yet: neither of the whole nor of what the machine could mark."""
        said = _("An examiner marks it; then the result is here and in your record.")
        return [signed("…", _("awaiting marking"), "bold $accent"), *wrap(Content(said), width)]

    def _verdict(self, view: ResultView) -> list[Content]:
        attempt = view.attempt
        if attempt.passed:
            verdict = Content.styled(_("✓ Passed"), "bold $success")
        elif attempt.passed is None:
            verdict = Content.styled(_("– No result: every item was voided"), "bold $accent")
        else:
            verdict = Content.styled(_("✗ Not passed"), "bold $error")
        retake = Content("  " + _("(retake)") if attempt.number > 1 else "")
        points = _("{earned} of {possible} points, pass mark {pass_mark}").format(
            earned=attempt.earned, possible=attempt.possible, pass_mark=attempt.pass_mark
        )
        lines = [
            Content.assemble(
                _("Mark"), "  ", (attempt.mark or "–", "bold $primary"), "   ", verdict, retake
            ),
            Content.styled(points, "$foreground 70%"),
        ]
        if attempt.by_deadline:
            lines.append(Content.styled(_("The time was over; submitted as it stood."), "$accent"))
        if attempt.is_ended:
            ended = _("The invigilator ended it before its time; it counts as it stood.")
            lines.append(Content.styled(ended, "$accent"))
        return lines

    def _topics(self, view: ResultView, width: int) -> list[Content]:
        names = [pick(topic.title) for topic in view.profile]
        if view.attempt.passed:  # advice only
            style, words = "$accent", _("below the pass mark")
        else:
            style, words = "$error", _("learn again")
        again = Content.styled(f"  ← {words}", style)
        longest = max([cell_len(name) for name in names], default=0)
        free = width - 9 - again.cell_length
        cells = min(BAR, max(LEAST_BAR, free - longest))
        room = min(longest, free - cells)
        lines = [Content.styled(_("By topic"), "bold")]
        for name, topic in zip(names, view.profile, strict=True):
            note = again if topic.below else Content()
            drawn = Content.styled(
                bar(topic.mark / 100, cells), style if topic.below else "$success"
            )
            mark = fit_right(topic.shown, 7)
            lines.append(fit(name, room) + "  " + drawn + mark + note)
        return lines

    def _next(self, view: ResultView) -> list[Content]:
        if view.attempt.passed:
            lines = [Content.styled(_("You now hold"), "bold")] if view.granted else []
            for granted in view.granted:
                kind = (
                    _("Level")
                    if granted.kind is QualificationKind.LEVEL
                    else _("Post qualification")
                )
                text = _("{title}: certificate {number}, valid to {day} inclusive").format(
                    title=f"{kind} {pick(granted.title)}",
                    number=granted.certificate,
                    day=granted.valid_to.isoformat(),
                )
                lines.append(safe_line(f"  ✓ {text}"))
            return lines
        if view.remedial:
            topics = _("; ").join(pick(topic) for topic in view.remedial.topics)
            text = _(
                "Next step: learn “{topics}” again by {day}; then you may retake the exam. "
                "Attempts left: {count}."
            )
            return [
                safe_line(
                    text.format(
                        topics=topics,
                        day=view.remedial.due_on.isoformat(),
                        count=view.attempts_left,
                    ),
                    "bold",
                ),
                *training_lines(view.remedial),
            ]
        left = Content(_("Attempts left: {count}.").format(count=view.attempts_left))
        if self.door and self.door.may_start:
            is_open = _("The retake is open. Press Enter to go to it.")
            return [Content.styled(is_open, "bold"), left]
        return [left]
