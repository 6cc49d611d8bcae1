"""A service scenario (情景): situations, what can be done in them, and a simulated clock.

A scenario is a graph without circles: every way through it ends, so that an endless dialogue
cannot be written (R-SIM-01). A customer who asks again is a node of their own.
"""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, NaiveDatetime

from certify.domain.blueprint import shuffled
from certify.domain.calendar import WorkingCalendar
from certify.domain.clean import refuse_controls
from certify.domain.span import Span
from certify.i18n import LANGUAGES

Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Text = Annotated[str, AfterValidator(refuse_controls), Field(min_length=1, max_length=2000)]
Texts = dict[Annotated[str, Field(pattern=f"^({'|'.join(LANGUAGES)})$")], Text]
"""A text by language."""
Points = Annotated[int, Field(ge=0, le=100)]
Words = Annotated[tuple[Text, ...], Field(max_length=100)]

START = "start"
"""The event that every run begins with."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Act(_Part):
    """What can be done at a node, and what follows from it."""

    takes: Span = Span()
    """Simulated time it takes."""
    events: tuple[Name, ...] = ()
    """What has happened when it is done; limits are measured between events."""
    sets: tuple[Name, ...] = ()
    """Facts that are true from then on."""
    needs: tuple[Name, ...] = ()
    """Facts without which it fails: it then earns nothing, and neither events nor facts follow."""
    writes: dict[Name, Texts] = {}
    """What is written down, by document; later nodes may show it."""
    feedback: Texts = {}
    unmet: Texts = {}
    """Feedback instead when a needed fact is missing."""
    next: Name

    @property
    def worth(self) -> int:
        """The most points it can earn."""
        return 0


class Choice(Act):
    """One of several things to say or do."""

    id: Annotated[str, Field(max_length=10)] = ""
    text: Texts
    points: Points = 0
    fatal: Texts = {}
    """Why it is a fatal error, which ends the run and fails it whatever the score (R-SIM-05)."""

    @property
    def worth(self) -> int:
        return 0 if self.fatal else self.points


class Element(_Part):
    """Something a typed reply must hold, in any of several wordings."""

    title: Texts
    any: Annotated[Words, Field(min_length=1)]
    points: Points = 1


class Reply(Act):
    """A reply to be typed: required elements and forbidden words (R-SIM-07)."""

    elements: tuple[Element, ...] = ()
    forbidden: Words = ()
    """Words with which the reply earns nothing; the company's own list (P)."""
    example: Texts = {}
    """A reply that holds every element."""

    @property
    def worth(self) -> int:
        return sum(element.points for element in self.elements)


class Node(_Part):
    """A situation: who says what, what is on the desk, and what can be done."""

    name: str = ""
    """The author's name for it, once the scenario is sealed."""
    title: Texts = {}
    who: Texts = {}
    text: Texts
    shows: tuple[Name, ...] = ()
    """Documents that lie open."""
    choices: Annotated[tuple[Choice, ...], Field(max_length=8)] = ()
    reply: Reply | None = None
    ends: bool = False

    @property
    def acts(self) -> Sequence[Act]:
        """All that can be done here."""
        return self.choices if self.reply is None else (self.reply,)


class Document(_Part):
    """A form or record that is filled in on the way."""

    title: Texts
    text: Texts = {}
    """What stands in it from the beginning."""


class Limit(_Part):
    """A time limit between two events, the boundary included (R-SIM-02)."""

    title: Texts
    start: Name = START
    end: Name
    at_most: Span
    points: Points = 1
    source: Annotated[str, Field(max_length=60)] = ""
    """The standard, fact or company setting it comes from."""


class Scenario(_Part):
    """One scenario file, format 1."""

    format: Literal[1] = 1
    title: Texts
    begins: NaiveDatetime
    """What the simulated clock shows at the beginning, in the company's own time."""
    starts: Annotated[tuple[Name, ...], Field(min_length=1)]
    """Where runs begin; the seed takes one of several."""
    calendar: WorkingCalendar = WorkingCalendar()
    documents: dict[Name, Document] = {}
    limits: dict[Name, Limit] = {}
    nodes: Annotated[dict[Name, Node], Field(min_length=1, max_length=200)]

    def reachable(self, start: str) -> list[str]:
        """The nodes that a run from a start can come to, itself first."""
        found = [start]
        for name in found:
            node = self.nodes.get(name, None)
            following = [act.next for act in node.acts] if node else []
            found += [one for one in dict.fromkeys(following) if one not in found]
        return found

    def sealed(self) -> "Scenario":
        """The same with names and ids that tell nothing about what is right (G14)."""
        codes = {name: f"n{n}" for n, name in enumerate(shuffled(self.nodes, ""), start=1)}
        return self.model_copy(
            update={
                "starts": tuple(codes[name] for name in self.starts),
                "nodes": {
                    codes[name]: node.model_copy(
                        update={
                            "name": node.name or name,
                            "choices": _sealed(name, node.choices, codes),
                            "reply": node.reply
                            and node.reply.model_copy(update={"next": codes[node.reply.next]}),
                        }
                    )
                    for name, node in self.nodes.items()
                },
            }
        )


def _sealed(name: str, choices: Sequence[Choice], codes: dict[str, str]) -> tuple[Choice, ...]:
    order = shuffled([str(place) for place in range(len(choices))], name)
    return tuple(
        choice.model_copy(
            update={"id": f"c{order.index(str(place)) + 1}", "next": codes[choice.next]}
        )
        for place, choice in enumerate(choices)
    )
