"""What the mall offers: services, variants, where they are offered, and the published copy that the public reads."""

from pendopo.catalogue.models.published import Published
from pendopo.catalogue.models.services import Fee, Offering, Service, Variant

__all__ = ["Fee", "Offering", "Published", "Service", "Variant"]
