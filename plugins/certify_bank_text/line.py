"""One line of a bank, beside the same line in half-width characters, which all rules look at."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from certify.api import Loss, clean

HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0xA0: " ",
    ord("﹒"): ".",
    ord("∶"): ":",
    ord("〔"): "[",
    ord("〕"): "]",
}
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a line that is set apart by its form, such as `bold` or `red`."""

    start: int
    end: int
    form: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line without blanks around it; `text` and `plain` are equally long."""

    place: str
    text: str
    plain: str
    spans: Sequence[Span] = ()
    losses: Sequence[Loss] = ()
    is_title: bool = False
    """Whether the file itself calls it a heading."""
    is_stem: bool = False
    """Whether the file itself says that a question begins here, as a row of a table does."""

    def forms(self, start: int, end: int) -> frozenset[str]:
        """The forms that cover all that can be seen of a part."""
        seen = [place for place in range(start, end) if not self.text[place].isspace()]
        if not seen or not self.spans:
            return frozenset()
        return frozenset(
            form
            for form in {span.form for span in self.spans}
            if all(
                any(s.form == form and s.start <= place < s.end for s in self.spans)
                for place in seen
            )
        )


def folded(text: str) -> str:
    """The text in half-width characters, as long as it was."""
    return text.translate(HALF_WIDTH)


def as_line(
    place: str,
    raw: str,
    spans: Sequence[Span] = (),
    losses: Sequence[Loss] = (),
    *,
    is_title: bool = False,
    is_stem: bool = False,
) -> Line:
    """A line of what stands in a file; characters no terminal may get become `�`."""
    kept = raw if spans else INVISIBLE.sub("", raw)
    safe = "\t".join(clean(part) for part in kept.split("\t"))
    lead = len(safe) - len(safe.lstrip())
    text = safe.strip()
    moved = [Span(span.start - lead, span.end - lead, span.form) for span in spans]
    return Line(place, text, folded(text), moved, losses, is_title, is_stem)
