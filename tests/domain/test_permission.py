"""Every cell of role × action × whose is declared here; the code must say the same (G15)."""

from typing import cast

import pytest

from certify.domain.permission import LABELS, Action, may, require, require_person
from certify.domain.person import CONSOLE, Actor, Role
from certify.errors import NotPermitted, Refused

ME, REPORT, OTHER, BOSS = 7, 8, 9, 3
OWNERS: dict[str, tuple[int | None, int | None]] = {
    "own": (ME, BOSS),
    "report": (REPORT, ME),
    "other": (OTHER, BOSS),
    "none": (None, None),
}
"""Whose thing it is: owner and the owner's supervisor."""

# One line per role and action: may it be done to what is one's own, to what is a direct
# report's, to what is anybody else's, and to what is nobody's? Y or -.
DECLARED = """
learner        learn               Y - - -
learner        sit-exam            Y - - -
learner        see-record          Y - - -
learner        see-people          - - - -
learner        change-people       - - - -
learner        assign-course       - - - -
learner        see-qualifications  - - - -
learner        export              - - - -
learner        sync-courses        - - - -
learner        see-bank            - - - -
learner        see-ledger          - - - -
learner        see-analysis        - - - -
learner        mark                - - - -
learner        correct             - - - -
learner        manage-cohorts      - - - -
learner        invigilate          - - - -
learner        grant-time          - - - -
learner        decide-retake       - - - -
learner        write-items         - - - -
learner        review-items        - - - -
learner        manage-standards    - - - -
learner        set-training-needs  - - - -
learner        exempt              - - - -
learner        guide               - - - -
learner        write-case          - - - -
learner        publish-case        - - - -
learner        plan-development    Y - - -
learner        manage-qualifications  - - - -
learner        run-evaluation         - - - -
learner        see-evaluations        Y - - -
learner        decide-consequences    - - - -
learner        decide-appeal          - - - -
learner        plan-training          - - - -
learner        approve-training       - - - -
learner        hold-training          - - - -
learner        inspect                - - - -
learner        see-inspections        Y - - -
learner        instruct-anomaly       - - - -
learner        opine-standard         - - - -
learner        see-reports            - - - -
learner        record-quality         - - - -
learner        change-policy          - - - -
learner        issue-certificates     - - - -
learner        manage-keys            - - - -
learner        back-up                - - - -
learner        extract                Y - - -
learner        erase                  - - - -
learner        conduct-exam           - - - -
learner        manage-access          Y - - -
trainer        learn               Y - - -
trainer        sit-exam            Y - - -
trainer        see-record          Y - - -
trainer        see-people          - - - -
trainer        change-people       - - - -
trainer        assign-course       - - - -
trainer        see-qualifications  - - - -
trainer        export              - - - -
trainer        sync-courses        Y Y Y Y
trainer        see-bank            Y Y Y Y
trainer        see-ledger          - - - -
trainer        see-analysis        Y Y Y Y
trainer        mark                Y Y Y Y
trainer        correct             Y Y Y Y
trainer        manage-cohorts      Y Y Y Y
trainer        invigilate          Y Y Y Y
trainer        grant-time          Y Y Y Y
trainer        decide-retake       - - - -
trainer        write-items         Y Y Y Y
trainer        review-items        Y Y Y Y
trainer        manage-standards    Y Y Y Y
trainer        set-training-needs  - - - -
trainer        exempt              - - - -
trainer        guide               - - - -
trainer        write-case          Y Y Y Y
trainer        publish-case        Y Y Y Y
trainer        plan-development    Y - - -
trainer        manage-qualifications  - - - -
trainer        run-evaluation         - - - -
trainer        see-evaluations        Y - - -
trainer        decide-consequences    - - - -
trainer        decide-appeal          - - - -
trainer        plan-training          Y Y Y Y
trainer        approve-training       - - - -
trainer        hold-training          Y Y Y Y
trainer        inspect                - - - -
trainer        see-inspections        Y - - -
trainer        instruct-anomaly       - - - -
trainer        opine-standard         Y Y Y Y
trainer        see-reports            Y Y Y Y
trainer        record-quality         - - - -
trainer        change-policy          - - - -
trainer        issue-certificates     - - - -
trainer        manage-keys            - - - -
trainer        back-up                - - - -
trainer        extract                Y - - -
trainer        erase                  - - - -
trainer        conduct-exam           Y Y Y Y
trainer        manage-access          Y - - -
guide          learn               Y - - -
guide          sit-exam            Y - - -
guide          see-record          Y - - -
guide          see-people          - - - -
guide          change-people       - - - -
guide          assign-course       - - - -
guide          see-qualifications  - - - -
guide          export              - - - -
guide          sync-courses        - - - -
guide          see-bank            - - - -
guide          see-ledger          - - - -
guide          see-analysis        - - - -
guide          mark                - - - -
guide          correct             - - - -
guide          manage-cohorts      - - - -
guide          invigilate          - - - -
guide          grant-time          - - - -
guide          decide-retake       - - - -
guide          write-items         - - - -
guide          review-items        - - - -
guide          manage-standards    - - - -
guide          set-training-needs  - - - -
guide          exempt              - - - -
guide          guide               Y Y Y Y
guide          write-case          Y Y Y Y
guide          publish-case        - - - -
guide          plan-development    Y - - -
guide          manage-qualifications  - - - -
guide          run-evaluation         - - - -
guide          see-evaluations        Y - - -
guide          decide-consequences    - - - -
guide          decide-appeal          - - - -
guide          plan-training          - - - -
guide          approve-training       - - - -
guide          hold-training          - - - -
guide          inspect                - - - -
guide          see-inspections        Y - - -
guide          instruct-anomaly       - - - -
guide          opine-standard         - - - -
guide          see-reports            - - - -
guide          record-quality         - - - -
guide          change-policy          - - - -
guide          issue-certificates     - - - -
guide          manage-keys            - - - -
guide          back-up                - - - -
guide          extract                Y - - -
guide          erase                  - - - -
guide          conduct-exam           - - - -
guide          manage-access          Y - - -
supervisor     learn               Y - - -
supervisor     sit-exam            Y - - -
supervisor     see-record          Y Y - -
supervisor     see-people          - - - -
supervisor     change-people       - - - -
supervisor     assign-course       - Y - -
supervisor     see-qualifications  - - - -
supervisor     export              - - - -
supervisor     sync-courses        - - - -
supervisor     see-bank            - - - -
supervisor     see-ledger          - - - -
supervisor     see-analysis        - - - -
supervisor     mark                - - - -
supervisor     correct             - - - -
supervisor     manage-cohorts      - - - -
supervisor     invigilate          - Y - -
supervisor     grant-time          - - - -
supervisor     decide-retake       - Y - -
supervisor     write-items         - - - -
supervisor     review-items        - - - -
supervisor     manage-standards    - - - -
supervisor     set-training-needs  - - - -
supervisor     exempt              - - - -
supervisor     guide               - - - -
supervisor     write-case          Y Y Y Y
supervisor     publish-case        - - - -
supervisor     plan-development    Y Y - -
supervisor     manage-qualifications  - - - -
supervisor     run-evaluation         - - - -
supervisor     see-evaluations        Y Y - -
supervisor     decide-consequences    - - - -
supervisor     decide-appeal          - - - -
supervisor     plan-training          Y Y Y Y
supervisor     approve-training       - - - -
supervisor     hold-training          - - - -
supervisor     inspect                - - - -
supervisor     see-inspections        Y Y - -
supervisor     instruct-anomaly       Y Y Y Y
supervisor     opine-standard         Y Y Y Y
supervisor     see-reports            Y Y Y Y
supervisor     record-quality         - - - -
supervisor     change-policy          - - - -
supervisor     issue-certificates     - - - -
supervisor     manage-keys            - - - -
supervisor     back-up                - - - -
supervisor     extract                Y - - -
supervisor     erase                  - - - -
supervisor     conduct-exam           - - - -
supervisor     manage-access          Y - - -
inspector      learn               Y - - -
inspector      sit-exam            Y - - -
inspector      see-record          Y - - -
inspector      see-people          - - - -
inspector      change-people       - - - -
inspector      assign-course       - - - -
inspector      see-qualifications  - - - -
inspector      export              - - - -
inspector      sync-courses        - - - -
inspector      see-bank            - - - -
inspector      see-ledger          - - - -
inspector      see-analysis        - - - -
inspector      mark                - - - -
inspector      correct             - - - -
inspector      manage-cohorts      - - - -
inspector      invigilate          - - - -
inspector      grant-time          - - - -
inspector      decide-retake       - - - -
inspector      write-items         - - - -
inspector      review-items        - - - -
inspector      manage-standards    - - - -
inspector      set-training-needs  - - - -
inspector      exempt              - - - -
inspector      guide               - - - -
inspector      write-case          - - - -
inspector      publish-case        - - - -
inspector      plan-development    Y - - -
inspector      manage-qualifications  - - - -
inspector      run-evaluation         - - - -
inspector      see-evaluations        Y - - -
inspector      decide-consequences    - - - -
inspector      decide-appeal          - - - -
inspector      plan-training          - - - -
inspector      approve-training       - - - -
inspector      hold-training          - - - -
inspector      inspect                Y Y Y Y
inspector      see-inspections        Y Y Y Y
inspector      instruct-anomaly       - - - -
inspector      opine-standard         Y Y Y Y
inspector      see-reports            Y Y Y Y
inspector      record-quality         Y Y Y Y
inspector      change-policy          - - - -
inspector      issue-certificates     - - - -
inspector      manage-keys            - - - -
inspector      back-up                - - - -
inspector      extract                Y - - -
inspector      erase                  - - - -
inspector      conduct-exam           - - - -
inspector      manage-access          Y - - -
evaluator      learn               Y - - -
evaluator      sit-exam            Y - - -
evaluator      see-record          Y - - -
evaluator      see-people          - - - -
evaluator      change-people       - - - -
evaluator      assign-course       - - - -
evaluator      see-qualifications  - - - -
evaluator      export              - - - -
evaluator      sync-courses        - - - -
evaluator      see-bank            - - - -
evaluator      see-ledger          - - - -
evaluator      see-analysis        - - - -
evaluator      mark                - - - -
evaluator      correct             - - - -
evaluator      manage-cohorts      - - - -
evaluator      invigilate          - - - -
evaluator      grant-time          - - - -
evaluator      decide-retake       - - - -
evaluator      write-items         - - - -
evaluator      review-items        - - - -
evaluator      manage-standards    - - - -
evaluator      set-training-needs  - - - -
evaluator      exempt              - - - -
evaluator      guide               - - - -
evaluator      write-case          - - - -
evaluator      publish-case        - - - -
evaluator      plan-development    Y - - -
evaluator      manage-qualifications  - - - -
evaluator      run-evaluation         Y Y Y Y
evaluator      see-evaluations        Y Y Y Y
evaluator      decide-consequences    - - - -
evaluator      decide-appeal          Y Y Y Y
evaluator      plan-training          - - - -
evaluator      approve-training       - - - -
evaluator      hold-training          - - - -
evaluator      inspect                - - - -
evaluator      see-inspections        Y - - -
evaluator      instruct-anomaly       - - - -
evaluator      opine-standard         Y Y Y Y
evaluator      see-reports            Y Y Y Y
evaluator      record-quality         - - - -
evaluator      change-policy          - - - -
evaluator      issue-certificates     - - - -
evaluator      manage-keys            - - - -
evaluator      back-up                - - - -
evaluator      extract                Y - - -
evaluator      erase                  - - - -
evaluator      conduct-exam           - - - -
evaluator      manage-access          Y - - -
hr             learn               Y - - -
hr             sit-exam            Y - - -
hr             see-record          Y Y Y Y
hr             see-people          Y Y Y Y
hr             change-people       Y Y Y Y
hr             assign-course       Y Y Y Y
hr             see-qualifications  Y Y Y Y
hr             export              Y Y Y Y
hr             sync-courses        - - - -
hr             see-bank            - - - -
hr             see-ledger          Y Y Y Y
hr             see-analysis        Y Y Y Y
hr             mark                - - - -
hr             correct             Y Y Y Y
hr             manage-cohorts      Y Y Y Y
hr             invigilate          Y Y Y Y
hr             grant-time          Y Y Y Y
hr             decide-retake       Y Y Y Y
hr             write-items         - - - -
hr             review-items        - - - -
hr             manage-standards    Y Y Y Y
hr             set-training-needs  Y Y Y Y
hr             exempt              Y Y Y Y
hr             guide               - - - -
hr             write-case          Y Y Y Y
hr             publish-case        Y Y Y Y
hr             plan-development    Y Y Y Y
hr             manage-qualifications  Y Y Y Y
hr             run-evaluation         Y Y Y Y
hr             see-evaluations        Y Y Y Y
hr             decide-consequences    Y Y Y Y
hr             decide-appeal          Y Y Y Y
hr             plan-training          Y Y Y Y
hr             approve-training       Y Y Y Y
hr             hold-training          Y Y Y Y
hr             inspect                - - - -
hr             see-inspections        Y Y Y Y
hr             instruct-anomaly       - - - -
hr             opine-standard         Y Y Y Y
hr             see-reports            Y Y Y Y
hr             record-quality         Y Y Y Y
hr             change-policy          Y Y Y Y
hr             issue-certificates     Y Y Y Y
hr             manage-keys            - - - -
hr             back-up                - - - -
hr             extract                Y Y Y Y
hr             erase                  Y Y Y Y
hr             conduct-exam           Y Y Y Y
hr             manage-access          Y Y Y Y
administrator  learn               Y - - -
administrator  sit-exam            Y - - -
administrator  see-record          Y - - -
administrator  see-people          Y Y Y Y
administrator  change-people       Y Y Y Y
administrator  assign-course       - - - -
administrator  see-qualifications  - - - -
administrator  export              - - - -
administrator  sync-courses        Y Y Y Y
administrator  see-bank            - - - -
administrator  see-ledger          Y Y Y Y
administrator  see-analysis        - - - -
administrator  mark                - - - -
administrator  correct             - - - -
administrator  manage-cohorts      - - - -
administrator  invigilate          - - - -
administrator  grant-time          - - - -
administrator  decide-retake       - - - -
administrator  write-items         - - - -
administrator  review-items        - - - -
administrator  manage-standards    - - - -
administrator  set-training-needs  - - - -
administrator  exempt              - - - -
administrator  guide               - - - -
administrator  write-case          - - - -
administrator  publish-case        - - - -
administrator  plan-development    Y - - -
administrator  manage-qualifications  - - - -
administrator  run-evaluation         - - - -
administrator  see-evaluations        Y - - -
administrator  decide-consequences    - - - -
administrator  decide-appeal          - - - -
administrator  plan-training          - - - -
administrator  approve-training       - - - -
administrator  hold-training          - - - -
administrator  inspect                - - - -
administrator  see-inspections        Y - - -
administrator  instruct-anomaly       - - - -
administrator  opine-standard         - - - -
administrator  see-reports            - - - -
administrator  record-quality         - - - -
administrator  change-policy          Y Y Y Y
administrator  issue-certificates     - - - -
administrator  manage-keys            Y Y Y Y
administrator  back-up                Y Y Y Y
administrator  extract                Y - - -
administrator  erase                  - - - -
administrator  conduct-exam           - - - -
administrator  manage-access          Y Y Y Y
examiner       learn               Y - - -
examiner       sit-exam            Y - - -
examiner       see-record          Y - - -
examiner       see-people          - - - -
examiner       change-people       - - - -
examiner       assign-course       - - - -
examiner       see-qualifications  - - - -
examiner       export              - - - -
examiner       sync-courses        - - - -
examiner       see-bank            - - - -
examiner       see-ledger          - - - -
examiner       see-analysis        - - - -
examiner       mark                Y Y Y Y
examiner       correct             - - - -
examiner       manage-cohorts      - - - -
examiner       invigilate          - - - -
examiner       grant-time          - - - -
examiner       decide-retake       - - - -
examiner       write-items         - - - -
examiner       review-items        - - - -
examiner       manage-standards    - - - -
examiner       set-training-needs  - - - -
examiner       exempt              - - - -
examiner       guide               - - - -
examiner       write-case          - - - -
examiner       publish-case        - - - -
examiner       plan-development    Y - - -
examiner       manage-qualifications  - - - -
examiner       run-evaluation         - - - -
examiner       see-evaluations        Y - - -
examiner       decide-consequences    - - - -
examiner       decide-appeal          - - - -
examiner       plan-training          - - - -
examiner       approve-training       - - - -
examiner       hold-training          - - - -
examiner       inspect                - - - -
examiner       see-inspections        Y - - -
examiner       instruct-anomaly       - - - -
examiner       opine-standard         - - - -
examiner       see-reports            - - - -
examiner       record-quality         - - - -
examiner       change-policy          - - - -
examiner       issue-certificates     - - - -
examiner       manage-keys            - - - -
examiner       back-up                - - - -
examiner       extract                Y - - -
examiner       erase                  - - - -
examiner       conduct-exam           - - - -
examiner       manage-access          Y - - -
"""
CELLS = [
    (role, action, whose, mark == "Y")
    for role, action, *marks in (line.split() for line in DECLARED.strip().splitlines())
    for whose, mark in zip(OWNERS, marks, strict=True)
]


