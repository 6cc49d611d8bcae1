"""Every form the regimes name: who may take it away, and that it says this and nothing else."""

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from certify.clock import SetClock
from certify.domain.ledger import LedgerEntry
from certify.domain.person import CONSOLE, Role
from certify.domain.qualification import QualificationState
from certify.errors import BadInput, NotFound, NotPermitted
from certify.i18n import speaking
from certify.platform import Platform
from certify.services import people_import
from certify.services.exporting import MADE, WRITTEN, export_form, form_rows, write_form
from certify.services.forms.form import FILTERS, Wanted
from certify.services.forms.registry import FORMS
from certify.services.forms.staff import list_filter, wanted_of
from certify.services.inspection import anomalies, notices
from certify.services.listing import ListFilter, qualification_list
from certify.services.qualifying import deciding
from certify.services.qualifying.list_compare import compare
from certify.services.training import plan_import, planning
from certify.services.training.planning import Planned
from certify.storage import exports, people
from tests.platforms import NOON, actor
from tests.services.inspection_steps import check, inspectors
from tests.services.learning_steps import grant, pass_course
from tests.services.standard_steps import first_text, reviewed, wanted
from tests.services.steps import at
from tests.services.training_steps import TRAINER, admitted, arranged, trainer, twelve
from tests.services.training_steps import at as local

Lived = tuple[Platform, dict[str, Wanted]]


@pytest.fixture
def lived(platform: Platform, tmp_path: Path) -> Lived:
    """A company with something on every form, and what to ask each form for."""
    return live(platform, tmp_path)


@pytest.fixture
def quickly_lived(sqlite_platform: Platform, tmp_path: Path) -> Lived:
    """The same on SQLite alone."""
    return live(sqlite_platform, tmp_path)


def live(platform: Platform, folder: Path) -> Lived:
    """Learn, plan, train, inspect and draft."""
    pass_course(platform, "E1001")
    trainer(platform)
    twelve(platform)
    code = admitted(platform, arranged(platform, local("2024-03-05"), local("2024-03-06")), "E1001")
    drafter = actor(platform, TRAINER)
    plan = planning.draft_ad_hoc(
        platform,
        actor=drafter,
        what=Planned(kind="in-service", title="临时培训"),
        occasion="新产品",
        first_day=date(2024, 3, 10),
        last_day=date(2024, 3, 11),
    )
    inspectors(platform)
    check(platform, "E1001", fault=True)
    inspector = actor(platform, "I0001")
    notice = notices.issue(platform, actor=inspector, owner="E1001", problem="响应超时")
    anomaly = anomalies.open_form(
        platform,
        actor=inspector,
        staff_no="E1001",
        what="漏水",
        cause="漏装",
        process="补装",
        countermeasure="核对",
    )
    first_text(platform, folder)
    draft = reviewed(platform, wanted())
    return platform, {
        "sign-in-sheet": Wanted(session=code),
        "assessment-record": Wanted(session=code),
        "annual-plan": Wanted(year=2024),
        "ad-hoc-plan": Wanted(plan=plan),
        "rectification-notice": Wanted(number=notice),
        "anomaly-form": Wanted(number=anomaly),
        "review-opinions": Wanted(draft=draft),
        "expiring": Wanted(days=3660),
    }


def written(
    platform: Platform,
    form: str,
    format_name: str = "csv",
    what: Wanted | None = None,
    who: str = "H0001",
    purpose: str = "",
) -> bytes:
    out = io.BytesIO()
    write_form(
        platform,
        actor=actor(platform, who),
        form=form,
        format_name=format_name,
        wanted=what or Wanted(),
        out=out,
        purpose=purpose,
    )
    return out.getvalue()


def csv_rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def table(data: bytes) -> list[list[str]]:
    """The rows below the empty one, headings first."""
    rows = csv_rows(data)
    return rows[rows.index([]) + 1 :]


def entries(platform: Platform, action: str) -> list[LedgerEntry]:
    with platform.database.read() as session:
        found = list(exports.entries(session, action))
        session.expunge_all()
    return found


