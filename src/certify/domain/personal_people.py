"""The inventory of personal data: people, their messages, what they learned and sat.

See `personal_tables`.
"""

from certify.domain.privacy import Kind, PersonalTable
from certify.i18n import N_

_OF_ITEMS = N_("What was right on which item would tell the key.")

OF_PEOPLE: dict[str, PersonalTable] = {
    # Who somebody is
    "person": PersonalTable(
        Kind.IDENTITY,
        N_("Person"),
        "id",
        pseudonyms="staff_no name",
        actors="supervisor_id",
    ),
    "placement": PersonalTable(
        Kind.WORK,
        N_("Posts and departments over time"),
        "person_id",
        pseudonyms="name",
        actors="supervisor_id",
    ),
    "rolegrant": PersonalTable(Kind.WORK, N_("Roles"), "person_id", deleted=True),
    "credential": PersonalTable(
        Kind.CREDENTIAL,
        N_("Password"),
        "person_id",
        codes="password_hash",
        deleted=True,
        hidden={"password_hash": N_("A way in is shown to nobody, not even its owner.")},
    ),
    "publickey": PersonalTable(
        Kind.CREDENTIAL,
        N_("Public keys"),
        "person_id",
        texts="label",
        codes="key fingerprint",
        actors="added_by",
        deleted=True,
    ),
    "savedview": PersonalTable(
        Kind.WORK, N_("Saved views"), "person_id", texts="name values", codes="page", deleted=True
    ),
    "personmessage": PersonalTable(
        Kind.WORK, N_("Messages"), "person_id", texts="facts", codes="kind", deleted=True
    ),
    "absence": PersonalTable(
        Kind.WORK, N_("Absences"), "person_id", texts="reason", actors="recorded_by"
    ),
    "guidance": PersonalTable(Kind.WORK, N_("Guides"), "person_id", actors="guide_id"),
    "trainingowner": PersonalTable(
        Kind.WORK, N_("Training owners"), "person_id", actors="owner_id assigned_by"
    ),
    "onboardingrefusal": PersonalTable(
        Kind.CONDUCT,
        N_("Refusals of onboarding"),
        "person_id",
        texts="reason decision",
        actors="decided_by",
    ),
    "proposal": PersonalTable(
        Kind.CONDUCT,
        N_("Proposals"),
        "person_id",
        texts="reason remark",
        codes="subject facts",
        actors="proposed_by decided_by",
    ),
    "erasure": PersonalTable(
        Kind.WORK,
        N_("Removal of personal data"),
        "person_id",
        codes="removed",
        company="reason",
        actors="proposed_by confirmed_by",
    ),
    # What somebody learned
    "enrolment": PersonalTable(Kind.LEARNING, N_("Courses"), "person_id", actors="assigned_by"),
    "lessonprogress": PersonalTable(Kind.LEARNING, N_("Lessons"), "person_id"),
    "practicecard": PersonalTable(
        Kind.LEARNING, N_("Practice cards"), "person_id", texts="card", deleted=True
    ),
    "practiceanswer": PersonalTable(
        Kind.LEARNING,
        N_("Practice answers"),
        "person_id",
        texts="answer",
        codes="topic",
        technical="seed",
    ),
    "phaseexemption": PersonalTable(
        Kind.LEARNING,
        N_("Exemptions"),
        "person_id",
        texts="reason",
        codes="phase",
        actors="exempted_by",
    ),
    "developmentplan": PersonalTable(
        Kind.LEARNING,
        N_("Development plan"),
        "person_id",
        codes="target_level",
        actors="changed_by",
        deleted=True,
    ),
    "developmententry": PersonalTable(
        Kind.LEARNING,
        N_("Lines of the development plan"),
        "person_id",
        texts="title note",
        actors="written_by",
        deleted=True,
    ),
    "fieldpracticeentry": PersonalTable(
        Kind.LEARNING,
        N_("On-site practice"),
        "person_id",
        texts="task remark improvement",
        actors="guide_id",
    ),
    "fieldpracticesignoff": PersonalTable(
        Kind.LEARNING,
        N_("On-site practice signed off"),
        "person_id",
        texts="note",
        actors="guide_id",
    ),
    "deltatraining": PersonalTable(
        Kind.LEARNING,
        N_("Training on new texts of standards"),
        "person_id",
        codes="processes passed_how suspended",
        actors="recorded_by",
    ),
    "remedialassignment": PersonalTable(
        Kind.LEARNING, N_("Things to learn again"), "person_id", codes="origin topics"
    ),
    "attendee": PersonalTable(
        Kind.LEARNING,
        N_("Training sessions"),
        "person_id",
        texts="excused remark",
        actors="signed_by confirmed_by assessed_by",
    ),
    "trainingagreement": PersonalTable(
        Kind.LEARNING,
        N_("Training agreements"),
        "person_id",
        texts="terms facts",
        codes="number",
        actors="recorded_by",
    ),
    "casestory": PersonalTable(
        Kind.LEARNING,
        N_("Cases written"),
        "author_id",
        codes="code topics lessons",
        company="title body",
        actors="published_by",
    ),
    # Exams
    "attempt": PersonalTable(
        Kind.EXAM,
        N_("Attempts"),
        "person_id",
        codes="course_version profile",
        technical="form seed chain_head",
        actors="paused_by ended_by",
    ),
    "response": PersonalTable(
        Kind.EXAM,
        N_("Answers"),
        "attempt_id.person_id",
        texts="answer",
        technical="previous_hash hash",
    ),
    "attemptresult": PersonalTable(
        Kind.EXAM,
        N_("Results"),
        "attempt_id.person_id",
        texts="reason",
        codes="parts",
        hidden={"parts": _OF_ITEMS},
    ),
    "marking": PersonalTable(
        Kind.EXAM,
        N_("Marks given by examiners"),
        "attempt_id.person_id",
        texts="remarks",
        codes="points",
        actors="examiner_id",
    ),
    "remarking": PersonalTable(
        Kind.EXAM,
        N_("Re-markings asked for"),
        "attempt_id.person_id",
        texts="reason answer",
        actors="decided_by",
    ),
    "retakedecision": PersonalTable(
        Kind.EXAM,
        N_("Decisions about retakes"),
        "person_id",
        texts="reason",
        actors="decided_by",
    ),
    "sittingevent": PersonalTable(
        Kind.EXAM,
        N_("Events of a sitting"),
        "attempt_id.person_id",
        texts="facts",
        codes="kind",
    ),
    "timegrant": PersonalTable(
        Kind.EXAM,
        N_("Time given"),
        "attempt_id.person_id",
        texts="reason",
        actors="actor_id",
    ),
    "accommodation": PersonalTable(
        Kind.EXAM,
        N_("Accommodations"),
        "person_id",
        texts="reason",
        actors="approved_by",
        deleted=True,
    ),
    "cohortmember": PersonalTable(
        Kind.EXAM,
        N_("Registrations"),
        "person_id",
        texts="reason admission_reason seat",
        codes="code_hash",
        actors="excused_by admitted_by",
        hidden={"code_hash": N_("A way in is shown to nobody, not even its owner.")},
    ),
}
