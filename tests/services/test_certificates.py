"""Certificates issued anew: the number stays, what was said stays readable (R-CRT-03)."""

import json
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import select

from certify.clock import SetClock
from certify.domain.certificate import (
    NAME_CHANGED,
    Certificate,
    CertificateRevision,
    facts_digest,
)
from certify.domain.item import ItemVersion
from certify.domain.qualification import QualificationState
from certify.domain.standard import Standard, StandardVersion
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.platform import Platform
from certify.services import messages
from certify.services.certificates import listing, reissuing
from certify.services.people_import import import_people
from certify.services.placing.changing import change_person
from certify.storage import certificates
from tests.platforms import actor
from tests.services.certificate_steps import (
    decide,
    entries,
    erase,
    qualified,
    reissue,
    renamed,
    shown,
)
from tests.services.standard_steps import first_text
from tests.services.test_racing import race


@pytest.fixture
def number(platform: Platform) -> str:
    """The certificate of the post qualification of E1001."""
    return qualified(platform, "E1001")


def test_a_new_certificate_says_the_versions_of_course_and_standards(
    platform: Platform, tmp_path: Path
) -> None:
    first_text(platform, tmp_path)
    with platform.database.write() as session:
        (standard,) = session.exec(select(Standard)).all()
        (version,) = session.exec(select(StandardVersion)).all()
        facts = version.model_dump(exclude={"id", "effective_from"})
        for day in ("2024-03-04", "2024-03-05"):
            session.add(StandardVersion(**facts, effective_from=date.fromisoformat(day)))
        gone = Standard(number="CS-002", withdrawn_on=date(2024, 3, 4))
        session.add(gone)
        session.flush()
        old = facts | {"standard_id": gone.id}
        session.add(StandardVersion(**old, effective_from=date(2024, 1, 1)))
        for item in session.exec(select(ItemVersion)).all():
            item.standards = ["CS-001", "CS-002", "CS-003"]
            session.add(item)
        assert standard.number == "CS-001"
    said = shown(platform, qualified(platform, "E1001")).facts

    assert said["standards"] == [{"number": "CS-001", "version": "2024-03-04"}], "in force then"
    assert said["course_version"]
    assert set(said["course_title"]) == {"zh", "en"}


def test_a_reissue_keeps_the_number_and_what_was_said_before(
    platform: Platform, number: str, clock: SetClock
) -> None:
    before = shown(platform, number)
    clock.advance(timedelta(days=3))
    done = reissue(platform, number, "  lost in the post ")

    after = shown(platform, number)
    assert (done.number, done.revision, after.revision) == (number, 2, 2)
    assert after.facts == before.facts
    assert after.issued_at == clock.now()
    assert [(one.revision, one.reason) for one in after.revisions] == [(1, "lost in the post")]
    assert shown(platform, number, 1).facts == before.facts
    assert shown(platform, number, 1).issued_at == before.issued_at
    with pytest.raises(NotFound):
        shown(platform, number, 3)


def test_the_ledger_keeps_the_digest_of_every_revision_and_no_personal_fact(
    platform: Platform, number: str
) -> None:
    granted = next(
        one for one in entries(platform, "qualification-granted") if one["certificate"] == number
    )
    reissue(platform, number)

    with platform.database.read() as session:
        now = session.exec(select(Certificate).where(Certificate.number == number)).one()
        (old,) = session.exec(select(CertificateRevision)).all()
    assert old.salt != now.salt
    assert len(now.salt) == 32
    assert facts_digest(old.salt, old.facts) == granted["digest"]
    (entry,) = entries(platform, "certificate-reissued")
    assert (entry["certificate"], entry["revision"]) == (number, 2)
    assert entry["digest"] == facts_digest(now.salt, now.facts)
    assert "lost" not in json.dumps(entry)
    assert now.facts["name"] not in json.dumps(entry, ensure_ascii=False)


def test_a_new_name_goes_on_what_still_holds_and_the_person_is_told(
    platform: Platform, number: str
) -> None:
    renamed(platform, "王大兰")

    view = shown(platform, number)
    assert (view.revision, view.facts["name"]) == (2, "王大兰")
    assert view.revisions[0].reason == NAME_CHANGED
    assert shown(platform, number, 1).facts["name"] == "王小兰"
    told = messages.unread(platform, actor=actor(platform, "E1001"))
    assert [one for one in told if number in messages.text(one)]
    held = listing.of_person(platform, actor=actor(platform, "E1001"))
    assert {one.revision for one in held} == {2}, "every certificate that holds"

    renamed(platform, "王小兰")
    assert shown(platform, number).revision == 3
    change_person(platform, actor=actor(platform, "H0001"), staff_no="E1001", status=None)
    assert shown(platform, number).revision == 3, "nothing else reissues"


