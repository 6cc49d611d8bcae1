"""What the review of items says, in the words of every front end."""

from collections.abc import Iterable

from certify.domain.item import ItemState
from certify.domain.review import StepKind
from certify.domain.reviewing import Bar, Keys, Stage
from certify.i18n import N_, _, _n

STATES = {
    ItemState.DRAFT: N_("draft"),
    ItemState.REVIEWED: N_("reviewed"),
    ItemState.IN_USE: N_("in use"),
    ItemState.RETIRED: N_("retired"),
}

STAGES = {
    Stage.AUTHOR: N_("waits for its author"),
    Stage.SECOND_KEY: N_("waits for a second key"),
    Stage.REVIEW: N_("waits for review"),
    Stage.RELEASE: N_("may be put in use"),
    Stage.NOTHING: "",
}

STEPS = {
    StepKind.SEEN: N_("saw the key"),
    StepKind.SECOND_KEY: N_("gave a second key"),
    StepKind.NOTE: N_("remarked"),
    StepKind.RETURNED: N_("gave it back"),
    StepKind.APPROVED: N_("approved it"),
    StepKind.RELEASED: N_("put it in use"),
    StepKind.RETIRED: N_("retired it"),
    StepKind.KEPT: N_("found it still right"),
}

BARS = {
    Bar.NOTHING_WAITS: (
        N_("No version of it waits for a review."),
        N_("Edit it in its course's files and load the course."),
    ),
    Bar.IN_USE: (N_("It is in use already."), ""),
    Bar.GONE: (
        N_("It is in the files of its course no more."),
        N_("Write it there again and load the course."),
    ),
    Bar.RETIRED: (N_("It is retired already."), ""),
    Bar.UNFINISHED: (
        N_("Its author says that it is a draft still."),
        N_("Delete state=draft from its heading and load the course."),
    ),
    Bar.NO_AUTHOR: (
        N_("Nobody of the staff is named as its author."),
        N_(
            'Write authors = ["staff number"] in course.toml, or author=… in the heading, '
            "and load the course."
        ),
    ),
    Bar.IS_AUTHOR: (
        N_("You wrote it."),
        N_("Somebody else reviews it; a company may allow it with [review] author_may_review."),
    ),
    Bar.RETURNED: (
        N_("It was given back to its author."),
        N_("It goes on when its author has edited it and loaded the course."),
    ),
    Bar.NO_SECOND_KEY: (
        N_("Nobody has answered it without seeing the key."),
        N_("Another trainer does so: “certify item key CODE”."),
    ),
    Bar.MISMATCH: (
        N_("A second key does not agree with its key."),
        N_(
            "Edit the wording or the key, or let two other trainers agree with the key for each "
            "who does not."
        ),
    ),
    Bar.APPROVED: (N_("It is reviewed already."), N_("Put it in use: “certify item use CODE”.")),
    Bar.NOT_APPROVED: (N_("Nobody has reviewed it."), N_("Approve it first.")),
    Bar.NO_KEY_NEEDED: (N_("It needs no second key."), ""),
    Bar.HAS_ANSWERED: (N_("You have given your second key already."), ""),
    Bar.HAS_SEEN: (
        N_("You have seen its key."),
        N_("Somebody who has not seen it gives the second key."),
    ),
    Bar.NOT_IN_USE: (N_("It is not in use."), ""),
}
"""By bar what is wrong and how to mend it."""


def reason(bars: Iterable[Bar]) -> str:
    """Why a step cannot be taken, every reason."""
    return " ".join(_(BARS[bar][0]) for bar in bars)


def mend(bars: Iterable[Bar]) -> str:
    """How to mend what keeps a step from being taken."""
    return " ".join(_(BARS[bar][1]) for bar in bars if BARS[bar][1])


def state(of: ItemState, *, is_pending: bool) -> str:
    """The state of an item in words."""
    if of is ItemState.IN_USE and is_pending:
        return _("in use, a new version waits")
    return _(STATES[of])


def stage(of: Stage) -> str:
    """What an item waits for; empty where it waits for nothing."""
    return _(STAGES[of]) if STAGES[of] else ""


def keys(of: Keys) -> str:
    """How the second keys stand; empty where nobody gave one."""
    if not of.agreeing and not of.differing:
        return ""
    said = [_n("{count} second key agrees", "{count} second keys agree", of.agreeing)]
    if of.differing:
        said.append(_n("{differing} does not", "{differing} do not", of.differing))
    if of.missing:
        said.append(_n("{missing} more must agree", "{missing} more must agree", of.missing))
    return _(", ").join(said).format(count=of.agreeing, differing=of.differing, missing=of.missing)


def waits(of: Stage, given: Keys) -> str:
    """What an item waits for, and whether a second key keeps it from being reviewed."""
    if of is Stage.SECOND_KEY and given.differing:
        return _("blocked: a second key differs")
    return stage(of)


def stale(count: int) -> str:
    """How many items of a course no form may hold because of a standard that changed."""
    text = _n(
        "{count} item of this course waits because a standard it cites changed; a trainer finds "
        "it among the stale items.",
        "{count} items of this course wait because standards they cite changed; a trainer finds "
        "them among the stale items.",
        count,
    )
    return text.format(count=count)


def waiting(count: int) -> str:
    """How many items of a course are there and not in use yet."""
    text = _n(
        "{count} item of this course waits for its review; a trainer finds it in the item bank.",
        "{count} items of this course wait for their review; a trainer finds them in the item "
        "bank.",
        count,
    )
    return text.format(count=count)
