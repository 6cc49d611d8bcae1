"""Plans: drafted, submitted, decided by HR who did not draft them, then fixed (R-TRN-01, -02)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from certify.domain.person import Role
from certify.domain.training import PlanState, TrainingMode
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import messages
from certify.services.training import forms, plan_import, plan_review, plan_views, planning
from certify.services.training.plan_views import PlanView
from certify.services.training.planning import Planned
from tests.platforms import actor
from tests.services.learning_steps import grant
from tests.services.steps import check_books
from tests.services.training_steps import TRAINER, arranged, at, go_to, trainer, twelve

SKILLS = Planned(kind="in-service", title="服务技能", hours=Fraction(3, 2), planned_fen=200_000)


def plan(platform: Platform, year: int = 2025, who: str = TRAINER) -> PlanView:
    return plan_views.annual_plan(platform, actor=actor(platform, who), year=year)


def drafted(platform: Platform, year: int = 2025) -> Platform:
    drafter = actor(platform, TRAINER)
    planning.draft_annual(platform, actor=drafter, year=year)
    planning.add_line(platform, actor=drafter, year=year, month=3, what=SKILLS)
    return platform


def test_a_plan_goes_to_hr_comes_back_and_is_in_force_on_new_year(platform: Platform) -> None:
    go_to(platform, "2024-12-16")
    drafted(platform)
    drafter, hr = actor(platform, TRAINER), actor(platform, "H0001")

    plan_review.submit(platform, actor=drafter, plan=2025)
    plan_review.return_plan(platform, actor=hr, plan=2025, remark="缺少新员工培训")
    assert plan(platform).review.state is PlanState.RETURNED
    (told,) = messages.unread(platform, actor=drafter)
    assert "缺少新员工培训" in messages.text(told)

    planning.add_line(platform, actor=drafter, year=2025, month=1, what=SKILLS)
    plan_review.submit(platform, actor=drafter, plan=2025)
    assert plan(platform, who="H0001").review.may_decide
    plan_review.approve(platform, actor=hr, plan=2025, remark="同意")
    found = plan(platform)
    assert (found.review.state, found.review.decided_by) == (PlanState.APPROVED, "人事")
    assert [line.month for line in found.lines] == [1, 3]
    assert found.planned_fen == 400_000

    go_to(platform, "2024-12-31", "23:59")
    assert plan(platform).review.state is PlanState.APPROVED
    go_to(platform, "2025-01-01", "00:00")
    assert plan(platform).review.state is PlanState.IN_FORCE
    check_books(platform)


def test_nothing_of_a_plan_changes_while_it_is_with_hr_or_after(platform: Platform) -> None:
    drafted(platform)
    drafter, hr = actor(platform, TRAINER), actor(platform, "H0001")
    (line,) = plan(platform).lines

    plan_review.submit(platform, actor=drafter, plan=2025)
    for approve in (False, True):
        if approve:
            plan_review.approve(platform, actor=hr, plan=2025)
        with pytest.raises(Refused):
            planning.add_line(platform, actor=drafter, year=2025, month=4, what=SKILLS)
        with pytest.raises(Refused):
            planning.change_line(
                platform, actor=hr, year=2025, line_id=line.id, month=4, what=SKILLS
            )
        with pytest.raises(Refused):
            planning.remove_line(platform, actor=hr, year=2025, line_id=line.id)
    assert plan(platform).lines == (line,)
    with pytest.raises(Refused):
        plan_review.submit(platform, actor=drafter, plan=2025)
    with pytest.raises(Refused):
        plan_review.return_plan(platform, actor=hr, plan=2025, remark="不行")


def test_who_drafted_or_submitted_a_plan_does_not_decide_about_it(platform: Platform) -> None:
    hr, drafter = actor(platform, "H0001"), actor(platform, TRAINER)
    planning.draft_annual(platform, actor=hr, year=2025)
    planning.add_line(platform, actor=hr, year=2025, month=3, what=SKILLS)
    plan_review.submit(platform, actor=drafter, plan=2025)

    with pytest.raises(NotPermitted):
        plan_review.approve(platform, actor=hr, plan=2025)
    grant(platform, TRAINER, Role.HR)
    with pytest.raises(NotPermitted):
        plan_review.approve(platform, actor=actor(platform, TRAINER), plan=2025)
    grant(platform, "E1002", Role.HR)
    plan_review.approve(platform, actor=actor(platform, "E1002"), plan=2025)
    assert plan(platform).review.decided_by == "李雷"


def test_only_who_plans_training_drafts_and_only_hr_decides(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    with pytest.raises(NotPermitted):
        planning.draft_annual(platform, actor=learner, year=2025)
    with pytest.raises(NotPermitted):
        plan_views.annual_plans(platform, actor=learner)
    drafted(platform)
    plan_review.submit(platform, actor=actor(platform, TRAINER), plan=2025)
    with pytest.raises(NotPermitted):
        plan_review.approve(platform, actor=actor(platform, TRAINER), plan=2025)


def test_a_plan_of_a_year_is_drafted_once_and_not_for_any_year(platform: Platform) -> None:
    drafter = actor(platform, TRAINER)
    for year in (2023, 2026):
        with pytest.raises(Refused):
            planning.draft_annual(platform, actor=drafter, year=year)
    planning.draft_annual(platform, actor=drafter, year=2024)
    with pytest.raises(Refused):
        planning.draft_annual(platform, actor=drafter, year=2024)
    with pytest.raises(Refused):
        plan_review.submit(platform, actor=drafter, plan=2024)
    with pytest.raises(NotFound):
        plan_review.submit(platform, actor=drafter, plan=2025)


@pytest.mark.parametrize(
    ("month", "what"),
    [
        (0, SKILLS),
        (13, SKILLS),
        (3, Planned(kind="party", title="x")),
        (3, Planned(kind="in-service", title=" ")),
        (3, Planned(kind="in-service", title="x", planned_fen=-1)),
    ],
)
def test_a_line_that_cannot_be_is_refused(
    sqlite_platform: Platform, month: int, what: Planned
) -> None:
    drafter = actor(drafted(sqlite_platform), TRAINER)
    with pytest.raises(BadInput):
        planning.add_line(sqlite_platform, actor=drafter, year=2025, month=month, what=what)
    assert len(plan(sqlite_platform).lines) == 1


def test_a_session_waits_for_the_approval_of_its_ad_hoc_plan(platform: Platform) -> None:
    trainer(platform)
    drafter, hr = actor(platform, TRAINER), actor(platform, "H0001")
    code = planning.draft_ad_hoc(
        platform,
        actor=drafter,
        occasion="投诉增多",
        first_day=date(2024, 3, 4),
        last_day=date(2024, 3, 8),
        what=Planned(kind="special", title="投诉处理", mode=TrainingMode.EXTERNAL),
    )
    times = (at("2024-03-06", "09:00"), at("2024-03-06", "11:00"))
    assert code == "A-2024-001"
    with pytest.raises(Refused):
        arranged(platform, *times, ad_hoc=code)
    plan_review.submit(platform, actor=drafter, plan=code)
    with pytest.raises(Refused):
        arranged(platform, *times, ad_hoc=code)
    plan_review.approve(platform, actor=hr, plan=code)
    with pytest.raises(Refused):  # it would have been held before the approval
        arranged(platform, at("2024-03-04", "09:00"), at("2024-03-04", "11:00"), ad_hoc=code)
    with pytest.raises(Refused):  # its days are over
        arranged(platform, at("2024-03-09"), at("2024-03-09", "11:00"), ad_hoc=code)
    assert arranged(platform, *times, ad_hoc=code, title="", kind="") == "T-2024-001"
    with pytest.raises(Refused):
        planning.change_ad_hoc(
            platform,
            actor=drafter,
            code=code,
            occasion="别的",
            first_day=date(2024, 3, 4),
            last_day=date(2024, 12, 31),
            what=SKILLS,
        )
    sheet = forms.ad_hoc_plan(platform, actor=hr, code=code)
    assert "投诉增多" in next(iter(sheet.rows))


def test_in_service_training_without_a_plan_is_refused(platform: Platform) -> None:
    trainer(platform)
    with pytest.raises(Refused):
        arranged(platform, at("2024-03-06"), at("2024-03-06", "11:00"), kind="in-service")
    lines = twelve(platform)
    with pytest.raises(Refused):  # another year
        arranged(platform, at("2025-01-06"), at("2025-01-06", "11:00"), line=lines[0])


def written(folder: Path, *rows: str) -> Path:
    path = folder / "plan.csv"
    path.write_text("\n".join(rows), encoding="utf-8-sig")
    return path


def test_lines_come_from_a_table_all_or_none_and_twice_changes_nothing(
    platform: Platform, tmp_path: Path
) -> None:
    drafted(platform)
    drafter = actor(platform, TRAINER)
    path = written(
        tmp_path,
        "Month,Kind,Title,Mode,Hours,Planned cost",
        '1,onboarding,岗前培训,internal,4,"2,000.00"',
        "2,in-service,话术,online,1.5,0",
    )

    dry = plan_import.import_lines(platform, actor=drafter, year=2025, path=path, apply=False)
    assert (dry.found, dry.added, dry.applied) == (2, 2, False)
    assert len(plan(platform).lines) == 1
    done = plan_import.import_lines(platform, actor=drafter, year=2025, path=path, apply=True)
    assert (done.added, done.unchanged, done.applied) == (2, 0, True)
    again = plan_import.import_lines(platform, actor=drafter, year=2025, path=path, apply=True)
    assert (again.added, again.unchanged) == (0, 2)
    assert plan(platform).planned_fen == 400_000
    assert plan(platform).lines[1].hours == Fraction(3, 2)


def test_one_bad_row_keeps_the_whole_table_out_and_is_named(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    drafted(sqlite_platform)
    path = written(
        tmp_path,
        "Month,Kind,Title,Planned cost",
        "1,onboarding,岗前培训,2000",
        "13,onboarding,岗前培训,2000",
        "2,party,聚会,2000",
        "3,in-service,话术,about 2000",
    )
    drafter = actor(sqlite_platform, TRAINER)

    found = plan_import.import_lines(
        sqlite_platform, actor=drafter, year=2025, path=path, apply=True
    )
    assert not found.applied
    assert [one.row for one in found.rejections] == [3, 4, 5]
    assert found.found == found.added + found.unchanged + len(found.rejections)
    assert len(plan(sqlite_platform).lines) == 1
    with pytest.raises(BadInput):
        plan_import.import_lines(
            sqlite_platform,
            actor=drafter,
            year=2025,
            path=written(tmp_path, "no,headings", "1,2"),
            apply=True,
        )


def test_what_the_form_of_a_plan_says_is_read_back_unchanged(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    drafted(sqlite_platform)
    drafter = actor(sqlite_platform, TRAINER)
    sheet = forms.annual_plan(sqlite_platform, actor=drafter, year=2025)
    assert sheet.title == _("Annual in-service training plan")
    rows = [[column.heading for column in sheet.columns], *sheet.rows]
    path = written(tmp_path, *("\t".join(row) for row in rows))

    found = plan_import.import_lines(
        sqlite_platform, actor=drafter, year=2025, path=path, apply=True
    )
    assert (found.added, found.unchanged, found.rejections) == (0, 1, ())


def test_of_two_reviewers_at_once_one_decides(platform: Platform) -> None:
    drafted(platform)
    plan_review.submit(platform, actor=actor(platform, TRAINER), plan=2025)
    grant(platform, "E1002", Role.HR)

    def decide(staff_no: str) -> bool:
        who = actor(platform, staff_no)
        try:
            if staff_no == "H0001":
                plan_review.approve(platform, actor=who, plan=2025)
            else:
                plan_review.return_plan(platform, actor=who, plan=2025, remark="不行")
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(decide, ("H0001", "E1002")))
    assert sorted(done) == [False, True]
    wanted = PlanState.APPROVED if done[0] else PlanState.RETURNED
    assert plan(platform).review.state is wanted
    check_books(platform)
