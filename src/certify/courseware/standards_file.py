"""`standards.toml`: rows of the standards catalogue and procedures (R-CAT-03 … R-CAT-05)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from certify.courseware import markdown
from certify.courseware.finding import Finding
from certify.courseware.toml_place import explain, line_of, load_toml
from certify.domain.course import Code, Shown, Texts
from certify.domain.standard import NUMBER, StandardCategory
from certify.domain.vague_words import vague_words
from certify.i18n import _

TWO_POSTS = re.compile(r"[,，、;；/&＆+＋]|和|与|及|\s(?:and|or)\s|或", re.IGNORECASE)
"""What would join two posts in one."""
Words = dict[Literal["zh", "en"], Annotated[Shown, Field(min_length=1, max_length=2000)]]
Number = Annotated[str, Field(pattern=f"^{NUMBER}$")]
"""As items cite it."""


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TargetEntry(_Row):
    """What is measured, and how much of it is asked for."""

    metric: Texts
    operator: Literal[">=", "<=", "="]
    value: Decimal
    unit: Texts

    @field_validator("operator", mode="before")
    @classmethod
    def _sign(cls, sign: object) -> object:
        return {"≥": ">=", "≤": "<=", "＝": "="}.get(sign, sign) if isinstance(sign, str) else sign

    @field_validator("value", mode="before")
    @classmethod
    def _exact(cls, value: object) -> object:
        if isinstance(value, bool) or not isinstance(value, (int, str)):
            raise ValueError(_("write it as a whole number, or in quotes: “99.5”."))
        return value

    @field_validator("value")
    @classmethod
    def _finite(cls, value: Decimal) -> Decimal:
        if not value.is_finite():
            raise ValueError(_("write a number."))
        return value

    @field_validator("unit")
    @classmethod
    def _can_be_met(cls, unit: Texts, facts: Any) -> Texts:
        value, sign = facts.data.get("value"), facts.data.get("operator")
        is_share = any(text.strip() in ("%", "％") for text in unit.values())
        if is_share and sign == ">=" and value is not None and value > 100:
            raise ValueError(_("no rate can be above 100 %."))
        return unit


class StandardEntry(_Row):
    """One row of the catalogue from a day on."""

    number: Number
    category: StandardCategory
    effective_from: date
    item: Texts
    requirement: Words
    department: Texts
    target: TargetEntry | None = None
    remark: Words = {}
    withdrawn_on: date | None = None
    """First day on which it is in force no more."""

    def text(self) -> dict[str, Any]:
        """All that the version says but its first day, as plain JSON."""
        facts = self.model_dump(mode="json", exclude={"number", "effective_from", "withdrawn_on"})
        if self.target is not None:
            facts["target"]["value"] = _plain(self.target.value)
        return facts


class StepEntry(_Row):
    """One step of a procedure."""

    title: Texts
    post: Annotated[Shown, Field(min_length=1, max_length=60)]
    output: Texts
    limit: Annotated[Shown, Field(min_length=1, max_length=60)]
    standard: Number | Literal[""] = ""

    @field_validator("post", mode="before")
    @classmethod
    def _one_post(cls, post: object) -> object:
        if isinstance(post, (list, tuple)) or (isinstance(post, str) and TWO_POSTS.search(post)):
            raise ValueError(_("exactly one post is responsible for a step (R-CAT-05)."))
        return post.strip() if isinstance(post, str) else post


class ProcedureEntry(_Row):
    """A procedure: its steps in order."""

    code: Code
    steps: Annotated[tuple[StepEntry, ...], Field(min_length=1)]


class StandardsManifest(_Row):
    """The whole file, format 1."""

    format: Literal[1]
    standards: tuple[StandardEntry, ...] = ()
    procedures: tuple[ProcedureEntry, ...] = ()


@dataclass
class LoadedStandards:
    """A file as read; usable when it has a manifest and no finding is an error."""

    path: Path
    manifest: StandardsManifest | None = None
    findings: list[Finding] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    """By number or code, where its row begins."""

    @property
    def errors(self) -> list[Finding]:
        """The findings that keep the file from being used."""
        return [finding for finding in self.findings if finding.severity == "error"]

    def fault(self, name: str, message: str, mend: str = "") -> None:
        """Add a finding at the row with this number or code."""
        self.findings.append(Finding(self.path, self.lines.get(name, 1), message, mend))


def read_standards(path: Path) -> LoadedStandards:
    """Read a file of standards; what is wrong is in `findings`, nothing is raised."""
    loaded = LoadedStandards(path)
    if not path.is_file():
        message = _("There is no such file.")
        loaded.findings.append(Finding(path, 1, message, _("Check the path.")))
        return loaded
    text = markdown.read(path, loaded.findings)
    values = load_toml(path, text, loaded.findings)
    if values is None or loaded.errors:
        return loaded
    try:
        loaded.manifest = StandardsManifest.model_validate(values)
    except ValidationError as problem:
        for error in problem.errors():
            line = line_of(text, error["loc"])
            loaded.findings.append(Finding(path, line, *explain(error)))
        return loaded
    for kind, names in _names(loaded.manifest).items():
        for place, name in enumerate(names):
            line = line_of(text, (kind, place))
            loaded.lines.setdefault(name, line)
            if name in names[:place]:
                message = _("“{code}” is given twice.").format(code=name)
                mend = _("Give each row its own; a later text goes into a file of its own.")
                loaded.findings.append(Finding(path, line, message, mend))
    loaded.findings += _vague(loaded, loaded.manifest, text)
    return loaded


def _names(manifest: StandardsManifest) -> Mapping[str, list[str]]:
    return {
        "standards": [one.number for one in manifest.standards],
        "procedures": [one.code for one in manifest.procedures],
    }


def _vague(loaded: LoadedStandards, manifest: StandardsManifest, text: str) -> Iterator[Finding]:
    """Requirements that cannot be measured (R-CAT-04)."""
    for place, one in enumerate(manifest.standards):
        for language, said in one.requirement.items():
            if found := vague_words(said):
                line = line_of(text, ("standards", place, "requirement", language))
                message = _("{number}: “{words}” says no number (R-CAT-04).").format(
                    number=one.number, words="”, “".join(found)
                )
                mend = _("Say within how long, how often or how much.")
                yield Finding(loaded.path, line, message, mend, "warning")


def _plain(value: Decimal) -> str:
    """A decimal without trailing zeros or an exponent."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
