"""`certify`: the root of the command line.

Light on purpose: only the standard library, click and settings are imported before a command is
known, so that the first screen paints at once.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from certify import __version__, settings
from certify.cli import failure
from certify.cli.call import Call, line_mode_command
from certify.cli.click_words import speak
from certify.cli.command import LazyGroup, option
from certify.errors import BadInput, CertifyError
from certify.i18n import LANGUAGES, N_, _
from certify.paths import Home

NOUNS = {
    "demo": N_("Open a ready-made company and try everything."),
    "serve": N_("Serve the screens to many people over SSH and the browser."),
    "course": N_("Courses: list, check, load, assign."),
    "exam": N_("Exams: list, sit one on a plain terminal."),
    "item": N_("Items: import, export, review, and how they did in an exam."),
    "standard": N_("Standards: the catalogue as of a day, and new texts."),
    "inspection": N_("Inspections: record, who is due, rectification notices, anomaly forms."),
    "case": N_("Cases: the library, write, publish, withdraw."),
    "practice": N_("Practice: a round by lines, and how ready you are."),
    "field-practice": N_("On-site practice: the log, the guide's remarks, the sign-off."),
    "person": N_("People: list, add, import, give a start code."),
    "department": N_("Departments: list, add."),
    "post": N_("Posts: list, add, which courses they need."),
    "attempt": N_("Attempts: my own, and their results."),
    "evaluation": N_("Evaluation: periods, ratings, measured values, results."),
    "appeal": N_("Appeals against grades: make, list, uphold, reject."),
    "consequence": N_("Consequences of grades: list, confirm, decline."),
    "coaching-plan": N_("Coaching plans: list, write, mark as done."),
    "department-sheet": N_("Department sheets: list, score."),
    "serious-problem": N_("Serious service problems: report, confirm, dismiss."),
    "evidence": N_("Evidence of an evaluation: attach events at work, list them."),
    "cohort": N_("Cohorts: who sits an exam together, when, and their pass rate."),
    "accommodation": N_("Accommodations: more time, breaks or line mode for one person."),
    "proposal": N_("Deeds of two persons: list, confirm, decline, withdraw."),
    "qualification": N_("Qualifications: the list of any day, and what a level asks for."),
    "training": N_("Training: plans, sessions, sign-in, agreements, costs."),
    "certificate": N_("Certificates: look one up by its number."),
    "report": N_("Reports: dashboard, people, cohorts, sessions, day to quarter."),
    "survey": N_("Surveys: import satisfaction surveys, list what came back."),
    "goal": N_("Goals: from a baseline to a target, and how far they came."),
    "export": N_("Write a list or form to a file."),
    "policy": N_("The company's rules: show, check, compare, simulate, apply."),
    "plugin": N_("Plugins: what is installed and whether it works."),
    "ledger": N_("The ledger: list it, verify it, sign a checkpoint of it."),
    "db": N_("The database: check it, upgrade it, back it up, restore it."),
}


def _version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(f"certify {__version__}")
        ctx.exit()


@click.command(
    cls=LazyGroup,
    nouns=NOUNS,
    invoke_without_command=True,
    help=N_("Read courses, sit exams, earn qualifications. Without a command the screens open."),
)
@option("--home", metavar="DIR", type=click.Path(), help=N_("Folder of the installation."))
@option("--db", metavar="URL", help=N_("Database URL instead of the one in the home."))
@option("--lang", type=click.Choice(list(LANGUAGES)), help=N_("Language of all texts."))
@option("--as", "staff_no", metavar="STAFF_NO", help=N_("Act as the person with this number."))
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help=N_("Show the version and exit."),
)
@click.pass_context
def certify(
    ctx: click.Context, home: str | None, db: str | None, lang: str | None, staff_no: str | None
) -> Any:
    """Read the settings; open the screens when no command is given."""
    found = settings.load({"home": home, "db": db, "lang": lang})
    speak(found.language)
    ctx.obj = Call(found, staff_no)
    if ctx.invoked_subcommand is None:
        return _open_screens(ctx, ctx.obj)
    return None


def main() -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def run(args: Sequence[str]) -> int:
    """Run one command; every error is shown here and nowhere else."""
    early = _early(args)
    speak(early.language)
    try:
        result = certify.main(list(args), prog_name="certify", standalone_mode=False)
    except CertifyError as problem:
        return failure.show(problem)
    except click.Abort:
        return 130
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except Exception:
        return failure.crashed(early.home)
    return result if isinstance(result, int) else 0


def _open_screens(ctx: click.Context, call: Call) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        click.echo(ctx.get_help(), err=True)
        return 2
    if os.environ.get("TERM") == "dumb":
        raise BadInput(
            _("This terminal can only show lines."),
            mend=_("Use line mode: “{command}”.").format(command=line_mode_command()),
        )
    from certify.tui.start import run as open_screens

    return open_screens(call.settings, staff_no=call.staff_no)


def _early(args: Sequence[str]) -> settings.Settings:
    """Home and language before click reads the options, since its own errors need them."""
    given: dict[str, str | Path | None] = {}
    for name in ("home", "lang"):
        for place, word in enumerate(args):
            if word == f"--{name}" and place + 1 < len(args):
                given[name] = args[place + 1]
            elif word.startswith(f"--{name}="):
                given[name] = word.partition("=")[2]
    try:
        return settings.load(given)
    except CertifyError:
        lang = str(given.get("lang", ""))
        home = Home(Path(given.get("home") or os.environ.get("CERTIFY_HOME") or "."))
        return settings.Settings(home=home, lang=lang if lang in LANGUAGES else "")
