"""How far the people of the ready-made company came: levels of old hands, a newcomer on site."""

from collections.abc import Iterator
from functools import partial

from certify.services import field_practice_log, guides
from certify.services.demo_stage import HR, PRACTISING, Happening, Stage
from certify.services.field_practice import log
from certify.services.qualifying import decisions

RECOGNISED = "引入系统时在岗，经部门负责人确认"
"""Why HR recognised somebody without an exam."""
AT_INTRODUCTION = {
    "L4": ("001008", "002003", "003002"),
    "L3": ("001009", "001010", "002004", "003003"),
    "L2": ("000004", "001011", "002005", "002009", "003004"),
}
"""Who leads, trains, guides or examines, by level."""
AGENTS = (
    *(f"0010{number}" for number in range(12, 22)),
    *("002006", "002007", "002008", "002010", "002011"),
    *("003005", "003006", "003007", "003008", "003009", "003010"),
)
"""Experienced people of the front line, recognised as L1 for 12 months."""
AGENTS_SINCE = 290
"""Days since they were; within the 180 days of initial recognition."""
SERVED_BEFORE = "001020"
"""Whose right to receive customers was recognised too."""
RECEPTION = "customer-reception"
GUIDE = "002005"
TASKS = (
    (
        "随师傅接待三位来访客户，完成登记并指引到洽谈区",
        ("接待有礼，登记完整", "先问清来意再指引"),
    ),
    ("旁听技术咨询电话六通，记录客户的真实需求", ("记录清楚", "追问客户的使用环境")),
    ("在师傅陪同下答复两位客户的参数咨询", ("回答准确", "放慢语速，说完向客户确认")),
    ("整理本周咨询问题，归类录入知识库", ("归类合理", "每类补一个例子")),
    ("独立接听咨询电话四通，师傅在旁监听", None),
    ("参加部门晨会，复述昨日两例咨询的处理经过", None),
)
"""What a newcomer did on site, and the guide's remark and what to do better where there is one."""
ON_SITE_SINCE = 5
"""Days since the first of them; half of what a sign-off needs."""


def everything(stage: Stage) -> Iterator[Happening]:
    """All of it, in no order."""
    yield Happening(stage.at(419, 9), partial(_recognise, stage))
    yield Happening(stage.at(AGENTS_SINCE, 9), partial(_recognise_agents, stage))
    yield Happening(stage.at(ON_SITE_SINCE, 8, 40), partial(_appoint, stage))
    for place, (task, remarked) in enumerate(TASKS):
        days = max(ON_SITE_SINCE - place, 1)
        yield Happening(stage.at(days, 17, 10 + place), partial(_write, stage, task))
        if remarked is not None:
            yield Happening(stage.at(days, 17, 40), partial(_remark, stage, *remarked))


def _recognise(stage: Stage) -> None:
    for level, staff_nos in AT_INTRODUCTION.items():
        for staff_no in staff_nos:
            _give(stage, staff_no, level)


def _recognise_agents(stage: Stage) -> None:
    for staff_no in AGENTS:
        _give(stage, staff_no, "L1")
    _give(stage, SERVED_BEFORE, RECEPTION)


def _give(stage: Stage, staff_no: str, what: str) -> None:
    decisions.recognise(
        stage.platform, actor=stage.actor(HR), staff_no=staff_no, what=what, reason=RECOGNISED
    )


def _appoint(stage: Stage) -> None:
    guides.appoint(stage.platform, actor=stage.actor(HR), staff_no=PRACTISING, guide_no=GUIDE)


def _write(stage: Stage, task: str) -> None:
    field_practice_log.write_entry(
        stage.platform,
        actor=stage.actor(PRACTISING),
        day=stage.platform.today(),
        task=task,
    )


def _remark(stage: Stage, remark: str, improvement: str) -> None:
    guide = stage.actor(GUIDE)
    found = log(stage.platform, actor=guide, staff_no=PRACTISING)
    for entry in found.entries:
        if not entry.is_remarked:
            field_practice_log.remark(
                stage.platform,
                actor=guide,
                entry=entry.id,
                remark=remark,
                improvement=improvement,
            )
