"""By what the on-post qualification list is narrowed."""

from collections.abc import Mapping, Sequence
from datetime import date

from certify.domain.qualification import QualificationState
from certify.i18n import N_, _, _n, pick
from certify.services.listing import ListFilter, QualificationList
from certify.services.qualifying.states import STATE_NAMES
from certify.tui.filtered_list import Filter


def wanted(as_of: date, values: Mapping[str, str], search: str) -> ListFilter:
    """The filter that chosen values mean; a value that means nothing any more is left out."""
    state, within = values.get("state", ""), values.get("within", "")
    return ListFilter(
        as_of=as_of,
        state=QualificationState(state) if state in list(QualificationState) else None,
        department=values.get("department", ""),
        process=values.get("process", ""),
        search=search,
        post=values.get("post", ""),
        level=values.get("level", ""),
        supervisor=values.get("supervisor", ""),
        within=int(within) if within.isdecimal() else None,
    )


def filters(
    view: QualificationList, known: Mapping[str, Mapping[str, str]], ahead: Sequence[int]
) -> list[Filter]:
    """Every filter with what it can be set to.

    Args:
        known: posts, levels and supervisors that were seen (`learn`).
        ahead: days within which something may end.
    """
    departments = {code: pick(name) for code, name in view.departments.items()}
    processes = {code: pick(name) for code, name in view.processes.items()}
    days = {
        str(count): _n("within {count} day", "within {count} days", count).format(count=count)
        for count in ahead
    }
    states = {state.value: _(name) for state, name in STATE_NAMES.items()}
    return [
        Filter("state", N_("State"), {one.value: states[one.value] for one in QualificationState}),
        Filter("department", N_("Department"), departments),
        Filter("process", N_("Process"), processes),
        Filter("post", N_("Post"), known["post"]),
        Filter("level", N_("Level"), known["level"]),
        Filter("supervisor", N_("Supervisor"), known["supervisor"]),
        Filter("within", N_("Ends"), days),
    ]


def learn(known: dict[str, dict[str, str]], view: QualificationList) -> None:
    """Note the posts, levels and supervisors of a list, in order."""
    for one in view.rows:
        known["post"][one.post_code] = pick(one.post)
        known["level"][one.level] = one.level
        known["supervisor"][one.supervisor_no] = f"{one.supervisor} {one.supervisor_no}"
    for name, found in known.items():
        known[name] = {code: found[code] for code in sorted(found) if code}
