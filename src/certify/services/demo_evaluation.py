"""Evaluation in the ready-made company: a quarter that is closed, and a period being scored."""

import itertools
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial

from certify.domain.evaluation import ConsequenceState, PeriodKind, PeriodState, RaterType
from certify.domain.person import Actor
from certify.services import people
from certify.services.demo_company import POSTS
from certify.services.demo_stage import HR, Happening, Stage
from certify.services.demo_table import table_file
from certify.services.evaluation import (
    appeals,
    asking,
    closing,
    consequence_decisions,
    customer_import,
    measured_import,
    periods,
    rating,
)

EVALUATOR = "002007"
SETTLED_DAYS = 14
"""A quarter is over for so many days at least before the company has closed it."""
QUALITY = {
    "001009": 94,
    "001013": 95,
    "001015": 93,
    "002006": 96,
    "003004": 92,
    "001012": 77,
    "001019": 74,
    "003007": 72,
    "001020": 56,
}
"""How well somebody works, 0 to 100; everybody else is good."""
GOOD = (82, 88)
APPEALS, APPEALS_BECAUSE = "001012", "有两件投诉是我代班时处理的，却全记在我名下，请复核。"
COACHED = "001019"
UNQUALIFIED = "001020"
INDICATORS = (
    "repair-request-timely",
    "visit-completion",
    "complaint-satisfaction",
    "report-on-time",
)
"""Rates among the seven indicators."""
SECONDS = ((92, 25), (80, 55), (65, 110), (0, 280))
"""Lowest quality and the mean seconds until somebody of it answers."""
AD_HOC = "follow-up"
OCCASION = "近期投诉回访中客户不满意的偏多"
CONCERNED = ("001009", "001010", *(f"0010{number}" for number in range(11, 22)))
"""Whom the ad-hoc period is about: the customer service department but for its head."""
HALF = ("001010", *CONCERNED[3::2])
"""Who has given all their ratings in it by now."""


def everything(stage: Stage) -> Iterator[Happening]:
    """All of it, in no order."""
    code = _quarter(stage.today - timedelta(days=SETTLED_DAYS))
    quarter = _Quarter(stage, code)
    yield Happening(stage.at(12, 9, 20), quarter.open)
    yield Happening(stage.at(11, 10), quarter.bring_in)
    yield Happening(stage.at(10, 16), quarter.rate)
    yield Happening(stage.at(8, 16, 30), quarter.close)
    yield Happening(stage.at(7, 10), quarter.appeal)
    yield Happening(stage.at(6, 15), quarter.confirm)
    yield Happening(stage.at(1, 9), partial(_open_ad_hoc, stage))
    yield Happening(stage.at(1, 17), partial(_begin_ad_hoc, stage))


class _Quarter:
    """The last quarter that was over in time, of the whole company."""

    def __init__(self, stage: Stage, code: str) -> None:
        self.stage, self.platform, self.code = stage, stage.platform, code

    def open(self) -> None:
        who = self.stage.actor(EVALUATOR)
        periods.open_period(self.platform, actor=who, kind=PeriodKind.QUARTER, code=self.code)
        periods.move(self.platform, actor=who, period=self.code, to=PeriodState.SCORING)

    def bring_in(self) -> None:
        """Measured values and customers' answers; nobody brings in their own."""
        everybody = _staff(self.stage)
        for staff_no, about in ((EVALUATOR, everybody - {EVALUATOR}), (HR, {EVALUATOR})):
            who = self.stage.actor(staff_no)
            _measure(self.stage, who, self.code, sorted(about))
            _answers(self.stage, who, self.code, sorted(about & _meeting_customers(self.stage)))

    def rate(self) -> None:
        for staff_no in sorted(_staff(self.stage)):
            _rate_all(self.stage, staff_no, self.code)

    def close(self) -> None:
        who = self.stage.actor(EVALUATOR)
        periods.move(self.platform, actor=who, period=self.code, to=PeriodState.REVIEW)
        closing.close(self.platform, actor=who, period=self.code)

    def appeal(self) -> None:
        who = self.stage.actor(APPEALS)
        appeals.ask(self.platform, actor=who, period=self.code, reason=APPEALS_BECAUSE)

    def confirm(self) -> None:
        """HR confirms what the unqualified grade and one fair grade bring; the rest waits."""
        hr = self.stage.actor(HR)
        found = consequence_decisions.listed(
            self.platform, actor=hr, state=ConsequenceState.PROPOSED
        )
        for staff_no in (UNQUALIFIED, COACHED):
            ids = [one.id for one in found if one.staff_no == staff_no]
            consequence_decisions.decide(
                self.platform, actor=hr, ids=ids, confirm=True, reason="与部门负责人核对属实"
            )


