"""What the ready-made company knows of its service: surveys, and the goals of the service plan."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from certify.services.demo_stage import HR, Happening, Stage
from certify.services.demo_table import table_file
from certify.services.reporting import goals, surveys

SURVEYS = ((190, 300, 246, 84, 80, 82), (98, 320, 273, 88, 84, 86), (12, 300, 221, 90, 86, 89))
"""Days since it ended, forms sent and returned; attitude, efficiency and effect."""
COLUMNS = (
    "问卷编号",
    "开始日期",
    "结束日期",
    "发出份数",
    "回收份数",
    "服务态度",
    "服务效率",
    "解决效果",
)
MEASURED = {
    "satisfaction": ("70", "76.5", "82", "84.6"),
    "response-time": ("15", "12", "9", "7.5"),
    "complaint-time": ("48", "44", "36", "31"),
}
"""By goal where its measure stood at `MEASURED_ON`."""
MEASURED_ON = (400, 270, 120, 10)


def everything(stage: Stage) -> Iterator[Happening]:
    """All of it, in no order."""
    yield Happening(stage.at(410, 10), partial(_set_goals, stage))
    for place, days in enumerate(MEASURED_ON):
        yield Happening(stage.at(days, 17), partial(_measure, stage, place))
    for survey in SURVEYS:
        yield Happening(stage.at(survey[0] - 2, 10), partial(_survey, stage, *survey))


def _set_goals(stage: Stage) -> None:
    goals.seed(stage.platform, actor=stage.actor(HR))


def _measure(stage: Stage, place: int) -> None:
    for code, values in MEASURED.items():
        goals.measure(
            stage.platform,
            actor=stage.actor(HR),
            code=code,
            value=values[place],
            day=stage.platform.today(),
        )


def _survey(stage: Stage, days: int, sent: int, returned: int, *topics: int) -> None:
    last = stage.today - timedelta(days=days)
    first = last - timedelta(days=13)
    code = f"KH-{last.year}-{last.month:02}"
    row = (code, first.isoformat(), last.isoformat(), sent, returned, *topics)
    with table_file(COLUMNS, [row]) as path:
        done = surveys.import_surveys(stage.platform, actor=stage.actor(HR), path=path, apply=True)
    if done.rejections:
        raise ValueError(f"this survey cannot be imported into the demo: {done.rejections}")
