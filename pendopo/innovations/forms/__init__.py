"""The shape of what people send from pages of innovations, one file a use case."""