def _open_ad_hoc(stage: Stage) -> None:
    who = stage.actor(EVALUATOR)
    periods.open_period(
        stage.platform,
        actor=who,
        kind=PeriodKind.AD_HOC,
        code=AD_HOC,
        scheme="four-dimensions",
        first_day=stage.today - timedelta(days=31),
        last_day=stage.today - timedelta(days=2),
        occasion=OCCASION,
        only=CONCERNED,
    )
    periods.move(stage.platform, actor=who, period=AD_HOC, to=PeriodState.SCORING)


def _begin_ad_hoc(stage: Stage) -> None:
    """Half of the staff and one supervisor have rated; a part of the customers has answered."""
    for staff_no in HALF:
        _rate_all(stage, staff_no, AD_HOC)
    _answers(stage, stage.actor(EVALUATOR), AD_HOC, CONCERNED[2:8])


def _rate_all(stage: Stage, staff_no: str, period: str) -> None:
    who = stage.actor(staff_no)
    for one in asking.asked_of(stage.platform, actor=who, period=period):
        score = _about(stage, one.staff_no) + (2 if one.rater_type is RaterType.SELF else 0)
        rating.rate(
            stage.platform,
            actor=who,
            period=period,
            staff_no=one.staff_no,
            score=str(min(score, 100)),
            rater_type=one.rater_type,
            comment="投诉处理拖延，多次未按时回访。" if score < 60 else "",
        )


def _measure(stage: Stage, who: Actor, period: str, about: Iterable[str]) -> None:
    rows = []
    for staff_no in about:
        quality = _about(stage, staff_no)
        rates = [_rate(quality) for _indicator in INDICATORS]
        rows.append((staff_no, _seconds(quality), *rates, quality, quality))
    headings = ("staff_no", "response-time", *INDICATORS, "customer-data", "other-duties")
    with table_file(headings, rows) as path:
        done = measured_import.import_measured(
            stage.platform, actor=who, period=period, path=path, apply=True
        )
    if done.rejections:
        raise ValueError(f"this cannot be imported into the demo: {done.rejections}")


def _answers(stage: Stage, who: Actor, period: str, about: Iterable[str]) -> None:
    rows = [
        (staff_no, f"{period}-{staff_no}-{place}", min(_about(stage, staff_no) + place, 100))
        for staff_no in about
        for place in range(-2, 4)
    ]
    with table_file(("staff_no", "reference", "score"), rows) as path:
        done = customer_import.import_customers(
            stage.platform, actor=who, period=period, path=path, apply=True
        )
    if done.rejections:
        raise ValueError(f"this cannot be imported into the demo: {done.rejections}")


def _quarter(day: date) -> str:
    """The last quarter that was over on a day, such as `2024-Q2`."""
    last = date(day.year, day.month - (day.month - 1) % 3, 1) - timedelta(days=1)
    return f"{last.year}-Q{(last.month + 2) // 3}"


def _staff(stage: Stage) -> set[str]:
    """Who worked here in the whole quarter."""
    everybody = people.people_list(stage.platform, actor=stage.actor(HR))
    long_ago = stage.today - timedelta(days=200)
    return {one.staff_no for one in everybody if one.hired_on < long_ago}


def _meeting_customers(stage: Stage) -> set[str]:
    meeting = {post[0] for post in POSTS if post[-1]}
    everybody = people.people_list(stage.platform, actor=stage.actor(HR))
    return {one.staff_no for one in everybody if one.post_code in meeting}


def _about(stage: Stage, staff_no: str) -> int:
    return QUALITY.get(staff_no) or stage.chance.randint(*GOOD)


def _rate(quality: int) -> str:
    """The percentage that the usual table makes this score of."""
    points = [(0, 60), (60, 80), (90, 95), (100, 100)]
    for (low, from_), (high, to) in itertools.pairwise(points):
        if quality <= high:
            return f"{from_ + (to - from_) * (quality - low) / (high - low):.2f}"
    raise ValueError(quality)


def _seconds(quality: int) -> int:
    """The response time that the seven indicators make about this score of."""
    return next(seconds for least, seconds in SECONDS if quality >= least)
