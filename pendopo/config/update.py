"""The order in which an installation takes new code, and the way back when a step fails."""

from collections.abc import Callable
from dataclasses import dataclass

from pendopo.config.errors import Failed

Act = Callable[[], None]


@dataclass(frozen=True, kw_only=True)
class Steps:
    """What an update does; each raises `Failed` when it cannot."""

    backup: Act
    migrate: Act
    check: Act
    restart: Act
    await_ready: Act
    restore: Act


def update(steps: Steps, *, say: Callable[[str], None]) -> None:
    """Take the new code into use, or leave everything as it was before.

    The processes run on with the old code while tables change (every migration allows that) and are restarted last.
    """
    say("Backup …")
    steps.backup()  # before it, there is nothing to undo
    restarted = False
    try:
        say("Migrate …")
        steps.migrate()
        say("Check …")
        steps.check()
        say("Restart …")
        restarted = True
        steps.restart()
        steps.await_ready()
    except Exception as error:
        say(f"{error}\nGoing back to the backup …")
        try:
            steps.restore()
            if restarted:
                steps.restart()
        except Exception as second:
            raise Failed(
                f"The update failed ({error}), and so did the way back ({second}). The backup is whole: bring it back"
                " with `pendopo restore`."
            ) from second
        raise Failed(
            f"The update failed: {error} The data are as before. Put the former code back and run `pendopo up`."
        ) from error
    say("Done.")
