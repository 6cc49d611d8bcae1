"""Development plans: own ones, those of a supervisor's reports, and everybody's for HR."""

from datetime import date

import pytest

from certify.domain.development import EntryKind
from certify.errors import BadInput, NotFound, NotPermitted
from certify.platform import Platform
from certify.services import development
from tests.platforms import actor
from tests.services.steps import check_books


def add(platform: Platform, who: str, title: str, kind: EntryKind = EntryKind.STEP) -> int:
    return development.add_entry(
        platform, actor=actor(platform, who), staff_no="E1001", kind=kind, title=title
    )


def test_the_person_the_supervisor_and_hr_write_one_plan_together(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    assert development.plan(platform, actor=learner).target_level == ""
    development.aim(platform, actor=learner, staff_no="E1001", level="L1", by_day=date(2025, 1, 1))
    first = add(platform, "E1001", "每周一次模拟演练")
    add(platform, "S0001", "服务技能竞赛", EntryKind.COMPETITION)
    add(platform, "H0001", "客户服务管理师", EntryKind.OUTSIDE_CERTIFICATE)
    development.set_done(platform, actor=actor(platform, "S0001"), staff_no="E1001", entry=first)

    view = development.plan(platform, actor=actor(platform, "H0001"), staff_no="E1001")

    assert (view.target_level, view.by_day) == ("L1", date(2025, 1, 1))
    assert [(one.kind, one.done) for one in view.entries] == [
        (EntryKind.STEP, True),
        (EntryKind.COMPETITION, False),
        (EntryKind.OUTSIDE_CERTIFICATE, False),
    ]
    assert view.target_title["en"]
    development.set_done(platform, actor=learner, staff_no="E1001", entry=first, done=False)
    assert not any(one.done for one in development.plan(platform, actor=learner).entries)
    check_books(platform)


def test_nobody_else_reads_or_writes_it(platform: Platform) -> None:
    entry = add(platform, "E1001", "x")
    stranger = actor(platform, "E1002")
    with pytest.raises(NotPermitted):
        development.plan(platform, actor=stranger, staff_no="E1001")
    with pytest.raises(NotPermitted):
        add(platform, "E1002", "x")
    with pytest.raises(NotPermitted):
        development.aim(platform, actor=stranger, staff_no="E1001", level="L1")
    with pytest.raises(NotFound):
        development.set_done(platform, actor=stranger, staff_no="E1002", entry=entry)


def test_the_target_is_a_level_of_the_ladder_and_an_entry_has_a_title(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    with pytest.raises(BadInput) as wrong:
        development.aim(platform, actor=learner, staff_no="E1001", level="L9")
    assert "L1" in wrong.value.mend
    for title in ("", "x" * 201):
        with pytest.raises(BadInput):
            add(platform, "E1001", title)
    with pytest.raises(NotFound):
        development.set_done(platform, actor=learner, staff_no="E1001", entry=2**80)
