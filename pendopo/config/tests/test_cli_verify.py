"""`pendopo verify`: it says what is true of a PDF and of a claim, with nothing but a key file."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from pendopo.agencies.tests import make as make_agencies
from pendopo.documents import vault
from pendopo.documents.tests import make
from pendopo.documents.types import Given
from pendopo.tenancy import wall


def verify(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run it where there is no database."""
    surroundings = os.environ | {
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "PENDOPO_OWNER_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    }
    command = [str(Path(sys.executable).with_name("pendopo")), "verify", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=surroundings, check=False)


@pytest.mark.django_db
def test_a_pdf_and_a_claim_verify_without_a_database(tmp_path: Path) -> None:
    mall, scanned = make_agencies.mall(), list[Given]()
    with wall.inside(mall.pk):

        def paper(given: Given) -> bytes:
            scanned.append(given)
            return make.paper(given)

        document = make.issued(mall, set_paper=paper)
        content = vault.content(document)
        told = Client().get(f"/m/{mall.slug}/v/key.json").content
    (tmp_path / "key.json").write_bytes(told)
    (tmp_path / "surat.pdf").write_bytes(content)
    (tmp_path / "lain.pdf").write_bytes(content.replace(b"503/0001", b"503/0009", 1))
    key, file = f"--key={tmp_path}/key.json", f"{tmp_path}/surat.pdf"
    claim = scanned[-1].scanned

    assert re.search(r"utuh.*oleh MPP ini.*503/0001", (good := verify(file, key)).stdout)
    assert (good.returncode, verify(file).returncode) == (0, 0)
    altered = verify(f"{tmp_path}/lain.pdf", key)
    assert (altered.returncode, "Traceback" in altered.stderr) == (1, False)
    said = verify(claim, key)
    assert (said.returncode, document.number_text in said.stdout) == (0, True)
    assert verify(claim).returncode == 1
    assert verify(claim[:-9] + "AAAAAAAAA", key).returncode == 1
    (tmp_path / "key.json").write_text(json.dumps({"keys": []}))
    assert verify(claim, key).returncode == 1
