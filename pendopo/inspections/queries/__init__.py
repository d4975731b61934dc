"""What is shown of inspections, one file a use case."""
