"""The API's own description: who may use each operation, how it refuses, and a page of it for people."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.types import DictStrAny

from pendopo.kernel.http import answer, audience

METHODS = ("get", "post", "put", "delete")
TOKEN = "Authorization: Bearer …"  # noqa: S105 - how one is sent
BEARER = {"type": "http", "scheme": "bearer", "description": "`pendopo token create EMAIL --mall M`"}
PROBLEM = {
    "title": "Problem",
    "type": "object",
    "description": "RFC 9457. `code` never changes, `detail` is for people, `fields` names what has the wrong shape.",
    "required": ["type", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "fields": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
REFUSED = {
    "description": "Refused, in words",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


class Api(NinjaAPI):
    """An API whose document says whom each operation is for and how it refuses."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Name an operation by its own name: where it stands in our code may change."""
        return operation.view_func.__name__

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: DictStrAny | None = None
    ) -> OpenAPISchema:
        """Describe every operation."""
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        audiences = self.audiences()
        for operation in _operations(document):
            needed = audiences[operation["operationId"]] != "everybody"
            operation["security"] = [{"bearer": []}] if needed else [{}, {"bearer": []}]
            operation["responses"]["default"] = REFUSED
        document["components"]["schemas"]["Problem"] = PROBLEM
        document["components"]["securitySchemes"] = {"bearer": BEARER}
        return document

    def audiences(self) -> dict[str, str | None]:
        """Tell whom each operation is for (its `auth`), None for one that does not say."""
        return {
            operation.view_func.__name__: getattr(operation.auth_param, "__name__", None)
            for _prefix, router in self._routers
            for view in router.path_operations.values()
            for operation in view.operations
        }


def _operations(document: OpenAPISchema) -> Iterator[DictStrAny]:
    for methods in document["paths"].values():
        yield from methods.values()


@dataclass(frozen=True, slots=True)
class Field:
    """One value that is sent or comes back."""

    name: str
    kind: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Described:
    """An operation as the page shows it; `answers` are statuses with their fields."""

    anchor: str
    method: str
    path: str
    summary: str
    words: str
    needs_token: bool
    parameters: list[Field]
    body: list[Field]
    answers: list[tuple[str, list[Field]]]


def page_of(api: Api) -> Callable[[HttpRequest], HttpResponse]:
    """Make the page that shows an API's document: no script, no third party."""

    @audience("public")
    def docs(request: HttpRequest) -> HttpResponse:
        document = api.get_openapi_schema()
        groups: dict[str, list[Described]] = {}
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                shown = _describe(method, path, operation, document)
                groups.setdefault(operation["tags"][0], []).append(shown)
        context = {"groups": groups, "info": document["info"], "token": TOKEN}
        return answer(request, "config/docs.html", context)

    return docs


def _describe(method: str, path: str, operation: DictStrAny, document: OpenAPISchema) -> Described:
    sent = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    return Described(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        words=operation.get("description", ""),
        needs_token={} not in operation["security"],
        parameters=[
            Field(found["name"], _kind(found["schema"], document), found["required"])
            for found in operation.get("parameters", [])
        ],
        body=_fields(sent, document),
        answers=[
            (str(status), _fields(_schema(told), document))
            for status, told in operation["responses"].items()
            if status != "default"
        ],
    )


def _schema(told: DictStrAny) -> DictStrAny:
    found: DictStrAny = told.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def _fields(schema: DictStrAny, document: OpenAPISchema) -> list[Field]:
    whole = _resolved(schema, document)
    if "anyOf" in whole:
        kinds = [_fields(one, document) for one in whole["anyOf"]]
        return max(kinds, key=len)
    required = whole.get("required", [])
    return [Field(name, _kind(one, document), name in required) for name, one in whole.get("properties", {}).items()]


def _kind(schema: DictStrAny, document: OpenAPISchema) -> str:
    whole = _resolved(schema, document)
    if "anyOf" in whole:
        return " | ".join(_kind(one, document) for one in whole["anyOf"])
    if "enum" in whole:
        return " | ".join(str(value) for value in whole["enum"])
    if whole.get("type") == "array":
        inner = _resolved(whole.get("items", {}), document)
        return f"[{', '.join(inner.get('properties', {})) or _kind(inner, document)}]"
    return str(whole.get("format") or whole.get("type", "object"))


def _resolved(schema: Mapping[str, object], document: OpenAPISchema) -> DictStrAny:
    if "allOf" in schema and isinstance(schema["allOf"], list):
        schema = schema["allOf"][0]
    reference = str(schema.get("$ref", ""))
    if not reference:
        return dict(schema)
    found: DictStrAny = document["components"]["schemas"][reference.rpartition("/")[2]]
    return found
