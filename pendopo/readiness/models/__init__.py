from pendopo.readiness.models.evidence import CRITERION, GATE, Charge, Evidence
from pendopo.readiness.models.gates import Gate, GateVersion, Unit, Value
from pendopo.readiness.models.plan import Assessment, AssessmentLine, PlanStep

__all__ = [
    "CRITERION", "GATE", "Assessment", "AssessmentLine", "Charge", "Evidence", "Gate", "GateVersion", "PlanStep",
    "Unit", "Value",
]  # fmt: skip
