"""Every public function of every `actions.py` was called at least once by the suite and left an audit entry.

The functions are wrapped while the suite runs. Each worker writes what it saw into the run's folder; whoever started
the run reads it all at the end, and fails the run. A part of the suite is judged only with `--witness`.
"""

import functools
import importlib
import inspect
import json
import os
import pkgutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from psycopg.pq import TransactionStatus

import pendopo

# What leaves no entry, and why.
EXEMPT = {
    "pendopo.queues.actions.estimating.tell_wait": "nobody's act; what was told stands in the ticket, once",
    "pendopo.queues.actions.estimating.tell_waits": "the same for a visit's tickets",
    "pendopo.queues.actions.planned_closings.tell_changes": "nobody's act: the hour has come; the events are the trace",
    "pendopo.queues.actions.speaking.acknowledge": "each call; the row itself tells which device said what and when",
    "pendopo.queues.actions.departing.keep_offer": "refuses what people wait for and changes nothing",
    "pendopo.tenancy.actions.keys.reseal": "what is sealed says the same as before; the change of the key is witnessed",
    "pendopo.documents.actions.giving.empty": "its caller witnesses it",
    "pendopo.documents.actions.storing.is_own": "looks and changes nothing",
    "pendopo.documents.actions.sweeping.take_up": "defers jobs and changes nothing",
    "pendopo.payments.actions.scanning.take_up": "the same for pictures of receipts",
    "pendopo.people.actions.codes.letter_of": "reads what is to be sent and changes nothing",
    "pendopo.people.actions.contacts.hold_contact": "takes a lock and changes nothing",
    "pendopo.people.actions.limits.spend": "each try; the row itself is the count",
    "pendopo.people.actions.limits.forget": "removes counts that are over",
    "pendopo.people.actions.remembering.remember": "what allauth counts for minutes, at each try",
    "pendopo.people.actions.remembering.remember_first": "the same, where nothing was counted",
    "pendopo.people.actions.remembering.recall": "reads what is counted",
    "pendopo.people.actions.remembering.forget": "the count of who got in",
    "pendopo.people.actions.remembering.forget_until": "removes counts that are over",
    "pendopo.demo.actions.demo_only": "refuses a real mall and changes nothing",
    "pendopo.queues.actions.printing.look": "each printer every 30 seconds; the device's `paper` is the trace",
    "pendopo.tenancy.actions.miss_printer": "each silent printer every 30 seconds; the device's `paper` is the trace",
    "pendopo.tenancy.actions.heartbeat": "each device every 30 seconds; `last_seen_at` is the trace",
}
# Numbers are drawn from these with every entry; a sequence has no policy, so that no mall must be named to look.
SEQUENCES = (
    "SELECT (SELECT last_value FROM audit_entry_id_seq), (SELECT last_value FROM audit_installationentry_id_seq)"
)

FAULTS = pytest.StashKey[list[str]]()
_all: set[str] = set()
_called: set[str] = set()
_witnessed: set[str] = set()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a part of the suite be judged too."""
    parser.addoption("--witness", action="store_true", help="judge the audit of actions also for a part of the suite")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Wrap the actions before any test module imports them."""
    if config.option.collectonly or config.option.help:
        return
    for name in _modules():
        module = importlib.import_module(name)
        for public, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == name and not public.startswith("_"):
                setattr(module, public, _watched(f"{name}.{public}", function))
                _all.add(f"{name}.{public}")


def _modules() -> list[str]:
    found = []
    for package in pkgutil.iter_modules(pendopo.__path__, "pendopo."):
        place = Path(pendopo.__path__[0], package.name.rpartition(".")[2])
        if (place / "actions.py").exists() or (place / "actions").is_dir():
            found.append(f"{package.name}.actions")
        found += [f"{package.name}.actions.{path.stem}" for path in (place / "actions").glob("[!_]*.py")]
    return found


def _watched[**P, R](name: str, function: Callable[P, R]) -> Callable[P, R]:
    @functools.wraps(function)
    def watched(*args: P.args, **kwargs: P.kwargs) -> R:
        _called.add(name)
        # An entry of a thread beside it would stand against an excuse.
        if name in _witnessed or (name in EXEMPT and threading.active_count() > 1):
            return function(*args, **kwargs)
        before = _numbers()
        result = function(*args, **kwargs)
        if before is not None and _numbers() not in {before, None}:
            _witnessed.add(name)
        return result

    return watched


def _numbers() -> tuple[object, ...] | None:
    """Look beside Django, which counts queries in some tests."""
    raw = connection.connection
    if (
        raw is None
        or raw.closed
        or raw.info.transaction_status not in {TransactionStatus.IDLE, TransactionStatus.INTRANS}
    ):
        return None
    row: tuple[object, ...] | None = raw.execute(SEQUENCES).fetchone()
    return row


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Write what was seen; at the very end, judge it."""
    folder = Path(os.environ["PENDOPO_TEST_FOLDER"])
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    seen = {"called": sorted(_called), "witnessed": sorted(_witnessed)}
    if folder.is_dir():
        (folder / f"witness-{worker or 'alone'}.json").write_text(json.dumps(seen))
    if worker or not _is_whole(session.config) or exitstatus not in {0, 1} or session.shouldstop:
        return
    faults = judge(*_everything_seen(folder))
    session.config.stash[FAULTS] = faults
    if faults:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def judge(called: set[str], witnessed: set[str]) -> list[str]:
    """Name every action that was never called, that left no entry, or that is excused without need."""
    return [
        *(f"{name} was called by no test" for name in sorted(_all - called)),
        *(f"{name} left no audit entry" for name in sorted((_all & called) - witnessed - set(EXEMPT))),
        *(f"{name} is excused but leaves an entry" for name in sorted(set(EXEMPT) & witnessed)),
        *(f"{name} is excused but is no action" for name in sorted(set(EXEMPT) - _all)),
    ]


def _everything_seen(folder: Path) -> tuple[set[str], set[str]]:
    files = [json.loads(path.read_text()) for path in folder.glob("witness-*.json")]
    return {name for file in files for name in file["called"]}, {name for file in files for name in file["witnessed"]}


def _is_whole(config: pytest.Config) -> bool:
    if config.option.witness:
        return True
    chosen = config.option.keyword or config.option.markexpr or config.option.deselect or config.option.collectonly
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS and not chosen


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what tests told of themselves, and which actions nobody witnessed."""
    for report in terminalreporter.getreports("passed"):
        for what, number in report.user_properties:
            terminalreporter.line(f"{report.nodeid.rpartition('::')[2]}: {number} {what}")
    faults = config.stash.get(FAULTS, None)
    if faults:
        terminalreporter.section("actions without witness", red=True)
        for fault in faults:
            terminalreporter.line(fault)
    elif faults is not None:
        terminalreporter.line(
            f"Each of {len(_all)} actions was called and left an audit entry ({len(EXEMPT)} excused)."
        )
