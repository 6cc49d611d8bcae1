"""The words of the people list: what is exported under them is read back by the import."""

from collections.abc import Mapping
from typing import TypeVar

from certify.domain.person import PersonStatus, Role
from certify.i18n import LANGUAGES, N_, _, speaking

ROLE_NAMES = {
    Role.LEARNER: N_("learner"),
    Role.TRAINER: N_("trainer"),
    Role.GUIDE: N_("field guide"),
    Role.SUPERVISOR: N_("supervisor"),
    Role.INSPECTOR: N_("inspector"),
    Role.EVALUATOR: N_("evaluator"),
    Role.EXAMINER: N_("examiner"),
    Role.HR: N_("HR reviewer"),
    Role.ADMINISTRATOR: N_("administrator"),
}

STATUS_NAMES = {
    PersonStatus.EMPLOYED: N_("employed"),
    PersonStatus.LEFT: N_("left"),
}

HEADINGS = {
    "staff_no": N_("Staff no."),
    "name": N_("Name"),
    "department": N_("Department"),
    "post": N_("Post"),
    "supervisor": N_("Direct supervisor"),
    "hired_on": N_("Hired on"),
    "status": N_("Status"),
    "roles": N_("Roles"),
}
"""Column of the people list → its heading."""

_MORE_HEADINGS = {
    "staff_no": (
        "工号",
        "员工号",
        "员工编号",
        "员工工号",
        "人员编号",
        "职工号",
        "staff number",
        "employee no",
        "employee number",
        "employee id",
    ),
    "name": ("姓名", "员工姓名", "人员姓名", "full name", "employee name"),
    "department": (
        "部门",
        "部门名称",
        "所属部门",
        "所在部门",
        "department code",
        "部门代码",
        "dept",
    ),
    "post": ("岗位", "岗位名称", "职务", "职位", "post code", "岗位代码", "position", "job title"),
    "supervisor": (
        "直接主管",
        "直接主管工号",
        "主管工号",
        "直属上级",
        "直属上级工号",
        "上级工号",
        "manager id",
        "supervisor",
        "supervisor no",
        "supervisor staff no",
    ),
    "hired_on": (
        "入职日期",
        "入职时间",
        "入职日",
        "hire date",
        "date of hire",
        "start date",
        "hired",
    ),
    "status": ("状态", "在职状态", "人员状态"),
    "roles": ("角色", "role"),
}

_MORE_ROLES = {
    Role.LEARNER: ("学员",),
    Role.TRAINER: ("培训讲师", "讲师"),
    Role.GUIDE: ("指导者", "带教人"),
    Role.SUPERVISOR: ("直接主管", "主管"),
    Role.INSPECTOR: ("检查员",),
    Role.EVALUATOR: ("评估小组", "评估人"),
    Role.EXAMINER: ("考评员",),
    Role.HR: ("人事", "人力资源"),
    Role.ADMINISTRATOR: ("管理员", "admin"),
}

_MORE_STATUSES = {
    PersonStatus.EMPLOYED: ("在职", "active"),
    PersonStatus.LEFT: ("离职", "已离职"),
}

KeyT = TypeVar("KeyT", bound=str)


def plain(word: str) -> str:
    """A word without what people write differently: case, blanks, dots, underscores, colons."""
    return "".join(c for c in word.casefold() if c.isalnum())


def headings() -> dict[str, str]:
    """Every way to head a column, made `plain`, with the column it means."""
    return meanings(HEADINGS, _MORE_HEADINGS)


def roles() -> dict[str, Role]:
    """Every name of a role, made `plain`."""
    return meanings(ROLE_NAMES, _MORE_ROLES)


def statuses() -> dict[str, PersonStatus]:
    """Every name of a status, made `plain`."""
    return meanings(STATUS_NAMES, _MORE_STATUSES)


def meanings(names: Mapping[KeyT, str], more: Mapping[KeyT, tuple[str, ...]]) -> dict[str, KeyT]:
    """Every word for something, made `plain`: its code, its name by language, and more.

    Args:
        names: English source text of each, marked with `N_`.
        more: what else people write.
    """
    words: dict[str, KeyT] = {}
    for language in LANGUAGES:
        with speaking(language):
            words |= {plain(_(name)): key for key, name in names.items()}
    for key, others in more.items():
        words |= {plain(word): key for word in (str(key), names[key], *others)}
    return words
