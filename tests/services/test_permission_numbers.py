"""Whoever may not do something does not learn by trying which staff numbers there are (G17)."""

from pathlib import Path
from typing import get_type_hints

import pytest

from certify.domain.person import Actor, Role
from certify.errors import CertifyError, NotFound, NotPermitted
from certify.platform import Platform
from tests.services.test_permission_objects import DECLARED, USE_CASES, acting, allows
from tests.services.use_case_rules import FOUND_FIRST
from tests.services.use_cases import WHOSE, World, world

NOBODY = "X9999"


@pytest.fixture
def still(sqlite_platform: Platform, tmp_path: Path) -> World:
    return world(sqlite_platform, tmp_path)


def told(there: World, name: str, who: Actor, staff_no: str) -> tuple[str, str] | None:
    """The error that somebody gets, its words without the number; None: they may do it."""
    given = {**there.attempts, NOBODY: there.attempts[WHOSE["other"]]}
    numbers = {**there.certificates, NOBODY: there.certificates[WHOSE["other"]]}
    asked = World(there.platform, there.folder, given, numbers, there.lesson)
    try:
        asked.call(USE_CASES[name], who, staff_no)
    except (NotPermitted, NotFound) as problem:
        return type(problem).__name__, str(problem).replace(staff_no, "…")
    except CertifyError:
        return None
    return None


@pytest.mark.parametrize(
    "name",
    [name for name in (*DECLARED, *FOUND_FIRST) if "staff_no" in get_type_hints(USE_CASES[name])],
)
def test_who_may_not_is_told_the_same_of_a_number_that_nobody_has(still: World, name: str) -> None:
    rule = DECLARED.get(name, "nobody")
    asked = 0
    for role in Role:
        who = acting(still.platform, role)
        if not allows(still.platform, rule, who, "other"):
            asked += 1
            known = told(still, name, who, WHOSE["other"])
            assert known == told(still, name, who, NOBODY), role
    assert asked or rule == "everybody"
