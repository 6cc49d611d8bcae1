"""`certify inspection record`: a check by a list of points, or a sample against a standard."""

from datetime import date

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, option
from certify.cli.day import DAY
from certify.cli.line_terminal import say
from certify.domain.checklist import Checklist, Mark, Seen
from certify.domain.clean import clean
from certify.domain.inspection import InspectionResult
from certify.errors import BadInput
from certify.i18n import N_, _
from certify.services.inspection import checklists, lines, recording, register


@click.command(
    cls=Command,
    help=N_("Enter a check in the register, with or without fault; nothing changes it."),
)
@option("--person", "staff_no", default="", metavar="STAFF_NO", help=N_("Who was inspected."))
@option("--department", default="", metavar="CODE", help=N_("Or which department."))
@option("--list", "checklist", metavar="CODE", help=N_("The checklist; every point is fine but:"))
@option("--fault", multiple=True, metavar="POINT[=TEXT]", help=N_("A point at fault, and why."))
@option("--not-seen", multiple=True, metavar="POINT", help=N_("A point that was not seen."))
@option("--standard", metavar="NUMBER", help=N_("Instead of a list: a standard with a rate."))
@option("--sampled", type=int, help=N_("How many were looked at."))
@option("--passed", type=int, help=N_("How many of them kept the standard."))
@option("--window", default="", metavar="HH:MM-HH:MM", help=N_("Part of the day it is about."))
@option("--day", type=DAY, help=N_("The day of the check; today by default."))
@option("--finding", default="", metavar="TEXT", help=N_("What was found, in words."))
@option("--major", is_flag=True, help=N_("A major problem: reported to those above at once."))
@pass_call
def record(
    call: Call,
    staff_no: str,
    department: str,
    checklist: str | None,
    fault: tuple[str, ...],
    not_seen: tuple[str, ...],
    standard: str | None,
    sampled: int | None,
    passed: int | None,
    window: str,
    day: date | None,
    finding: str,
    major: bool,
) -> None:
    """One of the two kinds."""
    if (checklist is None) == (standard is None):
        raise BadInput(
            _("A check is held against a checklist or a standard."),
            mend=_("Give --list, or --standard with --sampled and --passed."),
        )
    with call.opened() as (platform, actor):
        if checklist is not None:
            points = checklists.named(platform, checklist)
            number = recording.record_check(
                platform,
                actor=actor,
                checklist=checklist,
                seen=_seen(points, fault, not_seen),
                staff_no=staff_no,
                department=department,
                day=day,
                finding=finding,
                is_major=major,
            )
        else:
            if sampled is None or passed is None:
                raise BadInput(
                    _("A rate needs its sample."), mend=_("Give --sampled and --passed.")
                )
            number = recording.record_rate(
                platform,
                actor=actor,
                standard=standard or "",
                sampled=sampled,
                passed=passed,
                staff_no=staff_no,
                department=department,
                day=day,
                window=window,
                finding=finding,
                is_major=major,
            )
        found = register.show(platform, actor=actor, number=number)
    for text in lines.inspection_lines(found):
        say(clean(text))
    if found.result is InspectionResult.NOT_MET:
        click.echo(
            _(
                "To order a correction: “certify inspection notice issue --inspection {number}”."
            ).format(number=found.number)
        )


def _seen(points: Checklist, faults: tuple[str, ...], not_seen: tuple[str, ...]) -> dict[str, Seen]:
    """What was typed of points, by their code or their place in the list."""
    codes = {str(place): one.code for place, one in enumerate(points.points, start=1)}
    seen = {codes.get(one, one): Seen(Mark.NOT_SEEN) for one in not_seen}
    for text in faults:
        point, _sign, remark = text.partition("=")
        seen[codes.get(point, point)] = Seen(Mark.FAULT, remark)
    return seen
