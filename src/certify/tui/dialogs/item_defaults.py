"""Asks what counts for the items of a file where it says nothing."""

from certify.courseware.item_check import FACT, STANDARD
from certify.i18n import N_, _
from certify.services.item_import_facts import Defaults
from certify.services.own_courses import OwnCourse
from certify.tui.dialogs.form import Form
from certify.tui.item_import_words import DIFFICULTIES
from certify.tui.widgets.choices import Choice
from certify.tui.widgets.fields import Ask

NONE = Choice("", N_("none"))


class ItemDefaultsForm(Form):
    """Keeps what was chosen in `defaults`."""

    def __init__(self, course: OwnCourse, now: Defaults) -> None:
        self.defaults = now

        async def keep(values: dict[str, str]) -> str:
            cited = _cited(values["cited"])
            self.defaults = Defaults(
                topic=values["topic"],
                difficulty=int(values["difficulty"] or 0) or None,
                facts=[one for one in cited if FACT.fullmatch(one)],
                standards=[one for one in cited if not FACT.fullmatch(one)],
            )
            return "kept"

        topics = [Choice(code, texts) for code, texts in course.topics.items()]
        grades = [Choice(value, label) for value, label in DIFFICULTIES.items()]
        cited = ", ".join([*now.facts, *now.standards])
        asks = [
            Ask("topic", N_("Topic"), now.topic, choices=[NONE, *topics]),
            Ask("difficulty", N_("Difficulty"), str(now.difficulty or ""), choices=[NONE, *grades]),
            Ask("cited", N_("Standard or fact"), cited, _are_references, example="CS-003"),
        ]
        about = N_("For new items for which the file names none. Then it is read once more.")
        super().__init__(N_("Where the file says nothing"), asks, keep, about)


def _cited(text: str) -> list[str]:
    return text.replace("，", ",").replace("、", ",").replace(",", " ").split()


def _are_references(text: str) -> str:
    for one in _cited(text):
        if not FACT.fullmatch(one) and not STANDARD.fullmatch(one):
            message = _("“{reference}” is no standard or fact; write it like CS-003.")
            return message.format(reference=one)
    return ""
