"""One call of the command line: its settings, who acts, and the platform when one is needed."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from certify.cli import failure
from certify.domain.clean import clean_line
from certify.errors import Refused
from certify.i18n import _
from certify.settings import Settings

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.hooks.registry import Plugins
    from certify.platform import Platform


@dataclass(frozen=True)
class Call:
    """What the options before the command say."""

    settings: Settings
    staff_no: str | None
    """`--as`; without it the command line acts for itself."""

    @contextmanager
    def opened(self) -> Iterator[tuple[Platform, Actor]]:
        """The platform of a home that exists, and the actor.

        Raises:
            Refused: there is no home, or it was never founded.
            HomeUnusable: there can be no home here.
            NotFound: nobody has the staff number.
        """
        from certify.domain.person import CONSOLE
        from certify.platform import open_platform
        from certify.services import founding, sign_in
        from certify.services.policy import changing
        from certify.storage import folder

        home = self.settings.home
        if not self.settings.db and not home.database.is_file():
            folder.check_can_be(home.database)
            raise _nothing_here(str(home.root))
        failure.keep_log(home)
        platform = open_platform(self.settings)
        try:
            warn_of_disabled(platform.plugins)
            if founding.organisation(platform) is None:
                raise _nothing_here(str(home.root))
            changing.notice(platform)
            keep_checkpoint(platform)
            actor = CONSOLE
            if self.staff_no is not None:
                actor = sign_in.act_as(platform, staff_no=self.staff_no)
                command = click.get_current_context().command_path
                sign_in.note_acting(platform, actor=actor, command=command)
            yield platform, actor
        finally:
            platform.close()


pass_call = click.make_pass_decorator(Call)


def line_mode_command(exam: str = "EXAM") -> str:
    """The command that sits an exam by lines, with the options that were given to this one."""
    given = click.get_current_context().find_root().params
    words = ["certify"]
    for name in ("home", "db", "lang"):
        if value := given.get(name):
            words += [f"--{name}", shlex.quote(value)]
    words += ["--as", shlex.quote(given.get("staff_no") or "STAFF_NO")]
    return " ".join([*words, "exam", "take", shlex.quote(exam), "--plain"])


def keep_checkpoint(platform: Platform) -> None:
    """Write today's checkpoint of the ledger where a folder for them is set."""
    if platform.settings.checkpoints:
        from certify.services.audit import checkpoints  # its cryptography is slow to import

        if problem := checkpoints.daily(platform):
            click.echo(clean_line(problem), err=True)


def warn_of_disabled(plugins: Plugins) -> None:
    """Name every plugin that does not work in this run."""
    for status in plugins.status.values():
        if status.problem:
            message = _("Plugin {name} is disabled: {problem}")
            text = message.format(name=status.name, problem=status.problem)
            click.echo(clean_line(text), err=True)


def _nothing_here(place: str) -> Refused:
    return Refused(
        _("There is no company in this home yet."),
        place=place,
        mend=_("Start “certify” once to found one, or try “certify demo”."),
    )
