"""What may be done with agencies, one file a use case."""
