"""The iCalendar file is read back as it was, whatever people call their sessions."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from certify.domain.clean import FORBIDDEN
from certify.domain.training import SessionState, TrainingMode
from certify.services.training.month_view import calendar_bytes
from certify.services.training.session_views import SessionView

texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=80
).filter(lambda text: text.strip() == text and not FORBIDDEN.search(text))
moments = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001  given below
    datetime(2090, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC]) | st.timezones(),
).map(lambda moment: moment.replace(microsecond=0))


def view(number: int, title: str, place: str, starts_at: datetime, minutes: int) -> SessionView:
    return SessionView(
        code=f"T-2024-{number:03}",
        title=title,
        kind="onboarding",
        mode=TrainingMode.INTERNAL,
        course="",
        plan="",
        cohort=None,
        starts_at=starts_at.astimezone(UTC),
        ends_at=starts_at.astimezone(UTC) + timedelta(minutes=minutes),
        place=place,
        trainer="",
        trainer_no="",
        funded=False,
        needs_agreement=False,
        planned_fen=0,
        actual_fen=None,
        state=SessionState.PLANNED,
        remark="",
        attendees=(),
        may_run=False,
        attends=False,
    )


@given(st.lists(st.tuples(texts, texts, moments, st.integers(1, 10_000)), max_size=5))
def test_what_is_written_is_read_back(
    rows: list[tuple[str, str, datetime, int]],
) -> None:
    found = [view(number, *row) for number, row in enumerate(rows)]
    data = calendar_bytes(found, stamp=datetime(2024, 3, 4, tzinfo=UTC))

    events = Calendar.from_ical(data).walk("VEVENT")
    assert [str(event["uid"]) for event in events] == [
        f"{one.code}@training.certify" for one in found
    ]
    for event, one in zip(events, found, strict=True):
        assert str(event["summary"]) == one.title
        assert str(event["location"]) == one.place
        assert event.decoded("dtstart") == one.starts_at
        assert event.decoded("dtend") == one.ends_at
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert calendar_bytes(found, stamp=datetime(2024, 3, 4, tzinfo=UTC)) == data
