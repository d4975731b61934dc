"""The shape of what inspectors and agencies send, one file a use case."""
