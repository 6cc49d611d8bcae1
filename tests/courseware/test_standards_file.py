"""What a standards file may hold, and what is refused with its line (R-CAT-03, R-CAT-05)."""

from decimal import Decimal
from pathlib import Path

import pytest

from certify.courseware.standards_file import read_standards
from certify.domain.standard import is_met
from certify.i18n import _
from tests.standard_rows import procedure, row, step


@pytest.mark.parametrize(
    ("measured", "is_enough"), [("99.99", False), ("100", True), ("100.00", True)]
)
def test_at_least_100_percent_is_legal_and_met_by_100_alone(
    tmp_path: Path, measured: str, is_enough: bool
) -> None:
    target = '{ metric = { zh = "通过率" }, operator = "≥", value = 100, unit = { zh = "%" } }'
    path = tmp_path / "standards.toml"
    path.write_text("format = 1\n" + row(target=target), encoding="utf-8")
    loaded = read_standards(path)

    assert loaded.manifest is not None
    found = loaded.manifest.standards[0].text()["target"]
    assert found["operator"] == ">="
    assert is_met(found, Decimal(measured)) is is_enough


@pytest.mark.parametrize(
    "other",
    [
        {"number_": "cs003"},
        {"category": '"other"'},
        {"target": '{ metric = {zh="率"}, operator = ">=", value = 101, unit = {zh="%"} }'},
        {"target": '{ metric = {zh="率"}, operator = ">", value = 90, unit = {zh="%"} }'},
        {"target": '{ metric = {zh="率"}, operator = ">=", value = 99.5, unit = {zh="%"} }'},
        {"target": '{ metric = {zh="率"}, operator = ">=", value = "NaN", unit = {zh="%"} }'},
        {"requirement": "{}"} | {"item": "{}", "department": '"客服部"'},
        {"remark": '"文字"'},
        {"deadline": '"x"'},
    ],
)
def test_a_row_that_is_none_is_refused_with_its_line(tmp_path: Path, other: dict[str, str]) -> None:
    path = tmp_path / "standards.toml"
    number = other.pop("number_", "CS-003")
    path.write_text("format = 1\n" + row(number, **other), encoding="utf-8")

    loaded = read_standards(path)
    assert loaded.manifest is None
    assert loaded.errors
    assert all(one.line > 1 for one in loaded.errors)


@pytest.mark.parametrize("number", ["CS-001", "QL-001", "ISO-9001-8", "Q1-7"])
def test_a_number_may_have_any_prefix_and_stands_once(tmp_path: Path, number: str) -> None:
    path = tmp_path / "standards.toml"
    path.write_text("format = 1\n" + row(number), encoding="utf-8")
    assert not read_standards(path).errors
    path.write_text("format = 1\n" + row(number) + row(number), encoding="utf-8")
    assert read_standards(path).errors


@pytest.mark.parametrize(
    "text", ["", "format = 2", "format = ", "format = 1\n[[standards]]", "\x00", "[[[["]
)
def test_no_file_makes_the_reader_fail(tmp_path: Path, text: str) -> None:
    path = tmp_path / "standards.toml"
    path.write_text(text, encoding="utf-8")
    assert read_standards(path).errors
    assert read_standards(tmp_path / "nothing.toml").errors


def test_each_step_of_a_procedure_has_exactly_one_owner(tmp_path: Path) -> None:
    path = tmp_path / "standards.toml"
    for post in ('"agent, supervisor"', '"客服和主管"', '["agent", "supervisor"]', '""', ""):
        path.write_text("format = 1\n" + procedure(step(), step(post)), encoding="utf-8")
        assert read_standards(path).errors, post
    for left_out in ("output", "limit", "title"):
        path.write_text("format = 1\n" + procedure(step(**{left_out: ""})), encoding="utf-8")
        assert read_standards(path).errors, left_out


def test_a_category_that_is_none_is_answered_with_those_there_are(tmp_path: Path) -> None:
    path = tmp_path / "standards.toml"
    path.write_text("format = 1\n" + row("CS-003", category='"结果"'), encoding="utf-8")

    (finding,) = read_standards(path).findings

    assert finding.mend == _("Possible: {values}").format(values="basic, process, result")
