"""The bundled scenarios decide as the requirements say (R-SIM-03, R-SIM-05, R-SIM-08, R-SIM-09)."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from certify.courseware.scenario_file import read_scenario
from certify.domain.scenario import Scenario
from certify.domain.scenario_run import (
    Run,
    Step,
    begin,
    counted_limits,
    earned,
    is_kept,
    possible,
    share,
    take,
)
from certify.domain.scenario_ways import best_way

COURSES = Path(__file__).parents[2] / "courses"


def scenario(name: str) -> Scenario:
    [path] = COURSES.glob(f"*/scenarios/{name}.toml")
    return Scenario.model_validate(read_scenario(path, [])).sealed()


def start_at(script: Scenario, name: str) -> Run:
    [start] = [code for code in script.starts if script.nodes[code].name == name]
    return begin(script, start)


def play(run: Run, wayward: Mapping[str, str]) -> Run:
    """Take the best choices but for those nodes named, where the choice with this text is taken.

    The best ones are those of the best way where it passes; elsewhere the one of most points.
    """
    way = best_way(run.scenario, run.start)
    assert way is not None
    best = {step.node: step for step in way}
    while not run.is_over:
        node = run.node
        if node.reply is not None:
            step = best[run.at]
        elif text := wayward.get(node.name):
            [found] = [one for one in node.choices if text in one.text["zh"]]
            step = Step(node=run.at, choice=found.id)
        elif run.at in best:
            step = best[run.at]
        else:
            most = max(node.choices, key=lambda one: one.points)
            step = Step(node=run.at, choice=most.id)
        run = take(run, step)
    return run


def by_node(run: Run) -> dict[str, int]:
    """Points by the author's name of the node."""
    return {run.scenario.nodes[taken.node].name: taken.earned for taken in run.taken}


def kept(run: Run) -> set[str]:
    limits = counted_limits(run.scenario, run.start)
    return {name for name, limit in limits.items() if is_kept(run, limit)}


@pytest.mark.parametrize(
    ("text", "late", "lost"),
    [
        ("一般（客户已经不生气了）", {"classify", "dispatch"}, {"classify", "dispatch"}),
        ("你自己判断", {"classify", "dispatch"}, {"classify", "dispatch"}),
        ("先请技术部把壶拿回来检测", {"classify", "dispatch"}, {"classify", "dispatch"}),
    ],
)
def test_a_wrong_judgement_or_post_fails_the_step_and_the_dispatch_that_rests_on_it(
    text: str, late: set[str], lost: set[str]
) -> None:
    script = scenario("kettle-complaint")
    run = play(start_at(script, "ring"), {"classify": text})

    assert {name for name, points in by_node(run).items() if points == 0} == lost
    assert {"classify", "dispatch", "solution", "follow-up", "whole"} - kept(run) == late
    assert 0 < share(run) < 1


def test_a_missing_form_fails_its_step_and_urgent_ones_go_to_the_director() -> None:
    script = scenario("kettle-complaint")

    for text in ("单子等事情完了再补", "按产品质量转技术部", "在工作群里发给"):
        run = play(start_at(script, "ring"), {"dispatch": text})
        assert by_node(run)["dispatch"] == 0
        assert "dispatch" not in kept(run)
        assert by_node(run)["solution"] == 3


def test_classifying_before_anything_is_recorded_is_the_wrong_order() -> None:
    script = scenario("kettle-complaint")
    run = play(start_at(script, "ring"), {"report": "写成邮件", "again": "记在便签上"})

    points = by_node(run)
    assert [points[name] for name in ("classify", "dispatch", "solution", "follow-up")] == [0] * 4
    assert play(start_at(script, "ring"), {"report": "写成邮件"}).facts >= {"recorded"}


def test_a_solution_next_morning_is_a_minute_late_and_a_call_on_wednesday_too() -> None:
    script = scenario("kettle-complaint")

    late = play(start_at(script, "ring"), {"solution": "内部再传阅一夜"})
    assert f"{late.events['agreed']:%d %H:%M}" == "08 09:01"
    assert "solution" not in kept(late)
    assert earned(late) == possible(script, late.start) - 1
    wednesday = play(start_at(script, "ring"), {"follow-up": "第三个工作日再回访"})
    assert f"{wednesday.now:%a}" == "Wed"
    assert kept(wednesday) == {"classify", "dispatch", "solution", "whole"}