def test_every_form_has_rows_in_every_format_and_both_languages(
    lived: Lived,
) -> None:
    platform, asked = lived
    for name, form in FORMS.items():
        for format_name in platform.plugins.export_formats:
            assert written(platform, name, format_name, asked.get(name)), (name, format_name)
        with speaking("en"):
            found = json.loads(written(platform, name, "json", asked.get(name)))
        assert found["rows"], name
        keys = [column["key"] for column in found["columns"]]
        assert len(set(keys)) == len(keys), name
        assert all(list(row) == keys for row in found["rows"]), name
        assert form.label not in ("", name)
        book = openpyxl.load_workbook(io.BytesIO(written(platform, name, "xlsx", asked.get(name))))
        cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
        assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}, name


def test_two_exports_of_one_state_differ_in_number_and_time_alone(
    quickly_lived: Lived, clock: SetClock
) -> None:
    platform, asked = quickly_lived
    formats = [name for name, one in platform.plugins.export_formats.items() if one.is_text]
    for name in FORMS:
        if name == "ledger-extract":  # an export is itself in the ledger
            continue
        for format_name in formats:
            first = written(platform, name, format_name, asked.get(name)).decode().splitlines()
            clock.advance(timedelta(seconds=1))
            second = written(platform, name, format_name, asked.get(name)).decode().splitlines()
            other = [place for place in range(len(first)) if first[place] != second[place]]
            assert len(first) == len(second)
            if format_name == "json":
                heads = [json.loads("\n".join(one))["header"] for one in (first, second)]
                assert {key for key in heads[0] if heads[0][key] != heads[1][key]} == {
                    "number",
                    "time",
                }
                assert len(other) == 1
            else:
                assert len(other) == 2


