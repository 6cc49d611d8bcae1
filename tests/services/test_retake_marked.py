"""A pass of a retake is marked 补考 wherever a result is shown (R-REM-04, acceptance story 2)."""

import io
import json
from datetime import timedelta

from sqlmodel import select

from certify.cli.result_text import result_lines
from certify.clock import SetClock
from certify.domain.certificate import Certificate
from certify.i18n import _, speaking
from certify.platform import Platform
from certify.services import learning, listing, lobby, results
from certify.services.exporting import write_form
from certify.services.forms.form import Wanted
from certify.services.listing import ListFilter
from tests.platforms import actor, sit
from tests.practised import COURSE, EXAM, fail_practised, load_practised


def test_near_miss_only_the_topic_below_is_learned_again_and_the_retake_is_marked(
    platform: Platform, clock: SetClock
) -> None:
    load_practised(platform, "E1002")
    who = actor(platform, "E1002")
    failed = fail_practised(platform, who, "goods")
    clock.advance(timedelta(minutes=1))

    door = lobby.lobby(platform, actor=who, exam=EXAM)
    assert not door.may_start
    assert door.remedial is not None
    assert (door.remedial.codes, door.remedial.lessons) == (("goods",), ("goods",))

    learning.finish_lesson(platform, actor=who, course=COURSE, lesson="goods")
    clock.advance(timedelta(minutes=1))
    passed = sit(platform, who, EXAM)

    record = results.record(platform, actor=who)
    assert [(one.number, one.passed) for one in record.attempts] == [(2, True), (1, False)]
    found = results.result(platform, actor=who, attempt_id=passed)
    with speaking("en"):
        assert _("(retake)") in "\n".join(result_lines(found))
        first = results.result(platform, actor=who, attempt_id=failed)
        assert _("(retake)") not in "\n".join(result_lines(first))
    with platform.database.read() as session:
        facts = [one.facts for one in session.exec(select(Certificate)).all()]
    assert facts
    assert all(one["is_retake"] for one in facts if one.get("mark"))

    hr = actor(platform, "H0001")
    wanted = ListFilter(as_of=platform.today())
    (row,) = listing.qualification_list(platform, actor=hr, wanted=wanted).rows
    assert row.is_retake
    out = io.BytesIO()
    write_form(
        platform,
        actor=hr,
        form="qualification-list",
        format_name="json",
        wanted=Wanted(),
        out=out,
    )
    (exported,) = json.loads(out.getvalue())["rows"]
    assert _("retake") in exported.values()
