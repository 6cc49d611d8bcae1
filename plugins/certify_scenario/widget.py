"""The widget of scenarios: what was said so far, the situation now, and what can be done."""

from collections.abc import Mapping
from typing import Any

from rich.cells import cell_len
from textual.binding import Binding
from textual.content import Content
from textual.events import Key, Paste
from textual.geometry import Region

from certify.api import N_, Run, Step, _, language, pick
from certify.tui.question_widget import QuestionWidget, safe_text, text_lines, wrap
from certify_scenario import words
from certify_scenario.line import MAX_REPLY
from certify_scenario.shown import run_of

WIDTH = 88


class ScenarioPlayer(QuestionWidget):
    """Plays a scenario; a step is final, so it is confirmed by a second Enter."""

    BINDINGS = [
        Binding("up", "move(-1)", N_("Up"), show=False),
        Binding("down", "move(1)", N_("Down"), show=False),
        Binding("1", "choose(1)", N_("Choose"), key_display="1–8"),
        Binding("enter", "confirm", N_("Confirm")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0
        self.is_asked = False
        """Whether the next Enter takes the step."""
        self._drafts: dict[tuple[int, int], str] = {}
        self._now = self._here = 0

    @property
    def run_now(self) -> Run:
        """Where the run stands."""
        return run_of(self.shown, self.answer)

    @property
    def draft(self) -> str:
        """The reply typed so far; it stays while the person looks at other items."""
        return self._drafts.get(self._place, "")

    @property
    def _place(self) -> tuple[int, int]:
        return id(self.shown), len(self.answer["steps"]) if self.answer else 0

    def put(self, shown: Mapping[str, Any], answer: Mapping[str, Any] | None) -> None:
        is_new = shown is not self.shown or answer != self.answer
        if is_new:
            self.cursor, self.is_asked = 0, False
        super().put(shown, answer)
        if is_new:
            self.call_after_refresh(self._show_now)

    def write(self, width: int) -> list[Content]:
        run, width = self.run_now, min(width, WIDTH)
        lines = [*text_lines(pick(self.shown["stem"]), width), Content()]
        lines += self._said(run, width)
        self._now = len(lines) if run.taken else 0
        lines += self._situation(run, width)
        return lines + self._ways_on(run, width, len(lines))

    def on_key(self, event: Key) -> None:
        """Digits choose; where a reply is typed, every character belongs to it."""
        if self.run_now.is_over:
            return
        if self.run_now.node.reply is not None:
            self._type(event)
        elif event.key in "2345678":
            event.stop()
            self.action_choose(int(event.key))

    def on_paste(self, event: Paste) -> None:
        """Pasted text belongs to the reply."""
        event.stop()
        if self.run_now.node.reply is not None:
            self._typed(self.draft + " ".join(event.text.split()))

    def action_move(self, step: int) -> None:
        """Move ▸ to another choice; past the last one the page scrolls."""
        count = len(self.run_now.node.choices)
        target = self.cursor + step
        self.is_asked = False
        if 0 <= target < count:
            self.cursor = target
            self._show_here()
        else:
            self.scroll_relative(y=step, animate=False)

    def action_choose(self, number: int) -> None:
        """Move ▸ to a choice and ask whether it is meant."""
        if 0 < number <= len(self.run_now.node.choices):
            self.cursor, self.is_asked = number - 1, True
            self._show_here()

    def action_confirm(self) -> None:
        """Ask whether the step is meant, then take it; at the end go on to the next item."""
        run = self.run_now
        if run.is_over:
            self.post_message(self.Done())
        elif not self.is_asked:
            self.is_asked = run.node.reply is None or bool(self.draft.strip())
            self._show_here()
        elif run.node.reply is not None:
            self._take(Step(node=run.at, text=self.draft.strip()))
        else:
            self._take(Step(node=run.at, choice=run.node.choices[self.cursor].id))

    def _take(self, step: Step) -> None:
        steps = list(self.answer["steps"]) if self.answer else []
        answer = {"steps": [*steps, step.model_dump()]}
        self.put(self.shown, answer)
        self.post_message(self.Answered(answer))

    def _type(self, event: Key) -> None:
        if event.key == "backspace":
            event.stop()
            self._typed(self.draft[:-1])
        elif event.is_printable and event.character:
            event.stop()
            event.prevent_default()
            self._typed(self.draft + event.character)

    def _typed(self, draft: str) -> None:
        self._drafts[self._place] = draft[:MAX_REPLY]
        self.is_asked = False
        self._show_here()

    def _show_now(self) -> None:
        """Bring the situation into sight, what was said before it just above."""
        self.scroll_to(y=max(0, self._now - 3), animate=False, force=True)

    def _show_here(self) -> None:
        """Write anew and bring the choice under ▸, or the end of the reply, into sight."""
        self.lay_out()
        self.scroll_to_region(Region(0, self._here, 1, 4), animate=False, force=True)

    def _said(self, run: Run, width: int) -> list[Content]:
        feedback = self.shown.get("feedback", ())
        lines: list[Content] = []
        for turn in words.turns(run, language()):
            style = "bold" if turn.is_own else "dim"
            lines += _spoken(turn, width, style)
            if turn.is_own:
                if turn.number <= len(feedback):
                    remark = pick(feedback[turn.number - 1])
                    lines += wrap(safe_text(f"✎ {remark}", "$accent"), width)
                lines.append(Content())
        return lines

    def _situation(self, run: Run, width: int) -> list[Content]:
        """The step, the clock, what lies on the desk and what is being said."""
        head = Content.styled(f"── {words.place(run)} · {words.clock(run)} ──", "bold $primary")
        lines = wrap(head, width)
        if run.node.title:
            lines.append(safe_text(pick(run.node.title), "bold"))
        for title, entries in words.desk(run, language()):
            lines.append(safe_text(f"▤ {title}", "$secondary"))
            for entry in entries or [_("(empty)")]:
                lines += [Content("  ") + one for one in wrap(safe_text(entry), width - 2)]
        now = words.Turn(pick(run.node.who), pick(run.node.text), False, 0)
        return [*lines, *_spoken(now, width, ""), Content()]

    def _ways_on(self, run: Run, width: int, above: int) -> list[Content]:
        """The choices, the reply being typed, or what the end means."""
        if run.is_over:
            limits = self.shown.get("feedback", ())[len(run.taken) :]
            lines = [line for one in limits for line in wrap(safe_text(pick(one)), width)]
            return [*lines, Content.styled(_("What you did is kept. Enter: next item."), "dim")]
        lines = []
        if run.node.reply is not None:
            lines.append(Content.styled(_("Type what you say:"), "$accent"))
            self._here = above + len(lines)
            lines += _hung("▸ ", safe_text(f"{self.draft}▏"), width) + self._asked(width)
        for number, choice in enumerate(run.node.choices):
            is_here = number == self.cursor
            lead, style = ("▸", "bold") if is_here else (" ", "")
            own = _hung(f"{lead} {number + 1} ", safe_text(pick(choice.text), style), width)
            if is_here:
                self._here = above + len(lines)
                own += self._asked(width)
            lines += own
        return lines

    def _asked(self, width: int) -> list[Content]:
        """The question whether a step is meant."""
        asked = _("Press Enter to do this; a step cannot be taken back.")
        return _hung("    ", Content.styled(asked, "bold $warning"), width) if self.is_asked else []


def _spoken(turn: words.Turn, width: int, style: str) -> list[Content]:
    text = _("{who}: {text}").format(who=turn.who, text=turn.text) if turn.who else turn.text
    return _hung("→ " if turn.is_own else "", safe_text(text, style), width)


def _hung(lead: str, text: Content, width: int) -> list[Content]:
    """Wrapped lines, the first led by a sign and the others set in below its text."""
    indent = cell_len(lead)
    lines = wrap(text, width - indent)
    return [
        Content(lead if place == 0 else " " * indent) + line for place, line in enumerate(lines)
    ]
