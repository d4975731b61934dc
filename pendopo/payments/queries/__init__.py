"""What is shown of bills, one file a use case."""
