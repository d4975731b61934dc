"""Renew docs/pictures from the demo mall on a busy morning: `scripts/pictures`; only some: `scripts/pictures hall`."""

import sys
from pathlib import Path

from tests import plugin

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"


def main(wanted: list[str]) -> None:
    """Take the pictures whose names begin with what is wanted; all of them when nothing is."""
    try:
        plugin.start()
        plugin.SERVER.create_database(plugin.DATABASE, template="pendopo")
        import django

        django.setup()
        from tests.end_to_end.photographer import take

        take(PICTURES, tuple(wanted))
    finally:
        plugin.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
