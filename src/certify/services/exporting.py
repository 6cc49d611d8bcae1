"""Lists and forms on their way out: numbered, in the ledger, then written (R-FRM-01, R-FRM-04)."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from certify.domain.exchange import Column, ExportFormat, Sheet
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.errors import BadInput
from certify.i18n import N_, _, pick
from certify.platform import Platform
from certify.services.departments import departments_and_posts
from certify.services.listing import ListFilter, qualification_list
from certify.services.people import people_list
from certify.services.people_words import HEADINGS, ROLE_NAMES, STATUS_NAMES
from certify.services.qualifying.states import STATE_NAMES
from certify.services.whole_file import whole_file
from certify.storage import ledger, qualifications

SERIES = "EXP"

FORMS: dict[str, str] = {
    "qualification-list": N_("On-post qualification list"),
    "people-list": N_("People list"),
}
"""What can be exported, with its name; `_MAKERS` has the function of each."""

FILTERS: dict[str, tuple[str, ...]] = {
    "qualification-list": ("as_of", "state", "department", "process", "search"),
    "people-list": ("department", "search"),
}
"""Which filters each form takes: fields of `ListFilter`. Every other one is refused."""


@dataclass(frozen=True)
class ExportReceipt:
    """An export that was written: its number is on it and in the ledger."""

    number: str
    rows: int


@dataclass(frozen=True)
class _Form:
    """What one form says, before it has a number."""

    columns: Sequence[Column]
    rows: Iterable[Sequence[str]]
    count: int
    filter: Sequence[tuple[str, str]]
    """What was wanted, in words: label and value."""


def export_form(
    platform: Platform,
    *,
    actor: Actor,
    form: str,
    format_name: str,
    wanted: ListFilter,
    path: Path,
) -> ExportReceipt:
    """Write a form to a file, whole or not at all; only its owner may read it.

    Raises:
        NotPermitted
        BadInput: there is no such form or format, the form does not take a filter that is set, or
            the place cannot be written.
    """
    _check(platform, actor, form, format_name, wanted)
    with whole_file(path, platform.settings.home.exports) as out:
        return write_form(
            platform, actor=actor, form=form, format_name=format_name, wanted=wanted, out=out
        )


def write_form(
    platform: Platform,
    *,
    actor: Actor,
    form: str,
    format_name: str,
    wanted: ListFilter,
    out: BinaryIO,
) -> ExportReceipt:
    """Write a form to a stream; number and ledger entry are committed before its first byte.

    Raises:
        NotPermitted
        BadInput: there is no such form or format, or it does not take a filter that is set.
    """
    writer = _check(platform, actor, form, format_name, wanted)
    made = _MAKERS[form](platform, actor, wanted)
    now = platform.clock.now().astimezone(ZoneInfo(platform.policy.organisation.time_zone))
    with platform.database.write() as session:
        running = qualifications.next_number(session, f"{SERIES}-{now.year}")
        number = f"{SERIES}-{now.year}-{running:06}"
        ledger.append(
            session,
            at=platform.clock.now(),
            actor_id=actor.person_id,
            action="list-exported",
            subject=f"export:{number}",
            facts={
                "form": form,
                "format": format_name,
                "filter": _filter_facts(form, wanted),
                "rows": made.count,
            },
        )
    author = actor.name if actor.is_console else f"{actor.staff_no} {actor.name}"
    header = (
        ("number", _("Export number"), number),
        ("time", _("Time"), now.isoformat(timespec="seconds")),
        ("author", _("Author"), author),
        ("filter", _("Filter"), "; ".join(f"{label}: {value}" for label, value in made.filter)),
        ("rows", _("Rows"), str(made.count)),
    )
    writer.write(Sheet(_(FORMS[form]), header, made.columns, made.rows), out)
    return ExportReceipt(number, made.count)


def form_rows(
    platform: Platform, *, actor: Actor, form: str, wanted: ListFilter
) -> tuple[Sequence[Column], list[Sequence[str]]]:
    """The columns and rows a form would have now; nothing is written.

    Raises:
        NotPermitted
    """
    require(actor, Action.EXPORT)
    made = _MAKERS[form](platform, actor, wanted)
    return made.columns, list(made.rows)


def check_filters(form: str, given: Iterable[str]) -> None:
    """Refuse filters that a form would ignore.

    Args:
        given: fields of `ListFilter` that somebody set.
    Raises:
        BadInput
    """
    taken = FILTERS[form]
    if foreign := [name for name in given if name not in taken]:
        raise BadInput(
            _("The form “{form}” has no filter “{name}”.").format(form=form, name=foreign[0]),
            mend=_("Possible: {values}").format(values=", ".join(taken)),
        )


def _set_in(platform: Platform, wanted: ListFilter) -> list[str]:
    """The filters that say something else than a list without filters."""
    usual = ListFilter(platform.today())
    names = [field.name for field in fields(ListFilter)]
    return [name for name in names if getattr(wanted, name) != getattr(usual, name)]


def _check(
    platform: Platform, actor: Actor, form: str, format_name: str, wanted: ListFilter
) -> ExportFormat:
    require(actor, Action.EXPORT)
    formats = platform.plugins.export_formats
    for message, name, known in (
        (_("There is no form “{name}”."), form, FORMS),
        (_("There is no export format “{name}”."), format_name, formats),
    ):
        if name not in known:
            raise BadInput(
                message.format(name=name),
                mend=_("Possible: {values}").format(values=", ".join(sorted(known)) or "–"),
            )
    check_filters(form, _set_in(platform, wanted))
    return formats[format_name]


def _filter_facts(form: str, wanted: ListFilter) -> dict[str, object]:
    """What was applied, for the ledger; a search may be a name: only that there was one is kept."""
    facts: dict[str, object] = {
        "as_of": wanted.as_of.isoformat(),
        "state": wanted.state.value if wanted.state else "",
        "department": wanted.department,
        "process": wanted.process,
    }
    applied = {name: value for name, value in facts.items() if name in FILTERS[form]}
    return applied | {"searched": bool(wanted.search.strip())}


def _qualification_list(platform: Platform, actor: Actor, wanted: ListFilter) -> _Form:
    """上岗资格认证名单: who may serve what, as of a day (R-CRT-01)."""
    found = qualification_list(platform, actor=actor, wanted=wanted)
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
    rows = (
        (
            row.staff_no,
            row.name,
            pick(row.department),
            pick(row.post),
            pick(row.process),
            row.level,
            row.mark,
            (_("retake") if row.is_retake else _("first pass")) if row.mark else "",
            row.issued_on.isoformat(),
            row.valid_to.isoformat(),
            row.certificate,
            _(STATE_NAMES[row.state]),
        )
        for row in found.rows
    )
    said = [
        (_("As of"), wanted.as_of.isoformat()),
        (_("State"), _(STATE_NAMES[wanted.state]) if wanted.state else _("every")),
        (_("Department"), _chosen(wanted.department, found.departments)),
        (_("Process"), _chosen(wanted.process, found.processes)),
        (_("Search"), wanted.search.strip()),
    ]
    return _Form(columns, rows, len(found.rows), [pair for pair in said if pair[1]])


def _people_list(platform: Platform, actor: Actor, wanted: ListFilter) -> _Form:
    """Everybody on the day of the export; read back by the import of people without a change."""
    found = people_list(platform, actor=actor, search=wanted.search)
    kept = [row for row in found if wanted.department in ("", row.department_code)]
    known = departments_and_posts(platform, actor=actor)
    department = _distinct((one.code, one.name) for one in known.departments)
    post = _distinct((one.code, one.name) for one in known.posts)
    rows = (
        (
            row.staff_no,
            row.name,
            department[row.department_code],
            post[row.post_code],
            row.supervisor_no,
            row.hired_on.isoformat(),
            _(STATUS_NAMES[row.status]),
            "; ".join(_(ROLE_NAMES[role]) for role in row.roles),
        )
        for row in kept
    )
    names = {one.code: one.name for one in known.departments}
    said = [
        (_("As of"), platform.today().isoformat()),
        (_("Department"), _chosen(wanted.department, names)),
        (_("Search"), wanted.search.strip()),
    ]
    columns = [Column(key, _(heading)) for key, heading in HEADINGS.items()]
    return _Form(columns, rows, len(kept), [pair for pair in said if pair[1]])


_MAKERS: dict[str, Callable[[Platform, Actor, ListFilter], _Form]] = {
    "qualification-list": _qualification_list,
    "people-list": _people_list,
}


def _chosen(code: str, names: dict[str, dict[str, str]]) -> str:
    """A chosen department or process in words; empty when all are wanted."""
    return f"{pick(names[code])} ({code})" if code in names else code


def _distinct(names: Iterable[tuple[str, dict[str, str]]]) -> dict[str, str]:
    """Names by code; the code itself where a name means several."""
    said = {code: pick(texts) for code, texts in names}
    often = Counter(said.values())
    return {code: name if often[name] == 1 else code for code, name in said.items()}
