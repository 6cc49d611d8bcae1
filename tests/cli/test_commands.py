"""Every command does what it says, for people and for programs."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Run
from tests.tampering import free

LISTS = (
    ("course", "list"),
    ("exam", "list"),
    ("person", "list"),
    ("qualification", "list"),
    ("plugin", "list"),
)


@pytest.mark.parametrize("command", LISTS, ids=" ".join)
def test_every_list_is_a_table_and_json(made_company: Path, quick: Run, command: list[str]) -> None:
    table = quick("--lang", "en", "--home", made_company, *command)
    data = quick("--lang", "en", "--home", made_company, *command, "--json")

    assert (table.returncode, data.returncode) == (0, 0), table.stderr + data.stderr
    assert len(table.stdout.splitlines()) > 3
    assert json.loads(data.stdout)
    assert "\\u" not in data.stdout


def test_columns_stand_below_each_other_with_chinese_in_them(
    made_company: Path, quick: Run
) -> None:
    from wcwidth import wcswidth

    lines = quick("--lang", "zh", "--home", made_company, "person", "list").stdout.splitlines()

    hired = [wcswidth(line[: line.index(" 20") + 1]) for line in lines[1:]]
    assert len(set(hired)) == 1


def test_people_are_found_by_part_of_their_name_or_number(made_company: Path, quick: Run) -> None:
    found = quick("--home", made_company, "person", "list", "--search", "小兰", "--json")

    assert [person["staff_no"] for person in json.loads(found.stdout)] == ["001001"]


def test_a_person_is_added_and_gets_a_start_code(company: Path, quick: Run) -> None:
    home = ("--lang", "en", "--home", company)
    added = quick(
        *(*home, "person", "add", "007001", "--name", "郭新", "--department", "CS"),
        *("--post", "agent", "--hired-on", "2026-01-05", "--supervisor", "001009"),
    )
    code = quick(*home, "person", "start-code", "007001")
    found = quick(*home, "person", "list", "--search", "007001", "--json")

    assert added.returncode == 0, added.stderr
    assert len(code.stdout.strip()) == 14
    assert json.loads(found.stdout)[0]["name"] == "郭新"


def test_an_import_is_a_trial_until_it_is_applied(
    company: Path, quick: Run, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    head = "staff_no,name,department,post,supervisor,hired_on,roles\n"
    path.write_text(head + "008001,钱一,CS,agent,001009,2026-01-05,\n", encoding="utf-8")
    home = ("--lang", "en", "--home", company)

    trial = quick(*home, "person", "import", path)
    absent = quick(*home, "person", "list", "--search", "008001")
    applied = quick(*home, "person", "import", path, "--apply")
    present = quick(*home, "person", "list", "--search", "008001")

    assert trial.returncode == applied.returncode == 0, trial.stderr + applied.stderr
    assert "1 found = 1 added + 0 changed + 0 unchanged + 0 rejected" in trial.stdout
    assert "Nobody fits" in absent.stdout
    assert "钱一" in present.stdout


def test_a_wrong_row_is_named_and_nothing_is_applied(
    company: Path, quick: Run, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    head = "staff_no,name,department,post,supervisor,hired_on,roles\n"
    rows = "008001,钱一,CS,agent,001009,2026-01-05,\n008002,钱二,NOWHERE,agent,,2026-01-05,\n"
    path.write_text(head + rows, encoding="utf-8")

    result = quick("--lang", "en", "--home", company, "person", "import", path, "--apply")
    listed = quick("--lang", "en", "--home", company, "person", "list", "--search", "00800")

    assert result.returncode == 2
    assert f"{path}:3: department" in result.stderr
    assert "NOWHERE" in result.stderr
    assert "Nobody fits" in listed.stdout


def test_a_course_is_assigned_with_a_day(company: Path, quick: Run) -> None:
    code = "in-service-complaint-handling"
    home = ("--lang", "en", "--home", company)

    done = quick(*home, "course", "assign", code, "--to", "001016", "--due", "2030-01-31")
    listed = quick(*home, "--as", "001016", "course", "list")

    assert done.returncode == 0, done.stderr
    assert "2030-01-31" in listed.stdout


def test_syncing_courses_again_changes_nothing(company: Path, quick: Run) -> None:
    result = quick("--lang", "en", "--home", company, "course", "sync")

    assert result.returncode == 0
    assert result.stdout.count(": unchanged") == 3


def test_a_level_shows_every_condition_met_or_not(made_company: Path, quick: Run) -> None:
    result = quick("--lang", "en", "--home", made_company, "qualification", "check", "001001", "L1")

    assert result.returncode == 0
    assert "○ not met  All phases of onboarding" in result.stdout
    assert "on-site practice" in result.stdout

    passed = quick("--lang", "en", "--home", made_company, "qualification", "check", "002001", "L1")
    assert "✓ met  An exam of onboarding" in passed.stdout
    assert "○ not met  All phases of onboarding" in passed.stdout


def test_the_list_of_a_day_in_the_past_shows_the_state_then(made_company: Path, quick: Run) -> None:
    home = ("--home", made_company)
    everything = json.loads(
        quick(*home, "qualification", "list", "--state", "all", "--json").stdout
    )
    expired = next(row for row in everything["rows"] if row["state"] == "expired")

    then = quick(*home, "qualification", "list", "--as-of", expired["valid_to"], "--json")

    assert expired["certificate"] in {row["certificate"] for row in json.loads(then.stdout)["rows"]}


def test_a_certificate_is_active_expired_or_unknown(made_company: Path, quick: Run) -> None:
    home = ("--lang", "en", "--home", made_company)
    listed = quick(*home, "qualification", "list", "--state", "all", "--json")
    number_of = {row["state"]: row["certificate"] for row in json.loads(listed.stdout)["rows"]}

    active = quick(*home, "certificate", "show", number_of["active"])
    expired = quick(*home, "certificate", "show", number_of["expired"].lower())
    unknown = quick(*home, "certificate", "show", "L1-2024-999999-2")

    assert f"{number_of['active']}: active" in active.stdout
    assert "Customer reception" in active.stdout
    assert f"{number_of['expired']}: expired" in expired.stdout
    assert (active.returncode, expired.returncode, unknown.returncode) == (0, 0, 1)
    assert "unknown" in unknown.stdout


def test_a_colleague_cannot_tell_a_certificate_from_an_unknown_one(
    made_company: Path, quick: Run
) -> None:
    home = ("--lang", "en", "--home", made_company)
    listed = quick(*home, "qualification", "list", "--json")
    number = json.loads(listed.stdout)["rows"][0]["certificate"]

    result = quick(*home, "--as", "001002", "certificate", "show", number, "--json")

    assert json.loads(result.stdout)["state"] == "unknown"
    assert json.loads(result.stdout)["facts"] == {}


def test_own_attempts_are_listed_and_others_stay_closed(made_company: Path, quick: Run) -> None:
    home = ("--lang", "en", "--home", made_company)
    listed = quick(*home, "--as", "001017", "attempt", "list", "--json")
    latest, failed = json.loads(listed.stdout)

    shown = quick(*home, "--as", "001017", "attempt", "show", str(failed["attempt_id"]))
    others = quick(*home, "--as", "001002", "attempt", "show", str(failed["attempt_id"]))

    assert (latest["passed"], failed["passed"]) == (True, False)
    assert "not passed" in shown.stdout
    assert "learn again" in shown.stdout
    assert others.returncode == 1
    assert failed["mark"] not in others.stdout + others.stderr


@pytest.mark.parametrize("format_name", ["csv", "json", "md"])
def test_a_list_goes_to_standard_output(made_company: Path, quick: Run, format_name: str) -> None:
    result = quick(
        *("--lang", "en", "--home", made_company, "export", "qualification-list"),
        *("--format", format_name),
    )

    assert result.returncode == 0, result.stderr
    assert "赵雅琴" in result.stdout
    assert "001013" in result.stdout
    assert "Export EXP-" in result.stderr


def test_a_csv_in_a_file_keeps_leading_zeros(company: Path, quick: Run, tmp_path: Path) -> None:
    out = tmp_path / "list.csv"

    result = quick(
        *("--home", company, "export", "people-list", "--format", "csv", "--out", out),
    )

    assert result.returncode == 0, result.stderr
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert "001001" in {row[0] for row in rows if row}


def test_excel_goes_to_the_exports_of_the_home(company: Path, quick: Run) -> None:
    result = quick("--home", company, "export", "qualification-list", "--format", "xlsx")

    assert result.returncode == 0, result.stderr
    [path] = (company / "exports").glob("qualification-list-*.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert any(cell == "001013" for row in sheet.iter_rows(values_only=True) for cell in row)


def test_the_ledger_holds_until_somebody_changes_it(company: Path, quick: Run) -> None:
    import sqlite3

    holds = quick("--lang", "en", "--home", company, "ledger", "verify")
    with sqlite3.connect(company / "certify.db") as connection:
        free(connection)
        connection.execute("UPDATE ledgerentry SET actor_id = 7 WHERE sequence = 5")
    connection.close()
    broken = quick("--lang", "en", "--home", company, "ledger", "verify")

    assert (holds.returncode, broken.returncode) == (0, 1)
    assert "The ledger holds" in holds.stdout
    assert "broken at entry 5" in broken.stderr


def test_a_ledger_whose_end_was_cut_off_is_broken(company: Path, quick: Run) -> None:
    import sqlite3

    with sqlite3.connect(company / "certify.db") as connection:
        free(connection)
        last = "SELECT max(sequence) FROM ledgerentry"
        connection.execute(f"DELETE FROM ledgerentry WHERE sequence = ({last})")
    connection.close()

    result = quick("--lang", "en", "--home", company, "ledger", "verify")

    assert result.returncode == 1
    assert "broken" in result.stderr


def test_the_database_is_checked_and_up_to_date(company: Path, quick: Run) -> None:
    checked = quick("--lang", "en", "--home", company, "db", "check")
    upgraded = quick("--lang", "en", "--home", company, "db", "upgrade")

    assert (checked.returncode, upgraded.returncode) == (0, 0)
    assert "sound" in checked.stdout
    assert "up to date" in upgraded.stdout


@pytest.mark.parametrize(
    "filter_", [("--as-of", "2020-01-01"), ("--state", "active"), ("--process", "x")], ids=" ".join
)
def test_the_people_list_refuses_filters_that_it_would_ignore(
    made_company: Path, quick: Run, filter_: tuple[str, str]
) -> None:
    result = quick(
        *("--lang", "en", "--home", made_company, "export", "people-list", "--format", "csv"),
        *filter_,
    )

    assert result.returncode == 2
    assert result.stdout == ""
    assert f"“{filter_[0].removeprefix('--')}”" in result.stderr
    assert "department, post, level, supervisor, role, status, search" in result.stderr


def test_of_a_number_too_large_for_any_attempt_the_usage_is_shown(
    made_company: Path, quick: Run
) -> None:
    large = quick("--lang", "en", "--home", made_company, "attempt", "show", str(2**63))
    unknown = quick("--lang", "en", "--home", made_company, "attempt", "show", str(2**63 - 1))

    assert (large.returncode, unknown.returncode) == (2, 1)
    assert "Traceback" not in large.stderr + unknown.stderr
