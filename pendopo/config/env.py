"""What the surroundings decide: every setting that is not the same everywhere comes through here."""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pendopo.config.channels import channels
from pendopo.config.errors import WrongEnvironment
from pendopo.config.place import kept_secret
from pendopo.kernel.tokens import SCHEME, Place, WrongToken
from pendopo.notifications.types import ChannelSettings

CHECKOUT = Path(__file__).resolve().parents[2]

TRUE = frozenset({"1", "true", "yes", "on", "ya"})
FALSE = frozenset({"", "0", "false", "no", "off", "tidak"})


@dataclass(frozen=True, kw_only=True)
class Env:
    """What differs from machine to machine, read once."""

    port: int = 8000
    live_port: int = 8001
    host: str = "127.0.0.1"
    data: Path
    # Without it the server of `pendopo.config.postgres` is started in `data`.
    database_url: str | None = field(default=None, repr=False)
    owner_database_url: str | None = field(default=None, repr=False)
    secret_key: str = field(repr=False)
    # A secret, or the pkcs11: URI of a key in a token; the one before it while keys are wrapped anew.
    master_key: str = field(repr=False)
    master_key_before: str = field(default="", repr=False)
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    # Where browsers find `live`; None: the host of the page, on `live_port`.
    live_origin: str | None = None
    # smtp://NAME:PASSWORD@HOST:PORT or smtps://…; without it nothing is mailed, and pages say so.
    mail: str | None = field(default=None, repr=False)
    mail_from: str = "pendopo@localhost"
    # Who carries WhatsApp messages and SMS; without it these channels are not offered.
    channels: ChannelSettings = field(default_factory=ChannelSettings, repr=False)
    # The pkcs11: URI of the key pair of the seal.
    signing_token: str = field(default="", repr=False)
    # https://NAME:PASSWORD@HOST/?… of e-Sign services, with spaces.
    bsre: str = field(default="", repr=False)
    # Where clamd listens: /path/of/socket or host:port. Without it files that people give wait.
    clamd: str = ""
    debug: bool = False
    tls: bool = False
    # A server in front of us tells by X-Forwarded-For who called; without it anybody could write there what they like.
    behind_proxy: bool = False
    # With `up --tls`: the folder of our own certificates, and where they are handed out without HTTPS.
    certificates: Path | None = None
    handout_port: int = 8002

    @classmethod
    def read(cls, source: Mapping[str, str] | None = None) -> Self:
        """Read the settings of this process, and refuse in words what cannot be meant.

        PENDOPO_HOST, PENDOPO_PORT, PENDOPO_LIVE_PORT: where to listen. PENDOPO_DATA: the folder that keeps everything.
        PENDOPO_HOSTS: the names by which browsers call us, with commas. PENDOPO_LIVE_ORIGIN: `live` behind a proxy.
        DATABASE_URL: a PostgreSQL (15+) of your own, as an administrator who may make our two roles there; or together
        with PENDOPO_OWNER_DATABASE_URL the role app, and that the role owner, both made before (see `databases.py`).
        PENDOPO_MAIL: the server that sends mail, as smtp://NAME:PASSWORD@HOST:587 (STARTTLS) or smtps://…:465;
        PENDOPO_MAIL_FROM: the sender's address. PENDOPO_CHANNELS: who carries WhatsApp messages and SMS, as JSON or as
        the path of a file with it (docs/operations.md).
        PENDOPO_CLAMD: where ClamAV's clamd listens, as /path/of/socket or host:port.
        PENDOPO_SECRET_KEY: given, or made once in the data folder. PENDOPO_TLS, PENDOPO_DEBUG: yes or no.
        PENDOPO_MASTER_KEY: what wraps the keys of malls, a secret given or made likewise, or the URI of a key that
        stays in its token: pkcs11:token=…;object=…?module-path=…&pin-source=…
        PENDOPO_MASTER_KEY_BEFORE: the one that it follows, until `pendopo keys rewrap` is through.
        PENDOPO_BEHIND_PROXY: a server in front of us, which names its callers in X-Forwarded-For.
        PENDOPO_SIGNING_TOKEN: the URI of a key pair (EC P-256) of the seal that stays in its token, written likewise.
        PENDOPO_BSRE: where documents are signed by BSrE, as https://NAME:PASSWORD@HOST/?version=2&subscriber=…; more
        than one with spaces, each with `mall=` (see `documents/types.py`).
        PENDOPO_CERTIFICATES: a folder made by `pendopo up --tls`, which speaks HTTPS itself; PENDOPO_HANDOUT_PORT:
        where kiosks and TVs fetch its authority.
        """
        source = os.environ if source is None else source
        data = _folder(source, "PENDOPO_DATA", CHECKOUT / "var")
        port = _port(source, "PENDOPO_PORT", 8000)
        live_port = _port(source, "PENDOPO_LIVE_PORT", 8001)
        if port == live_port:
            raise WrongEnvironment(f"PENDOPO_PORT and PENDOPO_LIVE_PORT are both {port}: they must differ.")
        database_url = _database(source, "DATABASE_URL")
        owner_database_url = _database(source, "PENDOPO_OWNER_DATABASE_URL")
        if owner_database_url and not database_url:
            raise WrongEnvironment("PENDOPO_OWNER_DATABASE_URL is set, but DATABASE_URL (the role app) is not.")
        return cls(
            port=port,
            live_port=live_port,
            host=_address(source, "PENDOPO_HOST") or cls.host,
            data=data,
            database_url=database_url,
            owner_database_url=owner_database_url,
            secret_key=_secret(source, "PENDOPO_SECRET_KEY", data / "secret_key"),
            master_key=_secret(source, "PENDOPO_MASTER_KEY", data / "master_key"),
            master_key_before=source.get("PENDOPO_MASTER_KEY_BEFORE", "").strip(),
            hosts=_names(source, "PENDOPO_HOSTS") or cls.hosts,
            live_origin=_origin(source, "PENDOPO_LIVE_ORIGIN"),
            mail=_mail(source),
            clamd=_clamd(source),
            mail_from=source.get("PENDOPO_MAIL_FROM", "").strip() or cls.mail_from,
            channels=channels(source),
            signing_token=_token(source, "PENDOPO_SIGNING_TOKEN"),
            bsre=_bsre(source, "PENDOPO_BSRE"),
            debug=_yes_or_no(source, "PENDOPO_DEBUG"),
            tls=_yes_or_no(source, "PENDOPO_TLS"),
            behind_proxy=_yes_or_no(source, "PENDOPO_BEHIND_PROXY"),
            certificates=_given_folder(source, "PENDOPO_CERTIFICATES"),
            handout_port=_port(source, "PENDOPO_HANDOUT_PORT", 8002),
        )


