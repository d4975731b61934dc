"""A provider in a process of its own, for whoever measures: it tells its settings, and how many messages it took."""

from multiprocessing.connection import Connection

from simulators.messages.whatsapp import SimulatedWhatsApp


def provide(line: Connection) -> None:
    """Serve until told to end; to "count" answer how many messages were taken, and how many of them are distinct."""
    provider = SimulatedWhatsApp()
    with provider.running():
        line.send(provider.settings)
        while line.recv() == "count":
            line.send((len(provider.taken), len({one.key for one in provider.taken})))