@pytest.mark.parametrize(
    ("name", "start", "node", "text"),
    [
        ("kettle-complaint", "ring", "report", "还来骂人"),
        ("kettle-complaint", "ring", "stranger", "把张女士的电话告诉他"),
        ("return-counter", "humidifier", "sweater", "还有脸"),
        ("return-counter", "humidifier", "phone", "自己的抽屉"),
        ("washing-machine", "charged-job", "fee", "不开票"),
        ("washing-machine", "free-job", "neighbour", "念给她"),
        ("washing-machine", "free-job", "ring", "放进工具包"),
        ("six-steps", "online", "confirm", "隔壁小区的方案和价格发给他"),
    ],
)
def test_a_fatal_error_fails_whatever_was_done_before(
    name: str, start: str, node: str, text: str
) -> None:
    run = play(start_at(scenario(name), start), {node: text})

    assert run.fatal
    assert earned(run) == 0


@pytest.mark.parametrize(
    ("start", "fee", "hand_over", "wrong_fee", "wrong_hand_over"),
    [
        ("charged-job", "出示收费项目和价目表", "给客户开收据", "说明这次免费", "不开收据"),
        ("free-job", "说明这次免费", "不开收据", "出示收费项目和价目表", "给客户开收据"),
    ],
)
def test_the_fee_table_is_for_charged_work_and_the_receipt_for_what_is_taken_away(
    start: str, fee: str, hand_over: str, wrong_fee: str, wrong_hand_over: str
) -> None:
    script = scenario("washing-machine")

    right = play(start_at(script, start), {"fee": fee, "hand-over": hand_over})
    wrong = play(start_at(script, start), {"fee": wrong_fee, "hand-over": wrong_hand_over})

    assert share(right) == 1
    assert {name for name, points in by_node(wrong).items() if points == 0} == {"fee", "hand-over"}


def test_a_visit_late_by_the_companys_setting_loses_its_limit() -> None:
    script = scenario("washing-machine")

    assert kept(play(start_at(script, "free-job"), {})) == {"call-back", "arrival"}
    slow = play(start_at(script, "free-job"), {"free-job": "免费的单不急"})
    assert kept(slow) == {"arrival"}
    assert kept(play(start_at(script, "free-job"), {"delay": "掉头先去做下一单"})) == {"call-back"}


def test_a_plan_that_is_not_approved_cannot_be_confirmed_with_the_customer() -> None:
    script = scenario("six-steps")

    for text in ("先发给他开会用", "看一眼"):
        run = play(start_at(script, "online"), {"review": text})
        points = by_node(run)
        assert [points[name] for name in ("review", "confirm", "execute")] == [0, 0, 0]
        assert "confirmed" not in run.facts
    mended = play(
        start_at(script, "online"), {"review": "先发给他开会用", "confirm": "还要补一次审核"}
    )
    assert [by_node(mended)[name] for name in ("confirm", "execute")] == [1, 2]


def test_the_register_entry_of_step_1_lies_on_the_desk_of_step_2_and_is_its_input() -> None:
    script = scenario("six-steps")
    full = play(start_at(script, "online"), {})
    none = play(start_at(script, "online"), {"register": "不必再登记"})

    assert "净水器 12 台" in full.written("register")[0]["zh"]
    assert none.written("register") == []
    assert by_node(none)["study"] == 0
    study = next(node for node in script.nodes.values() if node.name == "study")
    assert study.shows == ("register",)


def test_picking_up_and_responding_are_two_checks_of_cs_001() -> None:
    script = scenario("six-steps")

    assert kept(play(start_at(script, "online"), {})) == {"pick-up", "respond"}
    assert kept(play(start_at(script, "online"), {"online": "写完最后两行"})) == set()
    assert {one.at_most.seconds for one in script.limits.values()} == {10, 30}
