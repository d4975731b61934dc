"""What becomes of a document is told to whoever holds it, in the transaction of what happened, once.

Documents know no messages; they publish what happened, and here it is written.
"""

from pendopo.documents.events import DocumentCorrected, DocumentIssued, DocumentRevoked
from pendopo.documents.models import IssuedDocument
from pendopo.notifications.actions import writing


def tell_issued(event: DocumentIssued) -> None:
    """Tell the holder of a document that it is there; nobody where the issuer named none."""
    _tell("issued", event)


def tell_revoked(event: DocumentRevoked) -> None:
    """Tell the holder of a document that it was taken back, and why."""
    _tell("revoked", event, with_reason=True)


def tell_corrected(event: DocumentCorrected) -> None:
    """Tell the holder of a document that it was wrong, why, and where the right one is."""
    _tell("corrected", event, with_reason=True)


def _tell(what: str, event: DocumentIssued | DocumentRevoked | DocumentCorrected, *, with_reason: bool = False) -> None:
    held = IssuedDocument.objects.filter(mall_id=event.mall_id, pk=event.document_id, holder__isnull=False)
    document = held.select_related("mall", "holder__account").first()
    if document is None or document.holder is None:
        return
    told = {
        "title": document.title, "number": document.number_text, "mall": document.mall.name, "link": event.link,
    }  # fmt: skip
    if with_reason:
        told["reason"] = document.state_reason
    writing.write(
        document.mall, to=document.holder, template=f"document_{what}", data=told,
        about=f"document:{document.pk}", key=f"document:{document.pk}:{what}", at=event.at, by=event.by,
    )  # fmt: skip
