"""What stands in a dossier's archive besides certificates: its documents and papers, by rights."""

from collections.abc import Iterator

from certify.domain.attempt import AttemptState
from certify.domain.person import Actor
from certify.errors import NotFound
from certify.i18n import N_, pick
from certify.platform import Platform
from certify.services import release, results
from certify.services.qualifying.states import STATE_NAMES
from certify.services.release import ReviewedItem
from certify.services.reporting import timeline as timelines
from certify.services.reporting.document import Document, Section
from certify.services.reporting.event import KINDS, Event
from certify.services.reporting.labels import label
from certify.services.reporting.said import Said
from certify.services.results import AttemptView, RecordView

ANSWER = {
    "number": N_("No."),
    "topic": N_("Topic"),
    "question": N_("Question"),
    "answer": N_("Answer"),
    "key": N_("Key"),
    "earned": N_("Points"),
    "possible": N_("Points possible"),
}


def timeline(platform: Platform, *, actor: Actor, staff_no: str) -> Document:
    """Everything that happened to a person, by kind, as the actor may see it.

    Raises:
        NotPermitted, NotFound
    """
    found = timelines.timeline(platform, actor=actor, staff_no=staff_no)
    facts = {"name": found.name, "staff_no": found.staff_no}
    sections = [
        _events(kind, title, [one for one in found.events if one.kind == kind])
        for kind, title in KINDS.items()
    ]
    return Document("person", Said(N_("Dossier of {name} {staff_no}"), facts), tuple(sections))


def _events(kind: str, title: str, events: list[Event]) -> Section:
    rows = tuple((one.day, one.what, one.more or "") for one in events)
    columns = {"day": N_("Day"), "what": N_("What happened"), "more": N_("More about it")}
    return Section(kind, Said(title), (), columns, rows, Said(N_("Nothing.")))


def qualifications(record: RecordView) -> Document:
    """The qualifications of a person with their certificates, the newest first."""
    rows = tuple(
        (
            pick(one.title),
            label(STATE_NAMES, one.state),
            one.certificate,
            one.issued_on,
            one.valid_from,
            one.valid_to,
        )
        for one in record.qualifications
    )
    columns = {
        "title": N_("Qualification"),
        "state": N_("State"),
        "certificate": N_("Certificate"),
        "issued_on": N_("Issued"),
        "valid_from": N_("Valid from"),
        "valid_to": N_("Valid to"),
    }
    title = Said(N_("Qualifications of {name} {staff_no}"), vars(record))
    every = Section("qualifications", title, (), columns, rows, Said(N_("Nothing.")))
    return Document("qualifications", title, (every,))


def papers(
    platform: Platform, actor: Actor, attempts: list[int]
) -> Iterator[tuple[AttemptView, Document]]:
    """The papers of closed attempts, of those whom the actor may see.

    Answers and keys stand on them only once they are released to the actor (R-ASM-12).
    """
    for number in attempts:
        try:
            found = results.result(platform, actor=actor, attempt_id=number)
            seen = release.review(platform, actor=actor, attempt_id=number)
        except NotFound:  # still open, or of somebody else
            continue
        made = found.attempt
        facts: dict[str, object] = {
            "title": pick(made.title),
            "number": made.number,
            "mark": made.mark or "–",
            "pass_mark": made.pass_mark,
            "earned": made.earned or "–",
            "possible": made.possible or "–",
        }
        lines = [
            Said(N_("Mark {mark}, pass mark {pass_mark}, points {earned} of {possible}"), facts),
            Said(_verdict(made)),
        ]
        topics = tuple((pick(one.title), one.shown) for one in found.profile)
        columns = {"topic": N_("Topic"), "mark": N_("Mark")}
        why = (Said(seen.hidden),) if seen.hidden else ()  # said in the language already
        rows = tuple(map(_item, seen.items))
        yield (
            made,
            Document(
                "paper",
                Said(N_("“{title}”, attempt {number}"), facts),
                (
                    Section("result", Said(N_("Result")), tuple(lines), columns, topics),
                    Section("answers", Said(N_("Answers of the paper")), why, ANSWER, rows),
                ),
            ),
        )


def _verdict(made: AttemptView) -> str:
    if made.passed is None:
        return N_("No verdict yet") if made.state is AttemptState.AWAITING else N_("No result")
    return N_("Passed") if made.passed else N_("Not passed")


def _item(one: ReviewedItem) -> tuple[object, ...]:
    texts = (one.topic, one.stem, one.answer, one.key)
    said = (pick(dict(text)) if text else "" for text in texts)
    return (one.number, *said, one.earned, one.points)
