"""The inventory of personal data: qualifications, evaluation, conduct at work.

See `personal_tables`.
"""

from certify.domain.privacy import Kind, PersonalTable
from certify.i18n import N_

_RATERS = N_("Single raters stay secret; what they came to is under “Evaluations”.")
_PEOPLE = N_("Would tell what single raters gave.")
CERTIFICATE_KEYS = "name staff_no department post"
"""What a certificate says of the person; number, level and days stay verifiable for ever."""

AT_WORK: dict[str, PersonalTable] = {
    # Qualifications
    "qualification": PersonalTable(
        Kind.QUALIFICATION, N_("Qualifications"), "person_id", codes="code title post"
    ),
    "qualificationchange": PersonalTable(
        Kind.QUALIFICATION,
        N_("Changes of qualifications"),
        "qualification_id.person_id",
        texts="reason",
        actors="actor_id",
    ),
    "certificate": PersonalTable(
        Kind.QUALIFICATION,
        N_("Certificates"),
        "qualification_id.person_id",
        codes="number",
        texts="facts",
        technical="salt",
        within={"facts": CERTIFICATE_KEYS},
    ),
    "certificaterevision": PersonalTable(
        Kind.QUALIFICATION,
        N_("Certificates before they were reissued"),
        "certificate_id.qualification_id.person_id",
        texts="facts reason",
        technical="salt",
        within={"facts": CERTIFICATE_KEYS},
    ),
    "signedcredential": PersonalTable(
        Kind.QUALIFICATION,
        N_("Signed certificates"),
        "certificate_id.qualification_id.person_id",
        texts="document",
        codes="key_id",
    ),
    "outsidecertificate": PersonalTable(
        Kind.QUALIFICATION,
        N_("Outside certificates"),
        "person_id",
        texts="title issuer number",
        codes="process",
        actors="recorded_by",
    ),
    "panel": PersonalTable(
        Kind.QUALIFICATION, N_("Panels"), "person_id", codes="level", actors="recorded_by"
    ),
    "panelscore": PersonalTable(
        Kind.QUALIFICATION,
        N_("Scores of panels"),
        "panel_id.person_id",
        texts="remark",
        actors="member_id",
    ),
    # Evaluation
    "evaluation": PersonalTable(
        Kind.EVALUATION,
        N_("Evaluations"),
        "person_id",
        texts="parts",
        codes="ratee_class why",
        actors="decided_by",
        hidden={"mix": _PEOPLE, "parts": _PEOPLE},
    ),
    "measuredvalue": PersonalTable(
        Kind.EVALUATION,
        N_("Measured values"),
        "person_id",
        texts="source",
        codes="indicator",
        actors="recorded_by",
    ),
    "rating": PersonalTable(
        Kind.EVALUATION,
        N_("Ratings"),
        "person_id",
        texts="comment reference",
        actors="rater_id",
        hidden={
            name: _RATERS
            for name in (
                *("id", "period_id", "rater_type", "counts"),
                *("score", "comment", "reference", "given_at"),
            )
        },
    ),
    "evaluationevidence": PersonalTable(
        Kind.EVALUATION,
        N_("Events behind an evaluation"),
        "person_id",
        texts="what",
        codes="scheme kind reference indicator",
        actors="recorded_by",
    ),
    "appeal": PersonalTable(
        Kind.EVALUATION, N_("Appeals"), "person_id", texts="reason decision", actors="decided_by"
    ),
    "coachingplan": PersonalTable(
        Kind.EVALUATION, N_("Coaching plans"), "person_id", texts="steps", actors="written_by"
    ),
    "proposedconsequence": PersonalTable(
        Kind.EVALUATION,
        N_("Consequences of a grade"),
        "person_id",
        texts="reason",
        codes="kind facts",
        actors="decided_by",
    ),
    # Conduct at work
    "inspection": PersonalTable(
        Kind.CONDUCT,
        N_("Inspections"),
        "person_id",
        texts="points finding",
        codes="number scope checklist standard target window",
        within={"points": "remark"},
        actors="inspector_id",
    ),
    "anomalyform": PersonalTable(
        Kind.CONDUCT,
        N_("Anomaly forms"),
        "person_id",
        texts="what cause",
        codes="number process",
        company="countermeasure instruction recheck",
        actors="opened_by instructed_by rechecked_by",
    ),
    "rectificationnotice": PersonalTable(
        Kind.CONDUCT,
        N_("Rectification notices"),
        "owner_id",
        codes="number standard",
        company="problem cause measure",
        actors="issued_by verified_by",
    ),
    "seriousproblem": PersonalTable(
        Kind.CONDUCT,
        N_("Serious problems"),
        "person_id",
        texts="what decision",
        actors="reported_by decided_by",
    ),
    "skilldecision": PersonalTable(
        Kind.CONDUCT, N_("Decisions about skill"), "person_id", texts="reason", actors="decided_by"
    ),
}
