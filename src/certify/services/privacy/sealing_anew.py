"""What is left of a person's records is sealed again, so that it stays comparable (R-SUP-06)."""

from sqlmodel import Session

from certify.domain.certificate import facts_digest
from certify.domain.sealing import EMPTIED, LEFT, digest_of_rows, row_name, seal
from certify.storage import personal


def anew(session: Session, person_id: int) -> tuple[dict[str, str], dict[str, str]]:
    """Seals of the rows whose words went, and digests of what certificates still say.

    Args:
        session: the data of the person are removed in it, and flushed.
    """
    seals = {
        row_name(table, row): seal(table, row)
        for table in EMPTIED
        for row in personal.rows(session, table, person_id)
    }
    digests, numbers = {}, {}
    for row in personal.rows(session, "certificate", person_id):
        numbers[row["id"]] = row["number"]
        digests[f"certificate {row['number']}"] = facts_digest(row["salt"], row["facts"])
    for row in personal.rows(session, "certificaterevision", person_id):
        name = f"revision {numbers[row['certificate_id']]}/{row['revision']}"
        digests[name] = facts_digest(row["salt"], row["facts"])
    for attempt in personal.rows(session, "attempt", person_id):
        left = [
            tuple(row[name] for name in LEFT)
            for row in personal.rows(session, "response", person_id)
            if row["attempt_id"] == attempt["id"]
        ]
        digests[f"responses of {attempt['id']}"] = digest_of_rows(left)
    return seals, digests
