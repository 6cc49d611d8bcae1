"""What an audit found, in words."""

from collections.abc import Iterator

from certify.domain.deviation import Deviation, Found
from certify.domain.ledger_chain import Fault
from certify.i18n import N_, _
from certify.services.ledger import LedgerCheck

FAULTS = {
    Fault.CHANGED: N_("Entry {number} was changed."),
    Fault.MISSING: N_("Entry {number} is missing."),
    Fault.REORDERED: N_("Entry {number} is not in its place: entries were reordered."),
    Fault.INSERTED: N_("Entry {number} was inserted."),
    Fault.CUT: N_("Entry {number} and all after it were cut off."),
    Fault.HEAD: N_("The end of the ledger is not entry {number}, as its head says."),
}
"""The first false entry in words."""

GROUPS = {
    Deviation.ENTRY: N_("The chain is broken"),
    Deviation.CHECKPOINT: N_("The ledger is not the one of a signed checkpoint"),
    Deviation.SIGNATURE: N_("A checkpoint is not signed by a key of the company"),
    Deviation.GUARD: N_("The database does not forbid changes any more"),
    Deviation.UNREADABLE: N_("Entries that certify did not write"),
    Deviation.DIFFERENT: N_("Records that are not what the ledger says"),
    Deviation.GONE: N_("Records that the ledger tells of and that are gone"),
    Deviation.UNTOLD: N_("Records of which the ledger tells nothing"),
    Deviation.RESPONSES: N_("Answers that were changed, added or taken away"),
    Deviation.ERASED: N_("Personal data that were removed without an entry"),
    Deviation.ALONE: N_("Deeds that take two persons and were done by one"),
}
"""Each kind of deviation as a heading."""


def outcome(found: LedgerCheck) -> str:
    """All of it in one sentence."""
    if found.holds:
        return _(
            "The ledger holds: {count} entries, head {hash}; {rows} records are as it says."
        ).format(count=found.entries, hash=found.head[:8], rows=found.rows)
    if found.first_false is not None:
        return _("The ledger is broken at entry {number}.").format(number=found.first_false)
    return _("The chain holds, but {count} things are not as the ledger says.").format(
        count=len(found.found)
    )


def groups(found: LedgerCheck) -> Iterator[tuple[str, list[str]]]:
    """Heading and lines of every kind of deviation that there is."""
    for kind in Deviation:
        if lines := [line(one) for one in found.found if one.kind is kind]:
            yield _(GROUPS[kind]), lines


def line(one: Found) -> str:
    """One deviation."""
    if one.kind is Deviation.ENTRY:
        return _(FAULTS[Fault(one.stands)]).format(number=one.row)
    if one.kind is Deviation.CHECKPOINT:
        stands = one.stands[:16] or _("nothing")
        return _("Entry {number}: the checkpoint says {hash}, there stands {stands}.").format(
            number=one.row, hash=one.ledger[:16], stands=stands
        )
    if one.kind is Deviation.SIGNATURE:
        return _("Checkpoint of entry {number}, key {key}").format(number=one.row, key=one.stands)
    if one.kind is Deviation.DIFFERENT:
        text = _("{table}, {row}: entry {entry} says {ledger}; there stands {stands}.")
        return text.format(
            table=one.table, row=one.row, entry=one.entry, ledger=one.ledger, stands=one.stands
        )
    if one.kind is Deviation.GONE and one.entry:
        text = _("{table}, {row}: entry {entry} says {ledger}.")
        return text.format(table=one.table, row=one.row, entry=one.entry, ledger=one.ledger or "–")
    return f"{one.table}, {one.row}" + (f": {one.ledger}" if one.ledger else "")
