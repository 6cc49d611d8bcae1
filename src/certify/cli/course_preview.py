"""`certify course preview`: the real reader and the real exam on a folder under work."""

import dataclasses
import sys
import tempfile
from pathlib import Path

import click

from certify import policy
from certify.cli.call import Call, pass_call, warn_of_disabled
from certify.cli.command import Command, argument
from certify.errors import BadInput, Refused
from certify.hooks import registry
from certify.i18n import N_, _
from certify.paths import Home


@click.command(
    cls=Command,
    help=N_(
        "Open a course folder in the real screens, as its readers will have it; what you save in "
        "your editor is shown a moment later. Nothing is kept."
    ),
)
@argument("folder", metavar="PATH", type=click.Path(path_type=Path), help=N_("Course folder."))
@pass_call
def preview(call: Call, folder: Path) -> int:
    """Needs no company; the rules of the home's policy hold.

    Raises:
        BadInput: there is no such folder.
        Refused: this is no terminal.
    """
    if not folder.is_dir():
        raise BadInput(
            _("This is no folder."), place=str(folder), mend=_("Name the folder of a course.")
        )
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused(
            _("A preview needs a terminal."),
            mend=_("“certify course check” works everywhere."),
        )
    from certify.services import previewing
    from certify.tui import preview as screens

    plugins = registry.load(call.settings.allowed_plugins)
    warn_of_disabled(plugins)
    rules = policy.load(call.settings.home.policy)
    with tempfile.TemporaryDirectory(prefix="certify-preview-") as place:
        settings = dataclasses.replace(call.settings, home=Home(Path(place)), db="")
        platform = previewing.open_preview(settings, plugins, rules, folder.absolute())
        try:
            view = previewing.look(platform, folder=folder.absolute())
            return screens.run(settings, platform, view)
        finally:
            platform.close()
