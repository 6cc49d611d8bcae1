"""On-site practice: the log of a newcomer as they, the guide and HR see it (S3-TR-09, R-LRN-05)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.calendar import WorkingCalendar
from certify.domain.field_practice import Amount, FieldPracticeEntry, FieldPracticeSignOff, amount
from certify.domain.onboarding import ON_SITE
from certify.domain.permission import Action, may, require
from certify.domain.person import Actor, Person
from certify.i18n import _, _n
from certify.platform import Platform
from certify.services.course_locks import locked_text, locks_before
from certify.services.qualifying.levels import holds_level, known_level
from certify.services.typed import person_of
from certify.storage import courses, field_practice

CALENDAR = WorkingCalendar()


@dataclass(frozen=True)
class EntryView:
    """One task done under a guide."""

    id: int
    day: date
    task: str
    guide: str
    """Name of who remarked on it; empty until then."""
    remark: str
    improvement: str

    @property
    def is_remarked(self) -> bool:
        """Whether the guide said something; from then on nothing changes it."""
        return bool(self.guide)


@dataclass(frozen=True)
class LogView:
    """The whole log of one person."""

    staff_no: str
    name: str
    entries: tuple[EntryView, ...]
    """The earliest day first."""
    done: Amount
    """Entries with a remark, and the working days on which they were."""
    needed: Amount
    guides: tuple[str, ...]
    """Names of who guides the person today."""
    locked: str
    """Why it cannot be written yet, translated: phases come first; empty when it can."""
    signed_by: str
    """Name of who signed off; empty until then."""
    signed_on: date | None
    note: str
    is_own: bool
    is_guide: bool
    """Whether the reader guides the person today."""
    missing: tuple[str, ...]
    """What is missing before the reader could sign off, translated."""

    @property
    def is_signed(self) -> bool:
        """Whether the practice is complete."""
        return self.signed_on is not None

    @property
    def waiting(self) -> int:
        """Entries that wait for the guide's remark."""
        return sum(not entry.is_remarked for entry in self.entries)

    @property
    def may_write(self) -> bool:
        """Whether the reader may write an entry now."""
        return self.is_own and not self.is_signed and not self.locked

    @property
    def may_remark(self) -> bool:
        """Whether the reader may remark on entries now."""
        return self.is_guide and not self.is_signed


def log(platform: Platform, *, actor: Actor, staff_no: str | None = None) -> LogView:
    """The log of a person: for themselves, who guides them, their supervisor and HR.

    Args:
        staff_no: whose; None for the actor's own.
    Raises:
        NotFound, NotPermitted
    """
    with platform.database.read() as session:
        person = person_of(session, actor, staff_no, Action.SEE_RECORD)
        return view(session, platform, actor, person)


def guided(platform: Platform, *, actor: Actor) -> list[LogView]:
    """The logs of everybody the actor guides today; nobody where the actor is no guide."""
    if actor.is_console or not may(actor, Action.GUIDE):
        return []
    with platform.database.read() as session:
        return [
            view(session, platform, actor, person)
            for person in field_practice.guided_by(session, actor.person_id, platform.today())
        ]


def own_log(platform: Platform, *, actor: Actor) -> LogView | None:
    """The actor's own log while it is theirs to write: with a guide, or begun, not signed off."""
    if actor.is_console:
        return None
    with platform.database.read() as session:
        today, person_id = platform.today(), actor.person_id
        is_begun = field_practice.guides_on(session, person_id, today) or field_practice.entries(
            session, person_id
        )
    found = log(platform, actor=actor) if is_begun else None
    return None if found is None or found.is_signed else found


def view(session: Session, platform: Platform, actor: Actor, person: Person) -> LogView:
    """The log as one reader sees it.

    Raises:
        NotPermitted
    """
    guides = field_practice.guides_on(session, person.id or 0, platform.today())
    is_guide = (
        may(actor, Action.GUIDE)
        and person.id != actor.person_id
        and any(guide.id == actor.person_id for guide in guides)
    )
    if not is_guide:
        require(actor, Action.SEE_RECORD, owner=person.id, owner_supervisor=person.supervisor_id)
    rows = field_practice.entries(session, person.id or 0)
    signed = field_practice.sign_off(session, person.id or 0)
    policy, done = platform.policy.field_practice, done_of(rows)
    needed = Amount(policy.entries, policy.working_days)
    every = courses.every(session)
    locks = locks_before(session, platform, person.id or 0, ON_SITE, every)
    missing = missing_amount(done, needed)
    if is_guide:
        missing += missing_level(session, platform, actor)
    return LogView(
        staff_no=person.staff_no,
        name=person.name,
        entries=tuple(_entry(session, one) for one in rows),
        done=done,
        needed=needed,
        guides=tuple(guide.name for guide in guides),
        locked=locked_text(locks),
        signed_by=_name(session, signed.guide_id) if signed else "",
        signed_on=_signed_on(platform, signed),
        note=signed.note if signed else "",
        is_own=person.id == actor.person_id,
        is_guide=is_guide,
        missing=missing,
    )


def state(log: LogView) -> str:
    """How a log stands, in words."""
    if log.is_signed:
        return _("signed off on {day}").format(day=log.signed_on)
    if log.locked:
        return _("locked")
    if log.done.covers(log.needed):
        return _("ready to be signed off")
    return _("in progress") if log.entries else _("not begun")


def done_of(rows: Sequence[FieldPracticeEntry]) -> Amount:
    """The amount of the entries that have a remark."""
    return amount([one.day for one in rows if one.guide_id is not None], CALENDAR)


def missing_amount(done: Amount, needed: Amount) -> tuple[str, ...]:
    """How much practice is missing, translated."""
    lines = []
    if (left := needed.entries - done.entries) > 0:
        text = _n("{count} more task with a remark", "{count} more tasks with a remark", left)
        lines.append(text.format(count=left))
    if (left := needed.days - done.days) > 0:
        text = _n("{count} more working day", "{count} more working days", left)
        lines.append(text.format(count=left))
    return tuple(lines)


def missing_level(session: Session, platform: Platform, actor: Actor) -> tuple[str, ...]:
    """The level that a guide lacks for signing off, translated; nothing when they hold it."""
    wanted = guide_level(platform)
    if holds_level(session, platform, actor.person_id, wanted, platform.today()):
        return ()
    return (_("the guide's own level {level}, active today").format(level=wanted),)


def guide_level(platform: Platform) -> str:
    """The level that a guide needs: that of policy, else the highest of the ladder."""
    return known_level(platform, platform.policy.field_practice.guide_level)


def _entry(session: Session, one: FieldPracticeEntry) -> EntryView:
    return EntryView(
        id=one.id or 0,
        day=one.day,
        task=one.task,
        guide=_name(session, one.guide_id) if one.guide_id is not None else "",
        remark=one.remark,
        improvement=one.improvement,
    )


def _name(session: Session, person_id: int) -> str:
    return session.get_one(Person, person_id).name


def _signed_on(platform: Platform, signed: FieldPracticeSignOff | None) -> date | None:
    zone = platform.policy.organisation.time_zone
    return None if signed is None else local_date(signed.at, zone)
