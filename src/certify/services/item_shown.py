"""Item versions as they stood on the forms of an exam, and how people name them."""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from typing import TypeVar

from sqlmodel import Session

from certify.domain.course import Exam
from certify.domain.item import Item, ItemVersion
from certify.errors import NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.bank import contents
from certify.storage import results

VersionT = TypeVar("VersionT")

MOST_POINTS = Fraction(100)
ANY_SEED = "the same for both"


def names(session: Session, exam_id: int) -> dict[str, ItemVersion]:
    """Every version by its name: the item's code, with `@2` for its second version on forms."""
    return numbered(results.versions_on_forms(session, exam_id))


def numbered(shown: Iterable[tuple[str, VersionT]]) -> dict[str, VersionT]:
    """Versions by name, from the codes of their items and themselves, oldest first."""
    found = list(shown)
    many = Counter(code for code, _version in found)
    places: Counter[str] = Counter()
    named = {}
    for code, version in found:
        places[code] += 1
        named[code if many[code] == 1 else f"{code}@{places[code]}"] = version
    return named


def name(session: Session, exam_id: int, version_id: int) -> str:
    """How one version is named."""
    for found, version in names(session, exam_id).items():
        if version.id == version_id:
            return found
    return str(version_id)


def find(session: Session, exam: Exam, wanted: str) -> ItemVersion:
    """The version that a name means.

    Raises:
        NotFound: no form of the exam held it.
        Refused: several versions of it stood on forms.
    """
    known = names(session, exam.id or 0)
    found = known.get(wanted) or known.get(wanted.removesuffix("@1"))
    if found is not None:
        return found
    several = [one for one in known if one.startswith(f"{wanted}@")]
    if several:
        raise Refused(
            _("Several versions of item {item} stood on forms.").format(item=wanted),
            mend=_("Name one of them: {items}.").format(items=", ".join(several)),
        )
    raise NotFound(_("No form of this exam held an item “{item}”.").format(item=wanted))


def successor(session: Session, platform: Platform, version: ItemVersion) -> ItemVersion:
    """The version of the same item in use now, which shows the same and has another key.

    Raises:
        Refused: there is none, or candidates would have seen something else.
    """
    item = session.get_one(Item, version.item_id)
    if item.version_id is None or item.version_id == version.id:
        raise Refused(
            _("Item {item} has no newer version with another key.").format(item=item.code),
            mend=_("Put the version that waits for its review in use, then try again.")
            if item.draft_id is not None
            else _("Correct the key in the course folder and load the course, then try again."),
        )
    both = contents(platform, session, [version.id or 0, item.version_id])
    old, new = both[version.id or 0], both[item.version_id]
    if old.type is not new.type or old.type.present(old.content, ANY_SEED) != new.type.present(
        new.content, ANY_SEED
    ):
        raise Refused(
            _("The newer version of item {item} does not show the same to candidates.").format(
                item=item.code
            ),
            mend=_("Change only the key, or void the item."),
        )
    return session.get_one(ItemVersion, item.version_id)
