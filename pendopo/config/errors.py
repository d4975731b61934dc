"""What can go wrong before a request is there to be answered: each is said in words to whoever runs the machine."""


class Failed(Exception):
    """A command that cannot do what it was asked."""


class WrongEnvironment(Failed):
    """A setting that cannot be used."""


class NoServer(Failed):
    """The database server cannot run here."""


class DatabaseNotFit(Failed):
    """A database that cannot be used as it is."""
