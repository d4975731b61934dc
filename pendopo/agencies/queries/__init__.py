"""What is shown of agencies, one file a use case."""
