"""`certify course new`: a few questions, and a course that checks clean."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast, get_args

import click

from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.courseware import scaffold
from certify.courseware.checker import check_course
from certify.courseware.course_file import NAME
from certify.courseware.scaffold import NewCourse, slug
from certify.domain.clean import FORBIDDEN
from certify.domain.course import CourseKind, Phase
from certify.errors import BadInput, Refused
from certify.hooks import registry
from certify.i18n import LANGUAGES, N_, _, _n, language
from certify.services.catalogue import COURSE_KINDS, ONBOARDING_PHASES

KINDS = get_args(CourseKind)
ALL_PHASES = get_args(Phase)


@click.command(
    cls=Command,
    help=N_(
        "Make a new course that checks clean: it asks what it must know, on a terminal one "
        "question after the other."
    ),
)
@argument(
    "folder",
    required=False,
    type=click.Path(path_type=Path),
    help=N_("Folder to make; without it, one in the home where certify finds it."),
)
@option("--code", help=N_("Code: lower-case letters, digits, hyphens."))
@option("--kind", type=click.Choice(KINDS), help=N_("Kind of the course."))
@option("--phase", type=click.Choice(ALL_PHASES), help=N_("Phase of onboarding."))
@option("--title-zh", help=N_("Title in Chinese."))
@option("--title-en", help=N_("Title in English."))
@option(
    "--topic",
    "topics",
    multiple=True,
    metavar="ZH/EN",
    help=N_("A topic: its name, or both names with “/” between them; may be given several times."),
)
@pass_call
def new(
    call: Call,
    folder: Path | None,
    code: str | None,
    kind: str | None,
    phase: str | None,
    title_zh: str | None,
    title_en: str | None,
    topics: tuple[str, ...],
) -> None:
    """Ask for what was not given, write the files, check them.

    Raises:
        BadInput: something is missing and nobody can be asked, or cannot be.
        Refused: there is such a folder already.
    """
    titles = asked_titles(title_zh, title_en)
    own = next(iter(titles))
    kind = kind or _choose(_("Kind"), "--kind", KINDS, COURSE_KINDS)
    if kind == "onboarding" and phase is None:
        phase = _choose(_("Phase of onboarding"), "--phase", ALL_PHASES, ONBOARDING_PHASES)
    names = _topics(topics or tuple(_ask(_("Topics, with “;” between them"), "--topic").split(";")))
    proposed = slug(titles.get("en", "")) or slug(folder.name if folder else "")
    code = code or _ask(_("Code, such as parcel-counter"), "--code", proposed)
    folder = folder or _place(call, code)
    course = NewCourse(
        code=code,
        kind=cast(CourseKind, kind),
        phase=cast(Phase, phase) if kind == "onboarding" else None,
        language=own,
        title=titles,
        topics=[_by_language(topic, own) for topic in names],
        authors=(call.staff_no,) if call.staff_no else (),
        taken=taken(call),
    )
    _refuse_bad(course)
    _make(call, course, folder)


def asked_titles(title_zh: str | None, title_en: str | None, proposed: str = "") -> dict[str, str]:
    """The titles of a new course by language, its own language first.

    Args:
        proposed: the title where none is given and nobody can be asked.
    Raises:
        BadInput: none is given or proposed, and nobody can be asked.
    """
    own = (
        language() if title_zh is None and title_en is None else "en" if title_zh is None else "zh"
    )
    titles = {"zh": title_zh, "en": title_en}
    titles[own] = titles[own] or _ask(_("Title of the course"), "--title-zh", proposed)
    if title_zh is None and title_en is None and _can_ask():
        other = next(name for name in LANGUAGES if name != own)
        question = _("Title in the other language (empty: one language only)")
        titles[other] = click.prompt(question, default="", show_default=False) or None
    return {name: text for name in (own, *titles) if (text := titles[name])}


def _can_ask() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _ask(question: str, option_name: str, proposed: str = "") -> str:
    if not _can_ask():
        if proposed:
            return proposed
        raise BadInput(
            _("“{option}” is missing.").format(option=option_name),
            mend=_("Give it, or run the command on a terminal, where it asks."),
        )
    return str(click.prompt(question, default=proposed or None))


def _choose(question: str, option_name: str, values: Sequence[str], labels: dict[str, str]) -> str:
    if not _can_ask():
        return _ask(question, option_name)
    for number, value in enumerate(values, start=1):
        click.echo(f"  {number} {_(labels[value])}")
    place = click.prompt(question, type=click.IntRange(1, len(values)), default=1)
    return values[place - 1]


def _topics(given: Sequence[str]) -> list[str]:
    parts = [part.strip() for text in given for part in text.replace("；", ";").split(";")]
    return [part for part in parts if part]


def _by_language(topic: str, own: str) -> dict[str, str]:
    zh, slash, en = (part.strip() for part in topic.partition("/"))
    return {"zh": zh, "en": en} if slash and zh and en else {own: zh or en}


def _place(call: Call, code: str) -> Path:
    """In the home, where a company has one; else beside where the command runs."""
    home = call.settings.home
    return (home.courses if home.database.is_file() or call.settings.db else Path.cwd()) / code


def taken(call: Call) -> set[str]:
    """How item ids of the courses in the home and of the plugins begin."""
    plugins = registry.load(call.settings.allowed_plugins)
    folders = [*plugins.course_folders, *call.settings.home.courses.glob("*")]
    return {
        line[3:].partition("-")[0]
        for folder in folders
        for path in folder.glob("items/*.md")
        for line in path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
        if line.startswith("## ")
    }


def _refuse_bad(course: NewCourse) -> None:
    if slug(course.code) != course.code:
        raise BadInput(
            _("“{code}” is no code of a course.").format(code=course.code),
            mend=_("Use lower-case letters, digits and single hyphens, such as parcel-counter."),
        )
    texts = [*course.title.values(), *(text for topic in course.topics for text in topic.values())]
    if not course.topics or any(FORBIDDEN.search(text) or "\n" in text for text in texts):
        raise BadInput(
            _("A course needs one topic or more, and names without control characters."),
            mend=_("Give --topic with a name."),
        )


def _make(call: Call, course: NewCourse, folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(
            _("There is something already."),
            place=str(folder),
            mend=_("Name another folder, or move it away."),
        )
    try:
        written = scaffold.write(course, folder)
    except OSError as problem:
        raise BadInput(
            _("The folder cannot be written: {reason}").format(reason=problem.strerror or problem),
            place=str(folder),
        ) from problem
    plugins = registry.load(call.settings.allowed_plugins)
    findings = check_course(folder, plugins.question_types).findings
    count = _n("{count} file", "{count} files", len(written)).format(count=len(written))
    click.echo(_("{folder}: {count} written.").format(folder=folder, count=count))
    for finding in findings:
        click.echo(str(finding), err=True)
    click.echo(_("Begin with {file}; the example items want to be rewritten.").format(file=NAME))
    for verb in ("check", "preview"):
        click.echo(f"  certify course {verb} {folder}")
