"""Whom the person at the screen is to rate, and how far that is."""

from collections.abc import Sequence

from textual.content import Content

from certify.i18n import N_, _, pick
from certify.services.evaluation import asking, words
from certify.services.evaluation.asking import Ask
from certify.tui import evaluation_words
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.signs import signed
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class RatingsScreen(ListPage):
    """Everybody I am to rate now; Enter rates from the one under ▸ on."""

    HELP = N_(
        "Everybody whom you are to rate in the periods that are being scored. Enter opens one "
        "page for each: type 0 to 100, Enter saves it and goes on to the next person. What is "
        "saved is kept at once; you may change it until scoring ends. Nobody you rate ever sees "
        "what you gave."
    )

    def __init__(self) -> None:
        super().__init__()
        self.asks: list[Ask] = []

    async def fetch(self) -> None:
        self.asks = await self.certify.use(asking.asked_of, actor=self.actor)

    def heading(self) -> str:
        return _("My ratings")

    def columns(self, width: int) -> Content:
        heads = [_("Staff no."), _("Name"), _("Post"), _("Period"), _("I rate as")]
        return _row(heads, Content(_("State")), width)

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.asks:
            none = _("You have nobody to rate now. A period that is being scored brings people.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [
            Entry(
                _row(
                    [
                        one.staff_no,
                        one.name,
                        pick(one.post),
                        one.period,
                        words.rater_word(one.rater_type),
                    ],
                    _state(one),
                    width,
                ),
                name_of(one),
            )
            for one in self.some(self.asks)
        ]

    def detail(self, name: str) -> Content:
        one = next(one for one in self.asks if name_of(one) == name)
        lines = [safe_line(f"{one.name} {one.staff_no} · {pick(one.department)}", "bold")]
        if not one.counts:
            lines.append(Content(_("Another supervisor's score counts; you add a comment.")))
        if one.comment:
            lines.append(safe_text(one.comment))
        return Content("\n").join(lines)

    def foot(self) -> Content:
        if not self.asks:
            return Content()
        given = sum(is_given(one) for one in self.asks)
        text = _("{given} of {asked} rated · Enter rates")
        return Content(text.format(given=given, asked=len(self.asks)))

    def open(self, name: str) -> None:
        from certify.tui.screens.rating import RatingScreen

        place = next(n for n, one in enumerate(self.asks) if name_of(one) == name)
        self.app.push_screen(RatingScreen(self.asks, place))


def name_of(one: Ask) -> str:
    """Tells one thing to rate from another."""
    return f"{one.period}:{one.rater_type}:{one.staff_no}"


def is_given(one: Ask) -> bool:
    """Whether what is asked for was given: a score, or only a comment."""
    return one.score is not None if one.counts else bool(one.comment)


def _state(one: Ask) -> Content:
    if not is_given(one):
        return signed("○", _("to rate") if one.counts else _("to comment"), "$accent")
    if not one.counts:
        return signed("✓", _("commented"), "$success")
    text = _("rated {score}").format(score=evaluation_words.score(one.score))
    return signed("✓", text, "$success")


def _row(texts: Sequence[str], state: Content, width: int) -> Content:
    rooms = widths(width, [9, 0, 0, 8, 17, 13], [5, 6], gap=1)
    cells = [fit(text, room) for text, room in zip(texts, rooms, strict=False)]
    return row([*cells, fit_content(state, rooms[-1])], gap=1)
