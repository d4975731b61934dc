"""Where static files are: by the names that carry their content, looked up once a process."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class KnownStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Remembers addresses: a page names a dozen files, which do not change while the process lives."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._known: dict[str, str] = {}

    def url(self, name: str | None, force: bool = False) -> str:
        """Return a file's address. Raises ValueError for a name that was not collected."""
        if name is None or force:
            return str(super().url(name, force))
        if name not in self._known:
            self._known[name] = str(super().url(name))
        return self._known[name]
