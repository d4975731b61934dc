"""What an application ends in: a product that is handed over."""

from pendopo.applications.models.handovers import SIGNATURE, Handover, Move, PickUpService, Receipt

__all__ = ["SIGNATURE", "Handover", "Move", "PickUpService", "Receipt"]
