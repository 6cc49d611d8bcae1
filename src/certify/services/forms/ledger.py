"""The ledger for an auditor: what happened when, by whom, and the chain; no facts of people."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from certify.domain.exchange import Column
from certify.domain.permission import Action
from certify.domain.person import Actor
from certify.i18n import N_, _
from certify.platform import Platform
from certify.services.forms.form import Form, Table, Wanted
from certify.storage import exports


def _extract(platform: Platform, actor: Actor, wanted: Wanted) -> Table:
    columns = [
        Column("sequence", _("No.")),
        Column("time", _("Time")),
        Column("by", _("By (staff no.)")),
        Column("action", _("Action")),
        Column("subject", _("Subject")),
        Column("hash", _("Hash")),
    ]
    return Table(columns, _entries(platform, wanted))


def _entries(platform: Platform, wanted: Wanted) -> Iterator[Sequence[str]]:
    zone = ZoneInfo(platform.policy.organisation.time_zone)

    def midnight(day: date) -> datetime:
        return datetime.combine(day, time(0), zone).astimezone(UTC)

    first = midnight(wanted.first) if wanted.first else None
    end = midnight(wanted.last + timedelta(days=1)) if wanted.last else None
    with platform.database.read() as session:
        for one in exports.ledger_lines(session, first=first, end=end):
            at = one.at.astimezone(zone).isoformat()
            yield str(one.sequence), at, one.staff_no, one.action, one.subject, one.hash


FORMS = (
    Form(
        "ledger-extract",
        N_("Ledger extract"),
        _extract,
        frozenset({Action.SEE_LEDGER}),
        takes=("first", "last"),
    ),
)
