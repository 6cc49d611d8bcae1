"""Plugins: what they give is taken, what is wrong with them is named, the rest works (R-PLT-02)."""

import logging
from collections.abc import Callable, Iterable
from datetime import date
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from certify.hooks import registry
from certify.hooks.events import CertificateIssued
from certify.hooks.hookspecs import hookimpl
from certify.hooks.registry import Plugins
from certify.platform import Platform
from certify_choice.single import SingleChoice
from tests.platforms import actor, read_course, sit

SUMMARY = CertificateIssued("L1-2024-000001-4", "E1001", "L1", date(2025, 3, 4))


class Point(EntryPoint):
    """An entry point of a plugin that was never installed."""

    def __new__(cls, name: str, loaded: Callable[[], object]) -> "Point":
        return super().__new__(cls)

    def __init__(self, name: str, loaded: Callable[[], object]) -> None:
        EntryPoint.__init__(self, name, f"plugin_{name}", "certify")
        object.__setattr__(self, "_loaded", loaded)

    def load(self) -> Any:
        return self._loaded()  # type: ignore[attr-defined]


def plugin(**hooks: Any) -> ModuleType:
    """A plugin module with these hooks, given as functions or as what they return."""
    module = ModuleType("plugin")
    for name, given in hooks.items():
        function = given if callable(given) else lambda given=given: given
        setattr(module, name, hookimpl(function))
    return module


def load(**plugins: ModuleType | Exception | type[BaseException]) -> Plugins:
    """Load plugins by name; an error in place of one is raised by its import."""

    def importing(what: Any) -> Callable[[], object]:
        def run() -> object:
            if isinstance(what, ModuleType):
                return what
            raise what

        return run

    return registry.load(installed=lambda: [Point(n, importing(p)) for n, p in plugins.items()])


class OtherSingle(SingleChoice):
    """Claims a name that may be taken."""


class NewType(SingleChoice):
    """A type with a name of its own."""

    name = "new"


GOOD = plugin(certify_register_question_types=[SingleChoice()])


def raising(*_nothing: object) -> Any:
    raise RuntimeError("this plugin is broken")


def test_installed_plugins_give_types_formats_and_courses_and_say_so() -> None:
    found = registry.load()

    assert {"single", "multiple", "truefalse"} <= set(found.question_types)
    assert {"csv", "xlsx", "json", "md"} <= set(found.export_formats)
    assert [status.problem for status in found.status.values()] == [""] * len(found.status)
    assert "question type single" in found.status["choice"].gives
    assert found.status["choice"].origin == "certify_choice"
    assert found.status["choice"].version


def test_only_allowed_plugins_are_loaded_and_an_allowed_one_that_is_missing_is_named() -> None:
    found = registry.load(("choice", "choise"))

    assert set(found.status) == {"choice", "choise"}
    assert found.status["choice"].problem == ""
    assert found.status["choise"].problem
    assert found.export_formats == {}


@pytest.mark.parametrize(
    "problem", [ImportError("no module"), SyntaxError("bad"), ZeroDivisionError(), SystemExit(1)]
)
def test_a_plugin_that_raises_on_import_is_disabled_and_named_while_the_rest_works(
    problem: BaseException,
) -> None:
    found = load(broken=problem, good=GOOD)  # type: ignore[arg-type]

    assert type(problem).__name__ in found.status["broken"].problem
    assert found.status["good"].problem == ""
    assert set(found.question_types) == {"single"}


BAD_GIFTS: dict[str, dict[str, Any]] = {
    "a hook that raises": {"certify_register_courses": raising},
    "a hook that gives no list": {"certify_register_courses": "courses"},
    "a hook that gives nothing": {"certify_register_export_formats": lambda: None},
    "types without a name": {"certify_register_question_types": [object()]},
    "courses that are no paths": {"certify_register_courses": [5]},
}


@pytest.mark.parametrize("name", BAD_GIFTS)
def test_a_plugin_whose_register_hook_fails_gives_nothing_at_all_and_the_rest_works(
    name: str,
) -> None:
    hooks = {"certify_register_question_types": [NewType()]} | BAD_GIFTS[name]

    found = load(broken=plugin(**hooks), good=GOOD)

    assert found.status["broken"].problem
    assert found.status["broken"].gives == ()
    assert set(found.question_types) == {"single"}
    assert found.course_folders == []
    assert not found.manager.has_plugin("broken")


def test_an_unknown_hook_is_refused_by_its_name() -> None:
    found = load(typo=plugin(certify_register_question_typs=[]), good=GOOD)

    assert "certify_register_question_typs" in found.status["typo"].problem
    assert set(found.question_types) == {"single"}


def test_a_hook_without_its_mark_is_refused_as_it_would_never_be_called() -> None:
    module = ModuleType("plugin")
    module.certify_register_courses = list  # type: ignore[attr-defined]

    found = load(unmarked=module)

    assert "certify_register_courses" in found.status["unmarked"].problem
    assert "hookimpl" in found.status["unmarked"].problem


