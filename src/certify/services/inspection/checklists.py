"""The checklists there are: those that come with certify, and a company's own (R-INS-04)."""

import tomllib
from pathlib import Path

from pydantic import ValidationError

from certify.courseware.finding import Finding
from certify.courseware.toml_place import explain, line_of, load_toml
from certify.domain.checklist import Checklist
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.errors import BadInput, NotFound
from certify.i18n import _
from certify.platform import Platform

PRELOADED = Path(__file__).with_name("checklists.toml")


def checklists(platform: Platform, *, actor: Actor) -> list[Checklist]:
    """Every checklist; a company's own one takes the place of a preloaded one of the same code.

    Raises:
        NotPermitted
        BadInput: a file in the home cannot be used, with its place.
    """
    require(actor, Action.SEE_INSPECTIONS)
    return list(known(platform).values())


def known(platform: Platform) -> dict[str, Checklist]:
    """The checklists by their codes, the preloaded ones first.

    Raises:
        BadInput
    """
    rows = tomllib.loads(PRELOADED.read_text(encoding="utf-8"))["checklists"]
    found = {one.code: one for one in map(Checklist.model_validate, rows)}
    own = sorted(platform.settings.home.checklists.glob("*.toml"))
    return found | {one.code: one for one in map(read, own)}


def named(platform: Platform, code: str) -> Checklist:
    """One checklist by its code.

    Raises:
        NotFound, BadInput
    """
    found = known(platform)
    if code not in found:
        raise NotFound(
            _("There is no checklist “{code}”.").format(code=code),
            mend=_("There are: {codes}.").format(codes=", ".join(found)),
        )
    return found[code]


def read(path: Path) -> Checklist:
    """A company's own list.

    Raises:
        BadInput: what is wrong first, with file and line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise BadInput(
            _("This file cannot be read."), place=str(path), mend=_("Save it as UTF-8 text.")
        ) from problem
    findings: list[Finding] = []
    values = load_toml(path, text, findings)
    if values is None:
        first = findings[0]
        raise BadInput(first.message, place=f"{path}:{first.line}", mend=first.mend)
    try:
        return Checklist.model_validate(values)
    except ValidationError as problem:
        error = problem.errors()[0]
        message, mend = explain(error)
        place = f"{path}:{line_of(text, (*error['loc'], 0))}"
        raise BadInput(message, place=place, mend=mend) from problem
