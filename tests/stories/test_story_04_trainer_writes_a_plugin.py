"""Acceptance story 4: a bank too small refuses to open the exam, a vague question is found."""

from pathlib import Path

import pytest

from certify.cli.main import run
from certify.domain.person import Role
from certify.errors import NotFound, Refused
from certify.platform import Platform
from certify.services import lobby, review_steps, sitting
from tests.platforms import actor, read_course
from tests.services.learning_steps import grant
from tests.stories.story_course import load_course

EXAM = "special-complaint-written"


def load(platform: Platform, folder: Path, items: int) -> None:
    load_course(
        platform,
        folder,
        "special-complaint",
        kind="special",
        bank={"limits": items},
        blueprint=[("limits", 12, "1")],
    )
    read_course(platform, actor(platform, "E1001"), "special-complaint")


def test_a_course_with_11_items_of_12_is_not_loaded_and_the_topic_is_named(
    platform: Platform, tmp_path: Path
) -> None:
    with pytest.raises(AssertionError) as refused:
        load(platform, tmp_path, 11)

    assert "limits" in str(refused.value)
    assert "12" in str(refused.value)
    with pytest.raises(NotFound):
        lobby.lobby(platform, actor=actor(platform, "E1001"), exam=EXAM)


def test_with_11_items_left_the_exam_refuses_to_open_and_names_the_topic(
    platform: Platform, tmp_path: Path
) -> None:
    load(platform, tmp_path, 12)
    grant(platform, "S0001", Role.TRAINER)
    (retired,) = review_steps.retire(
        platform, actor=actor(platform, "S0001"), codes=["SPECIA-012"], why="过时"
    )
    assert retired.is_done
    learner = actor(platform, "E1001")

    (reason,) = lobby.lobby(platform, actor=learner, exam=EXAM).blockers
    assert all(part in reason for part in ("limits", "12", "11"))
    with pytest.raises(Refused) as refused:
        sitting.start(platform, actor=learner, exam=EXAM)
    assert "limits" in str(refused.value)


def test_with_12_items_it_opens(platform: Platform, tmp_path: Path) -> None:
    load(platform, tmp_path, 12)

    begun = sitting.start(platform, actor=actor(platform, "E1001"), exam=EXAM)

    assert len(begun.items) == 12


@pytest.mark.parametrize(
    ("chinese", "english", "source", "code"),
    [
        ("我们必须多快响应？", "How fast must we answer?", "fact=S2-ST3-03", 2),
        (
            "依据 CS-001，必须在多少秒内响应？",
            "Under CS-001, within how many seconds must we respond?",
            "standard=CS-001",
            0,
        ),
    ],
)
def test_a_question_for_a_number_passes_the_check_only_with_its_standard(
    sqlite_platform: Platform,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    chinese: str,
    english: str,
    source: str,
    code: int,
) -> None:
    load(sqlite_platform, tmp_path, 12)
    bank = tmp_path / "special-complaint" / "items" / "all.md"
    item = "## SPECIA-001 {type=single difficulty=1 topic=limits fact=S2-ST3-03}"
    text = bank.read_text(encoding="utf-8")
    assert item in text
    bank.write_text(
        text.replace(item, item.replace("fact=S2-ST3-03", source)).replace(
            "limits 先做什么（SPECIA-001）？", chinese
        ),
        encoding="utf-8",
    )
    wording = bank.with_name("all.en.md")
    wording.write_text(
        wording.read_text(encoding="utf-8").replace(
            "What comes first in limits (SPECIA-001)?", english
        ),
        encoding="utf-8",
    )

    found = run(["course", "check", str(tmp_path / "special-complaint")])

    said = capfd.readouterr()
    assert found == code, said.out + said.err
    assert ("SPECIA-001" in said.out + said.err) == (code != 0)
