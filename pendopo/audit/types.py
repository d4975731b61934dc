"""What audit asks of whoever acts: only their numbers, so that it need not know the modules above it."""

from typing import Protocol


class Who(Protocol):
    """An account, a device, both or neither (the system itself)."""

    @property
    def account_id(self) -> int | None:
        """Number of the account that acts."""

    @property
    def device_id(self) -> int | None:
        """Number of the device through which it acts."""