def test_an_import_of_people_reissues_too(platform: Platform, number: str, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "staff_no,name,department,post,supervisor,hired_on\n"
        "E1001,王大兰,CS,agent,S0001,2024-03-04\n",
        encoding="utf-8",
    )
    import_people(platform, actor=actor(platform, "H0001"), path=path, apply=True)

    assert shown(platform, number).facts["name"] == "王大兰"


@pytest.mark.parametrize("ended", ["revoked", "expired"])
def test_what_holds_no_more_keeps_the_name_it_was_earned_under(
    platform: Platform, number: str, clock: SetClock, ended: str
) -> None:
    if ended == "revoked":
        decide(platform, number, QualificationState.REVOKED)
    else:
        clock.advance(timedelta(days=800))
    renamed(platform, "王大兰")

    assert (shown(platform, number).revision, shown(platform, number).state) == (1, ended)


def test_a_suspended_one_is_reissued_for_it_may_come_back(platform: Platform, number: str) -> None:
    decide(platform, number, QualificationState.SUSPENDED)
    renamed(platform, "王大兰")

    assert shown(platform, number).facts["name"] == "王大兰"


def test_what_was_revoked_or_erased_is_not_issued_anew(platform: Platform, number: str) -> None:
    other = qualified(platform, "E1002")
    decide(platform, number, QualificationState.REVOKED)
    erase(platform, other)

    for one in (number, other):
        with pytest.raises(Refused):
            reissue(platform, one)
    with pytest.raises(NotFound):
        reissue(platform, "PQ-2024-999999-9")
    with pytest.raises(BadInput):
        reissue(platform, number, " ")
    with pytest.raises(NotPermitted):
        reissuing.reissue(
            platform, actor=actor(platform, "E1001"), number=number, reason="I want one"
        )
    assert entries(platform, "certificate-reissued") == []


def test_a_superseded_one_is_not_issued_anew(platform: Platform, number: str) -> None:
    with platform.database.write() as session:
        found = certificates.by_number(session, number)
        assert found is not None
        from certify.services.qualifying.giving import write_change

        write_change(
            session,
            found[1],
            QualificationState.SUPERSEDED,
            from_day=platform.today(),
            at=platform.clock.now(),
            actor_id=None,
            reason="level:L2",
        )
    with pytest.raises(Refused):
        reissue(platform, number)


def test_many_reissues_at_once_give_each_revision_once(platform: Platform, number: str) -> None:
    who = actor(platform, "H0001")
    one = partial(reissuing.reissue, platform, actor=who, number=number, reason="race")
    names = [partial(renamed, platform, f"王{n}兰") for n in "甲乙"]
    done = race(one, names[0], one, one, names[1], one)

    assert not [each for each in done if isinstance(each, Exception)]
    view = shown(platform, number)
    with platform.database.read() as session:
        found = certificates.by_number(session, number)
        assert found is not None
        assert view.facts["name"] == found[2].name, "the name of today is on it"
    assert [each.revision for each in view.revisions] == list(range(1, view.revision))
    assert 6 <= view.revision <= 7


def test_lists_show_ones_own_and_hr_everybodys(platform: Platform, number: str) -> None:
    other = qualified(platform, "E1002")

    own = listing.of_person(platform, actor=actor(platform, "E1001"))
    assert number in {one.number for one in own}
    assert {one.staff_no for one in own} == {"E1001"}
    every = listing.of_everybody(platform, actor=actor(platform, "H0001"))
    assert {number, other} <= {one.number for one in every}
    for wanted in ("王小兰", "wangxl", number[-8:]):
        found = listing.of_everybody(platform, actor=actor(platform, "H0001"), search=wanted)
        assert number in {one.number for one in found}
        assert other not in {one.number for one in found}
    with pytest.raises(NotPermitted):
        listing.of_everybody(platform, actor=actor(platform, "E1001"))
    with pytest.raises(NotPermitted):
        listing.of_person(platform, actor=actor(platform, "E1001"), staff_no="E1002")
