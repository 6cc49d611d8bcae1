"""What the lessons of onboarding must hold between them (R-LRN-02).

Five contents for head office (S3-TR-06), five for the department (S3-TR-08), four for training new
staff (S0-TR-01). A lesson names those that its text holds: `covers = ["six-steps"]`.
"""

from certify.i18n import N_

HEAD_OFFICE = {
    "company": N_("the company: state, scope, features, goals"),
    "organisation": N_("organisation and leaders"),
    "company-rules": N_("rules of the company"),
    "workplace": N_("work environment and office equipment"),
    "ethics": N_("expected ethics and etiquette"),
}
DEPARTMENT = {
    "department": N_("the department: structure, functions, rules"),
    "post-duties": N_("duties and process of the post"),
    "daily-work": N_("daily and ad-hoc work"),
    "post-skills": N_("skills of the post"),
    "related-departments": N_("related departments"),
}
NEW_STAFF = {
    "service-rules": N_("service rules of the company"),
    "six-steps": N_("the six-step method"),
    "service-standards": N_("service standards"),
    "communication": N_("communication skills"),
}
GROUPS = {"head-office": HEAD_OFFICE, "department": DEPARTMENT, "new-staff": NEW_STAFF}
GROUP_NAMES = {
    "head-office": N_("Head office"),
    "department": N_("Department"),
    "new-staff": N_("Training of new staff"),
}
MUST_COVER = {**HEAD_OFFICE, **DEPARTMENT, **NEW_STAFF}
"""Every content by its code."""
METHODS_NEEDED = ("lecture", "case", "simulation")
"""Methods that an onboarding course has at least once each (S0-TR-02, R-LRN-04)."""
