"""A citizen's own documents: what was issued to them, whether it is still valid, and the file by a signed link."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request
from pendopo.documents import links, vault
from pendopo.documents.links import How
from pendopo.documents.queries import issued as shown
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import download


@audience("account")
@require_safe
def documents(request: Request, mall: str) -> HttpResponse:
    """List the documents that were issued to whoever asks."""
    at, holder = timezone.now(), request.actor.account_id or 0
    page = shown.held(request.mall, request.actor, cursor=request.GET.get("cursor", ""))
    context = {
        "lines": [
            (each, shown.standing(each, at=at), links.query(each, How.DOWNLOAD, holder=holder, at=at))
            for each in page.items
        ],
        "next": page.next,
        "is_first": not request.GET.get("cursor"),
    }
    return answer(request, "documents/held.html", context)


@audience("account")
@require_safe
def content(request: Request, mall: str, own_document: str) -> HttpResponse:
    """Give a document as it was signed to its holder, by a link that was made for them."""
    found, asked = shown.of_holder(request.mall, request.actor, own_document), request.GET.dict()
    if "seal" not in asked:
        return redirect("documents:held", mall)
    links.checked(request.mall.pk, found.code, asked, holder=request.actor.account_id or 0, at=timezone.now())
    answered = download(vault.content(found), "application/pdf", f"{found.kind}-{found.number}.pdf")
    answered["Cache-Control"] = "private, no-store"
    return answered
