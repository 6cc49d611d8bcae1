"""Training in the ready-made company: plans of the year, sessions held, one to come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import partial

from certify.domain.training import TrainingMode
from certify.services import outside_people
from certify.services.demo_stage import COMPLAINTS, HR, TRAINER, Happening, Stage
from certify.services.training import (
    admitting,
    agreements,
    arranging,
    assessing,
    costs,
    plan_review,
    planning,
    signing,
)
from certify.services.training.arranging import NewSession
from certify.services.training.planning import Planned

BEGINNING = 415
"""Days since the first training plan; the company had begun to use certify then."""
USUAL = (
    (2, "客户接待礼仪复训", 60_000),
    (5, "产品知识与常见问题", 80_000),
    (8, "上门服务安全规范", 120_000),
    (11, "年度服务案例汇编与讲评", 50_000),
)
"""Month, title and planned fen of the trainings that every year's plan has."""


@dataclass(frozen=True)
class Held:
    """A session of an annual plan: how many days ago it was, who came and what it cost."""

    days: int
    title: str
    marks: dict[str, int]
    planned_fen: int
    fen: int
    late: str = ""
    excused: str = ""


HELD = (
    Held(
        76,
        "投诉处理案例研讨",
        {"001011": 91, "001013": 94, "001014": 78, "001016": 86, "001019": 66},
        100_000,
        92_000,
        late="001014",
    ),
    Held(
        34,
        "沟通与情绪管理",
        {"001012": 82, "001015": 95, "001017": 88, "002006": 90, "003005": 84},
        150_000,
        163_500,
        excused="001018",
    ),
)
WELCOME = 10
"""Days since the newcomers' training, which is in no plan."""
NEWCOMERS = ("001001", "001002", "002001", "003001")
TO_COME = 6
"""Days until the training outside the company that it pays for."""
SENT = ("001009", "001013")
"""Who goes there; both signed the agreement."""
ABROAD = Planned(
    kind="in-service",
    title="投诉管理师外部研修班",
    mode=TrainingMode.EXTERNAL,
    hours=Fraction(6),
    audience="客服部骨干",
    planned_fen=480_000,
)
WISHED = Planned(
    kind="in-service",
    title="投诉回访话术专项训练",
    course=COMPLAINTS,
    hours=Fraction(2),
    audience="客服部全体客服专员",
    trainer="罗文涛",
    planned_fen=30_000,
)


def everything(stage: Stage) -> Iterator[Happening]:
    """All of it, in no order."""
    school = _School(stage)
    for year in sorted({_day(stage, days).year for days in (*(h.days for h in HELD), -TO_COME)}):
        drafted = max(date(year - 1, 12, 10), _day(stage, BEGINNING))
        ago = (stage.today - drafted).days
        yield Happening(stage.at(ago, 9), partial(school.plan, year))
        yield Happening(stage.at(ago - 2, 9), partial(school.approve, year))
    for held in HELD:
        yield Happening(stage.at(held.days + 6, 9), partial(school.arrange, held))
        yield Happening(stage.at(held.days, 13, 50), partial(school.hold, held))
    yield Happening(stage.at(WELCOME, 9), school.welcome)
    yield Happening(stage.at(4, 10), school.send)
    yield Happening(stage.at(2, 9, 40), school.wish)