@pytest.mark.parametrize("format_name", ["csv", "xlsx", "json", "md"])
def test_the_same_number_and_time_give_the_same_bytes(
    sqlite_platform: Platform, format_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from certify.storage import qualifications

    monkeypatch.setattr(qualifications, "next_number", lambda session, series: 7)

    assert written(sqlite_platform, "people-list", format_name) == written(
        sqlite_platform, "people-list", format_name
    )


RIGHTS = {
    Role.HR: set(FORMS),
    Role.TRAINER: {
        "sign-in-sheet",
        "assessment-record",
        "annual-plan",
        "ad-hoc-plan",
        "review-opinions",
    },
    Role.INSPECTOR: {
        "inspection-register",
        "inspection-report",
        "rectification-notice",
        "anomaly-form",
        "review-opinions",
    },
    Role.SUPERVISOR: {"annual-plan", "ad-hoc-plan", "anomaly-form", "review-opinions"},
    Role.EVALUATOR: {"review-opinions"},
    Role.ADMINISTRATOR: {"ledger-extract"},
    Role.EXAMINER: set(),
    Role.GUIDE: set(),
    Role.LEARNER: set(),
}
"""Who takes away what; a session's own trainer is not in it, whatever their role."""


def test_each_role_takes_away_its_own_forms_and_no_other(quickly_lived: Lived) -> None:
    platform, asked = quickly_lived
    taken: dict[Role, set[str]] = {role: set() for role in Role}
    for role in Role:
        who = replace(actor(platform, "E1002"), roles=frozenset({Role.LEARNER, role}))
        for name in FORMS:
            out = io.BytesIO()
            what = asked.get(name, Wanted())
            try:
                write_form(platform, actor=who, form=name, format_name="csv", wanted=what, out=out)
                taken[role].add(name)
            except (NotPermitted, NotFound):
                assert out.getvalue() == b""
    assert taken == RIGHTS
    assert len(entries(platform, MADE)) == sum(map(len, RIGHTS.values()))


def test_the_trainer_of_a_session_takes_its_sheets_without_the_role_of_a_trainer(
    quickly_lived: Lived,
) -> None:
    platform, asked = quickly_lived
    who = replace(actor(platform, TRAINER), roles=frozenset({Role.LEARNER}))
    _columns, rows = form_rows(
        platform, actor=who, form="sign-in-sheet", wanted=asked["sign-in-sheet"]
    )

    assert [row[0] for row in rows] == ["E1001"]
    with pytest.raises(NotPermitted):
        form_rows(platform, actor=who, form="annual-plan", wanted=Wanted(year=2024))


def test_a_form_refuses_what_it_would_ignore_and_names_what_it_takes(
    sqlite_platform: Platform,
) -> None:
    values: dict[str, object] = dict.fromkeys(FILTERS, "x")
    values |= dict.fromkeys(("days", "year", "draft"), 7)
    values |= dict.fromkeys(("as_of", "first", "last"), date(2024, 1, 1))
    for form in FORMS.values():
        needed = {one: values[one] for one in form.needs}
        for foreign in set(FILTERS) - set(form.takes):
            what = Wanted(**{**needed, foreign: values[foreign]})  # type: ignore[arg-type]
            with pytest.raises(BadInput) as refused:
                written(sqlite_platform, form.name, what=what)
            assert FILTERS[foreign].option in refused.value.message
            assert all(option in refused.value.mend for option in form.options)
        for missing in form.needs:
            with pytest.raises(BadInput) as refused:
                written(sqlite_platform, form.name)
            assert f"--{FILTERS[missing].option}" in refused.value.message
    assert entries(sqlite_platform, MADE) == []


def test_the_head_says_what_it_is_for_and_the_ledger_only_that_it_says_so(
    platform: Platform,
) -> None:
    with speaking("en"):
        data = written(platform, "people-list", purpose="  for 王小兰's\x1b hearing ")

    assert ["Purpose", "for 王小兰's� hearing"] in csv_rows(data)
    (made,) = entries(platform, MADE)
    assert made.facts["purpose"] is True
    assert "王小兰" not in json.dumps(made.facts, ensure_ascii=False)


def test_a_purpose_has_a_length_and_takes_no_number(sqlite_platform: Platform) -> None:
    with pytest.raises(BadInput):
        written(sqlite_platform, "people-list", purpose="x" * 201)

    assert entries(sqlite_platform, MADE) == []


def test_what_is_typed_as_a_code_but_may_be_a_name_stays_out_of_the_ledger(
    sqlite_platform: Platform,
) -> None:
    written(sqlite_platform, "people-list", what=Wanted(department="王小兰"))
    written(sqlite_platform, "qualification-list", what=Wanted(supervisor="S0001"))

    first, second = entries(sqlite_platform, MADE)
    assert first.facts["filter"] == {"department": True}
    assert second.facts["filter"] == {"as_of": "2024-03-04", "supervisor": True}


def test_an_export_without_a_place_never_overwrites_an_earlier_one(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    hr, made = actor(sqlite_platform, "H0001"), []
    for place in (None, None, tmp_path, tmp_path):
        receipt = export_form(
            sqlite_platform,
            actor=hr,
            form="people-list",
            format_name="csv",
            wanted=Wanted(),
            path=place,
        )
        made.append(receipt.path)

    assert len(set(made)) == 4
    assert all(path is not None and path.is_file() for path in made)
    folder = sqlite_platform.settings.home.exports
    assert sorted(path.name for path in folder.iterdir()) == [
        "people-list-EXP-2024-000001.csv",
        "people-list-EXP-2024-000002.csv",
    ]


def test_an_export_that_breaks_off_has_no_digest(sqlite_platform: Platform) -> None:
    class Broken(io.BytesIO):
        def write(self, data: object) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_form(
            sqlite_platform,
            actor=CONSOLE,
            form="people-list",
            format_name="csv",
            wanted=Wanted(),
            out=Broken(),
        )

    assert len(entries(sqlite_platform, MADE)) == 1
    assert entries(sqlite_platform, WRITTEN) == []


def test_the_matrix_shows_gaps_levels_and_what_is_no_longer_active(
    platform: Platform, clock: SetClock
) -> None:
    pass_course(platform, "E1001")
    pass_course(platform, "E1002")
    deciding.decide(
        platform,
        actor=actor(platform, "H0001"),
        staff_no="E1002",
        code="reception",
        state=QualificationState.SUSPENDED,
        reason="投诉",
    )
    with speaking("en"):
        headings, *rows = table(written(platform, "qualification-matrix"))
        found = {row[0]: dict(zip(headings, row, strict=True)) for row in rows}

    process = next(heading for heading in headings if "reception" in heading)
    assert list(found) == ["E1001", "E1002", "H0001", "S0001", "0001"]
    assert found["E1001"][process] == "2025-03-04"
    assert found["E1001"]["Level"] == "L1"
    assert found["E1002"][process] == "suspended 2025-03-04"
    assert found["H0001"][process] == ""
    clock.set(NOON + timedelta(days=400))
    past = table(written(platform, "qualification-matrix", what=Wanted(as_of=date(2024, 3, 4))))
    assert past[1][-1] == "2025-03-04"


def test_what_ends_soon_is_counted_by_the_days_of_the_policy(
    platform: Platform, clock: SetClock
) -> None:
    pass_course(platform, "E1001")
    clock.set(at("2025-02-01T04:00:00"))

    _headings, *rows = table(written(platform, "expiring"))
    assert {(row[1], row[2]) for row in rows} == {("31", "60")}
    assert table(written(platform, "expiring", what=Wanted(days=30)))[1:] == []


def test_the_ledger_extract_says_who_did_what_but_no_facts(
    platform: Platform, clock: SetClock
) -> None:
    written(platform, "people-list")
    clock.set(NOON + timedelta(days=2))
    written(platform, "people-list", who="H0001")
    with speaking("en"):
        headings, *rows = table(written(platform, "ledger-extract", what=Wanted()))
        later = table(written(platform, "ledger-extract", what=Wanted(first=date(2024, 3, 6))))[1:]
        earlier = table(written(platform, "ledger-extract", what=Wanted(last=date(2024, 3, 5))))[1:]

    assert headings == ["No.", "Time", "By (staff no.)", "Action", "Subject", "Hash"]
    assert [row[0] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    assert rows[-2][2:5] == ["H0001", MADE, "export:EXP-2024-000002"]
    assert rows[-1][1] == "2024-03-06T12:00:00+08:00"
    assert later[0][4] == "export:EXP-2024-000002"
    assert earlier[-1][4] == "export:EXP-2024-000001"
    assert {len(row[5]) for row in rows} == {64}


@pytest.mark.parametrize("format_name", ["csv", "xlsx"])
def test_a_plan_read_back_changes_nothing(
    platform: Platform, tmp_path: Path, format_name: str
) -> None:
    trainer(platform)
    drafter = actor(platform, TRAINER)
    planning.draft_annual(platform, actor=drafter, year=2025)
    for title in ("=1+1", "-5 度", "0012", "甲,“乙”\t丙"):
        what = Planned(kind="in-service", title=title, audience="@all", planned_fen=123_456)
        planning.add_line(platform, actor=drafter, year=2025, month=3, what=what)
    path = tmp_path / f"plan.{format_name}"
    path.write_bytes(written(platform, "annual-plan", format_name, Wanted(year=2025), TRAINER))

    found = plan_import.import_lines(platform, actor=drafter, year=2025, path=path, apply=True)

    assert (found.found, found.added, found.unchanged) == (4, 0, 4)
    assert found.rejections == ()


@pytest.mark.parametrize("format_name", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_lists_of_awkward_names_read_back_say_no_changes(
    platform: Platform, tmp_path: Path, format_name: str, language: str
) -> None:
    names = {"E1001": "=1+1,“甲”", "E1002": "'O\"Neil; -", "S0001": "长" * 40}
    with platform.database.write() as session:
        for staff_no, name in names.items():
            person = people.by_staff_no(session, staff_no)
            assert person is not None
            person.name = name
            session.add(person)
    pass_course(platform, "E1001")
    hr = actor(platform, "H0001")
    lists, posts = tmp_path / "people", tmp_path / "posts"
    with speaking(language):
        lists.write_bytes(written(platform, "people-list", format_name))
        posts.write_bytes(written(platform, "qualification-list", format_name))

    report = people_import.import_people(platform, actor=hr, path=lists, apply=True)
    assert (report.rejections, report.unchanged) == ((), report.found)
    held = compare(platform, actor=hr, path=posts, wanted=Wanted())
    assert (held.found, held.same, held.differences) == (1, 1, ())


def test_what_a_screen_chose_is_what_the_list_is_asked_for(sqlite_platform: Platform) -> None:
    for chosen in (
        ListFilter(date(2024, 1, 1)),
        ListFilter(date(2024, 1, 1), state=None, search="x", level="L1", within=3),
        ListFilter(
            date(2024, 1, 1),
            QualificationState.REVOKED,
            department="CS",
            process="p",
            post="agent",
            supervisor="S0001",
        ),
    ):
        assert list_filter(sqlite_platform, wanted_of(chosen)) == chosen
    with pytest.raises(BadInput, match="active"):
        list_filter(sqlite_platform, Wanted(state="x"))


@pytest.mark.parametrize("days", [364, 365, 366])
def test_the_qualification_list_is_narrowed_to_what_ends_within_days_as_its_page_is(
    sqlite_platform: Platform, days: int
) -> None:
    pass_course(sqlite_platform, "E1002")
    chosen = ListFilter(sqlite_platform.today(), within=days)
    hr = actor(sqlite_platform, "H0001")
    shown = qualification_list(sqlite_platform, actor=hr, wanted=chosen).rows

    rows = table(written(sqlite_platform, "qualification-list", what=wanted_of(chosen)))[1:]

    assert [row[0] for row in rows] == [one.staff_no for one in shown]
    assert len(rows) == (days >= (date(2025, 3, 4) - date(2024, 3, 4)).days)


@pytest.mark.parametrize(
    ("wanted_", "numbers"),
    [
        (Wanted(role="supervisor"), {"S0001"}),
        (Wanted(role="learner", department="CS"), {"E1001", "E1002", "H0001", "S0001"}),
        (Wanted(supervisor="S0001"), {"E1001", "E1002"}),
        (Wanted(status="left"), set()),
        (Wanted(post="agent", search="wxl"), {"E1001"}),
        (Wanted(level="L1"), {"E1002"}),
        (Wanted(level="-", department="CS"), {"E1001", "H0001", "S0001"}),
    ],
)
def test_the_people_list_is_narrowed_as_the_page_of_people_is(
    sqlite_platform: Platform, wanted_: Wanted, numbers: set[str]
) -> None:
    pass_course(sqlite_platform, "E1002")

    rows = table(written(sqlite_platform, "people-list", what=wanted_))[1:]

    assert {row[0] for row in rows} == numbers


def test_the_people_list_is_in_the_order_of_characters_whatever_the_database(
    platform: Platform,
) -> None:
    with platform.database.write() as session:
        model = people.by_staff_no(session, "E1001")
        assert model is not None
        for number in ("a1", "B1", "_1", "Ä1", "b1", "员1"):
            session.add(
                type(model)(
                    staff_no=number,
                    name=number,
                    department_id=model.department_id,
                    post_id=model.post_id,
                    hired_on=model.hired_on,
                )
            )
    grant(platform, "E1002", Role.GUIDE)

    rows = table(written(platform, "people-list", what=Wanted(department="CS")))[1:]
    numbers = [row[0] for row in rows]
    assert numbers == sorted(numbers)
    assert len(numbers) == 10
    with speaking("en"):
        roles = {row[0]: row[7] for row in table(written(platform, "people-list"))[1:]}
    assert roles["E1002"] == "learner; field guide"
    assert roles["a1"] == ""
