"""What may be done in inspections, one file a use case."""