class _School:
    """What the trainer does, and HR."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.platform = stage, stage.platform
        self.lines: dict[str, int] = {}
        self.codes: dict[str, str] = {}
        """Of lines and sessions by title."""

    def plan(self, year: int) -> None:
        who = self.stage.actor(TRAINER)
        planning.draft_annual(self.platform, actor=who, year=year)
        own = [
            (day.month, Planned("in-service", held.title, planned_fen=held.planned_fen))
            for held in HELD
            if (day := _day(self.stage, held.days)).year == year
        ]
        if (day := _day(self.stage, -TO_COME)).year == year:
            own.append((day.month, ABROAD))
        usual = [
            (month, Planned("in-service", title, planned_fen=fen)) for month, title, fen in USUAL
        ]
        for month, what in sorted([*own, *usual], key=lambda line: line[0]):
            self.lines[what.title] = planning.add_line(
                self.platform, actor=who, year=year, month=month, what=what
            )
        plan_review.submit(self.platform, actor=who, plan=year)

    def approve(self, year: int) -> None:
        hr = self.stage.actor(HR)
        plan_review.approve(self.platform, actor=hr, plan=year, remark="按季度核对费用")

    def arrange(self, held: Held) -> None:
        starts = self.stage.at(held.days, 14)
        whom = [*held.marks, *filter(None, [held.excused])]
        self.codes[held.title] = self._arranged(
            NewSession(
                starts,
                starts + timedelta(hours=2),
                line=self.lines[held.title],
                place="三楼培训室",
                trainer=TRAINER,
                funded=False,
            ),
            whom,
        )

    def hold(self, held: Held) -> None:
        """Everybody signs in and out; the trainer writes down the results and the bill."""
        code, starts = self.codes[held.title], self.stage.at(held.days, 14)
        self._attend(code, starts, starts + timedelta(hours=2), held.marks, late=held.late)
        who = self.stage.actor(TRAINER)
        if held.excused:
            admitting.excuse(
                self.platform, actor=who, code=code, who=held.excused, reason="当日外出支援"
            )
        costs.record_cost(self.platform, actor=who, code=code, fen=held.fen)
        assessing.close(self.platform, actor=who, code=code)

    def welcome(self) -> None:
        starts = self.stage.at(WELCOME, 9, 30)
        ends = starts + timedelta(hours=1)
        what = NewSession(
            starts,
            ends,
            title="新员工入职培训：公司与服务理念",
            kind="onboarding",
            place="三楼培训室",
            trainer=TRAINER,
        )
        code = self._arranged(what, NEWCOMERS)
        self._attend(code, starts, ends, dict.fromkeys(NEWCOMERS, 90))
        assessing.close(self.platform, actor=self.stage.actor(TRAINER), code=code)

    def send(self) -> None:
        """Arrange the training outside; who goes signs the agreement before."""
        who = self.stage.actor(TRAINER)
        trainer = outside_people.add(
            self.platform,
            actor=who,
            name="钱国平",
            kind="trainer",
            organisation="示例管理咨询公司",
        )
        starts = self.stage.at(-TO_COME, 9)
        what = NewSession(
            starts,
            starts + timedelta(hours=6),
            line=self.lines[ABROAD.title],
            place="市培训中心",
            trainer=f"#{trainer}",
        )
        code, _warnings = arranging.arrange(self.platform, actor=who, what=what)
        for staff_no in SENT:
            agreements.sign(
                self.platform,
                actor=who,
                code=code,
                staff_no=staff_no,
                signed_at=self.platform.clock.now(),
                terms="结业后服务满一年",
            )
        admitting.admit(self.platform, actor=who, code=code, whom=SENT)

    def wish(self) -> None:
        """An ad-hoc plan goes to HR and waits there."""
        who = self.stage.actor(TRAINER)
        code = planning.draft_ad_hoc(
            self.platform,
            actor=who,
            occasion="近期投诉回访中客户不满意的偏多",
            first_day=_day(self.stage, -12),
            last_day=_day(self.stage, -20),
            what=WISHED,
        )
        plan_review.submit(self.platform, actor=who, plan=code)

    def _arranged(self, what: NewSession, whom: list[str] | tuple[str, ...]) -> str:
        who = self.stage.actor(TRAINER)
        code, _warnings = arranging.arrange(self.platform, actor=who, what=what)
        admitting.admit(self.platform, actor=who, code=code, whom=whom)
        return code

    def _attend(
        self, code: str, starts: datetime, ends: datetime, marks: dict[str, int], late: str = ""
    ) -> None:
        who, clock = self.stage.actor(TRAINER), self.stage.clock
        clock.set(max(ends, clock.now()))
        for staff_no, mark in marks.items():
            begun = starts + timedelta(minutes=20 if staff_no == late else -3)
            signing.sign_in(self.platform, actor=who, code=code, who=staff_no, at=begun)
            signing.sign_out(self.platform, actor=who, code=code, who=staff_no, at=ends)
            assessing.assess(self.platform, actor=who, code=code, who=staff_no, mark=Fraction(mark))


def _day(stage: Stage, days: int) -> date:
    return stage.today - timedelta(days=days)
