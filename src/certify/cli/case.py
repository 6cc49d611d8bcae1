"""`certify case`: the case library."""

from pathlib import Path

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain.clean import clean
from certify.errors import BadInput
from certify.i18n import N_, _
from certify.services import case_steps, cases
from certify.services.cases import CaseView, state_text


@click.group(cls=Group, help=N_("Cases: the library, write, publish, withdraw."))
def case() -> None:
    """The noun."""


@case.command("list", help=N_("List the cases that you may read, the newest first."))
@json_option
@pass_call
def list_(call: Call, as_json: bool) -> None:
    """Published ones, and drafts for who wrote or publishes."""
    with call.opened() as (platform, actor):
        found = cases.library(platform, actor=actor)
    if as_json:
        print_json(found)
        return
    print_table(
        [_("Code"), _("Title"), _("Written by"), _("Written on"), _("State")],
        [[one.code, one.title, one.author, one.written_on, state_text(one)] for one in found],
        _("There are no cases yet."),
    )


@case.command(help=N_("Show a case, and what in a draft may be data of a customer."))
@argument("code", help=N_("Code of the case."))
@json_option
@pass_call
def show(call: Call, code: str, as_json: bool) -> None:
    """One case in full."""
    with call.opened() as (platform, actor):
        found = cases.case(platform, actor=actor, code=code)
    if as_json:
        print_json(found)
        return
    click.echo(f"{found.code} · {clean(found.title)} · {found.author} · {state_text(found)}")
    click.echo()
    click.echo(clean(found.body))
    _say_findings(found)


@case.command(help=N_("Write a case from a Markdown file; it becomes a draft."))
@argument("file", type=click.Path(path_type=Path), help=N_("The file; its heading is the title."))
@option("--lesson", "lessons", multiple=True, metavar="COURSE/LESSON", help=N_("Link it there."))
@option("--replace", metavar="CODE", help=N_("Write this draft of yours anew instead."))
@pass_call
def add(call: Call, file: Path, lessons: tuple[str, ...], replace: str | None) -> None:
    """A new draft, or a draft written anew."""
    title, body = case_steps.read_file(file)
    links = [_link(one) for one in lessons]
    with call.opened() as (platform, actor):
        if replace is None:
            code = case_steps.write(platform, actor=actor, title=title, body=body, lessons=links)
        else:
            code = replace
            case_steps.rewrite(
                platform, actor=actor, code=code, title=title, body=body, lessons=links
            )
        found = cases.case(platform, actor=actor, code=code)
    click.echo(_("{code} is a draft now.").format(code=found.code))
    _say_findings(found)


@case.command(help=N_("Publish somebody else's draft that you have read."))
@argument("code", help=N_("Code of the case."))
@option(
    "--harmless",
    "harmless",
    nargs=2,
    multiple=True,
    metavar="TEXT REASON",
    help=N_("A place that is no data of a customer, and why."),
)
@pass_call
def publish(call: Call, code: str, harmless: tuple[tuple[str, str], ...]) -> None:
    """Publish one as it stands now."""
    with call.opened() as (platform, actor):
        found = cases.case(platform, actor=actor, code=code)
        digest = cases.digest_of(found.title, found.body)
        case_steps.publish(platform, actor=actor, code=code, digest=digest, harmless=dict(harmless))
    click.echo(_("{code} is published.").format(code=found.code))


@case.command(help=N_("Take a case out of the library."))
@argument("code", help=N_("Code of the case."))
@option("--reason", required=True, metavar="TEXT", help=N_("Why."))
@pass_call
def withdraw(call: Call, code: str, reason: str) -> None:
    """Withdraw one."""
    with call.opened() as (platform, actor):
        case_steps.withdraw(platform, actor=actor, code=code, reason=reason)
    click.echo(_("{code} is withdrawn.").format(code=code))


def _say_findings(found: CaseView) -> None:
    if found.findings:
        click.echo()
        click.echo(_("This may be data of a customer:"))
        for one in found.findings:
            click.echo(f"- {clean(cases.finding_text(one))}")


def _link(text: str) -> tuple[str, str]:
    course, slash, lesson = text.partition("/")
    if not (course and slash and lesson):
        raise BadInput(
            _("“{text}” names no lesson.").format(text=text), mend=_("Write COURSE/LESSON.")
        )
    return course, lesson
