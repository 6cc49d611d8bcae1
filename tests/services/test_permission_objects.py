"""Every use case, as every role, about one's own, a direct report's and another's things (G15).

The declared side is use_case_rules.py; a use case that is not declared there fails here.
"""

import ast
import inspect
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from certify.domain.permission import Action, may
from certify.domain.person import Actor, ExamPass, Role
from certify.errors import CertifyError, NotFound, NotPermitted
from certify.platform import Platform
from tests.platforms import actor
from tests.services.test_secrets import plain
from tests.services.use_case_rules import EXCEPTIONS, FOUND_FIRST, RULES
from tests.services.use_cases import WHOSE, Undone, World, takes_whom, use_cases, world

USE_CASES = use_cases()
DECLARED = {name: rule for rule, names in RULES.items() for name in names.split()}


def acting(platform: Platform, role: Role) -> Actor:
    """S0001 with this role alone, whatever is stored of them."""
    me = actor(platform, WHOSE["own"])
    return Actor(me.person_id, me.staff_no, me.name, frozenset({Role.LEARNER, role}))


def allows(platform: Platform, rule: str, who: Actor, whose: str) -> bool:
    """Whether a declared rule lets somebody do it."""
    names, *conditions = rule.split(", ")
    if "not own" in conditions and whose == "own":
        return False
    return any(_holds(platform, one, who, whose) for one in names.split(" | "))


def _holds(platform: Platform, name: str, who: Actor, whose: str) -> bool:
    if name in ("everybody", "nobody"):
        return name == "everybody"
    if name in ("own", "report"):
        return whose == name
    if name.startswith("role:"):
        return Role(name.removeprefix("role:")) in who.roles
    action, *of = name.split(" of")
    if not of:
        return may(who, Action(action))
    if of[0] and of[0].strip() != whose:
        return False
    above = who.person_id if whose == "report" else None
    owner = actor(platform, WHOSE[whose]).person_id
    return may(who, Action(action), owner=owner, owner_supervisor=above)


def outcome(call: Callable[[], object]) -> str:
    """What came of a call: `allowed`, also when it was refused for what was asked, not for who."""
    try:
        call()
    except NotPermitted:
        return "denied"
    except NotFound:
        return "nothing"
    except CertifyError:
        return "allowed"
    return "allowed"


@pytest.fixture
def still(sqlite_platform: Platform, tmp_path: Path) -> World:
    return world(sqlite_platform, tmp_path)


def test_every_use_case_is_declared_once_and_nothing_else_is() -> None:
    declared = [*DECLARED, *FOUND_FIRST]
    assert sorted(declared) == sorted(set(declared))
    assert sum(len(names.split()) for names in RULES.values()) == len(DECLARED)

    assert set(declared) == set(USE_CASES)


def test_every_role_may_do_what_is_declared_of_whose_it_is_and_no_more(still: World) -> None:
    wrong = []
    for name, rule in DECLARED.items():
        use_case = USE_CASES[name]
        cases = WHOSE if takes_whom(use_case) else {"own": WHOSE["own"]}
        for whose, staff_no in cases.items():
            for role in Role:
                who = acting(still.platform, role)
                found = outcome(lambda: still.call(use_case, who, staff_no))  # noqa: B023
                wanted = allows(still.platform, rule, who, whose)
                wanted = EXCEPTIONS.get((name, whose, role.value), wanted)
                refusals = {"denied", "nothing"} if "hidden" in rule else {"denied"}
                if found not in ({"allowed", "nothing"} if wanted else refusals):
                    wrong.append(f"{name} as {role} of {whose}: {found}, declared {rule}")
    assert wrong == []


def test_nobody_learns_by_a_made_up_name_whether_something_is_there(still: World) -> None:
    wrong = []
    for name in FOUND_FIRST:
        for role in Role:
            who = acting(still.platform, role)
            found = outcome(lambda: still.call(USE_CASES[name], who, WHOSE["own"]))  # noqa: B023
            if found == "allowed" and name not in ALLOWED_NOTHING:
                wrong.append(f"{name} as {role}")
    assert wrong == []


ALLOWED_NOTHING = {
    "evaluation.rating.rate",
    "saved_views.begin_with",
    "training.assessing.assess",
}
"""These look at what is said before they look for what it is about; it is about nobody yet."""


def test_what_everybody_may_ask_for_tells_nothing_of_anybody_else(still: World) -> None:
    who = acting(still.platform, Role.LEARNER)
    other = actor(still.platform, WHOSE["other"])
    told = []
    for name, rule in DECLARED.items():
        if rule != "everybody":
            continue
        try:
            found = still.call(USE_CASES[name], who, WHOSE["own"])
        except CertifyError:
            continue
        text = json.dumps(plain(found), ensure_ascii=False, default=str)
        if other.staff_no in text or still.certificates[other.staff_no] in text:
            told.append(name)
    assert told == []


def test_the_code_of_a_sitting_changes_nothing_but_what_is_written_of_coming_in(
    still: World,
) -> None:
    me = actor(still.platform, WHOSE["own"])
    came = replace(me, roles=frozenset(), exam_pass=ExamPass("sample-written", 1, "seen"))
    undone = still.platform.database
    assert isinstance(undone, Undone)
    denied = []
    for name, use_case in USE_CASES.items():
        for staff_no in WHOSE.values() if takes_whom(use_case) else [me.staff_no]:
            if outcome(lambda: still.call(use_case, came, staff_no)) == "denied":  # noqa: B023
                denied.append(name)
    assert sorted(undone.written) == ["acted-as"], "which the command line itself writes"
    assert "sign_in.change_password" in denied

    still.call(USE_CASES["sign_in.change_password"], me, me.staff_no)
    assert undone.written[-1] == "password-changed", "who came by a password may"


def test_every_use_case_that_needs_an_object_has_the_test_that_is_named() -> None:
    folder = Path(__file__).parent
    missing = []
    for name, where in FOUND_FIRST.items():
        file, _colons, beginning = where.partition("::")
        tree = ast.parse((folder / f"test_{file}.py").read_text(encoding="utf-8"))
        tests = [one.name for one in tree.body if isinstance(one, ast.FunctionDef)]
        if not any(one.startswith(beginning) for one in tests):
            missing.append(f"{name}: {where}")
    assert missing == []


def test_no_use_case_ignores_who_is_asking() -> None:
    def reads_actor(use_case: Callable[..., object]) -> bool:
        names = ast.walk(ast.parse(inspect.getsource(use_case)))
        return any(
            isinstance(one, ast.Name) and one.id == "actor" and isinstance(one.ctx, ast.Load)
            for one in names
        )

    assert [name for name, one in USE_CASES.items() if not reads_actor(one)] == []
