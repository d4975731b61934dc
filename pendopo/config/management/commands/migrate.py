"""Django's `migrate`, without building all models anew at each step, which took most of a first start."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.core.management.commands import migrate
from django.db.migrations.state import ProjectState


class Command(migrate.Command):
    """Bring the tables up to date."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate as Django does."""
        with changed_models_alone():
            super().handle(*args, **options)


@contextmanager
def changed_models_alone() -> Iterator[None]:
    """Let a step build the model anew that it changes, and not every model that hangs together with it: nearly all.

    Django has this for its own lighter steps (`delay`): what is then out of date is built anew before any migration
    that runs Python (`ProjectState.clear_delayed_apps_cache`). Steps of the schema ask for tables and columns alone.
    """

    def reload_model(self: Any, app_label: str, model_name: str, delay: bool = False) -> None:
        if "apps" in self.__dict__:
            self.is_delayed = True
            self._reload({(app_label, model_name)})

    with mock.patch.object(ProjectState, "reload_model", reload_model):
        yield
