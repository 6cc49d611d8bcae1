"""`certify item stats`: figures for people, exactly the same for programs."""

import json
import random
from fractions import Fraction
from pathlib import Path

import pytest
from wcwidth import wcswidth

from certify.domain import tally_table
from certify.domain.attempt import Attempt
from certify.domain.blueprint import Cell
from certify.domain.result import Part
from certify.paths import Home
from certify.platform import open_platform
from certify.services.bank import bank_of, contents
from certify.settings import Settings
from certify.storage import courses, tallies
from tests.cli.conftest import Run

EXAM = "complaint-handling-written"


def sit_often(home: Path, times: int) -> str:
    """Write the sums of simulated first attempts; the code of an item that nobody got right."""
    platform = open_platform(Settings(home=Home(home), lang="en"))
    chance = random.Random(4)
    with platform.database.write() as session:
        exam = courses.exam(session, EXAM)
        assert exam is not None
        bank = bank_of(session, exam.course_id)
        known = contents(platform, session, [one.version_id for one in bank])
        cells = [Cell.model_validate(cell) for cell in exam.blueprint]
        bad = ""
        for _attempt in range(times):
            parts: list[Part] = []
            ability = chance.random()
            for cell in cells:
                fits = [one for one in bank if (one.topic, one.type) == (cell.topic, cell.type)]
                for one in fits[: cell.count]:
                    bad = bad or one.code
                    kind, content = known[one.version_id].type, known[one.version_id].content
                    samples = {answer.kind: answer for answer in kind.sample_answers(content)}
                    is_right = chance.random() < (
                        0.3 + 0.6 * ability if one.code != bad else 0.3 - 0.3 * ability
                    )
                    given = samples["right" if is_right else "wrong"]
                    parsed = kind.answer_model.model_validate(dict(given.answer))
                    parts.append(
                        Part(
                            position=len(parts),
                            version=one.version_id,
                            topic=one.topic,
                            points=Fraction(cell.points),
                            share=given.share or Fraction(0),
                            choices=tuple(kind.choices(content, parsed)),
                        )
                    )
            attempt = Attempt(
                person_id=1,
                exam_id=exam.id or 0,
                course_version="1",
                number=1,
                seed="",
                pass_mark=Fraction(85),
                partial_credit=Fraction(1, 2),
                started_at=platform.clock.now(),
                deadline=platform.clock.now(),
            )
            tallies.add(session, *tally_table.rows(attempt, parts))
    platform.close()
    return bad


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_needs_a_look_stands_first_and_nothing_is_wider_than_a_terminal(
    company: Path, quick: Run, lang: str
) -> None:
    bad = sit_often(company, 40)
    home = ("--lang", lang, "--home", company)

    whole = quick(*home, "item", "stats", EXAM)
    one = quick(*home, "item", "stats", EXAM, "--item", bad)

    assert (whole.returncode, one.returncode) == (0, 0), whole.stderr + one.stderr
    for result in (whole, one):
        assert max(map(wcswidth, result.stdout.splitlines())) <= 80
    rows = [line.split() for line in whole.stdout.splitlines()]
    listed = [row[0] for row in rows if len(row) > 4 and row[0][:1].isupper() and "-0" in row[0]]
    assert listed[0] == bad
    assert "!" in whole.stdout
    assert "########" in one.stdout
    assert "✓ " in one.stdout


def test_programs_get_every_figure(company: Path, quick: Run) -> None:
    bad = sit_often(company, 40)

    result = quick("--home", company, "item", "stats", EXAM, "--json")

    data = json.loads(result.stdout)
    assert (data["exam"], data["n"], data["min_n"], data["pass_mark"]) == (
        EXAM,
        41,
        20,
        "85",
    )  # one person of the company sat it
    (form,) = data["forms"]
    assert isinstance(form["figures"]["alpha"], float)
    assert sum(one["n"] for one in form["totals"]) == 41
    first = data["items"][0]
    assert first["item"] == bad
    assert Fraction(first["figures"]["p"]) < Fraction(1, 2)
    assert "key-suspected" in first["figures"]["flags"]
    options = first["figures"]["options"]
    assert sum(Fraction(one["share"]) for one in options) == 1
    assert {one["is_key"] for one in options} == {True, False}


def test_sums_that_are_not_those_of_the_results_are_said_to_differ(
    company: Path, quick: Run
) -> None:
    home = ("--lang", "en", "--home", company)
    before = json.loads(quick(*home, "item", "stats", EXAM, "--json").stdout)
    sit_often(company, 3)

    spoilt = quick(*home, "item", "stats", EXAM, "--rebuild", "--json")
    again = quick(*home, "item", "stats", EXAM, "--rebuild")

    data = json.loads(spoilt.stdout)
    assert data["rebuilt"]["differed"] is True
    assert data["n"] == before["n"]
    assert "✓ The sums kept are those of the stored results." in again.stdout


def test_an_unknown_item_and_an_unknown_exam_are_named(made_company: Path, quick: Run) -> None:
    home = ("--lang", "en", "--home", made_company)

    item = quick(*home, "item", "stats", EXAM, "--item", "XXX-999")
    exam = quick(*home, "item", "stats", "nothing")

    assert item.returncode != 0
    assert "XXX-999" in item.stderr
    assert exam.returncode != 0
    assert "nothing" in exam.stderr


def test_an_exam_nobody_sat_says_so(made_company: Path, quick: Run) -> None:
    result = quick("--lang", "en", "--home", made_company, "item", "stats", EXAM, "--json")
    text = quick("--lang", "en", "--home", made_company, "item", "stats", EXAM)

    assert result.returncode == text.returncode == 0
    if json.loads(result.stdout)["n"] == 0:
        assert "Nobody has a result in this exam yet." in text.stdout
    else:
        assert "n too small" in text.stdout


def test_who_may_not_see_the_analysis_is_refused(made_company: Path, quick: Run) -> None:
    result = quick("--lang", "en", "--home", made_company, "--as", "001001", "item", "stats", EXAM)

    assert result.returncode == 1
    assert "You may not see the item analysis." in result.stderr
    assert result.stdout == ""
