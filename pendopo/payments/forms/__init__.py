"""The shape of what people send from pages of bills, one file a use case."""
