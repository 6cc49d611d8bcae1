"""`certify course new`: a few questions, and a course that checks clean."""

import re
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import cast, get_args

import click

from certify.cli.ask import ask, can_ask, choose
from certify.cli.call import Call, pass_call
from certify.cli.command import Command, argument, option
from certify.cli.new_folder import refuse_taken, writing_into
from certify.courseware import scaffold
from certify.courseware.checker import check_course
from certify.courseware.course_file import NAME
from certify.courseware.scaffold import NewCourse, slug
from certify.domain.clean import FORBIDDEN
from certify.domain.course import CourseKind, Phase
from certify.errors import BadInput
from certify.hooks import registry
from certify.i18n import LANGUAGES, N_, _, _n, language
from certify.services.catalogue import COURSE_KINDS, ONBOARDING_PHASES

KINDS = get_args(CourseKind)
ALL_PHASES = get_args(Phase)
HAN = re.compile(r"[\u4e00-\u9fff]")


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
    kind = kind or choose(_("Kind"), "--kind", KINDS, COURSE_KINDS)
    if kind == "onboarding" and phase is None:
        phase = choose(_("Phase of onboarding"), "--phase", ALL_PHASES, ONBOARDING_PHASES)
    names = _topics(topics) if topics else _asked_topics()
    code = code or _asked_code(call, folder, titles.get("en", ""))
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
    titles[own] = titles[own] or ask(
        _("Title of the course"), "--title-zh", _refuse_bad_name, proposed
    )
    if title_zh is None and title_en is None and can_ask():
        other = next(name for name in LANGUAGES if name != own)
        question = _("Title in the other language (empty: one language only)")
        titles[other] = ask(question, f"--title-{other}", _refuse_control) or None
    return {name: text for name in (own, *titles) if (text := titles[name])}


def _asked_topics() -> list[str]:
    def judge(text: str) -> None:
        for topic in _typed_topics(text) or [""]:
            _refuse_bad_name(topic)

    question = _("Topics, one or more, with “;” between them")
    return _typed_topics(ask(question, "--topic", judge))


def _asked_code(call: Call, folder: Path | None, english: str) -> str:
    def judge(text: str) -> None:
        _refuse_bad_code(text)
        if folder is None:
            refuse_taken(_place(call, text))

    free = (f"course-{number}" for number in count(1))
    proposed = slug(english) or slug(folder.name if folder else "")
    if can_ask() and not proposed:
        proposed = next(code for code in free if not _place(call, code).exists())
    question = _("Short name for commands and files, in Latin letters")
    return ask(question, "--code", judge, proposed)


def _topics(given: Sequence[str]) -> list[str]:
    parts = [part.strip() for text in given for part in text.replace("；", ";").split(";")]
    return [part for part in parts if part]


def _typed_topics(line: str) -> list[str]:
    """Between semicolons; where there are none, between the commas of both languages."""
    found = _topics([line])
    return _topics([re.sub("[,，、]", ";", line)]) if len(found) == 1 else found


def _by_language(topic: str, own: str) -> dict[str, str]:
    """“投诉/Complaints” is one name in two languages, “退款/退货” one name with a stroke."""
    zh, slash, en = (part.strip() for part in topic.partition("/"))
    is_both = slash and zh and en and HAN.search(zh) and not HAN.search(en)
    return {"zh": zh, "en": en} if is_both else {own: topic.strip("/ ")}


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
    _refuse_bad_code(course.code)
    texts = [text for topic in course.topics for text in topic.values()]
    for text in (*course.title.values(), *(texts or [""])):
        _refuse_bad_name(text)


def _refuse_bad_code(code: str) -> None:
    if not code or slug(code) != code:
        raise BadInput(
            _("“{code}” is no code of a course.").format(code=code),
            mend=_("Use lower-case letters, digits and single hyphens, such as parcel-counter."),
        )


def _refuse_bad_name(text: str) -> None:
    if not text.strip():
        raise BadInput(_("This cannot stay empty."), mend=_("Write a name."))
    _refuse_control(text)


def _refuse_control(text: str) -> None:
    if FORBIDDEN.search(text) or "\n" in text:
        raise BadInput(_("There are control characters in it."), mend=_("Type the name anew."))


def _make(call: Call, course: NewCourse, folder: Path) -> None:
    refuse_taken(folder)
    with writing_into(folder):
        written = scaffold.write(course, folder)
    plugins = registry.load(call.settings.allowed_plugins)
    findings = check_course(folder, plugins.question_types).findings
    amount = _n("{count} file", "{count} files", len(written)).format(count=len(written))
    click.echo(_("{folder}: {count} written.").format(folder=folder, count=amount))
    for finding in findings:
        click.echo(str(finding), err=True)
    click.echo(_("Begin with {file}; the example items want to be rewritten.").format(file=NAME))
    for verb in ("check", "preview"):
        click.echo(f"  certify course {verb} {folder}")
