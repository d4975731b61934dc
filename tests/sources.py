"""The product's source as the structure tests read it: files, imports, and where a name comes from."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
PRODUCT = ("pendopo", "live", "simulators", "voice")


@dataclass(frozen=True)
class Source:
    """One Python file of the product."""

    path: Path

    @property
    def name(self) -> str:
        """Its path in the checkout, for messages."""
        return self.path.relative_to(CHECKOUT).as_posix()

    @property
    def package(self) -> str:
        """The top-level package: pendopo, live, simulators, voice."""
        return self.path.relative_to(CHECKOUT).parts[0]

    @property
    def module(self) -> str:
        """The module of Pendopo it belongs to, '' elsewhere."""
        parts = self.path.relative_to(CHECKOUT).parts
        return parts[1] if parts[0] == "pendopo" and len(parts) > 2 else ""

    @property
    def parts(self) -> tuple[str, ...]:
        """Its path within its module."""
        return self.path.relative_to(CHECKOUT).parts[2:]

    @property
    def is_test(self) -> bool:
        """Whether it is part of the tests beside the code."""
        return "tests" in self.path.parts or self.path.name == "conftest.py"

    @property
    def is_migration(self) -> bool:
        """Whether it is a migration."""
        return self.path.parent.name == "migrations"

    @cached_property
    def text(self) -> str:
        """What is written in it."""
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        """The same, parsed."""
        return ast.parse(self.text)

    def imported(self) -> Iterator[tuple[str, str]]:
        """Give each imported module by its full name, with the local name it (or what is taken from it) has."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, alias.asname or alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for alias in node.names:
                    whole = f"{node.module}.{alias.name}"
                    yield (whole if is_module(whole) else node.module), alias.asname or alias.name


def is_module(name: str) -> bool:
    """Tell whether a dotted name is a module of this checkout."""
    place = CHECKOUT.joinpath(*name.split("."))
    return place.is_dir() or place.with_suffix(".py").is_file()


def product() -> list[Source]:
    """Return every file of the product that runs: neither tests nor migrations."""
    return [source for source in everything() if not (source.is_test or source.is_migration)]


def everything() -> list[Source]:
    """Return every Python file of the product."""
    return [Source(path) for package in PRODUCT for path in sorted((CHECKOUT / package).rglob("*.py"))]


def strings(tree: ast.AST) -> Iterator[str]:
    """Give every text written in the code, docstrings too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
