"""An erasure removes everything that is a person's, and nothing that others rely on (R-FRM-05)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session, SQLModel, col, select

from certify.clock import SetClock
from certify.domain.attempt import Attempt, first_false_response
from certify.domain.certificate import Certificate
from certify.domain.erasure import Erasure
from certify.domain.person import CONSOLE, Credential, Person, PersonStatus
from certify.domain.placement import Placement
from certify.domain.privacy import Fate
from certify.domain.qualification import Qualification
from certify.errors import BadInput, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import catalogue, confirming, ledger, people, proposals, sitting
from certify.services.listing import ListFilter, qualification_list
from certify.services.placing import changing
from certify.services.privacy import erasing, leftovers, repeating, retention
from certify.storage import attempts, personal
from certify.storage import people as people_kept
from tests.personal_rows import Planted, plant
from tests.platforms import actor, read_course, sit, with_policy
from tests.services.second_person import second_hr

LEFT = date(2024, 3, 5)
DUE = datetime(2027, 3, 5, 4, 0, tzinfo=UTC)
WHY = "保存期已满"


def leave(platform: Platform, staff_no: str = "E1002", day: date = LEFT) -> None:
    """Somebody is away from a day on; nothing else is asked."""
    with platform.database.write() as session:
        person = _person(session, staff_no)
        person.status = PersonStatus.LEFT
        session.add(person)
        session.add(
            Placement(
                person_id=person.id or 0,
                from_day=day,
                name=person.name,
                department_id=person.department_id,
                post_id=person.post_id,
                status=PersonStatus.LEFT,
                at=platform.clock.now(),
            )
        )


def plant_in(platform: Platform, staff_no: str = "E1002") -> Planted:
    with platform.database.write() as session:
        return plant(session, _person(session, staff_no).id or 0)


def erase(platform: Platform, staff_no: str) -> int:
    """H0001 proposes, H0002 confirms; the person's id."""
    second = second_hr(platform)
    with platform.database.read() as session:
        id_ = _person(session, staff_no).id or 0
    plan = erasing.propose(platform, actor=actor(platform, "H0001"), staff_no=staff_no, reason=WHY)
    assert plan.proposal is not None
    confirming.confirm(platform, actor=second, number=plan.proposal)
    return id_


