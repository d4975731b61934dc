"""Pages of inspections, one file a use case."""
