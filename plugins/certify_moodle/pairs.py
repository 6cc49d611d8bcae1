"""Lines to be matched or put in order: `matching`, `ddmatch` and `ordering`."""

from certify.api import ItemBlock, _
from certify_moodle.question import Question, Unfit, fraction, is_full, number

HEADS = {"zh": ("项目", "对应项"), "en": ("Item", "Partner")}
"""What the columns are called, which Moodle does not say."""
COLUMNS = "columns"
"""Our own element with their names; Moodle passes over it."""


def read_matching(question: Question) -> tuple[str, ItemBlock]:
    """`matching`; an answer without a question is one too many on the right."""
    rows = []
    for one in question.all("subquestion"):
        partner = one.child("answer")
        pair = (question.line(one), question.line(partner))
        if any(pair):
            rows.append(pair)
    if any(not right for _left, right in rows) or not any(left for left, _right in rows):
        raise Unfit(
            _("A line has no partner."),
            _("Give every line its partner in Moodle, and export it again."),
        )
    return "matching", question.block("rows", rows=[heads(question), *dict.fromkeys(rows)])


def heads(question: Question) -> tuple[str, ...]:
    """The names of the columns."""
    own = question.parts.get(COLUMNS)
    given = tuple(question.line(one) for one in own.all("column")) if own is not None else ()
    return given if len(given) == 2 else HEADS[question.language]


def read_ordering(question: Question) -> tuple[str, ItemBlock]:
    """`ordering`, by the places that the answers have, else by the order of the file."""
    answers = question.all("answer")
    places = [number(one.attributes.get("fraction", "")) for one in answers]
    known = {place for place in places if place is not None and place > 0}
    if len(known) == len(answers) and not all(map(is_full, known)):
        answers.sort(key=fraction)
    if question.value("selecttype").upper() not in ("", "ALL", "0"):
        question.lose(_("Moodle showed some of the lines only; here all are shown."))
    if question.value("gradingtype").upper() not in ("", "ABSOLUTE_POSITION", "0"):
        question.lose(_("Marks are given for the lines that stand at their right place."))
    options = [(question.line(one), None) for one in answers]
    return "ordering", question.block("options", options=[one for one in options if one[0]])
