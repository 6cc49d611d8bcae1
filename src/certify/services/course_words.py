"""What courses and lessons are, in the words of every front end."""

from certify.i18n import N_

METHODS = {
    "lecture": N_("lecture"),
    "case": N_("case study"),
    "simulation": N_("simulation"),
    "role-play": N_("role play"),
    "self-study": N_("self-study"),
    "discussion": N_("discussion"),
}
"""Methods of lessons."""
TRACKS = {"service": N_("service line"), "technical": N_("technical line")}
LAYERS = {
    "new-front-line": N_("new, front line"),
    "experienced-front-line": N_("experienced, front line"),
    "new-management": N_("new, management"),
    "experienced-management": N_("experienced, management"),
}
MODES = {"internal": N_("internal"), "external": N_("external"), "online": N_("online")}
"""How a course is given (S0-TR-05 … S0-TR-07)."""
