"""Inspection in the ready-made company: the register, rectification notices, an anomaly form."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from certify.domain.checklist import Mark, Seen
from certify.services.demo_stage import Happening, Stage
from certify.services.inspection import anomalies, notice_steps, notices, recording

INSPECTOR, OTHER = "003009", "002010"
"""They inspect besides their own work, and each other never on the same day."""


@dataclass(frozen=True)
class Checked:
    """A check by a list of points so many days ago."""

    days: int
    inspector: str
    staff_no: str
    checklist: str
    fault: str = ""
    """Code of the point at fault; empty when all was well."""
    seen: str = ""


CHECKED = (
    Checked(61, INSPECTOR, "001012", "appearance"),
    Checked(54, OTHER, "001016", "conduct"),
    Checked(45, INSPECTOR, "002006", "discipline"),
    Checked(40, INSPECTOR, "001017", "appearance", "card", "工牌未佩戴"),
    Checked(26, OTHER, "003005", "discipline"),
    Checked(20, INSPECTOR, "001021", "discipline", "at-post", "离岗十五分钟未交接"),
    Checked(12, OTHER, "001014", "conduct"),
    Checked(6, INSPECTOR, "001016", "conduct", "language", "通话中未使用结束语"),
    Checked(3, INSPECTOR, "001018", "conduct"),
    Checked(2, OTHER, "003008", "appearance", "uniform", "上门未着工装"),
)
ANSWERED = (
    ("001010", "交接表未随班次调整更新", "离岗须在交接表签字，组长每日抽查"),
    ("001009", "10 点至 11 点排班少一人", "调整排班，高峰时段增加一个席位"),
    ("001010", "新话术未更新到提示卡", "提示卡补上结束语，班前会演练一次"),
)
"""Of the first three notices the owner, the cause and the measure: the first is closed, the second
overdue, the third done and to be verified. A fourth is new."""


def everything(stage: Stage) -> Iterator[Happening]:
    """All of it, in no order."""
    books = _Books(stage)
    for place, one in enumerate(CHECKED):
        yield Happening(stage.at(one.days, 10, 5 + place), partial(books.check, one))
    yield Happening(stage.at(20, 11), partial(books.issue, 5, "001010"))
    yield Happening(stage.at(18, 9), partial(books.answer, 0))
    yield Happening(stage.at(15, 16), partial(books.done, 0))
    yield Happening(stage.at(14, 10), books.verify)
    yield Happening(stage.at(9, 11), books.sample)
    yield Happening(stage.at(8, 9, 30), partial(books.answer, 1))
    yield Happening(stage.at(6, 11), partial(books.issue, 7, "001010"))
    yield Happening(stage.at(5, 9), partial(books.answer, 2))
    yield Happening(stage.at(3, 17), partial(books.done, 2))
    yield Happening(stage.at(2, 11), partial(books.issue, 9, "003003"))
    yield Happening(stage.at(1, 11), books.open_form)


class _Books:
    """The register and what follows from it."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.platform = stage, stage.platform
        self.numbers: dict[Checked, str] = {}
        self.issued: list[str] = []

    def check(self, one: Checked) -> None:
        self.numbers[one] = recording.record_check(
            self.platform,
            actor=self.stage.actor(one.inspector),
            checklist=one.checklist,
            seen={one.fault: Seen(Mark.FAULT, one.seen)} if one.fault else {},
            staff_no=one.staff_no,
        )

    def issue(self, place: int, owner: str) -> None:
        """Order a correction of what a check found."""
        one = CHECKED[place]
        self._issue(one.inspector, owner, one.seen, self.numbers[one])

    def answer(self, place: int) -> None:
        owner, cause, measure = ANSWERED[place]
        notice_steps.answer(
            self.platform,
            actor=self.stage.actor(owner),
            number=self.issued[place],
            cause=cause,
            measure=measure,
        )

    def done(self, place: int) -> None:
        who = self.stage.actor(ANSWERED[place][0])
        notice_steps.done(self.platform, actor=who, number=self.issued[place])

    def verify(self) -> None:
        who, number = self.stage.actor(OTHER), self.issued[0]
        said = "抽查三天，均已签字"
        notice_steps.verify(self.platform, actor=who, number=number, passed=True, text=said)
        notice_steps.close(self.platform, actor=who, number=number)

    def sample(self) -> None:
        """A rate below the target; its notice is overdue by now."""
        number = recording.record_rate(
            self.platform,
            actor=self.stage.actor(INSPECTOR),
            standard="CS-001",
            sampled=60,
            passed=57,
            department="CS",
            window="10:00-11:00",
            finding="高峰时段三通来电超过 10 秒接起",
        )
        self._issue(INSPECTOR, "001009", "高峰时段响应率低于 98%", number)

    def _issue(self, inspector: str, owner: str, problem: str, inspection: str) -> None:
        number = notices.issue(
            self.platform,
            actor=self.stage.actor(inspector),
            owner=owner,
            problem=problem,
            inspection=inspection,
        )
        self.issued.append(number)

    def open_form(self) -> None:
        """An anomaly form, which waits for the manager's instruction."""
        anomalies.open_form(
            self.platform,
            actor=self.stage.actor(INSPECTOR),
            what="同一批净水设备一周内收到四起漏水报修",
            cause="安装时密封圈漏装，随箱清单未列出该配件",
            process="已逐户上门补装并致歉，四户均已回访",
            countermeasure="随箱清单增列密封圈，上门前按清单核对",
            department="AFS",
        )
