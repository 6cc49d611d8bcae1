"""The forms of people: who works here, who may serve what, and whose qualification ends."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from certify.domain.exchange import Column
from certify.domain.permission import Action, require
from certify.domain.person import Actor, Role
from certify.domain.pinyin import finder
from certify.domain.qualification import QualificationState
from certify.errors import BadInput
from certify.i18n import N_, _, pick
from certify.platform import Platform
from certify.services import reminders
from certify.services.departments import departments_and_posts
from certify.services.forms.form import EVERY_STATE, NO_LEVEL, Form, Table, Wanted
from certify.services.listing import ListFilter, QualifiedPerson, qualification_list
from certify.services.people import people_list
from certify.services.people_words import HEADINGS, ROLE_NAMES, STATUS_NAMES
from certify.services.qualifying import matrix
from certify.services.qualifying.states import STATE_NAMES
from certify.storage import exports
from certify.storage.exports import ListedPerson


def list_filter(platform: Platform, wanted: Wanted) -> ListFilter:
    """What the qualification list is asked for.

    Raises:
        BadInput: there is no such state.
    """
    state: QualificationState | None = QualificationState.ACTIVE
    if wanted.state:
        possible = [EVERY_STATE, *(one.value for one in QualificationState)]
        if wanted.state not in possible:
            raise BadInput(
                _("“{value}” is not possible here.").format(value=wanted.state),
                mend=_("Possible: {values}").format(values=", ".join(possible)),
            )
        state = None if wanted.state == EVERY_STATE else QualificationState(wanted.state)
    return ListFilter(
        as_of=wanted.as_of or platform.today(),
        state=state,
        department=wanted.department,
        process=wanted.process,
        search=wanted.search,
        post=wanted.post,
        level=wanted.level,
        supervisor=wanted.supervisor,
        within=wanted.days,
    )


def wanted_of(chosen: ListFilter) -> Wanted:
    """The same for whoever has chosen rows of the list."""
    return Wanted(
        as_of=chosen.as_of,
        state=chosen.state.value if chosen.state else EVERY_STATE,
        department=chosen.department,
        process=chosen.process,
        search=chosen.search,
        post=chosen.post,
        level=chosen.level,
        supervisor=chosen.supervisor,
        days=chosen.within,
    )


def _qualification_list(platform: Platform, actor: Actor, wanted: Wanted) -> Table:
    """上岗资格认证名单: who may serve what, as of a day (R-CRT-01)."""
    chosen = list_filter(platform, wanted)
    found = qualification_list(platform, actor=actor, wanted=chosen)
    columns = (
        Column("staff_no", _("Staff no.")),
        Column("name", _("Name")),
        Column("department", _("Department")),
        Column("post", _("Post")),
        Column("process", _("Process")),
        Column("level", _("Level")),
        Column("mark", _("Mark")),
        Column("attempt", _("First pass or retake")),
        Column("issued_on", _("Issued")),
        Column("valid_to", _("Valid to")),
        Column("certificate", _("Certificate no.")),
        Column("state", _("State")),
    )
    words = {
        "as_of": chosen.as_of.isoformat(),
        "state": _(STATE_NAMES[chosen.state]) if chosen.state else _("every"),
        "department": _chosen(chosen.department, found.departments),
        "process": _chosen(chosen.process, found.processes),
    }
    return Table(columns, _qualified(found.rows), words=words)


def _qualified(found: Iterable[QualifiedPerson]) -> Iterator[Sequence[str]]:
    retake, first_pass = _("retake"), _("first pass")
    states = {state: _(name) for state, name in STATE_NAMES.items()}
    for row in found:
        yield (
            row.staff_no,
            row.name,
            pick(row.department),
            pick(row.post),
            pick(row.process),
            row.level,
            row.mark,
            (retake if row.is_retake else first_pass) if row.mark else "",
            row.issued_on.isoformat(),
            row.valid_to.isoformat(),
            row.certificate,
            states[row.state],
        )


def _people_list(platform: Platform, actor: Actor, wanted: Wanted) -> Table:
    """Everybody on the day of the export; read back by the import of people without a change."""
    require(actor, Action.SEE_PEOPLE)
    known = departments_and_posts(platform, actor=actor)
    names = {one.code: one.name for one in known.departments}
    words = {
        "as_of": platform.today().isoformat(),
        "department": _chosen(wanted.department, names),
    }
    columns = [Column(key, _(heading)) for key, heading in HEADINGS.items()]
    rows = _everybody(
        platform,
        actor,
        wanted,
        _distinct(names.items()),
        _distinct((one.code, one.name) for one in known.posts),
    )
    return Table(columns, rows, words=words)


def _everybody(
    platform: Platform,
    actor: Actor,
    wanted: Wanted,
    department: dict[str, str],
    post: dict[str, str],
) -> Iterator[Sequence[str]]:
    status = {one: _(name) for one, name in STATUS_NAMES.items()}

    @cache  # many hold the same few roles
    def held(roles: frozenset[Role]) -> str:
        return "; ".join(_(ROLE_NAMES[role]) for role in Role if role in roles)

    is_found, levels = finder(wanted.search), _levels(platform, actor, wanted)
    with platform.database.read() as session:
        for one in exports.everybody(session, department=wanted.department):
            if _is_wanted(one, wanted, levels) and is_found(one.name, one.staff_no):
                yield (
                    one.staff_no,
                    one.name,
                    department[one.department],
                    post[one.post],
                    one.supervisor_no,
                    one.hired_on.isoformat(),
                    status[one.status],
                    held(one.roles),
                )


def _levels(platform: Platform, actor: Actor, wanted: Wanted) -> dict[str, str]:
    """The level of everybody by staff number; nobody's unless a level is asked for."""
    if not wanted.level:
        return {}
    found = people_list(platform, actor=actor)
    return {one.staff_no: one.level or NO_LEVEL for one in found}


