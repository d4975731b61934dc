"""Pages of the agencies, one file a use case."""
