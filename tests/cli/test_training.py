"""`certify training`: from the plan to the closed session, by commands."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from certify.platform import Platform
from tests.cli.conftest import Run
from tests.services.training_steps import TRAINER, go_to, trainer

Certify = Callable[..., str]


@pytest.fixture
def certify(sqlite_platform: Platform, quick: Run, monkeypatch: pytest.MonkeyPatch) -> Certify:
    """Runs `certify training …` as somebody, at the time of the platform's clock."""
    from certify import platform as platforms

    trainer(sqlite_platform)
    clock = sqlite_platform.clock
    monkeypatch.setattr(platforms, "SystemClock", lambda: clock)

    def run(who: str, *words: object, code: int = 0) -> str:
        settings = sqlite_platform.settings
        done = quick(
            *("--home", settings.home.root, "--db", settings.db or "", "--lang", "en"),
            *("--as", who, "training", *map(str, words)),
        )
        assert done.returncode == code, done.stderr + done.stdout
        return done.stdout + done.stderr

    return run


def test_a_funded_session_goes_from_the_plan_to_its_assessment_record(
    certify: Certify, sqlite_platform: Platform, tmp_path: Path
) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("Month,Kind,Title,Planned cost\n3,in-service,话术,2000 元\n", encoding="utf-8")
    certify(TRAINER, "plan", "new", 2024)
    assert "new 1" in certify(TRAINER, "plan", "import", 2024, file)
    assert "1 line added" in certify(TRAINER, "plan", "import", 2024, file, "--apply")
    certify(TRAINER, "plan", "submit", 2024)
    assert "You may not" in certify(TRAINER, "plan", "approve", 2024, code=1)
    certify("H0001", "plan", "approve", 2024, "--remark", "同意")
    shown = json.loads(certify(TRAINER, "plan", "show", 2024, "--json"))
    assert shown["plan"]["review"]["state"] == "in-force"
    assert shown["form"]["rows"][0][-1] == "2,000.00"
    number = shown["plan"]["lines"][0]["id"]

    moments = ("--starts", "2024-03-06 09:00", "--ends", "2024-03-06 11:00")
    made = certify(TRAINER, "session", "new", "--line", number, *moments, "--trainer", TRAINER)
    assert "T-2024-001 is arranged." in made
    assert "agreement" in certify("H0001", "session", "admit", "T-2024-001", "E1001", code=1)
    signed = ("--signed", "2024-03-04 09:00")
    certify("H0001", "agreement", "sign", "T-2024-001", "E1001", *signed)
    certify("H0001", "session", "admit", "T-2024-001", "E1001")
    assert "TA-2024-0001" in certify("H0001", "agreement", "list", "T-2024-001")

    go_to(sqlite_platform, "2024-03-06", "09:00")
    assert "09:00" in certify("E1001", "sign-in", "in", "T-2024-001")
    go_to(sqlite_platform, "2024-03-06", "11:45")
    assert "trainer confirms" in certify("E1001", "sign-in", "out", "T-2024-001", code=1)
    certify(TRAINER, "sign-in", "confirm", "T-2024-001", "E1001")
    sheet = json.loads(certify(TRAINER, "sign-in", "sheet", "T-2024-001", "--json"))
    assert sheet["rows"][0][:2] == ["E1001", "王小兰"]
    certify(TRAINER, "session", "assess", "T-2024-001", "E1001", "--mark", "90")
    certify(TRAINER, "session", "close", "T-2024-001")
    certify(TRAINER, "session", "bill", "T-2024-001", "2,100.50")
    record = json.loads(certify(TRAINER, "session", "show", "T-2024-001", "--json"))
    assert record["assessment_record"]["rows"][0][3:5] == ["90", "passed"]
    assert record["session"]["attendees"][0]["attendance"]["minutes"] == "120"

    cost = json.loads(certify("H0001", "cost", 2024, "--json"))
    assert (cost["cost"]["planned"], cost["cost"]["to_date"]) == (200_000, 210_050)
    assert "Variance: 100.50 yuan" in certify("H0001", "cost", 2024)
    assert "missing" in certify("H0001", "check", 2024)
    assert json.loads(certify("H0001", "check", 2024, "--json"))["year"] == 2024
    assert "T-2024-001" in certify("E1001", "calendar", "--month", "2024-03")
    certify(TRAINER, "calendar", "--ics", tmp_path / "t.ics")
    assert (tmp_path / "t.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_every_list_is_there_for_people_and_for_programs(certify: Certify) -> None:
    for words in (
        ("plan", "list"),
        ("ad-hoc", "list"),
        ("session", "list"),
        ("outside", "list"),
        ("calendar",),
    ):
        assert certify(TRAINER, *words).strip()
        assert json.loads(certify(TRAINER, *words, "--json")) == []


def test_what_is_no_amount_moment_or_month_is_bad_usage(certify: Certify) -> None:
    assert "no amount" in certify(TRAINER, "session", "bill", "T-2024-001", "2,00", code=2)
    moments = ("--starts", "tomorrow", "--ends", "2024-03-06 11:00")
    certify(TRAINER, "session", "new", "--title", "x", "--kind", "onboarding", *moments, code=2)
    assert "2024-06" in certify(TRAINER, "calendar", "--month", "June", code=2)
    certify(TRAINER, "session", "show", "T-2024-009", code=1)


def test_an_ad_hoc_plan_and_people_from_outside_by_commands(certify: Certify) -> None:
    options = ("--occasion", "投诉增多", "--first-day", "2024-03-06", "--title", "投诉处理")
    assert "A-2024-001" in certify(TRAINER, "ad-hoc", "new", *options, "--kind", "special")
    certify(TRAINER, "ad-hoc", "submit", "A-2024-001")
    certify("H0001", "ad-hoc", "return", "A-2024-001", "--remark", "写明讲师")
    assert "写明讲师" in certify(TRAINER, "ad-hoc", "show", "A-2024-001")
    certify(TRAINER, "ad-hoc", "change", "A-2024-001", *options, "--trainer", "外部讲师")
    certify(TRAINER, "ad-hoc", "submit", "A-2024-001")
    certify("H0001", "ad-hoc", "approve", "A-2024-001")
    assert "#1" in certify(TRAINER, "outside", "add", "外部讲师", "--kind", "trainer")
    moments = ("--starts", "2024-03-06 09:00", "--ends", "2024-03-06 11:00")
    made = certify(TRAINER, "session", "new", "--ad-hoc", "A-2024-001", *moments, "--trainer", "#1")
    assert "T-2024-001" in made
    certify(TRAINER, "session", "change", "T-2024-001", "--place", "二号会议室")
    assert "二号会议室" in certify(TRAINER, "session", "list", "--json")
    certify(TRAINER, "session", "cancel", "T-2024-001", "--reason", "讲师生病")
    assert "cancelled" in certify(TRAINER, "session", "list", "--year", 2024)
