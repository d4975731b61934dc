"""Pages of bills, and where gateways call, one file a use case."""
