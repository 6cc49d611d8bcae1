"""Choice questions: `multichoice`, its kin, and `truefalse`."""

from certify.api import ItemBlock, _, fold
from certify_moodle.question import Question, Unfit, fraction, is_full, raw

SEVERAL = ("multichoiceset", "oumultiresponse")
"""Types of plugins in which several options are always chosen, each right one with 100 %."""
TRUE = {"zh": "正确", "en": "True"}
FALSE = {"zh": "错误", "en": "False"}
_WORDS = {
    **dict.fromkeys(("true", "right", "correct", "正确", "对", "是"), True),
    **dict.fromkeys(("false", "wrong", "incorrect", "错误", "错", "不正确", "否"), False),
}


def no_key() -> Unfit:
    """Why a question is refused that has no right answer."""
    return Unfit(
        _("No answer is fully right."),
        _("Set the grade of the right answer to 100 percent in Moodle, and export it again."),
    )


def read_multichoice(question: Question) -> tuple[str, ItemBlock]:
    """`single` or `multiple`."""
    answers = [(question.line(one), fraction(one), one) for one in question.all("answer")]
    answers = [one for one in answers if one[0] or one[1]]
    is_single = question.is_set("single", default=True) and question.kind not in SEVERAL
    shares = [share for _text, share, _answer in answers]
    for text, _share, answer in answers:
        question.feedback(text, answer)
    right = [is_full(share) if is_single else share > 0 for share in shares]
    if not any(right):
        raise no_key()
    if is_single and right.count(True) > 1:
        raise Unfit(
            _("One option may be chosen, but several are fully right."),
            _("Leave one right option, or let several be chosen, and export it again."),
        )
    if any(share > 0 for share, mark in zip(shares, right, strict=True) if not mark):
        question.lose(_("Half-right answers count as wrong."))
    if any(-100 < share < 0 for share in shares):
        question.lose(_("Marks taken off for wrong options are left out."))
    if not is_single and len({s for s, mark in zip(shares, right, strict=True) if mark}) > 1:
        question.lose(_("The right options earned different marks; here they earn the same."))
    if all(right):
        raise Unfit(
            _("All options are right."),
            _("Add a wrong option, and export it again."),
        )
    if not is_single and right.count(True) == 1:
        question.lose(_("Several answers could be chosen, though one alone is right."))
    options = [(text, mark) for (text, _share, _one), mark in zip(answers, right, strict=True)]
    kind = "single" if right.count(True) == 1 else "multiple"
    return kind, question.block("options", options=options)


def read_truefalse(question: Question) -> tuple[str, ItemBlock]:
    """`truefalse`."""
    answers = question.all("answer")
    said = [_WORDS.get(fold(question.line_of(raw(one)))) for one in answers]
    if len(answers) != 2 or None in said:
        if len(answers) != 2 or not _are_distinct(question):
            raise no_key()
        # Old files hold the words of any language: the first of the two is always “true”.
        said = [True, False]
        question.lose(
            _("Its answers are not called true and false; the first was taken for “true”."),
            is_serious=True,
        )
    right = [word for word, one in zip(said, answers, strict=True) if is_full(fraction(one))]
    if len(right) != 1 or said[0] == said[1]:
        raise no_key()
    texts = (TRUE[question.language], FALSE[question.language])
    for word, answer in zip(said, answers, strict=True):
        question.feedback(texts[0] if word else texts[1], answer)
    options = [(texts[0], right[0] is True), (texts[1], right[0] is False)]
    return "truefalse", question.block("options", options=options)


def _are_distinct(question: Question) -> bool:
    texts = [fold(question.line_of(raw(one))) for one in question.all("answer")]
    return all(texts) and len(set(texts)) == 2
