"""Pictures and signatures, for whoever may see what they belong to."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request
from pendopo.inspections.models import Finding, Photo
from pendopo.inspections.queries.inspections import inspection_of
from pendopo.kernel import attachments
from pendopo.kernel.http import audience


@audience("overseer")
@require_safe
def photo(request: Request, mall: str, photo: int) -> HttpResponse:
    """Give a picture; to an agency's admin only those of its own findings."""
    found = Photo.objects.filter(mall=request.mall, pk=photo).select_related("finding").first()
    if found is None:
        raise Http404
    theirs = Finding.objects.filter(mall=request.mall).visible_to(request.actor)
    if request.actor.overseen is not None and (
        found.finding is None or not theirs.filter(pk=found.finding.pk).exists()
    ):
        raise Http404
    return attachments.served(found.file_path, f"foto-{found.pk}{found.file_path[-4:]}")


@audience("oversight")
@require_safe
def signature(request: Request, mall: str, inspection: int) -> HttpResponse:
    """Give the drawn signature of an inspection."""
    found = inspection_of(request.mall, inspection)
    if not found.is_signed:
        raise Http404
    path = found.signature.file_path
    return attachments.served(path, f"tanda-tangan-{found.pk}{path[-4:]}")
