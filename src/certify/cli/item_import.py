"""`certify item import`: a question bank of another program into a course; a trial run first."""

import sys

import click

from certify.cli import item_import_text as texts
from certify.cli.call import Call, pass_call
from certify.cli.command import Group, argument, option
from certify.cli.listing_text import json_option, print_json, print_table
from certify.domain.item_format import BankFile
from certify.i18n import N_, _
from certify.services import item_alike, item_file, item_formats, item_import, item_rejects
from certify.services.item_import import ImportWish
from certify.services.item_import_facts import Defaults


def add_to(group: click.Group) -> None:
    """Give a group the commands of this file."""
    group.add_command(import_)
    group.add_command(duplicates)


@click.command(
    "import",
    cls=Group.command_class,
    help=N_(
        "Take a question bank into a course: text, Word, Excel, GIFT, Aiken, Moodle XML, QTI. "
        "Without --apply nothing is changed."
    ),
)
@argument("file", metavar="FILE", help=N_("The file; “-” reads what is pasted."))
@option("--course", required=True, metavar="CODE", help=N_("Code of the course, or its folder."))
@option("--format", "format_name", metavar="NAME", default="", help=N_("Else told from the file."))
@option("--apply", is_flag=True, help=N_("Apply the file, all of it or nothing."))
@option(
    "--skip-rejected",
    is_flag=True,
    help=N_("Take the good ones although some are rejected; those are listed in a file to mend."),
)
@option("--topic", metavar="CODE", default="", help=N_("Topic where the file names none."))
@option(
    "--difficulty",
    type=click.IntRange(1, 3),
    help=N_("Difficulty where the file says none: 1, 2 or 3."),
)
@option("--fact", "facts", multiple=True, metavar="ID", help=N_("Fact the items rest on."))
@option("--standard", "standards", multiple=True, metavar="NO", help=N_("Standard they rest on."))
@option("--pool", type=click.Choice(["exam", "practice"]), default="exam", help=N_("Their pool."))
@option("--prefix", metavar="LETTERS", default="", help=N_("How new ids begin, such as CMP."))
@json_option
@pass_call
def import_(
    call: Call,
    file: str,
    course: str,
    format_name: str,
    apply: bool,
    skip_rejected: bool,
    topic: str,
    difficulty: int | None,
    facts: tuple[str, ...],
    standards: tuple[str, ...],
    pool: str,
    prefix: str,
    as_json: bool,
) -> int:
    """Report what the file would change, or change it."""
    given = read_file(file)
    defaults = Defaults(topic, difficulty, facts, standards, pool, prefix)
    wish = ImportWish(course, format_name, defaults, skip_rejected, apply)
    with call.opened() as (platform, actor):
        report = item_import.import_items(platform, actor=actor, file=given, wish=wish)
        rejects = None
        if report.applied and report.count("rejected"):
            rejects = item_rejects.write(platform, report=report)
    if as_json:
        print_json(texts.as_data(report))
    else:
        for line in texts.lines(report, skip_rejected=skip_rejected):
            click.echo(line)
    if rejects:
        message = _("What was rejected is listed in {path}.").format(path=rejects)
        click.echo(message, err=True)
    return 2 if report.count("rejected") and not report.applied else 0


def read_file(name: str) -> BankFile:
    """The bytes of a file, or of standard input.

    Raises:
        BadInput: it cannot be read.
    """
    if name == "-":
        return BankFile(item_formats.PASTED, sys.stdin.buffer.read(item_import.MOST_BYTES + 1))
    return item_file.read(name)


@click.command(
    cls=Group.command_class,
    help=N_("List items of all courses that ask nearly the same as another one."),
)
@option("--course", metavar="CODE", default="", help=N_("Only pairs with an item of this course."))
@json_option
@pass_call
def duplicates(call: Call, course: str, as_json: bool) -> None:
    """Pairs, the most alike first."""
    with call.opened() as (platform, actor):
        pairs = item_alike.alike_items(platform, actor=actor, course=course)
    if as_json:
        print_json(pairs)
        return
    columns = [_("Item"), _("Course"), _("Like"), _("Course"), "%", _("Stem")]
    rows = [
        [p.code, p.course, p.other, p.other_course, p.percent, texts.short(p.stem)] for p in pairs
    ]
    print_table(columns, rows, _("No two items ask nearly the same."))
