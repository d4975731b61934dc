"""Takes from this process what a parser does not need: files, network, other processes, endless memory and time."""

import contextlib
import os
import resource
import sys

MEMORY = 1024 * 1024 * 1024
SECONDS = 20
NOBODY = 65534


def confine() -> None:
    """Shut this process in, for good. Whatever it needs is imported before."""
    # No network but an empty one; where the kernel does not allow it, there still are no new file descriptors.
    with contextlib.suppress(OSError):
        os.unshare(os.CLONE_NEWNET if os.geteuid() == 0 else os.CLONE_NEWUSER | os.CLONE_NEWNET)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        # Standard input, output and error, and no fourth.
        (resource.RLIMIT_NOFILE, 3),
    ):
        resource.setrlimit(what, (most, most))
    # At the first of the two it ends by a signal that nobody else sends.
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    sys.setrecursionlimit(500)