def test_nothing_of_a_person_is_left_in_the_database(
    platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    planted = plant_in(platform)
    staff_no = planted.values["person", "staff_no"]
    leave(platform, staff_no)
    clock.set(DUE)
    assert _hits(platform, planted, tmp_path) != []
    erase(platform, staff_no)
    assert _hits(platform, planted, tmp_path) == []
    kept = list(planted.canaries(Fate.KEPT))
    assert kept  # codes and topics stay, under the pseudonym
    with platform.database.read() as session:
        person = session.get_one(Person, planted.person_id)
        assert person.staff_no == f"X-{planted.person_id:06}"
        assert session.get(Credential, planted.person_id) is None
        erased = session.get_one(Erasure, planted.person_id)
        assert erased.removed["response"] == 1
    assert ledger.verify(platform, actor=CONSOLE).first_false is None


def test_results_chain_and_certificate_stay(platform: Platform, clock: SetClock) -> None:
    who = actor(platform, "E1001")
    read_course(platform, who)
    attempt_id = sit(platform, who)
    number = _certificate(platform)
    before = catalogue.certificate(platform, actor=CONSOLE, number=number)
    assert before.facts["name"] == "王小兰"
    leave(platform, "E1001")
    clock.set(DUE)
    erase(platform, "E1001")
    with platform.database.read() as session:
        attempt = session.get_one(Attempt, attempt_id)
        assert (attempt.passed, attempt.earned) == (True, attempt.possible)
        chain = attempts.responses(session, attempt_id)
        assert chain
        assert all(one.answer is None for one in chain)
        assert any(one.erased_at is not None for one in chain)
        assert first_false_response(attempt, chain) is None
        chain[0].hash = "0" * 64
        assert first_false_response(attempt, chain) is not None
        session.rollback()
    after = catalogue.certificate(platform, actor=CONSOLE, number=number)
    assert (after.state, after.is_well_formed) == ("expired", True)
    assert after.facts["valid_to"] == before.facts["valid_to"]
    assert "王小兰" not in str(after.facts)
    assert "E1001" not in str(after.facts)


def test_the_list_of_a_past_day_keeps_its_count(platform: Platform, clock: SetClock) -> None:
    planted = plant_in(platform)
    del planted
    who = actor(platform, "E1001")
    read_course(platform, who)
    sit(platform, who)
    day = platform.today()
    leave(platform, "E1001", date(2024, 3, 6))
    clock.set(DUE.replace(day=8))
    before = qualification_list(platform, actor=CONSOLE, wanted=ListFilter(as_of=day))
    erase(platform, "E1001")
    after = qualification_list(platform, actor=CONSOLE, wanted=ListFilter(as_of=day))
    assert len(after.rows) == len(before.rows)
    assert "王小兰" not in str(after.rows)


def test_mentions_in_the_company_s_own_texts_become_the_pseudonym(
    platform: Platform, clock: SetClock
) -> None:
    from certify.domain.training import AnnualPlan, PlanState

    with platform.database.write() as session:
        session.add(
            AnnualPlan(
                year=2024,
                state=PlanState.DRAFT,
                drafted_by=1,
                drafted_at=platform.clock.now(),
                remark="李雷（E1002）负责，E10021 不变",
            )
        )
    leave(platform)
    clock.set(DUE)
    seen = erasing.preview(platform, actor=CONSOLE, staff_no="E1002")
    assert seen.mentions == {"annualplan.remark": 1}
    id_ = erase(platform, "E1002")
    with platform.database.read() as session:
        remark = session.exec(select(AnnualPlan.remark)).one()
    stands = f"X-{id_:06}"
    assert remark == f"{stands}（{stands}）负责，E10021 不变"


@pytest.mark.parametrize(
    ("left", "today", "is_due"),
    [
        (date(2024, 3, 5), datetime(2027, 3, 4, 15, 59, tzinfo=UTC), False),
        (date(2024, 3, 5), datetime(2027, 3, 4, 16, 0, tzinfo=UTC), True),
        (date(2024, 2, 29), datetime(2027, 2, 28, 4, 0, tzinfo=UTC), False),
        (date(2024, 2, 29), datetime(2027, 3, 1, 4, 0, tzinfo=UTC), True),
    ],
)
def test_the_time_is_counted_by_the_calendar_of_the_company(
    sqlite_platform: Platform, clock: SetClock, left: date, today: datetime, is_due: bool
) -> None:
    leave(sqlite_platform, day=left)
    clock.set(today)
    row = retention.retention(sqlite_platform, actor=actor(sqlite_platform, "H0001"))[0]
    assert (row.is_due, [one.code for one in row.blockers] == []) == (is_due, is_due)


def test_all_blockers_are_named_at_once(platform: Platform, clock: SetClock) -> None:
    planted = plant_in(platform)
    staff_no = planted.values["person", "staff_no"]
    leave(platform, staff_no)
    clock.set(DUE)
    with platform.database.write() as session:
        for table, column, value in (
            ("appeal", "decided_at", None),
            ("coachingplan", "done_on", None),
            ("rectificationnotice", "state", "issued"),
            ("remarking", "decided_at", None),
            ("guidance", "to_day", None),
        ):
            here = personal.table(table)
            session.execute(here.update().values({column: value}))
        other = _person(session, "E1001")
        other.supervisor_id = planted.person_id
        session.add(other)
    hr = actor(platform, "H0001")
    found = {one.code for one in erasing.preview(platform, actor=hr, staff_no=staff_no).blockers}
    assert found == {"appeal", "coaching-plan", "rectification", "re-marking", "supervisor"}
    with pytest.raises(Refused) as refused:
        erasing.propose(platform, actor=hr, staff_no=staff_no, reason=WHY)
    for code in found:
        assert _(retention.OPEN[code]).format(count=1) in refused.value.message


def test_what_opens_after_the_proposal_still_blocks(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    second = second_hr(sqlite_platform)
    leave(sqlite_platform)
    clock.set(DUE)
    hr = actor(sqlite_platform, "H0001")
    plan = erasing.propose(sqlite_platform, actor=hr, staff_no="E1002", reason=WHY)
    with sqlite_platform.database.write() as session:
        one = _person(session, "E1001")
        one.supervisor_id = _person(session, "E1002").id
        session.add(one)
    assert plan.proposal is not None
    with pytest.raises(Refused):
        confirming.confirm(sqlite_platform, actor=second, number=plan.proposal)
    with sqlite_platform.database.read() as session:
        assert _person(session, "E1002").name == "李雷"
    assert any(
        one.id == plan.proposal and one.may_decide
        for one in proposals.listed(sqlite_platform, actor=second)
    )


def test_only_hr_proposes_and_the_reason_names_nobody(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    leave(sqlite_platform)
    clock.set(DUE)
    for staff_no in ("E1001", "S0001"):
        with pytest.raises(NotPermitted):
            erasing.propose(
                sqlite_platform,
                actor=actor(sqlite_platform, staff_no),
                staff_no="E1002",
                reason=WHY,
            )
    with pytest.raises(BadInput):
        erasing.propose(
            sqlite_platform,
            actor=actor(sqlite_platform, "H0001"),
            staff_no="E1002",
            reason="E1002 已离职三年",
        )


def test_one_person_is_enough_where_the_rules_say_so(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    policy = sqlite_platform.policy
    alone = with_policy(
        sqlite_platform,
        policy.model_copy(update={"trust": policy.trust.model_copy(update={"two_persons": False})}),
    )
    leave(alone)
    clock.set(DUE)
    plan = erasing.propose(alone, actor=actor(alone, "H0001"), staff_no="E1002", reason=WHY)
    assert plan.is_done
    with alone.database.read() as session:
        assert people_kept.by_staff_no(session, plan.pseudonym) is not None


def test_a_removed_person_never_comes_back_and_nobody_takes_the_number(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    leave(sqlite_platform)
    clock.set(DUE)
    id_ = erase(sqlite_platform, "E1002")
    stands, hr = f"X-{id_:06}", actor(sqlite_platform, "H0001")
    with pytest.raises(Refused):
        changing.change_person(
            sqlite_platform, actor=hr, staff_no=stands, status=PersonStatus.EMPLOYED
        )
    for staff_no in ("X-999999", "x-000001"):
        with pytest.raises(BadInput):
            people.add_person(
                sqlite_platform,
                actor=hr,
                staff_no=staff_no,
                name="新人",
                department="CS",
                post="agent",
                hired_on=date(2027, 3, 1),
            )
    people.add_person(  # the old number may be given again: to a new person
        sqlite_platform,
        actor=hr,
        staff_no="E1002",
        name="李雷",
        department="CS",
        post="agent",
        hired_on=date(2027, 3, 1),
    )
    row = next(
        one for one in retention.retention(sqlite_platform, actor=hr) if one.erased_on is not None
    )
    assert (row.staff_no, row.blockers) == (stands, ())


def test_an_erasure_is_done_again_after_an_older_backup_came_back(
    sqlite_platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    import shutil

    home = sqlite_platform.settings.home.root
    file = Path(sqlite_platform.database.engine.url.database or "")
    second_hr(sqlite_platform)
    leave(sqlite_platform)
    clock.set(DUE)
    with sqlite_platform.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(file, tmp_path / "backup.db")
    id_ = erase(sqlite_platform, "E1002")
    assert (home / leftovers.LIST).stat().st_mode & 0o077 == 0
    assert "李雷" not in (home / leftovers.LIST).read_text()
    sqlite_platform.database.close()
    for side in ("-wal", "-shm"):
        file.with_name(file.name + side).unlink(missing_ok=True)
    shutil.copyfile(tmp_path / "backup.db", file)
    hr = actor(sqlite_platform, "H0001")
    done = repeating.again(sqlite_platform, actor=hr)
    assert (done.done, done.known, done.is_wiped) == ((f"X-{id_:06}",), 0, True)
    assert "李雷".encode() not in file.read_bytes()
    assert repeating.again(sqlite_platform, actor=hr).known == 1
    assert ledger.verify(sqlite_platform, actor=CONSOLE).first_false is None


def test_the_file_is_not_rewritten_under_people_who_sit_an_exam(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    leave(sqlite_platform)
    clock.set(DUE)
    who, hr = actor(sqlite_platform, "E1001"), actor(sqlite_platform, "H0001")
    read_course(sqlite_platform, who)
    begun = sitting.start(sqlite_platform, actor=who, exam="sample-written")
    erase(sqlite_platform, "E1002")
    assert not repeating.again(sqlite_platform, actor=hr).is_wiped
    sitting.submit(sqlite_platform, actor=who, attempt_id=begun.attempt_id, fence=begun.fence)
    assert repeating.again(sqlite_platform, actor=hr).is_wiped


def test_a_number_that_is_somebody_else_s_by_now_is_left_alone(
    sqlite_platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    leave(sqlite_platform)
    clock.set(DUE)
    with sqlite_platform.database.read() as session:
        id_ = _person(session, "E1002").id
    listed = tmp_path / "erasures.jsonl"
    listed.write_text(f'{{"person": {id_}, "first": "another", "by": 1, "reason": "r"}}\n')
    hr = actor(sqlite_platform, "H0001")
    done = repeating.again(sqlite_platform, actor=hr, path=listed)
    assert (done.done, done.strangers) == ((), (f"X-{id_:06}",))
    listed.write_text("no list\n")
    with pytest.raises(BadInput):
        repeating.again(sqlite_platform, actor=hr, path=listed)


def _person(session: Session, staff_no: str) -> Person:
    found = people_kept.by_staff_no(session, staff_no)
    assert found is not None
    return found


def _certificate(platform: Platform) -> str:
    with platform.database.read() as session:
        query = select(Certificate.number).join(
            Qualification, col(Certificate.qualification_id) == col(Qualification.id)
        )
        return session.exec(query).first() or ""


def _hits(platform: Platform, planted: Planted, folder: Path) -> list[tuple[str, str]]:
    """Removed canaries that are still somewhere in the database's bytes."""
    data = b"".join(_bytes(platform))
    gone = planted.canaries(Fate.EMPTIED, Fate.PSEUDONYM, Fate.DELETED)
    return [(table, column) for table, column, canary in gone if canary.encode() in data]


def _bytes(platform: Platform) -> Iterator[bytes]:
    """The whole file with its WAL; of PostgreSQL every row of every table as text."""
    if platform.database.is_sqlite:
        file = Path(platform.database.engine.url.database or "")
        for path in sorted(file.parent.glob(f"{file.name}*")):
            yield path.read_bytes()
        return
    with platform.database.engine.connect() as connection:
        for name in SQLModel.metadata.tables:
            for row in connection.execute(text(f'SELECT t::text FROM "{name}" t')):
                yield str(row[0]).encode()
