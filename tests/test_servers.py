import os

import httpx
import pytest

from tests import servers


@pytest.mark.usefixtures("committed")
def test_a_web_process_answers_and_is_gone_afterwards() -> None:
    with servers.web() as web:
        assert httpx.get(f"{web.url}/readyz").json() == {"status": "ready"}
        group = os.getpgid(web.process.pid)

    with pytest.raises(ProcessLookupError):
        os.killpg(group, 0)
    assert not servers.answers(web.port)


@pytest.mark.usefixtures("committed")
def test_it_is_gone_also_when_the_test_fails() -> None:
    with pytest.raises(ZeroDivisionError), servers.web() as web:
        _ = 1 / 0

    assert web.process.poll() is not None
    assert not servers.answers(web.port)
