"""Choice questions: which options are right, and what of their weights is kept."""

from collections.abc import Sequence
from decimal import Decimal

from certify.api import _
from certify_gift.answers import Answer, Unusable
from certify_gift.texts import Texts

FULL = Decimal(100)


def choice(
    answers: Sequence[Answer], texts: Texts
) -> tuple[str, Sequence[tuple[str, bool | None]]]:
    """The type and the options of a choice.

    One `=` alone is the key of a `single`; where there is none, all options with a positive
    weight are right, as in Moodle.

    Raises:
        Unusable: no option is right, or one is empty.
    """
    if all(not answer.weight for answer in answers):
        signs = [answer.sign for answer in answers]
        right = [sign == "=" for sign in signs]
    else:
        right = _weighted(answers, texts)
    count = sum(right)
    if not count:
        raise Unusable(
            _("No answer is right."), _("Put “=” before the right one, in place of “~”.")
        )
    if count > 1 and sum(answer.sign == "=" and not answer.weight for answer in answers) > 1:
        texts.losses[
            _("One of several right options was enough; here all of them must be chosen.")
        ] = True
    options = [(texts.line(answer.text), mark) for answer, mark in zip(answers, right, strict=True)]
    if not all(text for text, _mark in options):
        raise Unusable(_("An option is empty."), _("Write a text after each “=” and “~”."))
    return ("multiple" if count > 1 else "single"), options


def _weighted(answers: Sequence[Answer], texts: Texts) -> list[bool]:
    """Which options are right where some have weights."""
    shares = [answer.share() for answer in answers]
    full = [answer.sign == "=" and one == FULL for answer, one in zip(answers, shares, strict=True)]
    positive = [share for share in shares if share > 0]
    if any(full):
        if len(positive) > sum(full):
            texts.losses[_("A partly right answer counts as wrong.")] = False
        return full
    if positive and abs(sum(positive) - FULL) > len(positive):
        texts.losses[
            _("The weights of the right options do not add up to 100 %: look which are right.")
        ] = True
    others = [share for share in shares if share <= 0]
    is_even = max(positive, default=FULL) - min(positive, default=FULL) < 1
    if not is_even or any(share > -min(positive, default=FULL) for share in others):
        texts.losses[_("The weights of single options are left out; our rules count.")] = False
    return [share > 0 for share in shares]
