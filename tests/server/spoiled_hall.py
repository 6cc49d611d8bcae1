"""A sitting in which everything was done once, with orders to terminals wherever texts stand."""

from datetime import timedelta
from typing import Any

from sqlmodel import select

from certify.domain.attempt import Attempt
from certify.domain.course import Course, Exam, Lesson
from certify.domain.item import ItemVersion
from certify.domain.person import Department, Organisation, Person, Post, Role
from certify.domain.registration import Announcement, Cohort, CohortMember
from certify.domain.sitting_time import GrantKind, SittingEvent, TimeGrant
from certify.i18n import LANGUAGES
from certify.platform import Platform
from certify.services import conducting, registering, sitting, time_grants
from tests.platforms import actor, read_course, sit
from tests.server.foreign import KINDS, PAYLOADS
from tests.services.learning_steps import grant

EXAM = "sample-written"
TEXTS = [*PAYLOADS, *KINDS["terminal"], *KINDS["bidi"]]
EVERY = " ".join(TEXTS)
SHOWN = "�"
"""What stands for whatever was taken out."""


def spoil(platform: Platform) -> None:
    """Put orders to terminals where people and courses have their texts, past all checks."""
    both = dict.fromkeys(LANGUAGES, EVERY)
    with platform.database.write() as session:
        for row in session.exec(select(Course)).all():
            row.title, row.summary = both, both
            row.topics = dict.fromkeys(row.topics, both)
        for exam in session.exec(select(Exam)).all():
            exam.title = both
        for lesson in session.exec(select(Lesson)).all():
            lesson.title = both
        for version in session.exec(select(ItemVersion)).all():
            version.content = _spoiled(version.content)
        for table in (Department, Post, Organisation, Person):
            for named in session.exec(select(table)).all():
                named.name = EVERY
        for cohort in session.exec(select(Cohort)).all():
            cohort.title = cohort.place = cohort.occasion = EVERY
        for number, member in enumerate(session.exec(select(CohortMember)).all()):
            member.seat = f"{EVERY}{number}"
            member.reason = member.admission_reason = EVERY
        for told in session.exec(select(Announcement)).all():
            told.text = EVERY
        for event in session.exec(select(SittingEvent)).all():
            event.facts = {
                name: EVERY if name in ("reason", "seat", "node") else value
                for name, value in event.facts.items()
            }
        # What was given never changes: the database itself would refuse it.
        attempt = session.exec(select(Attempt)).all()[-1]
        session.add(
            TimeGrant(
                attempt_id=attempt.id or 0,
                kind=GrantKind.INVIGILATOR,
                seconds=60,
                reason=EVERY,
                at=platform.clock.now(),
            )
        )
    platform.item_contents.clear()


def _spoiled(content: dict[str, Any]) -> dict[str, Any]:
    """The texts of an item, in every language and of every option."""
    if set(content) and set(content) <= set(LANGUAGES):
        return dict.fromkeys(content, EVERY)
    changed: dict[str, Any] = {}
    for name, value in content.items():
        if isinstance(value, dict):
            changed[name] = _spoiled(value)
        elif isinstance(value, list):
            changed[name] = [_spoiled(one) if isinstance(one, dict) else one for one in value]
        else:
            changed[name] = value
    return changed


def make_hall(platform: Platform) -> int:
    """A cohort in which E1002 has passed and E1001 sits; everything was done to her once."""
    grant(platform, "H0001", Role.TRAINER)
    trainer = actor(platform, "H0001")
    for staff_no in ("E1001", "E1002"):
        read_course(platform, actor(platform, staff_no))
    sit(platform, actor(platform, "E1002"))
    cohort_id = registering.new_cohort(
        platform,
        actor=trainer,
        exam=EXAM,
        title="夏季",
        opens_at=platform.clock.now(),
        closes_at=platform.clock.now() + timedelta(hours=2),
    )
    everybody = ["E1001", "E1002", "S0001"]
    registering.register(platform, actor=trainer, cohort_id=cohort_id, staff_nos=everybody)
    begun = sitting.start(platform, actor=actor(platform, "E1001"), exam=EXAM)
    number: dict[str, Any] = {"actor": trainer, "attempt_id": begun.attempt_id, "reason": "演习"}
    conducting.announce(platform, actor=trainer, exam=EXAM, text="Ten minutes")
    conducting.move(platform, seat="B-07", **number)
    time_grants.give_time(platform, minutes=5, **number)
    conducting.pause(platform, **number)
    conducting.go_on(platform, **number)
    return cohort_id
