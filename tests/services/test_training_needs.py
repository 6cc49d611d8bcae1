"""The matrix of training needs: on hire and on a post change only the difference is assigned."""

from datetime import date
from pathlib import Path

import pytest

from certify.domain.person import CONSOLE
from certify.domain.training_need import TrainingNeed, layer_of, modules_for
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.platform import Platform
from certify.services import departments, learning, people, people_import, training_needs
from tests.platforms import actor, read_course
from tests.services.learning_steps import add_course, pass_course, sync
from tests.services.steps import check_books

HIRED = date(2020, 1, 1)


@pytest.fixture
def matrix(platform: Platform, tmp_path: Path) -> Platform:
    """`calls` for every post, `repair` for technicians, `lead` for management."""
    for code in ("calls", "repair", "lead"):
        values = {"kind": '"special"', "phase": "", "module": f'"{code}"'}
        add_course(platform, tmp_path, code, **values)
    sync(platform)
    departments.add_post(
        platform,
        actor=CONSOLE,
        code="technician",
        name="技术专员",
        name_en="",
        track="technical",
        layer="experienced-front-line",
        meets_customers=True,
    )
    add(platform, "", "calls")
    add(platform, "technician", "repair")
    add(platform, "", "lead", "experienced-management")
    return platform


def add(platform: Platform, post: str, module: str, layer: str = "") -> None:
    training_needs.add_need(
        platform, actor=actor(platform, "H0001"), post=post, layer=layer, module=module
    )


def missing(platform: Platform, staff_no: str, post: str | None = None) -> list[str]:
    hr = actor(platform, "H0001")
    found = training_needs.person_needs(platform, actor=hr, staff_no=staff_no, post=post)
    return [one.code for one in found.missing]


def enrolled(platform: Platform, staff_no: str) -> dict[str, date | None]:
    views = learning.course_views(platform, actor=actor(platform, staff_no))
    return {one.code: one.due_on for one in views if one.is_enrolled}


def move(platform: Platform, tmp_path: Path, staff_no: str, post: str) -> None:
    """Change somebody's post as HR does: by a file."""
    path = tmp_path / "people.csv"
    path.write_text(f"工号,岗位\n{staff_no},{post}\n", encoding="utf-8")
    hr = actor(platform, "H0001")
    report = people_import.import_people(platform, actor=hr, path=path, apply=True)
    assert (report.changed, report.applied) == (1, True), report.rejections


def test_layers_and_cells_that_are_left_empty_fit_all() -> None:
    cells = [
        TrainingNeed(module="a"),
        TrainingNeed(post="p", module="b"),
        TrainingNeed(post="p", layer="new-front-line", module="c"),
    ]
    assert modules_for(cells, post="q", layer="new-front-line") == {"a"}
    assert modules_for(cells, post="p", layer="new-front-line") == {"a", "b", "c"}
    assert modules_for(cells, post="p", layer="experienced-front-line") == {"a", "b"}
    assert layer_of("experienced-management", is_new=True) == "new-management"
    assert layer_of("new-front-line", is_new=False) == "new-front-line"
    assert layer_of("experienced-front-line", is_new=False) == "experienced-front-line"


def test_who_is_hired_gets_what_the_post_needs(matrix: Platform) -> None:
    hr = actor(matrix, "H0001")
    people.add_person(
        matrix,
        actor=hr,
        staff_no="T1",
        name="新人",
        department="CS",
        post="technician",
        hired_on=date(2024, 3, 4),
    )
    people.add_person(
        matrix, actor=hr, staff_no="T2", name="老手", department="CS", post="agent", hired_on=HIRED
    )
    due = date(2024, 4, 3)
    assert enrolled(matrix, "T1") == {"sample": due, "calls": due, "repair": due}
    assert enrolled(matrix, "T2") == {"calls": due}  # no onboarding for experienced staff
    check_books(matrix)


def test_on_a_post_change_only_the_difference_is_assigned_and_it_is_seen_before(
    matrix: Platform, tmp_path: Path
) -> None:
    learner = actor(matrix, "E1001")
    learning.open_lesson(matrix, actor=learner, course="calls", lesson="lesson-1")
    assert missing(matrix, "E1001") == []
    assert missing(matrix, "E1001", "technician") == ["repair"]
    assert list(enrolled(matrix, "E1001")) == ["calls"]  # the preview assigned nothing

    move(matrix, tmp_path, "E1001", "technician")

    assert enrolled(matrix, "E1001") == {"calls": None, "repair": date(2024, 4, 3)}
    assert missing(matrix, "E1001") == []
    move(matrix, tmp_path, "E1001", "agent")
    assert set(enrolled(matrix, "E1001")) == {"calls", "repair"}
    check_books(matrix)


def test_hr_sees_what_is_needed_read_and_passed(matrix: Platform) -> None:
    hr = actor(matrix, "H0001")
    assert training_needs.assign_needs(matrix, actor=hr, staff_no="E1001") == 1
    assert training_needs.assign_needs(matrix, actor=hr, staff_no="E1001") == 0

    def line() -> tuple[bool, bool, bool]:
        found = training_needs.person_needs(matrix, actor=hr, staff_no="E1001")
        [one] = found.courses
        assert found.layer == "new-front-line"
        return one.is_assigned, one.is_read, one.is_passed

    assert line() == (True, False, False)
    read_course(matrix, actor(matrix, "E1001"), "calls")
    assert line() == (True, True, False)
    pass_course(matrix, "E1001", "calls")
    assert line() == (True, True, True)


def test_the_matrix_takes_only_what_there_is_and_each_cell_once(matrix: Platform) -> None:
    for post, layer, module in (
        ("nobody", "", "calls"),
        ("", "somewhere", "calls"),
        ("", "", "nothing"),
    ):
        with pytest.raises(BadInput):
            add(matrix, post, module, layer)
    with pytest.raises(Refused):
        add(matrix, "", "calls")
    hr = actor(matrix, "H0001")
    cell = {"post": "technician", "layer": "", "module": "repair"}
    training_needs.remove_need(matrix, actor=hr, **cell)
    with pytest.raises(NotFound):
        training_needs.remove_need(matrix, actor=hr, **cell)
    modules = [one.module for one in training_needs.matrix(matrix, actor=hr)]
    assert modules == ["calls", "lead"]


def test_only_hr_changes_the_matrix_and_others_see_no_needs(matrix: Platform) -> None:
    for staff_no in ("E1001", "S0001"):
        with pytest.raises(NotPermitted):
            training_needs.add_need(
                matrix, actor=actor(matrix, staff_no), post="", layer="", module="repair"
            )
    with pytest.raises(NotPermitted):
        training_needs.person_needs(matrix, actor=actor(matrix, "E1002"), staff_no="E1001")
    with pytest.raises(NotPermitted):
        training_needs.assign_needs(matrix, actor=actor(matrix, "E1002"), staff_no="E1001")
    training_needs.person_needs(matrix, actor=actor(matrix, "S0001"), staff_no="E1001")
