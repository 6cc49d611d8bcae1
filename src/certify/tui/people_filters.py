"""By what the people list is narrowed."""

from collections.abc import Iterable, Mapping, Sequence

from certify.domain.person import Role
from certify.domain.pinyin import finder
from certify.i18n import N_, _, pick
from certify.services.people import PersonView
from certify.services.people_words import ROLE_NAMES, STATUS_NAMES
from certify.tui.filtered_list import Filter

NONE = "-"
"""The value of what somebody does not have."""


def filters(everybody: Sequence[PersonView]) -> list[Filter]:
    """Every filter with what it can be set to; only what somebody has is offered."""
    departments = {one.department_code: pick(one.department) for one in everybody}
    posts = {one.post_code: pick(one.post) for one in everybody}
    above = {one.supervisor_no: f"{one.supervisor} {one.supervisor_no}" for one in everybody}
    levels = {one.level or NONE: one.level or _("none") for one in everybody}
    roles = {role.value: _(name) for role, name in ROLE_NAMES.items() if role is not Role.LEARNER}
    return [
        Filter("department", N_("Department"), _sorted(departments)),
        Filter("post", N_("Post"), _sorted(posts)),
        Filter("level", N_("Level"), _sorted(levels)),
        Filter("supervisor", N_("Supervisor"), _sorted(above)),
        Filter("role", N_("Role"), roles),
        Filter("status", N_("Status"), {one.value: _(name) for one, name in STATUS_NAMES.items()}),
    ]


def fitting(
    everybody: Iterable[PersonView], values: Mapping[str, str], search: str
) -> list[PersonView]:
    """Who has all that is wanted, and is found by what is searched for."""
    found = finder(search)
    wanted = {name: value for name, value in values.items() if value}
    return [
        one
        for one in everybody
        if (not wanted or _fits(one, wanted)) and found(one.name, one.staff_no)
    ]


def _fits(one: PersonView, wanted: Mapping[str, str]) -> bool:
    has = {
        "department": (one.department_code,),
        "post": (one.post_code,),
        "level": (one.level or NONE,),
        "supervisor": (one.supervisor_no,),
        "role": tuple(role.value for role in one.roles),
        "status": (one.status.value,),
    }
    return all(value in has.get(name, (value,)) for name, value in wanted.items())


def _sorted(names: Mapping[str, str]) -> dict[str, str]:
    return {code: names[code] for code in sorted(names) if code}
