"""`certify demo`: a ready-made company in a throw-away home, to look at or to be told about."""

import dataclasses
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, option
from certify.errors import Refused
from certify.i18n import N_, _, language
from certify.paths import Home
from certify.settings import Settings


@click.command(
    cls=Command,
    help=N_(
        "Open a ready-made company and try everything.\n"
        "On a terminal the screens open; in a pipe the main story is played and printed."
    ),
)
@option(
    "--home",
    metavar="DIR",
    type=click.Path(),
    help=N_("Keep the company in this folder; without it everything is removed at the end."),
)
@option("--seed-only", is_flag=True, help=N_("Make the company, print where it is, and stop."))
@pass_call
@click.pass_context
def demo(ctx: click.Context, call: Call, home: str | None, seed_only: bool) -> int:
    """Make the company unless the home already has it, then open the screens or tell the story."""
    home = home or ctx.find_root().params["home"]
    has_screen = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    with _home(home, keep=home is not None or seed_only) as root:
        settings = dataclasses.replace(
            call.settings, home=Home(root), db="", lang=call.settings.lang or language()
        )
        _make(settings, tells_story=not has_screen and not seed_only)
        if seed_only:
            click.echo(str(root))
            return 0
        if has_screen:
            from certify.tui.start import run

            return run(settings, staff_no=call.staff_no)
        from certify.cli import story

        story.tell(settings)
        return 0


@contextmanager
def _home(given: str | None, *, keep: bool) -> Iterator[Path]:
    if given is not None:
        yield Path(given).expanduser().absolute()
        return
    root = Path(tempfile.mkdtemp(prefix="certify-demo-"))
    try:
        yield root
    finally:
        if not keep:
            shutil.rmtree(root, ignore_errors=True)


def _make(settings: Settings, *, tells_story: bool) -> None:
    from certify.cli.text import fill
    from certify.services import demo as company

    if settings.home.database.is_file():
        _check_demo(settings)
        return
    shows = sys.stderr.isatty()
    click.echo(
        _("Making a company with 40 people in {path} …").format(path=settings.home.root), err=True
    )

    def progress(what: str, done: int, every: int) -> None:
        if shows and (done % 10 == 0 or done == every):
            line = fill(f"  {what} {done}/{every}", 40)
            click.echo(f"\r{line}", err=True, nl=done == every)

    try:
        company.make(settings, leave_last_lesson=tells_story, progress=progress)
    except BaseException:
        for path in settings.home.root.glob(f"{settings.home.database.name}*"):
            path.unlink(missing_ok=True)  # half a company would be taken for a whole one
        raise


def _check_demo(settings: Settings) -> None:
    """Refuse to play in a company that is not the ready-made one."""
    from certify.platform import open_platform
    from certify.services import founding

    platform = open_platform(settings)
    try:
        found = founding.organisation(platform)
    finally:
        platform.close()
    if found is None or not found.is_demo:
        raise Refused(
            _("This home belongs to another company."),
            place=str(settings.home.root),
            mend=_("Name an empty folder with --home, or none at all."),
        )
