"""What is wrong with a scenario as a graph (R-SIM-01): each fault has its place and its mend."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from certify.domain.scenario import START, Choice, Node, Reply, Scenario, Texts
from certify.domain.scenario_run import Run, Step, possible, take
from certify.domain.scenario_ways import best_way, fatal_way, worthless_way
from certify.i18n import _

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """One fault: where it stands in the file, what is wrong, how to mend it."""

    place: Place
    message: str
    mend: str


def faults(scenario: Scenario) -> list[Fault]:
    """Everything that is wrong; empty when the scenario can be played and scored."""
    found = [*_names(scenario), *_forms(scenario), *_texts(scenario)]
    return found or [*_circles(scenario)] or [*_unreachable(scenario), *_scores(scenario)]


def acts_of(scenario: Scenario) -> Iterator[tuple[Place, Node, Choice | Reply]]:
    """Every act with its place and its node."""
    for name, node in scenario.nodes.items():
        for place, choice in enumerate(node.choices):
            yield ("nodes", name, "choices", place), node, choice
        if node.reply is not None:
            yield ("nodes", name, "reply"), node, node.reply


def _names(scenario: Scenario) -> Iterator[Fault]:
    """Names that stand for nothing."""
    acts = [act for _place, _node, act in acts_of(scenario)]
    events = {START, *(event for act in acts for event in act.events)}
    facts = {fact for act in acts for fact in act.sets}
    for name in scenario.starts:
        yield from _unknown(("starts",), name, scenario.nodes, _("Name a node."))
    for name, limit in scenario.limits.items():
        for key, event in (("start", limit.start), ("end", limit.end)):
            mend = _("Name an event that a choice causes, or “start”.")
            yield from _unknown(("limits", name, key), event, events, mend)
    for name, node in scenario.nodes.items():
        for document in node.shows:
            mend = _("Add it under [documents].")
            yield from _unknown(("nodes", name, "shows"), document, scenario.documents, mend)
    for place, _node, act in acts_of(scenario):
        mend = _("Every choice leads to a node; the last one has “ends = true”.")
        yield from _unknown((*place, "next"), act.next, scenario.nodes, mend)
        for fact in act.needs:
            mend = _("Let an earlier choice set it.")
            yield from _unknown((*place, "needs"), fact, facts, mend)
        for document in act.writes:
            mend = _("Add it under [documents].")
            yield from _unknown((*place, "writes"), document, scenario.documents, mend)


def _unknown(
    place: Place, name: str, known: Mapping[str, object] | set[str], mend: str
) -> Iterator[Fault]:
    if name not in known:
        yield Fault(place, _("There is no “{name}”.").format(name=name), mend)


def _forms(scenario: Scenario) -> Iterator[Fault]:
    """Nodes that are neither one thing nor the other, and acts that contradict themselves."""
    for name, node in scenario.nodes.items():
        kinds = bool(node.choices) + (node.reply is not None) + node.ends
        if kinds != 1 or len(node.choices) == 1:
            message = _("Node “{node}” has no way on, or more than one kind of it.")
            mend = _("Give it two to eight choices, or a reply, or “ends = true”.")
            yield Fault(("nodes", name), message.format(node=node.name or name), mend)
    for place, node, act in acts_of(scenario):
        following = scenario.nodes.get(act.next)
        if isinstance(act, Choice) and act.fatal and (act.points or not (following or node).ends):
            message = _("A fatal error earns nothing and leads to a node that ends.")
            yield Fault(place, message, _("Take its points away, or correct “next”."))
        if isinstance(act, Reply) and not act.elements:
            message = _("A reply has at least one element that is looked for.")
            yield Fault(place, message, _("Add [[….reply.elements]]."))


def _texts(scenario: Scenario) -> Iterator[Fault]:
    """Texts that a language of the title lacks."""
    for where, texts, is_compulsory in _all_texts(scenario):
        for language in scenario.title if texts or is_compulsory else ():
            if language not in texts:
                message = _("“{name}” is missing in “{language}”.").format(
                    name=".".join(map(str, where)), language=language
                )
                yield Fault(where, message, _("Write it."))


def _all_texts(scenario: Scenario) -> Iterator[tuple[Place, Texts, bool]]:
    """Every text with its place, and whether it must be there."""
    for name, document in scenario.documents.items():
        yield ("documents", name, "title"), document.title, True
        yield ("documents", name, "text"), document.text, False
    for name, limit in scenario.limits.items():
        yield ("limits", name, "title"), limit.title, True
    for name, node in scenario.nodes.items():
        yield ("nodes", name, "title"), node.title, False
        yield ("nodes", name, "who"), node.who, False
        yield ("nodes", name, "text"), node.text, True
    for place, _node, act in acts_of(scenario):
        yield (*place, "feedback"), act.feedback, True
        yield (*place, "unmet"), act.unmet, bool(act.needs)
        for name, text in act.writes.items():
            yield (*place, "writes", name), text, True
        if isinstance(act, Choice):
            yield (*place, "text"), act.text, True
            yield (*place, "fatal"), act.fatal, False
        else:
            yield (*place, "example"), act.example, True
            for number, element in enumerate(act.elements):
                yield (*place, "elements", number, "title"), element.title, True


def _circles(scenario: Scenario) -> Iterator[Fault]:
    """Nodes that lie on a circle: a run could go round for ever."""
    for name, node in scenario.nodes.items():
        if any(name in scenario.reachable(act.next) for act in node.acts):
            message = _("Node “{node}” leads back to itself: the dialogue could go on for ever.")
            mend = _("Lead on to another node; write a second node for a customer who asks again.")
            yield Fault(("nodes", name), message.format(node=node.name or name), mend)


def _unreachable(scenario: Scenario) -> Iterator[Fault]:
    reached = {name for start in scenario.starts for name in scenario.reachable(start)}
    for name, node in scenario.nodes.items():
        if name not in reached:
            message = _("No way leads to node “{node}”.").format(node=node.name or name)
            yield Fault(("nodes", name), message, _("Let a choice lead there, or delete it."))


def _scores(scenario: Scenario) -> Iterator[Fault]:
    """Points that nobody can earn, and a run in which nothing can go wrong."""
    sealed = scenario.sealed()
    for start in sealed.starts:
        name, points = sealed.nodes[start].name, possible(sealed, start)
        if points == 0:
            message = _("Nothing earns points from “{node}”.").format(node=name)
            yield Fault(("starts",), message, _("Give points to the right choices."))
        elif best_way(sealed, start) is None:
            message = _("No way from “{node}” earns all {points} points.")
            mend = _("Check “needs”, the limits and the time that choices take.")
            yield Fault(("starts",), message.format(node=name, points=points), mend)
        elif worthless_way(sealed, start) is None and fatal_way(sealed, start) is None:
            message = _("Every way from “{node}” earns points.").format(node=name)
            yield Fault(("starts",), message, _("Let a wrong choice earn nothing."))
    for place, node, act in acts_of(scenario):
        if isinstance(act, Reply):
            yield from _examples(scenario, place, node, act)


def _examples(scenario: Scenario, place: Place, node: Node, reply: Reply) -> Iterator[Fault]:
    name = str(place[1])
    run = Run(scenario, name, name, scenario.begins, {}, facts=frozenset(reply.needs))
    for language, example in reply.example.items():
        taken = take(run, Step(node=name, text=example)).taken[-1]
        if taken.earned != reply.worth:
            message = _(
                "The example in “{language}” at node “{node}” lacks something it must hold."
            )
            mend = _("Write every element into it, and no forbidden word.")
            message = message.format(language=language, node=node.name or name)
            yield Fault((*place, "example"), message, mend)
