"""Policy files as people write them: read whole, every wrong value named at once (R-PLT-05)."""

from dataclasses import dataclass
from pathlib import Path

from certify import policy as policies
from certify.courseware import toml_place
from certify.courseware.finding import Finding as Fault
from certify.domain.clean import clean_line
from certify.errors import BadInput
from certify.i18n import _
from certify.policy import Policy

MOST_BYTES = 1_000_000
"""A policy file is about 10 KB."""


@dataclass(frozen=True)
class FileFinding:
    """One thing in a policy file that cannot be used."""

    line: int
    """Counted from 1."""
    name: str
    """Section and key; empty where the file is no TOML at that line."""
    value: str
    message: str


@dataclass(frozen=True)
class PolicyFile:
    """A policy file that was read."""

    path: Path
    data: bytes
    """Exactly as it is, comments and all."""
    policy: Policy | None
    """None where something cannot be used."""
    findings: tuple[FileFinding, ...] = ()

    def wanted(self) -> Policy:
        """The policy it describes.

        Raises:
            BadInput: naming everything that cannot be used.
        """
        if self.policy is None:
            raise BadInput(
                "\n".join(lines(self)),
                place=str(self.path),
                mend=_("Mend what is named; “certify policy check FILE” tries it again."),
            )
        return self.policy


def read(path: Path) -> PolicyFile:
    """A policy file with all that cannot be used in it.

    Raises:
        BadInput: it cannot be read, or is no text.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        text = data.decode("utf-8")
    except OSError as problem:
        message = _("The file cannot be read: {reason}")
        reason = problem.strerror or str(problem)
        raise BadInput(message.format(reason=reason), place=str(path)) from problem
    except UnicodeDecodeError as problem:
        raise BadInput(_("The file is no UTF-8 text."), place=str(path)) from problem
    if len(data) > MOST_BYTES:
        raise BadInput(_("The file is too large to be a policy."), place=str(path))
    text = text.replace("\r\n", "\n")
    try:
        values = policies.values_of(text)
    except (ValueError, RecursionError):
        faults: list[Fault] = []
        toml_place.load_toml(path, text, faults)
        said = tuple(FileFinding(one.line, "", "", f"{one.message} {one.mend}") for one in faults)
        return PolicyFile(path, data, None, said)
    policy, found = policies.checked(values)
    findings = [
        FileFinding(
            toml_place.line_of(text, one.path),
            clean_line(one.name),
            clean_line(one.value),
            clean_line(one.message),
        )
        for one in found
    ]
    return PolicyFile(path, data, policy, tuple(sorted(findings, key=lambda one: one.line)))


def lines(file: PolicyFile) -> list[str]:
    """What cannot be used, a line each."""
    line = _("line {line}: {finding}")
    return [
        line.format(
            line=one.line, finding=f"{one.name}: {one.message}" if one.name else one.message
        )
        for one in file.findings
    ]
