"""`certify course check`: findings for people, for programs, and for editors (SARIF)."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from certify import __version__
from certify.cli.call import Call, pass_call, warn_of_disabled
from certify.cli.command import Command, argument, option
from certify.cli.listing_text import json_option, print_json
from certify.courseware.checker import check_course
from certify.courseware.finding import Finding
from certify.courseware.loader import LoadedCourse
from certify.domain.clean import clean_line
from certify.hooks import registry
from certify.i18n import N_, _, _n, language

REQUIREMENT = re.compile(r"R-[A-Z]{3}-\d{2}")
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


@click.command(
    cls=Command, help=N_("Check course folders and report every finding with file and line.")
)
@argument(
    "paths",
    metavar="PATH",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    help=N_("Course folders."),
)
@option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help=N_("text for people, json for programs, sarif for editors and code review."),
)
@json_option
@pass_call
def check(call: Call, paths: tuple[Path, ...], form: str, as_json: bool) -> int:
    """Needs no home: only the question types of the plugins."""
    plugins = registry.load(call.settings.allowed_plugins)
    warn_of_disabled(plugins)
    courses = [check_course(path, plugins.question_types) for path in paths]
    findings = [finding for one in courses for finding in one.findings]
    if form == "sarif":
        print_json(_sarif(findings))
    elif as_json or form == "json":
        print_json([{**vars(finding), "path": str(finding.path)} for finding in findings])
    else:
        for finding in findings:
            click.echo(line(finding))
        click.echo(_("{counts}: {summary}").format(counts=_counts(courses), summary=say(findings)))
    return 2 if any(finding.severity == "error" for finding in findings) else 0


def line(finding: Finding) -> str:
    """A finding on one line."""
    text = clean_line(str(finding))
    return text if finding.severity == "error" else _("{finding} (warning)").format(finding=text)


def say(findings: Sequence[Finding]) -> str:
    """How many findings there are."""
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = len(findings) - errors
    if not findings:
        return _("nothing to mend")
    parts = [
        _n("{count} error", "{count} errors", errors).format(count=errors),
        _n("{count} warning", "{count} warnings", warnings).format(count=warnings),
    ]
    return _(", ").join(parts)


def _counts(courses: Sequence[LoadedCourse]) -> str:
    lessons = sum(len(one.lessons) for one in courses)
    items = sum(len(one.items) for one in courses)
    counts = (
        _n("{count} course", "{count} courses", len(courses)).format(count=len(courses)),
        _n("{count} lesson", "{count} lessons", lessons).format(count=lessons),
        _n("{count} item", "{count} items", items).format(count=items),
    )
    return _(", ").join(counts)


def _sarif(findings: Sequence[Finding]) -> dict[str, Any]:
    """The findings as a SARIF 2.1.0 log, which editors and code hosts show beside the lines."""
    results = [_result(finding) for finding in findings]
    rules = sorted({str(one["ruleId"]) for one in results})
    driver = {
        "name": "certify course check",
        "version": __version__,
        "language": language(),
        "rules": [{"id": rule} for rule in rules],
    }
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
        ],
    }


def _result(finding: Finding) -> dict[str, Any]:
    rule = REQUIREMENT.search(finding.message)
    place = {
        "artifactLocation": {"uri": _uri(finding.path)},
        "region": {"startLine": finding.line},
    }
    return {
        "ruleId": rule[0] if rule else "course-format",
        "level": finding.severity,
        "message": {"text": f"{finding.message} {finding.mend}".strip()},
        "locations": [{"physicalLocation": place}],
    }


def _uri(path: Path) -> str:
    """Relative to where the command runs, as editors want it; else the whole address."""
    here = Path.cwd()
    if path.is_absolute() and path.is_relative_to(here):
        from urllib.parse import quote

        return quote(path.relative_to(here).as_posix())
    return path.absolute().as_uri()
