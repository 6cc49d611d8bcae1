"""Personal data in words: what an erasure removes, and what it cannot reach."""

from collections.abc import Iterator

from certify.domain.personal_tables import TABLES
from certify.domain.privacy import Kind
from certify.i18n import N_, _, _n
from certify.platform import Platform
from certify.services.privacy.erasing import ErasurePlan
from certify.services.privacy.retention import RetentionRow, said
from certify.services.windows import moment_text

KINDS = {
    Kind.IDENTITY: N_("identity"),
    Kind.CREDENTIAL: N_("sign-in"),
    Kind.WORK: N_("work"),
    Kind.LEARNING: N_("learning"),
    Kind.EXAM: N_("exams"),
    Kind.QUALIFICATION: N_("qualification"),
    Kind.EVALUATION: N_("evaluation"),
    Kind.CONDUCT: N_("conduct"),
    Kind.TEXT: N_("free text"),
}
"""Sorts of data, for people."""


def kind_name(kind: Kind) -> str:
    """What a sort of data is called."""
    return _(KINDS[kind])


def fate_text(table: str) -> str:
    """What an erasure does to a table."""
    one = TABLES[table]
    if one.deleted:
        return _("Removed for good once your data are removed.")
    if one.pseudonyms:
        return _("Name and number are replaced by a pseudonym once your data are removed.")
    if one.texts:
        return _("Texts are emptied once your data are removed; the rest stays without a name.")
    return _("Stays for the company's counts once your data are removed, without a name.")


def table_title(table: str) -> str:
    """What a table is called."""
    title = TABLES[table].title
    return _(title) if title else table


def plan_lines(platform: Platform, plan: ErasurePlan) -> Iterator[str]:
    """What would be removed, what blocks it, and what stays elsewhere."""
    yield _("Becomes {pseudonym}; marks, results and counts stay under it.").format(
        pseudonym=plan.pseudonym
    )
    yield _("Emptied or removed:")
    for table, count in plan.removed.items():
        yield f"  {table_title(table)}: {count}"
    if plan.mentions:
        yield _("Named in texts of others, where the pseudonym takes the place of the name:")
        for where, count in plan.mentions.items():
            yield f"  {where}: {count}"
    yield from _leftover_lines(platform, plan)
    if plan.blockers:
        yield _("Blocked:")
        for one in plan.blockers:
            yield f"! {one.text}"


def state_text(row: RetentionRow) -> str:
    """How far one leaver is."""
    if row.erased_on is not None:
        return _("removed on {day}").format(day=row.erased_on.isoformat())
    if row.blockers:
        return said(row.blockers)
    return _("due, nothing blocks it")


def _leftover_lines(platform: Platform, plan: ErasurePlan) -> Iterator[str]:
    found = plan.leftovers
    yield _("Outside the database, for you to throw away:")
    if found.extracts:
        yield "  " + _("extracts of this person: {numbers}").format(
            numbers=_(", ").join(found.extracts)
        )
    if found.exports:
        yield "  " + _n(
            "{count} exported list may name this person: {last}",
            "{count} exported lists may name this person, the last is {last}",
            found.exports,
        ).format(count=found.exports, last=found.last_export)
    if found.copies:
        yield "  " + _("copies that upgrades left beside the database: {files}").format(
            files=_(", ").join(found.copies)
        )
    if found.last_backup is None:
        yield "  " + _("backups: the ledger knows of none")
    else:
        yield "  " + _(
            "backups until now, the last of {when}; they hold the data until you throw them away"
        ).format(when=moment_text(platform, found.last_backup))
