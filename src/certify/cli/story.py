"""The main story of certify, played through the same services as on the screen, and printed."""

import csv
import io
import random

import click

from certify.cli.result_text import result_lines
from certify.cli.text import table, wrap
from certify.domain.clean import clean_line
from certify.domain.person import CONSOLE, Actor
from certify.i18n import _, pick
from certify.platform import Platform, open_platform
from certify.services import (
    demo_answers,
    exporting,
    learning,
    ledger,
    lobby,
    people,
    results,
    sign_in,
    sitting,
)
from certify.services.demo_stage import EXAMS, FOUNDATIONS, HR, READY
from certify.services.forms.form import Wanted
from certify.services.qualifying import ladder_view
from certify.services.sitting import Sitting
from certify.settings import Settings

WRONG = 5
"""Items that go wrong in the story: 35 of 40 are right."""
CRASH_AT = 20
"""Answers given when the terminal dies."""


def tell(settings: Settings) -> None:
    """Learn, sit, lose the terminal, go on, pass, see what is left; then HR exports the list."""
    platform = open_platform(settings)
    try:
        who = _read(platform)
        begun = _begin(platform, who)
        answers = demo_answers.prepared(
            platform,
            attempt_id=begun.attempt_id,
            wrong=WRONG,
            weak=(),
            chance=random.Random(12),  # noqa: S311  a story, not a secret
        )
        _answer(platform, who, begun, answers, 0, CRASH_AT)
    finally:
        platform.close()
    platform = open_platform(settings)
    try:
        begun = _go_on(platform, begun)
        _answer(platform, who, begun, answers, CRASH_AT, len(answers))
        _hand_in(platform, who, begun)
        _export(platform)
    finally:
        platform.close()


def _read(platform: Platform) -> Actor:
    hr = sign_in.act_as(platform, staff_no=HR)
    everybody = people.people_list(platform, actor=hr)
    departments = {person.department_code for person in everybody}
    newcomer = next(person for person in everybody if person.staff_no == READY)
    _title(_("1. Who learns"))
    _say(
        _("{people} people: head office and {departments} departments.").format(
            people=len(everybody), departments=len(departments) - 1
        )
    )
    _say(
        _("{staff_no} {name}, {post}, {department}, hired on {day}.").format(
            staff_no=newcomer.staff_no,
            name=newcomer.name,
            post=pick(newcomer.post),
            department=pick(newcomer.department),
            day=newcomer.hired_on.isoformat(),
        )
    )
    who = sign_in.act_as(platform, staff_no=READY)
    view = learning.course_view(platform, actor=who, course=FOUNDATIONS)
    _say(
        _("Course “{title}”: {read} of {count} lessons read.").format(
            title=pick(view.title), read=view.finished, count=len(view.lessons)
        )
    )
    for lesson in view.lessons:
        if not lesson.is_finished:
            _say(_("Reads “{title}” to its end.").format(title=pick(lesson.title)))
            learning.open_lesson(platform, actor=who, course=FOUNDATIONS, lesson=lesson.code)
            learning.finish_lesson(platform, actor=who, course=FOUNDATIONS, lesson=lesson.code)
    return who


def _begin(platform: Platform, who: Actor) -> Sitting:
    exam = EXAMS[FOUNDATIONS]
    door = lobby.lobby(platform, actor=who, exam=exam)
    _title(_("2. The exam"))
    _say(
        _("{title}: {items} items, {minutes} minutes, pass mark {pass_mark}.").format(
            title=pick(door.title), items=door.items, minutes=door.minutes, pass_mark=door.pass_mark
        )
    )
    return sitting.start(platform, actor=who, exam=exam)


def _answer(
    platform: Platform,
    who: Actor,
    begun: Sitting,
    answers: list[dict[str, object]],
    first: int,
    end: int,
) -> None:
    for place, position in enumerate(range(first, end), start=1):
        sitting.record_response(
            platform,
            actor=who,
            attempt_id=begun.attempt_id,
            fence=begun.fence,
            sequence=begun.sequence + place,
            position=position,
            answer=answers[position],
            flagged=False,
        )
    _say(_("Items {first} to {end} answered, each saved.").format(first=first + 1, end=end))


def _go_on(platform: Platform, before: Sitting) -> Sitting:
    _say(_("The terminal dies. Another one is opened."))
    who = sign_in.act_as(platform, staff_no=READY)
    begun = sitting.resume(platform, actor=who, exam=before.exam)
    kept = sum(item.answer is not None for item in begun.items)
    is_same = [item.shown for item in begun.items] == [item.shown for item in before.items]
    left = begun.deadline - platform.clock.now()
    _say(
        _("Same form: {same}. Answers kept: {kept}. Time left: {minutes} minutes.").format(
            same=_("yes") if is_same else _("no"),
            kept=kept,
            minutes=int(left.total_seconds() // 60),
        )
    )
    return begun


def _hand_in(platform: Platform, who: Actor, begun: Sitting) -> None:
    sitting.submit(platform, actor=who, attempt_id=begun.attempt_id, fence=begun.fence)
    _title(_("3. The result"))
    view = results.result(platform, actor=who, attempt_id=begun.attempt_id)
    _say(
        _("{earned} of {possible} points.").format(
            earned=view.attempt.earned, possible=view.attempt.possible
        )
    )
    for line in result_lines(view):
        click.echo(line)
    _say_what_is_left(platform, who)


def _say_what_is_left(platform: Platform, who: Actor) -> None:
    """The exam gives the post qualification; the next level asks for more."""
    level = ladder_view.ladder(platform, actor=who).next_level
    if level is None:
        return
    click.echo()
    for one in level.conditions:
        if not one.is_met:
            _say(
                _("Still missing for {level}: {condition} ({evidence})").format(
                    level=f"{level.level} {pick(level.title)}",
                    condition=one.text,
                    evidence=one.evidence,
                )
            )


def _export(platform: Platform) -> None:
    hr = sign_in.act_as(platform, staff_no=HR)
    _title(_("4. HR exports the list"))
    out = io.BytesIO()
    receipt = exporting.write_form(
        platform,
        actor=hr,
        form="qualification-list",
        format_name="csv",
        wanted=Wanted(),
        out=out,
    )
    _print_csv(out.getvalue().decode("utf-8-sig"))
    checked = ledger.verify(platform, actor=CONSOLE)
    _say(
        _("Export {number}: {rows} rows").format(number=receipt.number, rows=receipt.rows)
        + _("; ")
        + _("the ledger holds {count} entries.").format(count=checked.entries)
    )


def _print_csv(text: str) -> None:
    """The exported list, its columns below each other."""
    rows = list(csv.reader(io.StringIO(text)))
    widest = max(map(len, rows))
    for row in rows:
        if len(row) != widest:
            click.echo("  ".join(row))
    heading, *body = [row for row in rows if len(row) == widest]
    for line in table(heading, body):
        click.echo(line)


def _title(text: str) -> None:
    click.echo(f"\n{text}")


def _say(text: str) -> None:
    for line in wrap(clean_line(text), first="  ", rest="  "):
        click.echo(line)
