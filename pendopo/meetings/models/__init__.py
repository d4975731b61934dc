"""The tables of meetings. Django finds them here; each stands in the file of its use."""

from pendopo.meetings.models.decisions import Decision, DecisionReport
from pendopo.meetings.models.letters import Letter
from pendopo.meetings.models.meetings import AgendaPoint, Invitation, Meeting, Paper, Postponement

__all__ = ["AgendaPoint", "Decision", "DecisionReport", "Invitation", "Letter", "Meeting", "Paper", "Postponement"]
