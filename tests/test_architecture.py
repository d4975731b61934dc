"""What import-linter cannot say: where modules meet, and what no file may be or hold."""

import ast
import re

from tests.sources import CHECKOUT, PRODUCT, Source, everything, product

MEET = {"models", "actions", "queries", "events", "types", "errors", "http"}
# Part of the frame of every module, not of one module's work.
FRAME = {"tenancy": {"wall", "sealing", "fields"}, "documents": {"typesetting"}}
# Only the command line calls the demo, whose acts stand in files of their own: building, playing, removing.
COMMANDS = {"demo"}
# `config` is where all meets: it mounts the doors of every module.
DOORS = {"api", "urls"}
LIVE_MAY_IMPORT = ("pendopo.kernel", "pendopo.tenancy", "pendopo.queues.queries")
DRAWERS = {"services", "utils", "helpers", "managers", "signals", "tasks", "constants"}
LONGEST = 400


def test_modules_meet_only_at_their_faces() -> None:
    assert {f"{source.name}: {name}" for source in product() for name in foreign(source)} == set()


def foreign(source: Source) -> set[str]:
    """Modules that a file may not reach for: the inside of another module."""
    return {name for name, _local in source.imported() if source.module and not _may_meet(source.module, name)}


def _may_meet(module: str, name: str) -> bool:
    parts = name.split(".")
    if parts[0] != "pendopo" or len(parts) < 3 or parts[1] in {module, "kernel"}:
        return True
    if module == "config" and parts[1] in COMMANDS:
        return True
    face = parts[2]
    if face in MEET | FRAME.get(parts[1], set()) or (module == "config" and face in DOORS):
        return True
    port = CHECKOUT.joinpath("pendopo", parts[1], face, "__init__.py")
    return len(parts) == 3 and port.is_file() and "Protocol" in port.read_text()


def test_live_knows_little_of_the_product() -> None:
    sources = [source for source in product() if source.package == "live"]
    known = {name for source in sources for name, _local in source.imported() if name.startswith("pendopo")}

    assert sources
    assert {name for name in known if not name.startswith(LIVE_MAY_IMPORT)} == set()


def test_simulators_know_nothing_of_the_product() -> None:
    sources = [source for source in product() if source.package == "simulators"]

    assert {name for source in sources for name, _ in source.imported() if name.startswith("pendopo")} == set()


def test_the_voice_knows_only_what_is_said() -> None:
    sources = [source for source in product() if source.package == "voice"]
    known = {name for source in sources for name, _local in source.imported() if name.startswith("pendopo")}

    assert sources
    assert {name for name in known if not name.startswith("pendopo.queues.speech")} == set()


def test_there_are_no_drawers() -> None:
    found = [path for package in PRODUCT for path in (CHECKOUT / package).rglob("*") if path.stem in DRAWERS]

    assert found == []


def test_no_file_is_too_long() -> None:
    lengths = {source.name: source.text.count("\n") for source in product()}

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_nothing_happens_behind_a_save() -> None:
    hooks = re.compile(r"\b(receiver|(pre|post)_(save|delete|init)|m2m_changed)\b")
    assert [source.name for source in product() if hooks.search(source.text)] == []

    overrides = [
        f"{source.name}: {node.name}.{method.name}"
        for source in product()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
        for method in node.body
        if isinstance(method, ast.FunctionDef) and method.name in {"save", "delete"}
    ]
    assert overrides == []


def test_only_wiring_subscribes() -> None:
    subscribers = [
        source.name for source in product() if source.module != "kernel" and re.search(r"\bsubscribe\(", source.text)
    ]

    assert subscribers == ["pendopo/config/wiring.py"]


def test_migrations_import_nothing_that_can_change() -> None:
    migrations = [source for source in everything() if source.is_migration]
    names = {name for source in migrations for name, _ in source.imported() if name.startswith("pendopo")}

    assert len(migrations) > 20
    assert names == {"pendopo.tenancy.operations"}


def test_every_public_function_says_what_it_does() -> None:
    silent = [
        f"{source.name}:{node.lineno} {node.name}"
        for source in product()
        for node in source.tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not node.name.endswith(("QuerySet", "Manager"))
        and not (node.name == "register" and source.name.startswith("pendopo/config/cli/"))
        and not ast.get_docstring(node)
    ]

    assert silent == []
