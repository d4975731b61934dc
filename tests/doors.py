"""Every door there is: pages from the URL resolver, operations from the OpenAPI document, each with its audience."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from pendopo.config.api import api

# Answers 404 to everybody: ninja needs it to know its own address.
NOBODYS = {"api:api-root"}


@dataclass(frozen=True)
class Door:
    """One route and method. `path` has its parameters in braces, `name` is the route's; audience None: not declared."""

    name: str
    method: str
    path: str
    audience: str | None

    @property
    def parameters(self) -> set[str]:
        """The names of what its path asks for."""
        return {part[1:-1] for part in self.path.split("/") if part.startswith("{")}

    def at(self, values: Mapping[str, object]) -> str:
        """Write its address."""
        return self.path.format(**values)


def pages() -> list[Door]:
    """Return every page, once for reading and once for writing."""
    found = list(_walk(get_resolver().url_patterns, "/", ""))
    return [
        Door(name, method, path, getattr(view, "audience", None))
        for name, path, view in found
        if name not in NOBODYS and not _is_operation(name)
        for method in ("GET", "POST")
    ]


def operations() -> list[Door]:
    """Return every operation of the OpenAPI document."""
    audiences = {
        (f"/api/v1{path}", method): getattr(operation.auth_param, "__name__", None)
        for _prefix, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    }
    document: Mapping[str, Mapping[str, Mapping[str, object]]] = api.get_openapi_schema()["paths"]
    return [
        Door(str(operation["operationId"]), method.upper(), path, audiences.get((path, method.upper())))
        for path, methods in document.items()
        for method, operation in methods.items()
    ]


def _is_operation(name: str) -> bool:
    return name.startswith("api:") and not name.startswith("api:openapi")


def _walk(
    patterns: list[URLPattern | URLResolver], before: str, namespace: str
) -> Iterator[tuple[str, str, Callable[..., object]]]:
    for pattern in patterns:
        assert isinstance(pattern.pattern, RoutePattern)
        path = before + _braces(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _walk(pattern.url_patterns, path, namespace + inner)
        else:
            yield namespace + (pattern.name or path), path, pattern.callback


def _braces(route: str) -> str:
    return "/".join(
        "{" + part.strip("<>").rpartition(":")[2] + "}" if part.startswith("<") else part for part in route.split("/")
    )
