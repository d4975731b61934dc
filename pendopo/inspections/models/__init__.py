from pendopo.inspections.models.findings import Finding, Step
from pendopo.inspections.models.inspections import Answer, Inspection, Opinion, Place, Signature
from pendopo.inspections.models.photos import Photo

__all__ = ["Answer", "Finding", "Inspection", "Opinion", "Photo", "Place", "Signature", "Step"]
