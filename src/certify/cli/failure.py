"""The one place that shows errors on the command line: what happened, where, and how to mend it."""

import logging
import sys
import time
import traceback

import click

from certify import __version__
from certify.domain.clean import clean
from certify.errors import CertifyError
from certify.i18n import _
from certify.paths import Home

CRASHED = 70
"""Exit code of a fault in the program itself (EX_SOFTWARE)."""


def show(problem: CertifyError) -> int:
    """Print an error that is for the person at the screen; returns the exit code."""
    place = f"{clean(problem.place)}: " if problem.place else ""
    click.echo(f"{place}{clean(problem.message)}", err=True)
    if problem.mend:
        click.echo(clean(problem.mend), err=True)
    return problem.exit_code


def keep_log(home: Home) -> None:
    """Write warnings and worse to the home's log; the file appears with the first of them."""
    logger = logging.getLogger("certify")
    if home.root.is_dir() and not any(type(h) is logging.FileHandler for h in logger.handlers):
        handler = logging.FileHandler(home.log, encoding="utf-8", delay=True)
        handler.setLevel(logging.WARNING)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        logger.addHandler(handler)


def crashed(home: Home) -> int:
    """Show a fault of the program loudly and keep it in the home's log."""
    told = clean(_without_rows(traceback.format_exc(), sys.exc_info()[1]))
    click.echo(told, err=True)
    click.echo(_("This is a fault in certify; what was saved stays saved."), err=True)
    try:
        with home.log.open("a", encoding="utf-8") as log:
            # Without the command's words: a database URL among them may hold a password.
            log.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} certify {__version__}\n{told}\n")
    except OSError:
        pass  # the traceback above is all there is
    else:
        click.echo(
            _("It is kept in {path}; send it to an administrator.").format(path=home.log), err=True
        )
    return CRASHED


def _without_rows(told: str, problem: BaseException | None) -> str:
    """A traceback without the rows that PostgreSQL quotes: they are people's data."""
    while problem is not None:
        detail = getattr(getattr(problem, "diag", None), "message_detail", None)
        told = told.replace(detail, "…") if detail else told
        problem = problem.__cause__ or problem.__context__
    return told
