"""The shape of what people send from pages of the agencies, one file a use case."""
