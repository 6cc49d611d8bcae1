"""What the onboarding courses cover of what they must, and by which lesson; their methods."""

from collections.abc import Sequence

from textual.content import Content

from certify.domain.must_cover import GROUP_NAMES, GROUPS
from certify.i18n import N_, _, _n, pick
from certify.services import course_coverage
from certify.services.course_coverage import ContentCoverage, CoverageView, MethodCoverage
from certify.services.course_words import METHODS
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.signs import signed
from certify.tui.widgets.rows import Entry


class OnboardingCoverageScreen(ListPage):
    """Fourteen contents by part, then the methods of each onboarding course."""

    HELP = N_(
        "What newcomers must be taught, in three parts, and which lessons say that they hold it "
        "(covers in the head of a lesson). Below, how many lessons of each method an onboarding "
        "course has: at least one lecture, one case study and one simulation."
    )

    def __init__(self) -> None:
        super().__init__()
        self.view: CoverageView | None = None

    async def fetch(self) -> None:
        self.view = await self.certify.use(course_coverage.coverage, actor=self.actor)

    def heading(self) -> str:
        return _("What onboarding covers")

    def entries(self, width: int) -> Sequence[Entry]:
        if self.view is None:
            return []
        entries: list[Entry] = []
        for group in GROUPS:
            entries += [Entry(Content())] if entries else []
            entries.append(Entry(Content.styled(_(GROUP_NAMES[group]), "bold $primary")))
            entries += [
                Entry(_content(one, width), f"content:{one.code}")
                for one in self.view.contents
                if one.group == group
            ]
        entries += [Entry(Content()), Entry(Content.styled(_("Methods"), "bold $primary"))]
        entries += [
            Entry(_methods(one, width), f"course:{one.course}") for one in self.view.courses
        ]
        if not self.view.courses:
            entries.append(Entry(Content(_("No onboarding course is loaded."))))
        return entries

    def detail(self, name: str) -> Content:
        assert self.view is not None  # noqa: S101  lines come from the view
        kind, _colon, code = name.partition(":")
        if kind == "course":
            course = next(one for one in self.view.courses if one.course == code)
            counts = [f"{_(METHODS.get(name, name))} {n}" for name, n in course.methods.items()]
            lines = [safe_line(pick(course.title), "bold"), safe_text(_(", ").join(counts))]
            return Content("\n").join(lines)
        found = next(one for one in self.view.contents if one.code == code)
        held = [f"{pick(one.course_title)} · {pick(one.title)}" for one in found.lessons]
        said = "\n".join(held) or _("No lesson says that it holds this.")
        return Content("\n").join(
            [safe_line(f"{_(found.about)} ({code})", "bold"), safe_text(said)]
        )

    def foot(self) -> Content:
        count = self.view.missing if self.view else 0
        text = _n("{count} content is missing.", "{count} contents are missing.", count)
        return Content(text.format(count=count))

    def open(self, name: str) -> None:
        assert self.view is not None  # noqa: S101  lines come from the view
        kind, _colon, code = name.partition(":")
        course = code
        if kind == "content":
            found = next(one for one in self.view.contents if one.code == code)
            if not found.lessons:
                return
            course = found.lessons[0].course
        from certify.tui.screens.course import CourseScreen

        self.app.push_screen(CourseScreen(course))


def _content(one: ContentCoverage, width: int) -> Content:
    rooms = widths(width, [0, 14], [1])
    count = len(one.lessons)
    text = _n("{count} lesson", "{count} lessons", count).format(count=count)
    state = signed("✓", text, "$success") if count else signed("!", _("missing"), "$error")
    return row([fit(_(one.about), rooms[0]), fit_content(state, rooms[1])])


def _methods(one: MethodCoverage, width: int) -> Content:
    rooms = widths(width, [0, 30], [1])
    lacks = _(", ").join(_(METHODS[name]) for name in one.missing)
    state = signed("✓", _("all three"), "$success")
    if lacks:
        state = signed("!", _("missing: {methods}").format(methods=lacks), "$error")
    return row([fit(pick(one.title), rooms[0]), fit_content(state, rooms[1])])
