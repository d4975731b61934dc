"""Everything that can happen to a ticket and at a counter, by use case."""
