"""Pages of meetings, one file a use case."""