def test_a_module_or_value_that_begins_with_certify_is_no_hook() -> None:
    module = plugin(certify_register_question_types=[NewType()])
    module.certify_choice = ModuleType("certify_choice")  # type: ignore[attr-defined]
    module.certify_version = "1"  # type: ignore[attr-defined]

    assert load(good=module).status["good"].problem == ""


def test_a_hook_that_wants_an_argument_nobody_gives_is_refused() -> None:
    def scored(summary: object, secret_key: object) -> None: ...

    found = load(nosy=plugin(certify_attempt_scored=scored), good=GOOD)

    assert "secret_key" in found.status["nosy"].problem
    assert found.status["good"].problem == ""


def test_a_name_registered_twice_disables_the_later_plugin_and_names_both() -> None:
    found = load(
        alpha=GOOD,
        beta=plugin(certify_register_question_types=[NewType(), OtherSingle()]),
    )

    assert "alpha" in found.status["beta"].problem
    assert "single" in found.status["beta"].problem
    assert found.status["alpha"].problem == ""
    assert type(found.question_types["single"]) is SingleChoice
    assert set(found.question_types) == {"single"}


def test_a_type_registered_twice_by_one_plugin_is_refused_too() -> None:
    found = load(twice=plugin(certify_register_question_types=[SingleChoice(), OtherSingle()]))

    assert "single" in found.status["twice"].problem
    assert found.question_types == {}


def test_two_plugins_of_one_name_are_both_refused_and_named() -> None:
    points = [Point("same", lambda: GOOD), Point("same", lambda: GOOD)]

    found = registry.load(installed=lambda: points)

    assert "plugin_same" in found.status["same"].problem
    assert found.question_types == {}


def test_widgets_are_asked_for_late_and_a_name_taken_twice_names_both_plugins() -> None:
    asked: list[str] = []

    def widgets(name: str) -> Callable[[], dict[str, type[Any]]]:
        def run() -> dict[str, type[Any]]:
            asked.append(name)
            return {"single": type(name, (), {})}

        return run

    found = load(
        alpha=plugin(certify_register_question_widgets=widgets("alpha")),
        beta=plugin(certify_register_question_widgets=widgets("beta")),
        gamma=plugin(certify_register_question_widgets=raising),
    )
    assert asked == []

    assert {name: kind.__name__ for name, kind in found.question_widgets().items()} == {
        "single": "alpha"
    }
    assert "alpha" in found.status["beta"].problem
    assert "this plugin is broken" in found.status["gamma"].problem
    assert {name: kind.__name__ for name, kind in found.question_widgets().items()} == {
        "single": "alpha"
    }


def test_every_listener_hears_although_one_of_them_raises(
    caplog: pytest.LogCaptureFixture,
) -> None:
    heard: list[str] = []

    def hear(name: str) -> Callable[[Any], None]:
        def run(summary: Any) -> None:
            heard.append(f"{name} {summary.number}")

        return run

    found = load(
        alpha=plugin(certify_certificate_issued=hear("alpha")),
        beta=plugin(certify_certificate_issued=lambda summary: raising()),
        gamma=plugin(certify_certificate_issued=hear("gamma")),
    )
    with caplog.at_level(logging.ERROR):
        found.announce("certify_certificate_issued", summary=SUMMARY)

    assert sorted(heard) == [f"alpha {SUMMARY.number}", f"gamma {SUMMARY.number}"]
    assert "beta" in caplog.text
    assert found.status["beta"].problem == "", "a listener that fails once may hear again"


def test_a_disabled_plugin_hears_nothing() -> None:
    heard: list[object] = []

    def hear(summary: object) -> None:
        heard.append(summary)

    found = load(broken=plugin(certify_register_courses=raising, certify_certificate_issued=hear))
    found.announce("certify_certificate_issued", summary=SUMMARY)

    assert heard == []


def test_a_listener_that_raises_takes_nothing_from_who_passed(sqlite_platform: Platform) -> None:
    module = plugin(certify_attempt_scored=lambda summary: raising())
    sqlite_platform.plugins.manager.register(module, name="broken")
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)

    attempt_id = sit(sqlite_platform, learner)

    from certify.services import results

    found = results.result(sqlite_platform, actor=learner, attempt_id=attempt_id)
    assert found.attempt.passed
    assert len(found.granted) == 2


def test_hooks_that_register_and_those_that_hear_are_documented_with_an_example() -> None:
    from certify.hooks import hookspecs

    for group in (hookspecs.Registering, hookspecs.Hearing):
        for name, hook in vars(group).items():
            if name.startswith("certify_"):
                assert hook.__doc__
                assert "Called" in hook.__doc__
                assert "Example:" in hook.__doc__
                assert "@hookimpl" in hook.__doc__


def test_courses_of_plugins_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    folders: Iterable[Path] = (tmp_path / "one", tmp_path / "two")
    one, two = (plugin(certify_register_courses=[folder]) for folder in folders)

    assert load(zulu=one, alpha=two).course_folders == [tmp_path / "two", tmp_path / "one"]
