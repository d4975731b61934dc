"""Documents say what is true: every command is run by a test, every link leads somewhere, every setting is told."""

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_group

from pendopo.config.cli import build
from tests.documents import Document, all_commands, documents
from tests.sources import CHECKOUT

DOCUMENTS = documents()
HERE, CLI = "tests/test_commands.py", "pendopo/config/tests"
CRASH = "tests/crash/test_crash.py::test_nothing_acknowledged_is_lost_when_processes_are_killed"

# Each command of the documents by how it begins, and the test that runs it; the longest beginning counts.
PROOFS = {
    "make": f"{HERE}::test_every_target_of_make_does_what_is_told",
    "make up": f"{HERE}::test_the_demo_mall_comes_up_is_made_anew_and_lives_through_an_update",
    "pendopo up": f"{CLI}/test_cli_up.py::test_it_starts_refuses_a_second_survives_crashes_and_starts_again",
    "pendopo up --tls": f"{HERE}::test_the_hall_is_served_by_https",
    "pendopo setup": f"{CLI}/test_cli_mall.py::test_a_mall_is_set_up_filled_and_gives_its_first_ticket",
    "pendopo import": f"{HERE}::test_the_commands_of_a_mall_run_as_they_are_written",
    "pendopo arrange": f"{HERE}::test_the_commands_of_a_mall_run_as_they_are_written",
    "pendopo keys": f"{HERE}::test_the_commands_of_a_mall_run_as_they_are_written",
    "pendopo rollups": f"{HERE}::test_the_commands_of_a_mall_run_as_they_are_written",
    "pendopo device": f"{HERE}::test_the_commands_of_a_mall_run_as_they_are_written",
    "pendopo token": f"{HERE}::test_the_commands_of_a_mall_run_as_they_are_written",
    "pendopo demo": f"{CLI}/test_cli_demo.py::test_the_demo_mall_is_made_once_tells_its_logins_and_receives_people",
    "pendopo demo --reset": f"{HERE}::test_the_demo_mall_comes_up_is_made_anew_and_lives_through_an_update",
    "pendopo database": f"{CLI}/test_cli_up.py::test_the_database_is_started_named_and_stopped",
    "pendopo database shell": f"{HERE}::test_the_demo_mall_comes_up_is_made_anew_and_lives_through_an_update",
    "pendopo verify": f"{CLI}/test_cli_verify.py::test_a_pdf_and_a_claim_verify_without_a_database",
    "pendopo backup": f"{CLI}/test_cli_up.py::test_a_backup_is_made_and_comes_back_only_when_meant",
    "pendopo restore": f"{CLI}/test_cli_up.py::test_a_backup_is_made_and_comes_back_only_when_meant",
    "pendopo update": f"{HERE}::test_the_demo_mall_comes_up_is_made_anew_and_lives_through_an_update",
    ".venv/bin/python scripts/messages.py": "tests/test_messages.py::test_the_commands_do_what_they_say",
    ".venv/bin/python -m pytest": f"{HERE}::test_a_part_of_the_suite_can_be_chosen",
    ".venv/bin/python -m tests.crash": CRASH,
    ".venv/bin/python -m bench": f"{HERE}::test_every_benchmark_that_is_named_is_there",
    # Root and systemd: the files are there, and what the units start is understood.
    "useradd": f"{HERE}::test_the_units_start_commands_that_exist",
    "cp deploy/": f"{HERE}::test_the_units_start_commands_that_exist",
    "chmod 600 /etc/pendopo.env": f"{HERE}::test_the_units_start_commands_that_exist",
    "systemctl": f"{HERE}::test_the_units_start_commands_that_exist",
}
FOREIGN = re.compile(
    r"pypi|npmjs|pythonhosted|crates\.io|docker\.io|quay\.io|proxy\.golang"
    r"|\bAI\b|claude|anthropic|openai|chatgpt|copilot|\bLLM\b|language model|\bissue\s*#?\d|(?<![\w&])#\d+\b",
    re.IGNORECASE,
)


