"""What the installation's scanner says of bytes that another module keeps; own files are `actions.examining`'s."""

from pendopo.documents.scanners import Scanner, Verdict
from pendopo.documents.scanners.clamd import installed


def verdict_on(content: bytes, *, scanner: Scanner | None = None) -> Verdict:
    """Look through bytes for malware. Stand outside of any transaction: it may take a minute. Raises ScannerAway."""
    return (scanner or installed()).scan(iter([content]))
