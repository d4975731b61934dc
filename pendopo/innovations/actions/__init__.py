"""Everything that happens to innovations, one file a use case."""
