"""What tables there are, and how many rows are in them."""

from django.apps import apps
from django.db import connection, models

from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall


def tables(tenant: str) -> list[type[models.Model]]:
    """Return our models that belong to a mall, to accounts, or to everybody."""
    return [model for model in ours() if getattr(model, "tenant", None) == tenant]


def ours() -> list[type[models.Model]]:
    """Return every model of the product."""
    return [model for model in apps.get_models() if model.__module__.startswith("pendopo.")]


def rows(statement: str, *arguments: str | int | list[str]) -> list[tuple[object, ...]]:
    """Ask the database as the role app."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(arguments) or None)
        return [tuple(row) for row in cursor.fetchall()]


def count_rows(*malls: Mall) -> dict[str, int]:
    """Count the rows of every table: those of these malls behind the wall, and all of the others'."""
    counts: dict[str, int] = {}
    inside = " UNION ALL ".join(_count(model) for model in tables("mall"))
    outside = " UNION ALL ".join(_count(model) for model in apps.get_models() if model not in tables("mall"))
    with connection.cursor() as cursor:
        for mall in malls:
            with wall.inside(mall.pk):
                cursor.execute(inside)
                counts |= {f"{mall.slug} {table}": number for table, number in cursor.fetchall()}
        cursor.execute(outside)
        counts |= dict(cursor.fetchall())
    return counts


def _count(model: type[models.Model]) -> str:
    return f"SELECT '{model._meta.db_table}', count(*) FROM {model._meta.db_table}"
