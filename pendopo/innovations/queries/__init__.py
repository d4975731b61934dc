"""What is shown of innovations, one file a use case."""
