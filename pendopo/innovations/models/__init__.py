"""The tables of innovations. Django finds them here; each stands in the file of its use."""

from pendopo.innovations.models.competing import Competition, Juror, Proposal, ProposalVersion, Scoresheet
from pendopo.innovations.models.iga import IgaMaximum, IgaScore
from pendopo.innovations.models.register import Award, Innovation, Life, Replication, Usage

__all__ = [
    "Award", "Competition", "IgaMaximum", "IgaScore", "Innovation", "Juror", "Life", "Proposal", "ProposalVersion",
    "Replication", "Scoresheet", "Usage",
]  # fmt: skip
