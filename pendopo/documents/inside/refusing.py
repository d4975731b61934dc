class Refused(Exception):
    """The file is not taken; `code` is one of `types.Refusal`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
