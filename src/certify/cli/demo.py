"""`certify demo`: a ready-made company in a throw-away home, to look at or to be told about."""

import dataclasses
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from certify import settings as settings_file
from certify.cli import throw_away
from certify.cli.call import Call, pass_call
from certify.cli.command import Command, option
from certify.cli.throw_away import ThrowAway
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
    if seed_only:
        root = Path(home or tempfile.mkdtemp(prefix=throw_away.PREFIX)).expanduser().absolute()
        _make(_at(root, call), tells_story=False)
        click.echo(str(root))
        return 0
    if home is not None:
        settings = _at(Path(home).expanduser().absolute(), call)
        _make(settings, tells_story=not has_screen)
        return _show(settings, call.staff_no) if has_screen else _tell(settings)
    with _removing_at_the_end(has_screen):
        return _try_on_screen(call) if has_screen else _try_in_pipe(call)


def _at(root: Path, call: Call) -> Settings:
    """The settings of this call in another home, with the language chosen there before."""
    found = call.settings
    if Home(root).settings.is_file():
        given = click.get_current_context().find_root().params["lang"]
        found = settings_file.load({"home": root, "lang": given})
    return dataclasses.replace(found, home=Home(root), db="", lang=found.lang or language())


def _show(settings: Settings, staff_no: str | None) -> int:
    from certify.tui.start import run

    return run(settings, staff_no=staff_no)


def _tell(settings: Settings) -> int:
    from certify.cli import story

    story.tell(settings)
    return 0


def _try_in_pipe(call: Call) -> int:
    """Always a new company; it is never marked as ready, so nobody goes on in it."""
    home = throw_away.make()
    try:
        settings = _at(home.root, call)
        _make(settings, tells_story=True)
        return _tell(settings)
    finally:
        home.remove()


def _try_on_screen(call: Call) -> int:
    """Go on in the company that a killed program left behind, or make one.

    It is removed when the person leaves or the program is told to end. It stays for the next
    start when the terminal is gone or the screens ended by a fault.
    """
    home = _left_behind(call) or throw_away.make()
    has_left = True
    try:
        settings = _at(home.root, call)
        if not home.is_ready:
            _make(settings, tells_story=False)
            home.mark_ready()
        has_left = False
        code = _show(settings, call.staff_no)
        has_left = code == 0 and sys.stdin.isatty()
    except (KeyboardInterrupt, SystemExit):
        has_left = True
        raise
    finally:
        if has_left:
            home.remove()
        else:
            home.release()
    return code


def _left_behind(call: Call) -> ThrowAway | None:
    """The throw-away home that was used last and whose program died; others are removed."""
    taken = None
    for home in throw_away.abandoned():
        if taken is None and home.is_ready and _is_sound(home, call):
            taken = home
        else:
            home.remove()
    if taken is not None:
        message = _("Going on in the company you were in, in {path}")
        click.echo(message.format(path=taken.root), err=True)
    return taken


def _is_sound(home: ThrowAway, call: Call) -> bool:
    try:
        _check_demo(_at(home.root, call))
    except Exception:  # of a newer certify, or damaged in any way: a new one is as good
        return False
    return True


@contextmanager
def _removing_at_the_end(has_screen: bool) -> Iterator[None]:
    """Let a program that is told to end tidy up; a closed terminal is no end, except in a pipe."""
    names = ("SIGTERM",) if has_screen else ("SIGTERM", "SIGHUP")
    numbers = [number for name in names if (number := getattr(signal, name, None)) is not None]
    before = {
        number: signal.signal(number, _end)
        for number in numbers
        if signal.getsignal(number) is signal.SIG_DFL
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)  # tidying up is not interrupted
    sys.exit(128 + number)


def _make(settings: Settings, *, tells_story: bool) -> None:
    from certify.cli.text import fill
    from certify.services import demo as company
    from certify.storage import folder

    folder.check(settings.home.database)
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
