"""Makes `exam.svg`, the picture in the README: the real exam screen, drawn without a terminal.

`make docs` runs it. The clock, the seed and the keys pressed are fixed, so the picture changes
only when the screen, the course or the words on it change.
"""

import asyncio
import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from html import escape, unescape
from itertools import groupby
from pathlib import Path

from rich.cells import cell_len
from textual import work

from certify.clock import SetClock
from certify.domain.person import CONSOLE, Actor
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.services import course_sync, founding, learning, people, sign_in, sitting
from certify.services.sitting import Sitting
from certify.settings import Settings
from certify.tui.app import CertifyApp
from certify.tui.screens.exam import ExamScreen

PICTURE = Path(__file__).with_name("exam.svg")
SIZE = (80, 24)
COURSE, EXAM = "onboarding-service-foundations", "foundations-written"
KEYS = ("2", "right", "1", "right", "f", "3", "right", "1", "right", "2", "right", "right", "1")
CELL = 12.2
"""Width of one terminal cell in Rich's pictures."""
FONTS = "'Fira Code', 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', 'Microsoft YaHei', monospace"

TEXT = re.compile(
    r'<text (?P<start>class="[^"]*" )x="(?P<x>[\d.]+)" (?P<middle>y="[\d.]+") '
    r'textLength="[\d.]+" (?P<end>clip-path="[^"]*")>(?P<text>[^<]*)</text>'
)
WEB_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
FONT = re.compile(r"font-family: [^;]*;")


class ExamApp(CertifyApp):
    """The app with the exam as its first page."""

    def __init__(
        self, settings: Settings, platform: Platform, actor: Actor, begun: Sitting
    ) -> None:
        super().__init__(settings, platform=platform)
        self.actor = actor
        self.begun = begun

    @work
    async def open_home(self) -> None:
        """The home is open already."""
        await self.switch_screen(ExamScreen(self.begun))


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        svg = asyncio.run(draw(Path(folder)))
    PICTURE.write_text(mend(svg), encoding="utf-8")


async def draw(folder: Path) -> str:
    """The exam screen as Textual exports it, after a few answers."""
    clock = SetClock(datetime(2024, 11, 22, 2, 14, 35, tzinfo=UTC))
    settings = Settings(home=Home(folder), lang="zh", theme="light")
    platform = open_platform(settings, clock=clock, new_seed=lambda: "readme-9")
    staff_no = newcomer(platform)
    actor = sign_in.act_as(platform, staff_no=staff_no)
    for lesson in learning.course_view(platform, actor=actor, course=COURSE).lessons:
        learning.open_lesson(platform, actor=actor, course=COURSE, lesson=lesson.code)
        learning.finish_lesson(platform, actor=actor, course=COURSE, lesson=lesson.code)
    begun = sitting.start(platform, actor=actor, exam=EXAM)
    clock.advance(timedelta(minutes=4, seconds=53))
    app = ExamApp(settings, platform, actor, begun)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.5)
        for key in KEYS:
            await pilot.press(key)
            await pilot.pause(0.2)
        return app.export_screenshot(title="certify")


def newcomer(platform: Platform) -> str:
    """A company with one new member of staff; returns the staff number."""
    founding.found_organisation(
        platform,
        name="示例服务公司",
        staff_no="000001",
        person_name="周明远",
        password=None,
        is_demo=True,
    )
    course_sync.sync_courses(platform, actor=CONSOLE)
    people.add_department(platform, actor=CONSOLE, code="CS", name="客服部")
    people.add_post(platform, actor=CONSOLE, code="agent", name="客服专员")
    people.add_person(
        platform,
        actor=CONSOLE,
        staff_no="001001",
        name="王小兰",
        department="CS",
        post="agent",
        hired_on=date(2024, 11, 4),
    )
    return "001001"


def mend(svg: str) -> str:
    """Give every piece of text the width it has in a terminal, and use fonts that are there.

    Rich counts characters where it should count cells, which squeezes Chinese to half its width.
    """
    svg = FONT.sub(f"font-family: {FONTS};", WEB_FONT.sub("", svg))
    return TEXT.sub(lambda found: "".join(_runs(found)), svg)


def _runs(found: re.Match[str]) -> Iterator[str]:
    """One `<text>` for each run of characters of one width, at its own place."""
    x = float(found["x"])
    for _width, run in groupby(unescape(found["text"]), key=cell_len):
        text = "".join(run)
        length = CELL * cell_len(text)
        yield (
            f'<text {found["start"]}x="{x:g}" {found["middle"]} textLength="{length:g}" '
            f"{found['end']}>{escape(text)}</text>"
        )
        x += length


if __name__ == "__main__":
    main()
