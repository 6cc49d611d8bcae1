"""Sessions: who may give and attend them, sign in, be assessed; then they close (R-TRN-04 … 09)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from certify.domain.attendance import Presence
from certify.domain.ladder import Hours
from certify.domain.person import CONSOLE, Actor, Role
from certify.domain.training import SessionState, TrainingMode
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import messages, outside_people, registering
from certify.services.training import (
    admitting,
    agreements,
    arranging,
    assessing,
    costs,
    forms,
    hours,
    month_view,
    monthly,
    sessions,
    signing,
)
from certify.services.training.arranging import NewSession
from tests.platforms import actor, read_course, sit
from tests.services.learning_steps import grant
from tests.services.steps import EXAM, check_books, fail
from tests.services.training_steps import (
    TRAINER,
    admitted,
    arranged,
    at,
    go_to,
    level,
    line,
    seen,
    trainer,
    twelve,
)

DAY = "2024-03-06"
START, END = at(DAY, "09:00"), at(DAY, "11:00")


@pytest.fixture
def code(platform: Platform) -> str:
    """A session of two hours with two newcomers on its list; it is the day before."""
    trainer(platform)
    return admitted(platform, arranged(platform, START, END, place="一号会议室"), "E1001", "E1002")


def come(platform: Platform, code: str, who: str, time: str = "09:00") -> None:
    go_to(platform, DAY, time)
    signing.sign_in(platform, actor=actor(platform, who), code=code)


def leave(platform: Platform, code: str, who: str, time: str = "11:00") -> None:
    go_to(platform, DAY, time)
    signing.sign_out(platform, actor=actor(platform, who), code=code)


def test_who_attends_is_told_and_signs_in_and_out_at_their_own_terminal(
    platform: Platform, code: str
) -> None:
    learner = actor(platform, "E1001")
    (told,) = messages.unread(platform, actor=learner)
    assert "岗前培训" in messages.text(told)
    assert "2024-03-06 09:00 · 一号会议室" in messages.text(told)

    come(platform, code, "E1001", "09:20")
    leave(platform, code, "E1001", "10:56")

    found = line(platform, code)
    assert found.attendance.presence is Presence.ATTENDED
    assert found.attendance.is_late
    assert found.signed_by == ""
    assert seen(platform, code).state is SessionState.HELD
    with platform.database.read() as session:
        got = hours.attended(session, platform, learner.person_id)
    assert got == [Hours("onboarding", date(2024, 3, 6), Fraction(8, 5))]
    check_books(platform)


def test_nobody_signs_for_somebody_else_but_the_trainer_notes_who_is_there(
    platform: Platform, code: str
) -> None:
    go_to(platform, DAY, "09:05")
    with pytest.raises(NotPermitted):
        signing.sign_in(platform, actor=actor(platform, "E1002"), code=code, who="E1001")
    for hidden in ("H0001", "X9999"):  # neither who is on the list is told, nor which numbers are
        with pytest.raises(NotPermitted):
            signing.sign_in(platform, actor=actor(platform, "E1002"), code=code, who=hidden)
    with pytest.raises(Refused):
        signing.sign_in(platform, actor=CONSOLE, code=code, who="E1001")
    signing.sign_in(
        platform, actor=actor(platform, TRAINER), code=code, who="E1001", at=at(DAY, "08:58")
    )
    found = line(platform, code)
    assert (found.signed_by, found.in_at) == ("主管", at(DAY, "08:58"))
    with pytest.raises(NotPermitted):  # a time of one's own choice is not for oneself
        signing.sign_in(platform, actor=actor(platform, "E1002"), code=code, at=at(DAY, "08:50"))
    with pytest.raises(Refused):
        signing.sign_in(platform, actor=actor(platform, "E1001"), code=code)
    with pytest.raises(NotFound):
        signing.sign_in(platform, actor=actor(platform, "H0001"), code=code)


def test_people_sign_in_from_an_hour_before_until_the_end(platform: Platform, code: str) -> None:
    go_to(platform, DAY, "07:59")
    learner = actor(platform, "E1001")
    with pytest.raises(Refused):
        signing.sign_in(platform, actor=learner, code=code)
    go_to(platform, DAY, "11:00")
    with pytest.raises(Refused):
        signing.sign_in(platform, actor=learner, code=code)
    with pytest.raises(Refused):
        signing.sign_out(platform, actor=learner, code=code)
    trainer_ = actor(platform, TRAINER)
    with pytest.raises(BadInput):
        signing.sign_in(platform, actor=trainer_, code=code, who="E1001", at=at(DAY, "12:00"))
    with pytest.raises(BadInput):
        signing.sign_in(
            platform, actor=trainer_, code=code, who="E1001", at=at("2024-03-05", "09:00")
        )


def test_without_a_sign_out_the_trainer_confirms_until_when(platform: Platform, code: str) -> None:
    come(platform, code, "E1001")
    go_to(platform, DAY, "10:00")
    trainer_ = actor(platform, TRAINER)
    with pytest.raises(Refused):
        signing.confirm_end(platform, actor=trainer_, code=code, who="E1001")
    go_to(platform, DAY, "11:31")
    assert line(platform, code).attendance.presence is Presence.END_UNKNOWN
    with pytest.raises(Refused):
        signing.sign_out(platform, actor=actor(platform, "E1001"), code=code)
    with pytest.raises(BadInput):
        signing.confirm_end(platform, actor=trainer_, code=code, who="E1001", at=at(DAY, "08:59"))
    signing.confirm_end(platform, actor=trainer_, code=code, who="E1001", at=at(DAY, "10:35"))
    found = line(platform, code)
    assert found.attendance.presence is Presence.TOO_SHORT
    assert found.confirmed_by == "主管"
    with pytest.raises(Refused):
        signing.confirm_end(platform, actor=trainer_, code=code, who="E1002")


def test_the_trainer_does_not_sign_somebody_out_the_day_after(
    platform: Platform, code: str
) -> None:
    come(platform, code, "E1001")
    go_to(platform, "2024-03-07", "09:00")
    with pytest.raises(Refused):
        signing.sign_out(platform, actor=actor(platform, TRAINER), code=code, who="E1001")
    assert line(platform, code).out_at is None
    signing.sign_out(
        platform, actor=actor(platform, TRAINER), code=code, who="E1001", at=at(DAY, "10:50")
    )
    assert line(platform, code).attendance.minutes == 110


def test_a_slip_is_taken_back_with_a_reason_until_there_is_a_result(
    platform: Platform, code: str
) -> None:
    trainer_ = actor(platform, TRAINER)
    come(platform, code, "E1001")
    with pytest.raises(BadInput):
        signing.take_back(platform, actor=trainer_, code=code, who="E1001", reason=" ")
    with pytest.raises(NotPermitted):
        signing.take_back(
            platform, actor=actor(platform, "E1002"), code=code, who="E1001", reason="错"
        )
    signing.take_back(platform, actor=trainer_, code=code, who="E1001", reason="点错了人")
    found = line(platform, code)
    assert (found.in_at, found.signed_by) == (None, "")
    with pytest.raises(Refused):
        signing.take_back(platform, actor=trainer_, code=code, who="E1001", reason="再次")
    come(platform, code, "E1001", "09:30")
    assessing.assess(platform, actor=trainer_, code=code, who="E1001", passed=True)
    with pytest.raises(Refused):
        signing.take_back(platform, actor=trainer_, code=code, who="E1001", reason="再次")
    check_books(platform)


def test_a_session_closes_only_when_everybody_has_a_result_or_an_excuse(
    platform: Platform, code: str
) -> None:
    trainer_ = actor(platform, TRAINER)
    with pytest.raises(Refused):
        assessing.assess(platform, actor=trainer_, code=code, who="E1001", passed=True)
    come(platform, code, "E1001")
    go_to(platform, DAY, "11:20")
    with pytest.raises(Refused):
        assessing.assess(platform, actor=trainer_, code=code, who="E1002", passed=True)
    with pytest.raises(BadInput):
        assessing.assess(platform, actor=trainer_, code=code, who="E1001")
    with pytest.raises(BadInput):
        assessing.assess(
            platform, actor=trainer_, code=code, who="E1001", mark=Fraction(84), passed=True
        )
    assert not assessing.assess(
        platform, actor=trainer_, code=code, who="E1001", mark=Fraction("84.9999")
    )
    assert assessing.assess(platform, actor=trainer_, code=code, who="E1001", mark=Fraction(85))
    with pytest.raises(Refused) as refusal:  # the end of one is unknown, the other has nothing
        assessing.close(platform, actor=trainer_, code=code)
    assert "王小兰" in refusal.value.message
    assert "李雷" in refusal.value.message
    signing.confirm_end(platform, actor=trainer_, code=code, who="E1001")
    with pytest.raises(Refused) as refusal:
        assessing.close(platform, actor=trainer_, code=code)
    assert "王小兰" not in refusal.value.message
    admitting.excuse(platform, actor=trainer_, code=code, who="E1002", reason="病假")
    assessing.close(platform, actor=trainer_, code=code)

    assert seen(platform, code).state is SessionState.CLOSED
    record = forms.assessment_record(platform, actor=trainer_, code=code)
    assert list(record.rows) == [
        ("E1001", "王小兰", _("attended"), "85", _("passed"), "主管", ""),
        ("E1002", "李雷", _("excused"), "", "", "", "病假"),
    ]
    sheet = forms.sign_in_sheet(platform, actor=trainer_, code=code)
    assert next(iter(sheet.rows))[:6] == (
        "E1001",
        "王小兰",
        "2024-03-06 09:00",
        "2024-03-06 11:00",
        "100.00",
        _("attended"),
    )
    with pytest.raises(Refused):
        assessing.assess(platform, actor=trainer_, code=code, who="E1001", passed=False)
    with pytest.raises(NotPermitted):
        forms.sign_in_sheet(platform, actor=actor(platform, "E1001"), code=code)


def test_nobody_assesses_excuses_or_confirms_themselves(platform: Platform, code: str) -> None:
    grant(platform, "E1001", Role.TRAINER)
    own = actor(platform, "E1001")
    with pytest.raises(NotPermitted):
        admitting.excuse(platform, actor=own, code=code, who="E1001", reason="病假")
    come(platform, code, "E1001")
    go_to(platform, DAY, "11:40")
    with pytest.raises(NotPermitted):
        signing.confirm_end(platform, actor=own, code=code, who="E1001")
    with pytest.raises(NotPermitted):
        assessing.assess(platform, actor=own, code=code, who="E1001", passed=True)
    with pytest.raises(Refused):
        admitting.admit(platform, actor=own, code=code, whom=[TRAINER])


def test_the_exam_of_a_cohort_is_the_assessment_record(platform: Platform) -> None:
    trainer(platform)
    hr = actor(platform, "H0001")
    cohort = registering.new_cohort(platform, actor=hr, exam=EXAM, title="三月批次")
    registering.register(platform, actor=hr, cohort_id=cohort, staff_nos=["E1001", "E1002"])
    code = admitted(platform, arranged(platform, START, END, cohort=cohort), "E1001", "E1002")
    for who in ("E1001", "E1002"):
        come(platform, code, who)
        read_course(platform, actor(platform, who))
    sit(platform, actor(platform, "E1001"))
    fail(platform, actor(platform, "E1002"), "limits")

    good, bad = line(platform, code), line(platform, code, "E1002")
    assert (good.mark, good.passed) == ("100.00", True)
    assert bad.passed is False
    with pytest.raises(Refused):
        assessing.assess(
            platform, actor=actor(platform, TRAINER), code=code, who="E1002", passed=True
        )


def test_an_inside_trainer_holds_the_level_on_the_day(platform: Platform) -> None:
    grant(platform, TRAINER, Role.TRAINER)
    with pytest.raises(Refused) as refusal:
        arranged(platform, START, END)
    assert "主管" in refusal.value.message
    level(platform, TRAINER, last=date(2024, 3, 6))
    code = admitted(platform, arranged(platform, START, END), "E1001")
    with pytest.raises(Refused):
        arranged(platform, at("2024-03-07"), at("2024-03-07", "11:00"))
    trainer_ = actor(platform, TRAINER)
    with pytest.raises(Refused):
        arranging.change(
            platform,
            actor=trainer_,
            code=code,
            starts_at=at("2024-03-07"),
            ends_at=at("2024-03-07", "11:00"),
            place="",
            trainer=TRAINER,
        )
    number = outside_people.add(
        platform, actor=trainer_, name="外部讲师", kind="trainer", organisation="培训公司"
    )
    code = arranged(platform, at("2024-03-07"), at("2024-03-07", "11:00"), trainer=f"#{number}")
    assert seen(platform, code).trainer == "外部讲师"
    with pytest.raises(BadInput):
        arranged(platform, START, END, trainer="")
    online = arranged(platform, START, END, trainer="", mode=TrainingMode.ONLINE)
    assert seen(platform, online).trainer_no == ""


def test_the_level_is_looked_at_again_when_the_session_begins(platform: Platform) -> None:
    trainer(platform)
    code = admitted(platform, arranged(platform, START, END), "E1001")
    with platform.database.write() as session:
        from sqlmodel import select

        from certify.domain.qualification import (
            Qualification,
            QualificationChange,
            QualificationState,
        )

        held = session.exec(select(Qualification)).one()
        session.add(
            QualificationChange(
                qualification_id=held.id or 0,
                state=QualificationState.SUSPENDED,
                from_day=date(2024, 3, 5),
                at=at("2024-03-05"),
                reason="投诉",
            )
        )
    with pytest.raises(Refused):
        come(platform, code, "E1001")
    assert seen(platform, code).state is SessionState.PLANNED


def test_customers_attend_customer_training_and_staff_all_other(platform: Platform) -> None:
    trainer(platform)
    trainer_ = actor(platform, TRAINER)
    guest = outside_people.add(platform, actor=trainer_, name="张三", kind="customer")
    teacher = outside_people.add(platform, actor=trainer_, name="李四", kind="trainer")
    code = arranged(platform, START, END, kind="customer", title="客户使用培训")
    with pytest.raises(Refused):
        admitted(platform, code, "E1001")
    with pytest.raises(NotFound):
        admitted(platform, code, f"#{teacher}")
    admitted(platform, code, f"#{guest}")
    with pytest.raises(Refused):
        admitted(platform, arranged(platform, START, END), f"#{guest}")
    go_to(platform, DAY, "09:00")
    signing.sign_in(platform, actor=trainer_, code=code, who=f"#{guest}")
    go_to(platform, DAY, "11:00")
    signing.sign_out(platform, actor=trainer_, code=code, who=f"#{guest}")
    assert line(platform, code, f"#{guest}").attendance.presence is Presence.ATTENDED
    with pytest.raises(BadInput):
        outside_people.add(platform, actor=trainer_, name="张\x1b三", kind="customer")
    with pytest.raises(NotPermitted):
        outside_people.listed(platform, actor=actor(platform, "E1001"))


def test_two_sessions_at_once_are_named_and_not_refused(platform: Platform, code: str) -> None:
    other = at(DAY, "10:59")
    new = NewSession(
        starts_at=other,
        ends_at=at(DAY, "12:00"),
        kind="onboarding",
        title="第二场",
        trainer=TRAINER,
    )
    made, said = arranging.arrange(platform, actor=actor(platform, TRAINER), what=new)
    assert len(said) == 1
    assert code in said[0]
    _count, said = admitting.admit(
        platform, actor=actor(platform, TRAINER), code=made, whom=["E1001"]
    )
    assert len(said) == 1
    assert "王小兰" in said[0]
    after = arranged(platform, END, at(DAY, "12:00"), trainer="", mode=TrainingMode.ONLINE)
    assert admitting.admit(
        platform, actor=actor(platform, TRAINER), code=after, whom=["H0001"]
    ) == (1, [])


def test_an_agreement_is_for_others_to_record_and_only_where_it_costs(platform: Platform) -> None:
    trainer(platform)
    hr = actor(platform, "H0001")
    free = arranged(platform, START, END)
    partly = arranged(platform, START, END, planned_fen=1)
    alone = arranged(platform, START, END, planned_fen=100, funded=False)
    signed = at("2024-03-04", "08:00")
    with pytest.raises(Refused):
        agreements.sign(platform, actor=hr, code=free, staff_no="E1001", signed_at=signed)
    assert admitted(platform, free, "E1001") == free
    assert admitted(platform, alone, "E1001") == alone
    with pytest.raises(Refused):
        admitted(platform, partly, "E1001")
    with pytest.raises(NotPermitted):
        agreements.sign(platform, actor=hr, code=partly, staff_no="H0001", signed_at=signed)
    with pytest.raises(Refused):  # still to come
        agreements.sign(
            platform, actor=hr, code=partly, staff_no="E1001", signed_at=at("2024-03-05")
        )
    agreements.sign(platform, actor=hr, code=partly, staff_no="E1001", signed_at=signed)
    with pytest.raises(Refused):
        agreements.sign(platform, actor=hr, code=partly, staff_no="E1001", signed_at=signed)
    (found,) = agreements.listed(platform, actor=hr, code=partly)
    assert (found.name, found.amount_fen, found.recorded_by) == ("王小兰", 1, "人事")


def test_a_cancelled_session_tells_its_attendees_and_still_costs(
    platform: Platform, code: str
) -> None:
    trainer_ = actor(platform, TRAINER)
    arranging.cancel(platform, actor=trainer_, code=code, reason="讲师生病")
    costs.record_cost(platform, actor=trainer_, code=code, fen=50_000)

    told = messages.unread(platform, actor=actor(platform, "E1002"))
    assert "讲师生病" in messages.text(told[-1])
    year = costs.year_costs(platform, actor=trainer_, year=2024).cost
    assert (year.to_date, year.cancelled, year.planned) == (50_000, 50_000, 0)
    with pytest.raises(Refused):
        come(platform, code, "E1001")
    with pytest.raises(Refused):
        arranging.cancel(platform, actor=trainer_, code=code, reason="再次")
    with pytest.raises(BadInput):
        costs.record_cost(platform, actor=trainer_, code=code, fen=-1)


def test_a_learner_sees_own_sessions_with_their_own_line_alone(
    platform: Platform, code: str
) -> None:
    other = arranged(platform, START, END, title="别人的")
    found = sessions.listed(platform, actor=actor(platform, "E1001"))
    assert [(one.code, [line.who for line in one.attendees]) for one in found] == [
        (code, ["E1001"])
    ]
    assert (
        len(sessions.listed(platform, actor=actor(platform, TRAINER), days=sessions.year_of(2024)))
        == 2
    )
    assert (
        sessions.listed(platform, actor=actor(platform, TRAINER), days=sessions.year_of(2023)) == []
    )
    with pytest.raises(NotFound):
        sessions.one(platform, actor=actor(platform, "E1001"), code=other)


def test_the_monthly_check_asks_for_onboarding_only_where_somebody_came(
    platform: Platform, code: str
) -> None:
    come(platform, code, "E1001")
    go_to(platform, "2024-05-02")
    check = monthly.year_check(platform, actor=actor(platform, "H0001"), year=2024)
    onboarding, in_service = (dict(check.rows)[kind] for kind in ("onboarding", "in-service"))
    assert [one.verdict for one in onboarding[:5]] == [
        "not-due",
        "not-due",
        "held",
        "not-due",
        "not-due",
    ]
    assert [one.verdict for one in in_service[:6]] == [
        "not-due",
        "not-due",
        "missing",
        "missing",
        "to-come",
        "to-come",
    ]
    assert check.missing == 2


def test_the_calendar_shows_a_month_and_a_file_that_others_read(
    platform: Platform, code: str, tmp_path: Path
) -> None:
    from icalendar import Calendar

    trainer_ = actor(platform, TRAINER)
    found = month_view.month(platform, actor=trainer_, first=date(2024, 3, 1))
    assert {day: [one.code for one in some] for day, some in found.days.items()} == {
        date(2024, 3, 6): [code]
    }
    path = tmp_path / "training.ics"
    assert month_view.write_calendar(platform, actor=trainer_, path=path) == 1
    (event,) = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert str(event["uid"]).startswith(code)
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (START, END)
    assert str(event["summary"]) == "岗前培训"
    assert "王小兰" not in path.read_text(encoding="utf-8")


def test_costs_and_lines_of_the_year_belong_together(platform: Platform) -> None:
    trainer(platform)
    lines = twelve(platform)
    code = arranged(platform, START, END, line=lines[2], kind="", title="")
    assert seen(platform, code).plan == "2024/03"
    cost = costs.year_costs(platform, actor=actor(platform, TRAINER), year=2024).cost
    assert (cost.annual, cost.ad_hoc, cost.to_date) == (2_400_000, 0, 0)
    with pytest.raises(NotPermitted):
        costs.year_costs(platform, actor=actor(platform, "E1001"), year=2024)


def test_of_two_terminals_at_once_one_signs_in_and_one_is_refused(
    platform: Platform, code: str
) -> None:
    go_to(platform, DAY, "09:00")
    terminals = [(actor(platform, who), "E1001") for who in ("E1001", TRAINER)] * 2

    def sign(terminal: tuple[Actor, str]) -> bool:
        who, staff_no = terminal
        try:
            signing.sign_in(platform, actor=who, code=code, who=staff_no)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(sign, terminals)) == [False, False, False, True]
    check_books(platform)
