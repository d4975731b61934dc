"""What the mall offers: services, variants, where they are offered, and the published copy that the public reads."""

from pendopo.catalogue.models.charters import CharterSigner
from pendopo.catalogue.models.coverage import Coverage, CoverageDecision, OwnOffice
from pendopo.catalogue.models.notices import FloorPlan, Notice
from pendopo.catalogue.models.offers import Fee, Offering, Service, Variant
from pendopo.catalogue.models.published import Published, Word
from pendopo.catalogue.models.standards import Publication, Standard

__all__ = [
    "CharterSigner", "Coverage", "CoverageDecision", "Fee", "FloorPlan", "Notice", "Offering", "OwnOffice",
    "Publication", "Published", "Service", "Standard", "Variant", "Word",
]  # fmt: skip
