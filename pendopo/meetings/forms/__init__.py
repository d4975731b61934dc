"""The shape of what people send from pages of meetings, one file a use case."""
