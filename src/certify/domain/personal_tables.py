"""The inventory: what each table keeps of people (R-FRM-05); how to read it is in `privacy`.

A test compares it with the tables: a new column that nobody declared fails it. Here are the tables
of the company itself, with nobody's data but who did something.
"""

from certify.domain.personal_people import OF_PEOPLE
from certify.domain.personal_work import AT_WORK
from certify.domain.privacy import PersonalTable

TABLES: dict[str, PersonalTable] = {
    **OF_PEOPLE,
    **AT_WORK,
    # People from outside
    "outsideperson": PersonalTable(third="name organisation", codes="kind", actors="recorded_by"),
    # Things of the company, with nobody's data but who did something
    "adhocplan": PersonalTable(
        codes="code kind course",
        company="title occasion audience trainer remark",
        actors="drafted_by submitted_by decided_by",
    ),
    "annualplan": PersonalTable(company="remark", actors="drafted_by submitted_by decided_by"),
    "planline": PersonalTable(codes="kind course", company="title audience trainer"),
    "trainingsession": PersonalTable(
        codes="code kind course",
        company="title place remark",
        actors="trainer_id recorded_by",
    ),
    "anomalystep": PersonalTable(codes="action", company="text", actors="by"),
    "countersignature": PersonalTable(company="opinion", actors="signed_by"),
    "noticestep": PersonalTable(company="text", actors="by"),
    "cohort": PersonalTable(company="title occasion place", actors="created_by"),
    "announcement": PersonalTable(company="text", actors="by"),
    "failedsignin": PersonalTable(technical="account address"),
    "correction": PersonalTable(
        codes="facts", company="reason", technical="preview_hash", actors="proposed_by applied_by"
    ),
    "departmentsheet": PersonalTable(codes="scores", company="remark", actors="scored_by"),
    "evaluationperiod": PersonalTable(
        codes="code scheme rules", company="occasion", actors="opened_by closed_by"
    ),
    "policyversion": PersonalTable(
        codes="values", company="reason", technical="digest", actors="changed_by"
    ),
    "pilotscene": PersonalTable(company="scene feedback", actors="by"),
    "standardopinion": PersonalTable(codes="side", company="opinion", actors="by"),
    "standardreview": PersonalTable(company="remark", actors="by"),
    "standarddraft": PersonalTable(
        codes="number content", company="description", actors="drafted_by approved_by"
    ),
    "standardversion": PersonalTable(
        codes="item requirement department target remark",
        company="description",
        technical="content_hash",
        actors="reviser_id",
    ),
    "reviewstep": PersonalTable(codes="answer", company="note", actors="person_id"),
    "qualitygoal": PersonalTable(codes="code title unit", actors="recorded_by"),
    "qualitygoalvalue": PersonalTable(codes="facts", actors="recorded_by"),
    "survey": PersonalTable(codes="code topics", company="source", actors="recorded_by"),
    "signingkey": PersonalTable(technical="id", actors="made_by"),
    "ledgerentry": PersonalTable(
        codes="action subject facts", technical="previous_hash hash", actors="actor_id"
    ),
    # Nobody's at all
    "beat": PersonalTable(technical="node"),
    "counter": PersonalTable(codes="series"),
    "course": PersonalTable(
        codes="code version kind phase track layer module mode title summary topics hours "
        "prerequisites",
        third="authors",
        technical="source_hash",
    ),
    "courserevision": PersonalTable(codes="version notes changes"),
    "department": PersonalTable(codes="code name name_en"),
    "exam": PersonalTable(codes="code title part process_code process blueprint"),
    "examtally": PersonalTable(),
    "item": PersonalTable(codes="code pool"),
    "itemtally": PersonalTable(codes="choice"),
    "itemversion": PersonalTable(
        codes="type topic facts standards content", third="authors", technical="content_hash"
    ),
    "ledgerhead": PersonalTable(technical="hash"),
    "lesson": PersonalTable(codes="code method topics covers title body"),
    "organisation": PersonalTable(codes="name"),
    "outage": PersonalTable(technical="node"),
    "post": PersonalTable(codes="code name name_en track layer"),
    "procedurestep": PersonalTable(codes="procedure title post output limit standard"),
    "standard": PersonalTable(codes="number"),
    "trainingneed": PersonalTable(codes="post layer module"),
}