def name_of(document: Document) -> str:
    """Name a document in the output of the suite."""
    return document.name


def proof_of(command: str) -> str:
    """Return the test that runs a command, '' when there is none."""
    plain = command.removeprefix(".venv/bin/") if ".venv/bin/pendopo" in command else command
    beginnings = [start for start in PROOFS if plain == start or plain.startswith((f"{start} ", f"{start}/"))]
    beginnings += [start for start in PROOFS if start.endswith("/") and plain.startswith(start)]
    return PROOFS[max(beginnings, key=len)] if beginnings else ""


def test_every_command_is_run_by_a_test() -> None:
    commands = all_commands()

    assert len(commands) > 30
    assert [command for command in commands if not proof_of(command)] == []


@pytest.mark.parametrize("proof", sorted(set(PROOFS.values())))
def test_the_test_that_is_named_is_there(proof: str) -> None:
    path, _, name = proof.partition("::")

    assert f"\ndef {name}(" in (CHECKOUT / path).read_text()


def understood(arguments: Sequence[str]) -> None:
    """Let the command line read arguments as it would, without acting. Raises what it refuses."""
    group, rest = get_group(build()), list(arguments)
    command = group.commands[rest.pop(0)]
    while isinstance(command, TyperGroup) and rest and rest[0] in command.commands:
        command = command.commands[rest.pop(0)]
    command.make_context(command.name, rest)


def test_every_command_of_ours_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ours = [parts for command in all_commands() if "pendopo" in (parts := shlex.split(command))[0]]
    for parts in ours:
        for name in [part for part in parts if part.endswith(".csv")]:
            (tmp_path / name).touch()
        # What it would ask for at the terminal is not in the command.
        if parts[1] != "setup":
            understood(parts[1:])

    assert len(ours) > 15


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_commands_in_the_text_exist(document: Document) -> None:
    assert {words.split()[1] for words in document.mentioned} - {"…"} <= set(get_group(build()).commands)


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_leads_somewhere(document: Document) -> None:
    lost = []
    for link in document.links:
        if link.startswith(("https://", "http://localhost")):
            continue
        place, _, anchor = link.partition("#")
        target = (document.path.parent / place).resolve() if place else document.path
        if not target.exists() or (anchor and anchor not in Document(target).anchors):
            lost.append(link)

    assert lost == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_a_document_speaks_of_the_product_only(document: Document) -> None:
    assert [found[0] for found in FOREIGN.finditer(document.text)] == []
    assert set(document.fences) <= {"sh", "text", "python", "html", "json"}


def test_both_readmes_say_the_same() -> None:
    english, indonesian = (Document(CHECKOUT / name) for name in ("README.md", "README.id.md"))

    assert english.commands == indonesian.commands
    assert [link for link in english.links if "README" not in link] == [
        link for link in indonesian.links if "README" not in link
    ]
    assert english.text.count("\n## ") == indonesian.text.count("\n## ")


def test_every_setting_is_told() -> None:
    setting = re.compile(r"\b(?:PENDOPO_[A-Z_]+|DATABASE_URL)\b")
    read = set(setting.findall((CHECKOUT / "pendopo" / "config" / "env.py").read_text()))
    table = re.findall(r"^\| `([A-Z_]+)` \|", (CHECKOUT / "docs" / "operations.md").read_text(), re.MULTILINE)

    assert sorted(table) == sorted(read)


def test_every_module_says_what_it_is_for() -> None:
    modules = [path.parent for path in (CHECKOUT / "pendopo").glob("*/__init__.py")]

    assert [module.name for module in modules if not (module / "README.md").is_file()] == []
    architecture = (CHECKOUT / "docs" / "architecture.md").read_text()
    assert [module.name for module in modules if f"[`{module.name}`]" not in architecture] == []
