"""What becomes of a document is told to whoever holds it, in the transaction of what happened, once.

Documents know no messages; they publish what happened, and here it is written.
"""

from collections.abc import Mapping

from pendopo.documents.events import DocumentCorrected, DocumentIssued, DocumentRevoked
from pendopo.documents.models import IssuedDocument
from pendopo.notifications.actions import writing


def tell_issued(event: DocumentIssued) -> None:
    """Tell the holder of a document that it is there; nobody where the issuer named none."""
    _tell("issued", event, {})


def tell_revoked(event: DocumentRevoked) -> None:
    """Tell the holder of a document that it was taken back, and why."""
    _tell("revoked", event, {"reason": _document(event).state_reason})


def tell_corrected(event: DocumentCorrected) -> None:
    """Tell the holder of a document that it was wrong, why, and where the right one is."""
    _tell("corrected", event, {"reason": _document(event).state_reason})


def _document(event: DocumentIssued | DocumentRevoked | DocumentCorrected) -> IssuedDocument:
    rows = IssuedDocument.objects.select_related("mall", "holder__account")
    return rows.get(mall_id=event.mall_id, pk=event.document_id)


def _tell(what: str, event: DocumentIssued | DocumentRevoked | DocumentCorrected, more: Mapping[str, str]) -> None:
    document = _document(event)
    if document.holder is None:
        return
    told = {
        "title": document.title, "number": document.number_text, "mall": document.mall.name, "link": event.link,
    }  # fmt: skip
    writing.write(
        document.mall, to=document.holder, template=f"document_{what}", data={**told, **more},
        about=f"document:{document.pk}", key=f"document:{document.pk}:{what}", at=event.at, by=event.by,
    )  # fmt: skip
