"""`certify practice`: a round by lines of text, and how ready practice shows one to be."""

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.line_terminal import say
from certify.cli.listing_text import json_option, print_json, print_table
from certify.errors import BadInput
from certify.i18n import N_, _, pick
from certify.services import readiness


class PracticeGroup(Group):
    """Takes the code of a course where other nouns have a verb: `certify practice COURSE`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        names = [arg for arg in args if not arg.startswith("-")]
        if names and names[0] not in self.commands:
            args = ["start", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=PracticeGroup,
    help=N_("Practice: “certify practice COURSE” begins a round by lines of text."),
)
def practice() -> None:
    """The noun."""


@practice.command(help=N_("Practise a course: answer, see at once what is right and why."))
@argument("course", help=N_("Code of the course."))
@option("--topic", "topics", multiple=True, metavar="TOPIC", help=N_("Only this topic."))
@pass_call
def start(call: Call, course: str, topics: tuple[str, ...]) -> int:
    """One round as the person of `--as`."""
    from certify.cli import line_practice

    _require_person(call)
    with call.opened() as (platform, actor):
        return line_practice.practise(platform, actor=actor, course=course, topics=topics)


@practice.command("readiness", help=N_("How ready practice shows you to be for the exams."))
@argument("course", help=N_("Code of the course."))
@json_option
@pass_call
def readiness_(call: Call, course: str, as_json: bool) -> None:
    """An estimate by topic and exam, never a promise."""
    from certify.cli.line_practice import readiness_text

    _require_person(call)
    with call.opened() as (platform, actor):
        view = readiness.practice_view(platform, actor=actor, course=course)
    if as_json:
        print_json(view)
        return
    for exam in view.exams:
        say(readiness_text(exam))
    print_table(
        [_("Topic"), _("Items"), _("Practised"), _("Due"), _("Expected")],
        [[pick(one.title), one.items, one.practised, one.due, one.expected] for one in view.topics],
        _("There is nothing to practise in this course."),
    )


def _require_person(call: Call) -> None:
    """Refuse the command line itself.

    Raises:
        BadInput
    """
    if call.staff_no is None:
        raise BadInput(
            _("Whose practice is it?"),
            mend=_("Write “certify --as STAFF_NO practice COURSE”."),
        )
