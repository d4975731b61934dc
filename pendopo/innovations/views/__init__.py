"""The pages of innovations, one file a use case."""
