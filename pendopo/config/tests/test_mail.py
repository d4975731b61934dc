"""The mail server that the environment names, as Django wants it."""

from pathlib import Path

import pytest

from pendopo.config.env import Env
from pendopo.config.errors import WrongEnvironment
from pendopo.config.mail import NOWHERE, mailer


def test_without_a_server_nothing_is_mailed(tmp_path: Path) -> None:
    env = Env.read({"PENDOPO_DATA": str(tmp_path)})

    assert env.mail is None
    assert mailer(env.mail) == NOWHERE


@pytest.mark.parametrize(
    ("address", "port", "use_ssl", "use_tls"),
    [
        ("smtp://mpp:p%40ss@mail.contoh.test", 587, False, True),
        ("smtps://mpp:p%40ss@mail.contoh.test", 465, True, False),
        ("smtp://mpp:p%40ss@localhost:1025", 1025, False, False),
    ],
)
def test_a_server_is_reached_by_tls_unless_it_is_this_machine(
    tmp_path: Path, address: str, port: int, use_ssl: bool, use_tls: bool
) -> None:
    env = Env.read({"PENDOPO_DATA": str(tmp_path), "PENDOPO_MAIL": address, "PENDOPO_MAIL_FROM": "mpp@contoh.test"})
    options = mailer(env.mail)["OPTIONS"]

    assert isinstance(options, dict)
    told = (options["port"], options["use_ssl"], options["use_tls"], options["username"], options["password"])
    assert told == (port, use_ssl, use_tls, "mpp", "p@ss")
    assert env.mail_from == "mpp@contoh.test"
    assert "p%40ss" not in repr(env)


@pytest.mark.parametrize("address", ["mail.contoh.test", "http://mail.contoh.test", "smtp://"])
def test_what_is_no_mail_server_is_refused_in_words(tmp_path: Path, address: str) -> None:
    with pytest.raises(WrongEnvironment, match="PENDOPO_MAIL"):
        Env.read({"PENDOPO_DATA": str(tmp_path), "PENDOPO_MAIL": address})