def someone(*roles: Role) -> Actor:
    return Actor(ME, "E0007", "小七", frozenset(roles))


def test_every_cell_is_declared_once() -> None:
    declared = [(role, action, whose) for role, action, whose, _allowed in CELLS]

    assert sorted(declared) == sorted(
        (role.value, action.value, whose) for role in Role for action in Action for whose in OWNERS
    )


@pytest.mark.parametrize(("role", "action", "whose", "allowed"), CELLS)
def test_a_role_may_do_what_the_table_says(
    role: str, action: str, whose: str, allowed: bool
) -> None:
    owner, above = OWNERS[whose]
    actor = someone(Role(role))

    assert may(actor, Action(action), owner=owner, owner_supervisor=above) == allowed
    if allowed:
        require(actor, Action(action), owner=owner, owner_supervisor=above)
    else:
        with pytest.raises(NotPermitted):
            require(actor, Action(action), owner=owner, owner_supervisor=above)


def test_several_roles_may_do_what_any_of_them_may_and_no_more() -> None:
    both = someone(Role.SUPERVISOR, Role.TRAINER)

    assert may(both, Action.SEE_RECORD, owner=REPORT, owner_supervisor=ME)
    assert may(both, Action.SEE_BANK)
    assert not may(both, Action.SEE_RECORD, owner=OTHER, owner_supervisor=BOSS)


