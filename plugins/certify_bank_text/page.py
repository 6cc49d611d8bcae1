"""How far a bank has been read: its sections, the question that is open, and what is left over."""

import re
from collections.abc import Sequence
from typing import TypeAlias

from certify.api import Loss, NotTaken, Remark, _
from certify_bank_text import keys
from certify_bank_text.draft import Draft, Section
from certify_bank_text.key_list import KeyList
from certify_bank_text.line import Line
from certify_bank_text.shapes import PREAMBLE, Shape, letter_of, shapes_of
from certify_bank_text.turns import Turns

Found: TypeAlias = Draft | NotTaken | Remark
SHARED = re.compile(
    r"(?:[(\[]?[一二三四五六七八九十\d]+[)\]]?[、.]?\s*)?(?:(?:请)?(?:根据|阅读|依据)"
    r"(?:以下|下列|下面|上述|材料|资料|案例)"
    r"|(?:案例|材料|资料|背景|情景)[一二三四五六七八九十\d]*\s*(?:[:、.]|\Z)"
    r"|read the |case \d*\s*:)",
    re.IGNORECASE,
)
"""How a text begins that several questions share."""
LONG = 40
"""Characters of a text that may be a case."""


class Page:
    """The lines of a file, and what is known of them at one line."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.shapes = shapes_of(lines)
        self.section = Section()
        self.sections = [self.section]
        self.open_from = 0
        """The first section whose keys no list has given yet."""
        self.draft: Draft | None = None
        self.slot = ""
        """What goes on of the open question: stem, option, mine, key, explanation or fact."""
        self.is_after_blank = True
        self.key_list: KeyList | None = None
        self.turns = Turns()
        self.found: list[Found] = []
        self.unread: list[Line] = []

    @property
    def kind(self) -> str:
        """The type that the open question or its head names."""
        return (self.draft.kind if self.draft else "") or self.section.kind

    def after(self, shape: Shape) -> Shape | None:
        """The shape of the next line with text."""
        return self.shapes[shape.next] if shape.next < len(self.shapes) else None

    def letter_after(self, shape: Shape) -> str:
        """The option letter that the next line begins with."""
        following = self.after(shape)
        return letter_of(following) if following else ""

    def open_section(self, section: Section) -> None:
        """What follows belongs to another section."""
        self.flush()
        self.end()
        if self.section.drafts or self.section.kind:
            self.sections.append(section)
        else:
            self.sections[-1] = section
        self.section = section

    def start(self, draft: Draft) -> None:
        """A question begins."""
        self.flush()
        draft.is_shared = bool(self.section.shared)
        self.draft, self.slot = draft, "stem"
        self.section.drafts.append(draft)
        self.found.append(draft)

    def end(self) -> None:
        """No question is open any more."""
        self.draft, self.slot = None, ""
        self.turns.end_question()

    def keep_losses(self, line: Line) -> None:
        """What a line lost is lost to the open question."""
        for loss in line.losses:
            if self.draft is not None:
                self.draft.add(Loss(self.draft.place, loss.message, loss.is_serious))

    def is_answer_open(self) -> bool:
        """Whether a label still waits for its text, as 答案： on a line of its own does."""
        draft = self.draft
        if draft is None or self.slot not in ("key", "explanation"):
            return False
        texts = draft.keys if self.slot == "key" else draft.explanation
        return not texts[-1]

    def is_text_open(self) -> bool:
        """Whether any text may follow, even one that looks like the number of a page."""
        draft = self.draft
        is_option = draft is not None and self.slot == "option" and not draft.options[-1].text
        return is_option or self.is_answer_open()

    def is_complete(self) -> bool:
        """Whether the open question has all it needs."""
        draft = self.draft
        return draft is None or bool(draft.keys or (draft.options and self.slot != "stem"))

    def leave(self, line: Line) -> None:
        """This line belongs to no question."""
        self.unread.append(line)

    def flush(self) -> None:
        """Say which text was left out, where a person might miss it."""
        told = [line for line in self.unread if not PREAMBLE.match(line.plain)]
        self.unread = []
        if not told:
            return
        text = " ".join(line.text for line in told)
        is_long = len(text) > LONG and self.section.kind == "essay"
        if is_long or SHARED.match(told[0].plain):
            self.section.shared = told[0].place
        if re.search(r"[?？]|_{2,}|[(（]\s*[)）]", text):
            reason = _("This text has no number, no options and no key, so it is no question.")
            mend = _("If it is one, give it a number and write its key after “答案：”.")
            self.found.append(NotTaken(told[0].place, "skipped", text[:80], reason, mend))
        else:
            message = _("This text belongs to no question and was left out: “{text}”.")
            self.found.append(Remark(told[0].place, message.format(text=text[:60])))


def has_held(draft: Draft) -> bool:
    """Whether a question holds a verdict in its own stem, or before its number."""
    return bool(draft.before or keys.verdicts_in(draft.stem_text))
