from pendopo.inspections.models.findings import Finding, Step
from pendopo.inspections.models.inspections import Answer, Aside, Inspection, Opinion, Place, Signature, Turn
from pendopo.inspections.models.photos import Photo

__all__ = ["Answer", "Aside", "Finding", "Inspection", "Opinion", "Photo", "Place", "Signature", "Step", "Turn"]
