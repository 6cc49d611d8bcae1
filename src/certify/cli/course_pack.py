"""`certify course pack` and `course install`: one file to hand on, and its way into a home."""

from pathlib import Path

import click

from certify.cli.call import Call, pass_call, warn_of_disabled
from certify.cli.command import Command, argument, option
from certify.cli.course_check import line, say
from certify.cli.new_folder import writing_into
from certify.courseware import packing
from certify.courseware.checker import check_course
from certify.hooks import registry
from certify.i18n import N_, _, _n


@click.command(
    cls=Command,
    help=N_(
        "Pack a course folder that checks clean into one file: a wheel that pip installs as a "
        "plugin, or an archive for “certify course install”."
    ),
)
@argument("folder", metavar="PATH", type=click.Path(path_type=Path), help=N_("Course folder."))
@option(
    "--format",
    "form",
    type=click.Choice(["wheel", "archive"]),
    default="wheel",
    show_default=True,
    help=N_("wheel for pip, archive for “course install”."),
)
@option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path(),
    help=N_("Folder for the file; the current one without it."),
)
@pass_call
def pack(call: Call, folder: Path, form: str, out: Path) -> int:
    """Errors refuse it; drafts go along and are named, for no exam draws them.

    Raises:
        BadInput: the folder for the file cannot be written.
    """
    plugins = registry.load(call.settings.allowed_plugins)
    warn_of_disabled(plugins)
    loaded = check_course(folder, plugins.question_types)
    if loaded.manifest is None or loaded.errors:
        for finding in loaded.errors:
            click.echo(line(finding), err=True)
        click.echo(_("Nothing was packed: {summary}").format(summary=say(loaded.errors)), err=True)
        return 2
    write = packing.wheel if form == "wheel" else packing.archive
    with writing_into(out):
        path = write(loaded, loaded.manifest, out.absolute())
    drafts = sum(item.is_draft for item in loaded.items)
    if drafts:
        text = _n("{count} item is a draft.", "{count} items are drafts.", drafts)
        click.echo(text.format(count=drafts), err=True)
    click.echo(path)
    install = f"pip install {path.name}" if form == "wheel" else f"certify course install {path}"
    click.echo(_("Install it with: {command}").format(command=install))
    return 0


@click.command(
    cls=Command, help=N_("Install a course archive into the home: checked, whole or not at all.")
)
@argument("path", metavar="FILE", type=click.Path(path_type=Path), help=N_("Archive of a course."))
@pass_call
def install(call: Call, path: Path) -> int:
    """The course is loaded at once."""
    from certify.services import course_install

    with call.opened() as (platform, actor):
        done = course_install.install(platform, actor=actor, path=path)
    for finding in done.findings:
        click.echo(line(finding), err=True)
    if done.findings:
        click.echo(_("Nothing was loaded: {summary}").format(summary=say(done.findings)), err=True)
        return 2
    click.echo(_("{course} {version} is loaded.").format(course=done.code, version=done.version))
    return 0
