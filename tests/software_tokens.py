"""A software token (SoftHSM) for a test, as the worker's process sees it."""

import os
import subprocess
from pathlib import Path

import pkcs11
import pytest

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "4711-pin"


def made(folder: Path, monkeypatch: pytest.MonkeyPatch, *, label: str) -> str:
    """Make a token in a folder of its own, and the file `pin` beside it; return the query of its keys' URIs."""
    (folder / "tokens").mkdir()
    (folder / "conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    (folder / "pin").write_text(PIN)
    monkeypatch.setenv("SOFTHSM2_CONF", str(folder / "conf"))
    tell("--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "0815")
    # A process reads once where its tokens are: one that had another test's would not find this one.
    pkcs11.lib(os.fspath(MODULE)).reinitialize()
    return f"module-path={MODULE}&pin-source=file:{folder / 'pin'}"


def tell(*words: str) -> None:
    """Run the token's tool, in a process of its own, as an operator would."""
    subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)
