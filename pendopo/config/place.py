"""The data folder of an installation: who owns it, and the secrets kept in it."""

import os
import secrets
from pathlib import Path


def kept_secret(path: Path) -> str:
    """Read the secret kept in a file, or make one there (0600) the first time.

    Two processes that ask at once get the same answer: the file appears whole, by a link that fails when it exists.
    """
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    own_folder(path.parent)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    write_private(draft, secrets.token_urlsafe(48) + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # the other process was first, and its secret is the one
    finally:
        draft.unlink()
    return path.read_text().strip()


def write_private(path: Path, text: str) -> None:
    """Write a file that only the owner of its folder may read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
    belong_to_folder(path)


def own_folder(path: Path) -> Path:
    """Make a folder, and those above it that are missing, belonging to whoever owns the folder they stand in.

    Others may pass through it but not list it: the database's own user has its folder inside.
    """
    if not path.exists():
        if not path.parent.exists():
            own_folder(path.parent)
        path.mkdir(exist_ok=True)
        path.chmod(0o711)
        belong_to_folder(path)
    return path


def belong_to_folder(path: Path) -> None:
    """Give what root made in another user's data folder to that user, who must read it when the service runs."""
    if os.geteuid() == 0:
        above = path.parent.stat()
        # In a folder that all may write (/tmp) the folder's owner says nothing about its content.
        if above.st_uid != 0 and not above.st_mode & 0o002:
            os.chown(path, above.st_uid, above.st_gid)
