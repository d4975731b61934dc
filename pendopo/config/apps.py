from django.apps import AppConfig


class Config(AppConfig):
    """The place where all modules meet."""

    name = "pendopo.config"

    def ready(self) -> None:
        """Connect the subscriptions."""
        from pendopo.config import wiring

        wiring.connect()
