"""HR's day on the command line: search, mapping, what expires, many at once, exceptions."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run

HR = "000002"


@pytest.fixture
def say(quick: Run, company: Path) -> Run:
    """Runs a command in the ready-made company; the first word is who says it."""

    def run_it(who: str, *args: str | Path) -> object:
        return quick("--home", company, "--lang", "en", "--as", who, *args)

    return run_it  # type: ignore[return-value]


def test_a_person_is_found_by_pinyin(say: Run) -> None:
    everybody = json.loads(say(HR, "person", "list", "--json").stdout)
    found = json.loads(say(HR, "person", "list", "--search", "zln", "--json").stdout)

    assert [one["name"] for one in found] == ["张丽娜"]
    assert len(everybody) > 30


def test_a_file_with_other_headings_is_mapped_once(say: Run, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "编码,姓名,部门,岗位,入职日期,备注\n990001,欧阳娜娜,客服部,客服专员,2024-03-01,x\n"
    )

    assert say(HR, "person", "import", path).returncode == 2
    assert say(HR, "person", "import", path, "--map", "编码").returncode == 2
    assert say(HR, "person", "import", path, "--map", "编码=salary").returncode == 2

    tried = say(HR, "person", "import", path, "--map", "编码=staff_no", "--changes")
    assert tried.returncode == 0
    assert "+ 990001 欧阳娜娜" in tried.stdout
    assert "Not read: 备注" in tried.stdout

    kept = say(HR, "person", "import", path, "--apply")
    assert (kept.returncode, "1 added" in kept.stdout) == (0, True)


def test_what_ends_soon_is_listed_with_its_reminder(say: Run) -> None:
    found = json.loads(say(HR, "qualification", "expiring", "--json").stdout)
    assert found == sorted(found, key=lambda one: one["valid_to"])
    assert any(one["reminded_on"] for one in found)
    assert say(HR, "qualification", "expiring", "--days", "-1").returncode == 2


def test_many_are_tried_and_then_done_and_not_done_twice(say: Run, company: Path) -> None:
    # Those whose qualification ends soon sit in the hall of the ready-made company just now.
    with sqlite3.connect(company / "certify.db") as connection:
        connection.execute(
            "DELETE FROM cohortmember WHERE cohort_id IN (SELECT id FROM cohort WHERE place != '')"
        )
    connection.close()
    tried = say(HR, "qualification", "bulk", "register", "--days", "60")
    assert "This was a trial" in tried.stdout
    assert tried.returncode == 0

    assert say(HR, "qualification", "bulk", "register", "--days", "60", "--apply").returncode == 0
    again = say(HR, "qualification", "bulk", "register", "--days", "60", "--apply", "--json")
    assert again.returncode == 2
    assert all(one["is_refused"] for one in json.loads(again.stdout))
    assert say(HR, "qualification", "bulk", "remind").returncode == 2
    assert say(HR, "qualification", "bulk", "suspend", "--days", "60").returncode == 2


def test_exceptions_of_a_span_name_who_decided_and_why(say: Run) -> None:
    said = say(HR, "qualification", "exceptions", "--from", "2020-01-01", "--json")
    found = json.loads(said.stdout)
    assert found
    assert all(one["decided_by"].startswith(("000002 ", "000003 ")) for one in found)
    assert all(one["reason"] for one in found)
    none = say(HR, "qualification", "exceptions", "--from", "2020-01-01", "--to", "2020-01-31")
    assert "No exception was made in these days." in none.stdout
