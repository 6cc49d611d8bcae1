"""`scenarios/NAME.toml`: a service scenario as a course holds it (R-SIM-01)."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from certify.courseware import markdown
from certify.courseware.finding import Finding
from certify.courseware.toml_place import explain, line_of, load_toml
from certify.domain.scenario import Scenario
from certify.domain.scenario_check import acts_of, faults
from certify.i18n import _

FOLDER = "scenarios"


def read_scenarios(folder: Path, findings: list[Finding]) -> dict[str, dict[str, Any] | None]:
    """What the scenario files of a course hold, by name; None where a file cannot be used."""
    return {
        path.stem: read_scenario(path, findings)
        for path in sorted((folder / FOLDER).glob("*.toml"))
    }


def read_scenario(path: Path, findings: list[Finding]) -> dict[str, Any] | None:
    """The plain data of a scenario without a fault; None when `findings` tells the faults."""
    before = len(findings)
    text = markdown.read(path, findings)
    values = load_toml(path, text, findings)
    if values is None or len(findings) > before:
        return None
    try:
        scenario = Scenario.model_validate(values)
    except ValidationError as problem:
        for error in problem.errors():
            findings.append(Finding(path, line_of(text, error["loc"]), *explain(error)))
        return None
    for fault in faults(scenario):
        findings.append(Finding(path, line_of(text, fault.place), fault.message, fault.mend))
    if len(findings) > before:
        return None
    _warn_of_calendar(path, text, scenario, findings)
    return scenario.model_dump(mode="json")


def _warn_of_calendar(path: Path, text: str, scenario: Scenario, findings: list[Finding]) -> None:
    """Working days of a year without holidays are Monday to Friday (R-PLT-04): say so."""
    spans = [limit.at_most for limit in scenario.limits.values()]
    spans += [act.takes for _place, _node, act in acts_of(scenario)]
    day = scenario.begins.date()
    missing = scenario.calendar.missing_years(day, day)
    if missing and any(span.working_days for span in spans):
        message = _("The calendar lacks {year}: Monday to Friday are taken as working days.")
        mend = _("Give [calendar] its years, holidays and make_up days.")
        line = line_of(text, ("calendar", "years"))
        findings.append(Finding(path, line, message.format(year=missing[0]), mend, "warning"))
