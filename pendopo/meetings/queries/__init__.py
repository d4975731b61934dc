"""What is shown of meetings, one file a use case."""
