"""Scoring tables that both schemes use; companies put their own into the policy."""

from certify.api import ScoringTable, TableForm

AS_IT_IS = ScoringTable.of((0, 0), (100, 100), form=TableForm.LINEAR)
"""A score from 0 to 100, such as a mean of a survey, counts as it is."""
RATE = ScoringTable.of((0, 0), (60, 0), (80, 60), (95, 90), (100, 100), form=TableForm.LINEAR)
"""A rate in percent: 95 percent, the usual target of the sources, is worth 90."""
FAULT_RATE = ScoringTable.of((0, 100), (1, 90), (5, 60), (10, 0), (100, 0), form=TableForm.LINEAR)
"""A rate of faults in percent: 1 percent is worth 90, from 10 percent on it is nothing."""
