"""`certify exam mark`: what waits for an examiner, and marking it by lines of text."""

import sys
from fractions import Fraction

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.cli.text import wrap
from certify.domain.clean import clean, clean_line
from certify.domain.person import Actor
from certify.domain.question_type import Criterion
from certify.domain.scoring import points_text
from certify.errors import BadInput
from certify.i18n import N_, _, pick
from certify.platform import Platform
from certify.services import marking, marking_agreement, marking_words, practical
from certify.services.marking import AnswerToMark
from certify.services.marking_points import wrong_points


@click.command(
    cls=Command,
    help=N_("Mark essays and practicals: list what waits for you, or mark one answer."),
)
@option("--attempt", "code", metavar="CODE", help=N_("Mark the answer with this code."))
@option("--agreement", is_flag=True, help=N_("How far two examiners agree."))
@option("--exam", "exam_code", metavar="EXAM", default="", help=N_("Of this exam alone."))
@option(
    "--practical",
    "staff_no",
    metavar="STAFF_NO",
    help=N_("Open the practical exam named by --exam for this person."),
)
@json_option
@pass_call
def mark(
    call: Call,
    code: str | None,
    agreement: bool,
    exam_code: str,
    staff_no: str | None,
    as_json: bool,
) -> None:
    """List, mark, open a practical, or say how far examiners agree."""
    with call.opened() as (platform, actor):
        if code is not None:
            _mark(platform, actor, code)
        elif agreement:
            view = marking_agreement.agreement(platform, actor=actor, exam=exam_code)
            if as_json:
                print_json({"is_enough": view.is_enough, **vars(view)})
            else:
                _say(marking_agreement.agreement_text(view))
        elif staff_no is not None:
            _open(platform, actor, exam_code, staff_no)
        else:
            _list(platform, actor, exam_code, as_json)


def _list(platform: Platform, actor: Actor, exam: str, as_json: bool) -> None:
    found = marking.queue(platform, actor=actor)
    waiting = [one for one in found.answers if exam in ("", one.exam)]
    if as_json:
        print_json(waiting)
        return
    print_table(
        [_("Paper"), _("Exam"), _("Round"), _("Since"), _("Candidate")],
        [
            [one.code, pick(one.title), marking_words.number(one), one.since, one.candidate]
            for one in waiting
        ],
        _("Nothing waits to be marked by you."),
    )
    if found.barred:
        _say(marking_words.barred(found.barred))


def _open(platform: Platform, actor: Actor, exam: str, staff_no: str) -> None:
    if not exam:
        raise BadInput(_("Which exam?"), mend=_("Name it with --exam."))
    for code in practical.open_practical(platform, actor=actor, exam=exam, staff_no=staff_no):
        click.echo(code)
    click.echo(_("Give points with: certify exam mark --attempt CODE"), err=True)


def _mark(platform: Platform, actor: Actor, code: str) -> None:
    view = marking.answer(platform, actor=actor, code=code)
    _show(view)
    points, remarks = {}, {}
    for criterion in view.criteria:
        points[criterion.code] = _ask_points(criterion)
        remarks[criterion.code] = _ask(_("Remark (may stay empty):"))
    question = _("{points} points. Submit? It is never changed afterwards. y/n:")
    given = marking_words.total(view, points)
    if _ask(question.format(points=given)).lower() != "y":
        _say(_("Nothing was kept."))
        return
    done = marking.give(platform, actor=actor, code=code, points=points, remarks=remarks)
    _say(marking_words.done(done))


def _show(view: AnswerToMark) -> None:
    waiting = view.waiting
    words = [marking_words.name(waiting), pick(waiting.title), marking_words.number(waiting)]
    _say("  ".join([*words, waiting.candidate]))
    _part(_("Task"), pick(waiting.task))
    if waiting.candidate:
        _say(_("You watch this task; nothing is written."))
    else:
        _part(_("Answer"), pick(view.answer))
    if guidance := pick(view.guidance):
        _part(_("For those who mark"), guidance)
    click.echo()


def _part(title: str, text: str) -> None:
    click.echo()
    click.echo(f"── {title}")
    for line in clean(text).split("\n"):
        _say(line)


def _ask_points(criterion: Criterion) -> str:
    maximum = points_text(Fraction(criterion.points))
    while True:
        typed = _ask(f"{pick(criterion.title)} (0–{maximum}):")
        if not (wrong := wrong_points(criterion, typed)):
            return typed
        _say(wrong)


def _ask(prompt: str) -> str:
    """One typed line.

    Raises:
        click.Abort: the input ended; nothing is kept.
    """
    *above, last = wrap(clean_line(prompt))
    for line in above:
        click.echo(line)
    click.echo(f"{last} ", nl=False)
    line = sys.stdin.readline()
    if not line:
        click.echo()
        _say(_("Nothing was kept."))
        raise click.Abort
    return clean_line(line).strip()


def _say(text: str) -> None:
    for line in wrap(clean_line(text)):
        click.echo(line)
