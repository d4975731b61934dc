"""The database: how to reach it (cheap, for settings), and the server that runs in the data folder."""

from pendopo.config.connections import connection_options, connection_parameters, connection_url

__all__ = ["connection_options", "connection_parameters", "connection_url"]
