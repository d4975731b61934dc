from pathlib import Path

import pytest

from pendopo.config.connections import connection_options, connection_parameters, connection_url
from pendopo.config.env import Env
from pendopo.config.errors import WrongEnvironment

GIVEN = {"PENDOPO_SECRET_KEY": "k" * 40, "PENDOPO_MASTER_KEY": "m" * 40}


def test_without_any_setting_it_is_one_pc(tmp_path: Path) -> None:
    env = Env.read({"PENDOPO_DATA": str(tmp_path / "var")})

    assert (env.host, env.port, env.live_port) == ("127.0.0.1", 8000, 8001)
    assert env.database_url is None
    assert (env.debug, env.tls, env.live_origin) == (False, False, None)
    assert env.hosts == ("localhost", "127.0.0.1", "[::1]")


@pytest.mark.parametrize("name", ["secret_key", "master_key"])
def test_each_key_is_made_once_and_only_we_read_it(tmp_path: Path, name: str) -> None:
    first = Env.read({"PENDOPO_DATA": str(tmp_path / "var")})
    second = Env.read({"PENDOPO_DATA": str(tmp_path / "var")})
    made = str(getattr(first, name))

    assert made == getattr(second, name)
    assert len(made) >= 50
    assert (tmp_path / "var" / name).stat().st_mode & 0o777 == 0o600
    assert made not in repr(first)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PENDOPO_PORT", "http", "whole number"),
        ("PENDOPO_PORT", "0", "1 to 65535"),
        ("PENDOPO_LIVE_PORT", "65536", "1 to 65535"),
        ("PENDOPO_LIVE_PORT", "²", "whole number"),
        ("PENDOPO_LIVE_PORT", "8000", "must differ"),
        ("PENDOPO_HOST", "localhost", "IP address"),
        ("PENDOPO_DEBUG", "maybe", "1 for yes"),
        ("PENDOPO_TLS", "2", "1 for yes"),
        ("PENDOPO_HOSTS", "https://mpp.contoh.go.id", "names only"),
        ("PENDOPO_LIVE_ORIGIN", "mpp.contoh.go.id", "scheme"),
        ("PENDOPO_LIVE_ORIGIN", "https://mpp.contoh.go.id/live", "only"),
        ("PENDOPO_SECRET_KEY", "short", "32 or more"),
        ("PENDOPO_MASTER_KEY", "short", "32 or more"),
        ("DATABASE_URL", "mysql://app:geheim@db/pendopo", "postgresql://"),
        ("PENDOPO_OWNER_DATABASE_URL", "postgresql://owner@db/pendopo", "DATABASE_URL"),
        ("PENDOPO_DATA", "/etc/passwd", "must be a folder"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(tmp_path: Path, name: str, value: str, words: str) -> None:
    with pytest.raises(WrongEnvironment) as refusal:
        Env.read({"PENDOPO_DATA": str(tmp_path / "var"), **GIVEN, name: value})

    assert name in str(refusal.value)
    assert words in str(refusal.value)
    assert "geheim" not in str(refusal.value)
    assert not (tmp_path / "var").exists()


def test_both_roles_of_the_embedded_server_are_known_before_it_is_there(tmp_path: Path) -> None:
    env = Env.read({"PENDOPO_DATA": str(tmp_path / "var"), **GIVEN})

    app, owner = connection_parameters(env, "app"), connection_parameters(env, "owner")

    assert (app["USER"], owner["USER"]) == ("pendopo_app", "pendopo_owner")
    assert app["PASSWORD"] != owner["PASSWORD"]
    assert app["HOST"] == owner["HOST"]
    assert app == connection_parameters(env, "app")
    assert not (tmp_path / "var" / "postgres").exists()


def test_two_given_urls_are_two_roles(tmp_path: Path) -> None:
    env = Env.read(
        {
            "PENDOPO_DATA": str(tmp_path / "var"),
            "DATABASE_URL": "postgresql://a:p%40x@db.example:6432/mall?sslmode=require",
            "PENDOPO_OWNER_DATABASE_URL": "postgresql://o:y@db.example/mall",
            **GIVEN,
        }
    )

    assert connection_parameters(env, "app") == {
        "NAME": "mall", "USER": "a", "PASSWORD": "p@x", "HOST": "db.example", "PORT": "6432",
    }  # fmt: skip
    assert connection_options(env, "app") == {"sslmode": "require"}
    assert connection_url(env, "app") == "postgresql://a:p%40x@db.example:6432/mall?sslmode=require"
    assert connection_parameters(env, "owner")["USER"] == "o"


def test_one_given_url_is_an_administrators_and_our_roles_work_there(tmp_path: Path) -> None:
    env = Env.read(
        {"PENDOPO_DATA": str(tmp_path / "var"), "DATABASE_URL": "postgresql://admin:x@db.example/mall", **GIVEN}
    )

    app = connection_parameters(env, "app")

    assert (app["USER"], app["HOST"], app["NAME"]) == ("pendopo_app", "db.example", "mall")
    assert app["PASSWORD"] != "x"
    assert connection_parameters(env, "owner")["USER"] == "pendopo_owner"
