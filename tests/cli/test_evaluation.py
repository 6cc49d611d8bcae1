"""An evaluation on the command line, from opening to the result, and what is refused."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.services.evaluation_steps import table

HR, OTHER_HR = "000002", "000003"
PERIOD = "typhoon"


@pytest.fixture
def say(quick: Run, company: Path) -> Run:
    """Runs a command in the ready-made company; the first word is who says it, or empty."""

    def run_it(who: str, *args: str | Path) -> object:
        acting = ["--as", who] if who else []
        return quick("--home", company, "--lang", "en", *acting, "evaluation", *args)

    return run_it  # type: ignore[return-value]


def people(say: Run, *options: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(
        say(HR, "people", PERIOD, "--json", *options).stdout
    )
    return found


def opened(say: Run) -> tuple[str, str]:
    """An ad-hoc period being scored; a person in it whom customers rate, and the supervisor."""
    done = say(
        HR,
        *("open", PERIOD, "--from", "2026-01-01", "--to", "2026-01-31"),
        *("--occasion", "repairs after the typhoon"),
    )
    assert done.returncode == 0, done.stderr
    assert say(HR, "state", PERIOD, "scoring").returncode == 0
    rows = {str(one["staff_no"]): one for one in people(say)}
    for one in json.loads(say(HR, "waiting", PERIOD, "--json").stdout):
        for ask in json.loads(say(one["staff_no"], "rate", PERIOD, "--json").stdout):
            ratee = str(ask["staff_no"])
            is_agent = rows[ratee]["ratee_class"] == "front-line"
            if ask["rater_type"] == "supervisor" and is_agent and ratee not in (HR, OTHER_HR):
                return ratee, one["staff_no"]
    raise AssertionError("nobody in the company is rated by a supervisor and by customers")


def test_an_evaluation_goes_from_opening_to_the_result(say: Run, tmp_path: Path) -> None:
    ratee, supervisor = opened(say)
    values = table(
        tmp_path / "crm.csv", ("staff no", "customer-data", "response-time"), [(ratee, 80, "-")]
    )
    answers = table(
        tmp_path / "answers.csv",
        ("staff no", "reference", "score"),
        [(ratee, f"D-{number}", 78) for number in range(6)],
    )

    tried = say(HR, "import", PERIOD, values)
    assert (tried.returncode, "1 found = 1 imported" in tried.stdout) == (0, True)
    assert "--apply" in tried.stdout
    assert say(HR, "import", PERIOD, values, "--apply").returncode == 0
    assert "0 imported + 1 skipped" in say(HR, "import", PERIOD, values, "--apply").stdout
    assert say(HR, "customers", PERIOD, answers, "--apply").returncode == 0
    rated = say(supervisor, "rate", PERIOD, ratee, "82", "--as-rater", "supervisor")
    assert (rated.returncode, "82" in rated.stdout) == (0, True)
    assert say(ratee, "rate", PERIOD, ratee, "95").returncode == 0
    assert say(HR, "result", ratee, "--period", PERIOD).returncode == 1
    assert say(HR, "close", PERIOD).returncode == 1
    assert say(HR, "state", PERIOD, "review").returncode == 0
    closed = say(HR, "close", PERIOD)
    assert closed.returncode == 0, closed.stderr
    assert "Good: 1" in closed.stdout

    explained = say(HR, "result", ratee, "--period", PERIOD).stdout
    assert "80.68 = 80.00 measured × 60/100 + 81.70 by raters × 40/100" in explained
    shown = say(ratee, "result", "--period", PERIOD).stdout
    assert "80.68, of which 80.00 measured × 60/100" in shown
    assert "counted, not shown" in shown
    assert " 82" not in shown
    found = json.loads(say(ratee, "result", "--period", PERIOD, "--json").stdout)
    assert (found["final"], found["grade"]) == ("2017/25", "good")
    listed = json.loads(say(HR, "list", "--json").stdout)
    assert {one["code"]: one["state"] for one in listed}[PERIOD] == "closed"


def test_a_bad_file_is_refused_with_its_places_and_exit_code_2(say: Run, tmp_path: Path) -> None:
    ratee, _supervisor = opened(say)
    path = table(
        tmp_path / "crm.csv",
        ("staff no", "weather", "customer-data"),
        [(ratee, "fine", 101), ("X9", "", 50)],
    )

    refused = say(HR, "import", PERIOD, path, "--apply")

    assert refused.returncode == 2
    assert "2 found = 0 imported + 0 skipped + 2 rejected" in refused.stdout
    assert f"{path}:2: customer-data:" in refused.stderr
    assert f"{path}:3: staff no:" in refused.stderr
    assert "weather" in refused.stderr
    report = json.loads(say(HR, "import", PERIOD, path, "--json").stdout)
    assert [one["row"] for one in report["rejections"]] == [2, 3]


def test_schemes_are_listed_with_weights_that_sum_to_100(say: Run) -> None:
    found = json.loads(say("", "schemes", "--json").stdout)

    assert {one["name"] for one in found} == {"seven-indicators", "four-dimensions"}
    for scheme in found:
        assert sum(float(one["weight"]) for one in scheme["indicators"]) == 100
    assert "seven-indicators *" in say("", "schemes").stdout


def test_a_month_and_a_quarter_are_known_by_their_codes(say: Run) -> None:
    assert say(HR, "open", "2020-02").returncode == 0
    assert say(HR, "open", "2020-Q2", "--scheme", "four-dimensions").returncode == 0

    overlapping = say(HR, "open", "2020-Q1")
    assert overlapping.returncode == 1
    assert "2020-02" in overlapping.stderr
    shown = say(HR, "show", "2020-Q2").stdout
    assert "2020-04-01 to 2020-06-30" in shown
    assert "Four dimensions" in shown
    kept = json.loads(say("", "show", "2020-Q2", "--json").stdout)
    assert kept["rules"]["evaluation"]["measured_share"] == "60"


@pytest.mark.parametrize(
    ("who", "args", "code"),
    [
        (HR, ("open", "2020-Q9"), 2),
        (HR, ("open", "storm", "--from", "2020-01-31", "--to", "2020-01-01"), 2),
        (HR, ("open", "2020-Q1", "--scheme", "none"), 1),
        (HR, ("show", "2019-Q1"), 1),
        (HR, ("state", "2019-Q1", "closed"), 2),
        ("", ("rate", "2019-Q1", "000002", "80"), 1),
        (HR, ("result", "--period", "2019-Q1"), 1),
        (HR, ("result", "2019-Q1"), 2),
    ],
)
def test_what_cannot_be_has_its_exit_code(
    say: Run, who: str, args: tuple[str, ...], code: int
) -> None:
    refused = say(who, *args)

    assert refused.returncode == code
    assert refused.stderr
    assert "Traceback" not in refused.stderr
