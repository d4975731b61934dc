"""The shape of what people send from pages of the catalogue."""
