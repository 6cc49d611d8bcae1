"""Who may serve a process on a day (R-PPL-03, R-PPL-04)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.qualification import QualificationState
from certify.domain.serving import HeldPost, OnDay, ServiceRight, Why, can_serve

ACTIVE, SUSPENDED = QualificationState.ACTIVE, QualificationState.SUSPENDED
AGENT = OnDay(is_employed=True, post="agent", is_trainee=False, has_guide=False, has_remedial=False)
TRAINEE = replace(AGENT, is_trainee=True, has_guide=True)


@pytest.mark.parametrize(
    ("person", "held", "right", "why"),
    [
        (AGENT, [], ServiceRight.NO, Why.NEVER),
        (AGENT, [HeldPost("agent", ACTIVE)], ServiceRight.ALONE, Why.QUALIFIED),
        (AGENT, [HeldPost("", ACTIVE)], ServiceRight.ALONE, Why.QUALIFIED),
        (AGENT, [HeldPost("clerk", ACTIVE)], ServiceRight.NO, Why.OTHER_POST),
        (AGENT, [HeldPost("agent", SUSPENDED)], ServiceRight.NO, Why.SUSPENDED),
        (AGENT, [HeldPost("agent", QualificationState.EXPIRED)], ServiceRight.NO, Why.EXPIRED),
        (AGENT, [HeldPost("agent", QualificationState.PENDING)], ServiceRight.NO, Why.PENDING),
        (AGENT, [HeldPost("agent", QualificationState.REVOKED)], ServiceRight.NO, Why.REVOKED),
        (replace(AGENT, has_remedial=True), [], ServiceRight.NO, Why.REMEDIAL),
        (TRAINEE, [], ServiceRight.ACCOMPANIED, Why.TRAINEE),
        (replace(TRAINEE, has_guide=False), [], ServiceRight.NO, Why.NO_GUIDE),
        (replace(TRAINEE, has_remedial=True), [], ServiceRight.NO, Why.REMEDIAL),
        (TRAINEE, [HeldPost("agent", ACTIVE)], ServiceRight.ALONE, Why.QUALIFIED),
        (TRAINEE, [HeldPost("agent", SUSPENDED)], ServiceRight.NO, Why.SUSPENDED),
        (replace(TRAINEE, is_employed=False), [], ServiceRight.NO, Why.NOT_EMPLOYED),
    ],
)
def test_the_answer_and_its_reason(
    person: OnDay, held: list[HeldPost], right: ServiceRight, why: Why
) -> None:
    found = can_serve(person, held)

    assert (found.right, found.why) == (right, why)


@given(
    st.builds(
        OnDay,
        st.booleans(),
        st.sampled_from(["agent", "clerk"]),
        st.booleans(),
        st.booleans(),
        st.booleans(),
    ),
    st.lists(
        st.builds(
            HeldPost, st.sampled_from(["agent", "clerk", ""]), st.sampled_from(QualificationState)
        )
    ),
)
def test_nobody_serves_alone_without_an_active_qualification_of_the_own_post(
    person: OnDay, held: list[HeldPost]
) -> None:
    alone = can_serve(person, held).right is ServiceRight.ALONE
    active = any(one.state is ACTIVE and one.post in ("", person.post) for one in held)

    assert alone == (person.is_employed and active)