def _mail(source: Mapping[str, str]) -> str | None:
    text = source.get("PENDOPO_MAIL", "").strip()
    if not text:
        return None
    parts = urlsplit(text)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise WrongEnvironment("PENDOPO_MAIL must be smtp://NAME:PASSWORD@HOST:PORT or smtps://…")
    return text


def _token(source: Mapping[str, str], name: str) -> str:
    text = source.get(name, "").strip()
    try:
        if text and not text.startswith(SCHEME):
            raise WrongToken("It must begin with pkcs11:")
        if text:
            Place.told(text)
    except WrongToken as error:
        raise WrongEnvironment(f"{name}: {error}") from None
    return text


def _bsre(source: Mapping[str, str], name: str) -> str:
    text = source.get(name, "").strip()
    if not text:
        return ""
    # Here: the command line, which reads this too, starts without Django.
    from pendopo.documents.types import WrongPartner, partners

    try:
        partners(text)
    # The value holds a password: it is never repeated in a message.
    except WrongPartner as error:
        raise WrongEnvironment(f"{name}: {error}") from None
    return text


def _clamd(source: Mapping[str, str]) -> str:
    text = source.get("PENDOPO_CLAMD", "").strip()
    host, _colon, port = text.rpartition(":")
    if (
        text
        and not text.startswith("/")
        and not (host and port.isascii() and port.isdigit() and 1 <= int(port) <= 65535)
    ):
        raise WrongEnvironment(f"PENDOPO_CLAMD is “{text}”: write /path/of/socket or host:port.")
    return text


def _port(source: Mapping[str, str], name: str, default: int) -> int:
    text = source.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise WrongEnvironment(f"{name} is “{text}”: a port is a whole number from 1 to 65535.")
    return int(text)


def _address(source: Mapping[str, str], name: str) -> str:
    text = source.get(name, "").strip()
    try:
        return str(ipaddress.ip_address(text)) if text else ""
    except ValueError:
        raise WrongEnvironment(f"{name} is “{text}”: write an IP address, such as 0.0.0.0 for the whole LAN.") from None


def _yes_or_no(source: Mapping[str, str], name: str) -> bool:
    text = source.get(name, "").strip().lower()
    if text not in TRUE | FALSE:
        raise WrongEnvironment(f"{name} is “{text}”: write 1 for yes or 0 for no.")
    return text in TRUE


def _folder(source: Mapping[str, str], name: str, default: Path) -> Path:
    path = Path(source.get(name, "").strip() or default).expanduser().absolute()
    if path.exists() and not path.is_dir():
        raise WrongEnvironment(f"{name} is “{path}”, which is a file: it must be a folder.")
    return path


def _given_folder(source: Mapping[str, str], name: str) -> Path | None:
    text = source.get(name, "").strip()
    return Path(text).expanduser().absolute() if text else None


def _names(source: Mapping[str, str], name: str) -> tuple[str, ...]:
    names = tuple(part.strip() for part in source.get(name, "").split(",") if part.strip())
    for host in names:
        if "/" in host or " " in host:
            raise WrongEnvironment(f"{name} holds “{host}”: write names only, such as mpp.contoh.go.id, with commas.")
    return names


def _origin(source: Mapping[str, str], name: str) -> str | None:
    text = source.get(name, "").strip().rstrip("/")
    if not text:
        return None
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise WrongEnvironment(
            f"{name} is “{text}”: write scheme, name and port only, such as https://mpp.contoh.go.id."
        )
    return text


def _database(source: Mapping[str, str], name: str) -> str | None:
    text = source.get(name, "").strip()
    # The value holds a password: it is never repeated in a message.
    if text and not text.startswith(("postgres://", "postgresql://")):
        raise WrongEnvironment(f"{name} does not begin with postgresql://user:password@host:port/name.")
    return text or None


def _secret(source: Mapping[str, str], name: str, file: Path) -> str:
    given = source.get(name, "").strip()
    if given:
        if len(given) < 32:
            raise WrongEnvironment(f"{name} has {len(given)} characters: it needs 32 or more.")
        return given
    try:
        return kept_secret(file)
    except OSError as error:
        raise WrongEnvironment(f"PENDOPO_DATA: the folder {file.parent} cannot be used ({error.strerror}).") from error


env = Env.read()
