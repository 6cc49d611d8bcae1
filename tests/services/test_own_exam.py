"""Nobody reads at a second terminal the keys of the exam that they sit at the first."""

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from certify.domain.attempt import Attempt
from certify.domain.correction import CorrectionKind
from certify.domain.person import Actor
from certify.errors import Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import (
    correcting,
    item_stats,
    marking,
    review_bank,
    review_item,
    review_key,
    sitting,
)
from certify.services.correcting import Wish
from certify.services.item_export import ExportWish, export_items
from certify.storage import courses
from tests.platforms import actor, read_course
from tests.reviewed import COURSE as OWN
from tests.reviewed import SECOND, own_course, person, second_key, trainers
from tests.services.banks import formats, take_in
from tests.services.banks import own_course as own_bank
from tests.services.marking_steps import WRITTEN, hand_in, load_marked
from tests.services.steps import EXAM, clock_of

OTHER = "GRE-001"
"""An item of a course of which nobody sits an exam."""


@pytest.fixture
def trainer(platform: Platform) -> Actor:
    """Somebody who may see every key and has read the course."""
    load_marked(platform)
    for one in formats():
        platform.plugins.item_formats.setdefault(one.name, one)
    who = actor(platform, "T0001")
    read_course(platform, who, "marked")
    return who


def an_item(platform: Platform, who: Actor) -> str:
    """An item of the course of the exam."""
    return review_bank.bank(platform, actor=who, course="marked")[0].code


def ways_to_keys(platform: Platform, who: Actor, folder: Path) -> dict[str, bool]:
    """Which ways to the keys of the exam are open to somebody."""
    code = an_item(platform, who)
    ways: dict[str, Callable[[], object]] = {
        "look": lambda: review_item.look(platform, actor=who, code=code),
        "key": lambda: review_item.look(platform, actor=who, code=code, key=True),
        "export": lambda: export_items(
            platform, actor=who, wish=ExportWish("marked", "gift"), path=folder / "bank.gift"
        ),
        "stats": lambda: item_stats.stats(platform, actor=who, exam=WRITTEN),
    }
    found = {}
    for name, way in ways.items():
        try:
            way()
        except Refused:
            found[name] = False
        else:
            found[name] = True
    return found


def open_somehow(platform: Platform, who: Actor) -> None:
    """An attempt at the exam of the own course, whose items are not in use yet."""
    with platform.database.write() as session:
        course = courses.by_code(session, OWN)
        assert course is not None
        exam = courses.exams(session, course.id or 0)[0]
        now = platform.clock.now()
        session.add(
            Attempt(
                person_id=who.person_id,
                exam_id=exam.id or 0,
                course_version="1",
                number=1,
                seed="s",
                pass_mark=Fraction(85),
                partial_credit=Fraction(0),
                started_at=now,
                deadline=now + timedelta(hours=1),
            )
        )


def test_a_trainer_in_an_exam_sees_no_key_of_its_bank_until_it_is_submitted(
    platform: Platform, trainer: Actor, tmp_path: Path
) -> None:
    before = ways_to_keys(platform, trainer, tmp_path)
    assert set(before.values()) == {True}
    (tmp_path / "bank.gift").unlink()

    begun = sitting.start(platform, actor=trainer, exam=WRITTEN)
    assert set(ways_to_keys(platform, trainer, tmp_path).values()) == {False}
    assert not (tmp_path / "bank.gift").exists()
    assert review_item.look(platform, actor=trainer, code=OTHER, key=True).has_key

    sitting.submit(platform, actor=trainer, attempt_id=begun.attempt_id, fence=begun.fence)
    assert ways_to_keys(platform, trainer, tmp_path) == before


def test_who_sits_an_exam_tries_no_correction_of_it(platform: Platform, trainer: Actor) -> None:
    """Whose mark it would change tells which answers are right."""
    sitting.start(platform, actor=trainer, exam=WRITTEN)
    code = an_item(platform, trainer)
    wish = Wish(exam=WRITTEN, kind=CorrectionKind.VOID, item=code, reason="错题")
    with pytest.raises(Refused) as refused:
        correcting.preview(platform, actor=trainer, wish=wish)
    assert refused.value.mend == _("Submit the exam first; then they are here again.")


def test_an_exam_whose_time_is_over_hides_nothing_any_more(
    platform: Platform, trainer: Actor, tmp_path: Path
) -> None:
    begun = sitting.start(platform, actor=trainer, exam=WRITTEN)
    clock_of(platform).advance(begun.deadline - begun.started_at + timedelta(seconds=1))

    assert set(ways_to_keys(platform, trainer, tmp_path).values()) == {True}


def test_an_examiner_in_an_exam_reads_no_guidance_of_its_tasks(
    platform: Platform, trainer: Actor
) -> None:
    hand_in(platform, actor(platform, "E1001"))
    examiner = actor(platform, "X0001")
    read_course(platform, examiner, "marked")
    code = marking.queue(platform, actor=examiner).answers[0].code
    assert marking.answer(platform, actor=examiner, code=code).criteria

    sitting.start(platform, actor=examiner, exam=WRITTEN)

    with pytest.raises(Refused):
        marking.answer(platform, actor=examiner, code=code)


def test_who_sits_an_exam_gives_no_second_key_to_its_bank(platform: Platform) -> None:
    own_course(platform)
    who = person(platform, SECOND)
    assert review_key.question(platform, actor=who, code="PAR-001").code == "PAR-001"
    open_somehow(platform, who)

    with pytest.raises(Refused):
        review_key.question(platform, actor=who, code="PAR-001")
    with pytest.raises(Refused):
        second_key(platform, SECOND, "PAR-001")


def test_a_trial_of_an_import_tells_no_key_to_who_sits_the_exam(platform: Platform) -> None:
    own_bank(platform)
    trainers(platform)
    who = person(platform, SECOND)
    assert take_in(platform, who=who, apply=False).outcomes
    read_course(platform, who)
    sitting.start(platform, actor=who, exam=EXAM)

    with pytest.raises(Refused):
        take_in(platform, who=who, apply=False)