def test_somebody_without_any_role_still_has_what_is_their_own_and_nothing_else() -> None:
    nobody = someone()

    allowed = {
        (action, whose)
        for action in Action
        for whose, (owner, above) in OWNERS.items()
        if may(nobody, action, owner=owner, owner_supervisor=above)
    }

    assert allowed == {
        (Action.LEARN, "own"),
        (Action.SIT_EXAM, "own"),
        (Action.SEE_RECORD, "own"),
        (Action.PLAN_DEVELOPMENT, "own"),
        (Action.SEE_EVALUATIONS, "own"),
        (Action.SEE_INSPECTIONS, "own"),
        (Action.EXTRACT, "own"),
        (Action.MANAGE_ACCESS, "own"),
    }


def test_an_unknown_action_is_denied_to_everybody() -> None:
    unknown = cast(Action, "fly")

    assert not may(someone(*Role), unknown, owner=ME, owner_supervisor=ME)
    with pytest.raises(NotPermitted):
        require(someone(*Role), unknown, owner=ME)


def test_every_action_has_a_name_for_people() -> None:
    assert set(LABELS) == set(Action)


def test_the_command_line_itself_is_nobody_who_could_sit_an_exam() -> None:
    require_person(someone())
    with pytest.raises(Refused):
        require_person(CONSOLE)
