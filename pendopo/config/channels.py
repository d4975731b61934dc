"""The message providers of the environment: a JSON text, or the path of a file that holds it."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from pendopo.config.errors import WrongEnvironment
from pendopo.notifications.types import ChannelSettings

NAME = "PENDOPO_CHANNELS"


def channels(source: Mapping[str, str]) -> ChannelSettings:
    """Read which providers carry messages. Raises WrongEnvironment, which names the field and never its value."""
    text = source.get(NAME, "").strip()
    if not text:
        return ChannelSettings()
    if not text.startswith("{"):
        try:
            text = Path(text).expanduser().read_text()
        except (OSError, UnicodeDecodeError):
            raise WrongEnvironment(f"{NAME} names a file that cannot be read.") from None
    try:
        return ChannelSettings.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(step) for step in first["loc"]) or "JSON"
        raise WrongEnvironment(f"{NAME}: {where}: {first['msg']}.") from None