def _is_wanted(one: ListedPerson, wanted: Wanted, levels: dict[str, str]) -> bool:
    return (
        wanted.post in ("", one.post)
        and wanted.supervisor in ("", one.supervisor_no)
        and wanted.role in ("", *one.roles)
        and wanted.status in ("", one.status)
        and wanted.level in ("", levels.get(one.staff_no))
    )


def _matrix(platform: Platform, actor: Actor, wanted: Wanted) -> Table:
    """Who holds what until when: one row a person, one column a qualification."""
    as_of = wanted.as_of or platform.today()
    found = matrix.matrix(platform, actor=actor, as_of=as_of, department=wanted.department)
    columns = [
        Column("staff_no", _("Staff no.")),
        Column("name", _("Name")),
        Column("department", _("Department")),
        Column("post", _("Post")),
        Column("level", _("Level")),
        *(Column(code, f"{pick(title)} ({code})") for code, title in found.processes.items()),
    ]
    rows = (
        (
            row.staff_no,
            row.name,
            pick(row.department),
            pick(row.post),
            row.level,
            *(matrix.cell_text(row.held.get(code)) for code in found.processes),
        )
        for row in found.rows
    )
    words = {
        "as_of": as_of.isoformat(),
        "department": _chosen(wanted.department, found.departments),
    }
    return Table(columns, rows, words=words)


def _expiring(platform: Platform, actor: Actor, wanted: Wanted) -> Table:
    """What ends soon and is not renewed, the next to end first (R-CRT-04)."""
    ahead = platform.policy.qualification.ahead_days
    days = wanted.days if wanted.days is not None else max(ahead, default=0)
    found = reminders.expiring(platform, actor=actor, days=days)
    columns = [
        Column("valid_to", _("Last valid day")),
        Column("days_left", _("Days left")),
        Column("within", _("Within days")),
        Column("staff_no", _("Staff no.")),
        Column("name", _("Name")),
        Column("department", _("Department")),
        Column("post", _("Post")),
        Column("qualification", _("Qualification")),
        Column("certificate", _("Certificate no.")),
    ]
    rows = (
        (
            one.valid_to.isoformat(),
            str(one.days_left),
            str(min((limit for limit in ahead if one.days_left <= limit), default="")),
            one.staff_no,
            one.name,
            pick(one.department),
            pick(one.post),
            pick(one.title),
            one.certificate,
        )
        for one in found
    )
    return Table(columns, rows, words={"as_of": platform.today().isoformat(), "days": str(days)})


def _chosen(code: str, names: dict[str, dict[str, str]]) -> str:
    """A chosen department or process in words; empty when all are wanted."""
    return f"{pick(names[code])} ({code})" if code in names else code


def _distinct(names: Iterable[tuple[str, dict[str, str]]]) -> dict[str, str]:
    """Names by code; the code itself where a name means several."""
    said = {code: pick(texts) for code, texts in names}
    often = Counter(said.values())
    return {code: name if often[name] == 1 else code for code, name in said.items()}


_HR = frozenset({Action.EXPORT})

FORMS = (
    Form(
        "qualification-list",
        N_("On-post qualification list"),
        _qualification_list,
        _HR,
        takes=(
            "as_of",
            "state",
            "department",
            "process",
            "post",
            "level",
            "supervisor",
            "days",
            "search",
        ),
    ),
    Form(
        "people-list",
        N_("People list"),
        _people_list,
        _HR,
        takes=("department", "post", "level", "supervisor", "role", "status", "search"),
    ),
    Form(
        "qualification-matrix",
        N_("Qualification matrix"),
        _matrix,
        _HR,
        takes=("as_of", "department"),
    ),
    Form("expiring", N_("Qualifications that end soon"), _expiring, _HR, takes=("days",)),
)
