"""How what is left of a remedial training is said."""

from textual.content import Content

from certify.i18n import _, _n
from certify.services.remedial import RemedialView


def training_lines(remedial: RemedialView) -> list[Content]:
    """What the next key does: a lesson while one is left, then practice."""
    lines = []
    if remedial.lessons:
        lines.append(Content(_("Press Enter to open the first lesson.")))
    if remedial.items:
        text = _n(
            "{count} practice item of these topics is still to be answered rightly.",
            "{count} practice items of these topics are still to be answered rightly.",
            remedial.items,
        )
        lines.append(Content(text.format(count=remedial.items)))
    lines.append(Content(_("Press P to practise these topics.")))
    return lines
