"""What may be done with bills, one file a use case."""
