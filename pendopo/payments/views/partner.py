"""Where a gateway asks us for a token and tells us of payments (SNAP, services 73 and 52). It signs every call; whoever
does not is told so in SNAP's own codes, and nothing is kept.

No transaction stands around these: what is told with an answer of 4xx is kept all the same.
"""

from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from pendopo.agencies.http import Request
from pendopo.kernel.errors import AnotherBody
from pendopo.kernel.http import audience
from pendopo.payments import snap
from pendopo.payments.actions import noticing
from pendopo.payments.gateways.reading import MOST_BYTES, NoticeUnreadable, read_notice
from pendopo.payments.models import SECRET, Merchant
from pendopo.payments.models.codes import Verdict
from pendopo.tenancy import wall
from pendopo.tenancy.sealing import Sealer

TOKEN_SERVICE, NOTIFY_SERVICE = "73", "52"
NOTIFY = "/v1.0/qr/qr-mpm-notify"
SALT, LIFE = "payments.snap.token", 900
# What each verdict is in SNAP: the money is there all the same, so that telling it again helps nobody.
CASES: Final[dict[str, tuple[int, str, str]]] = {Verdict.UNKNOWN: (404, "12", "Bill not found")}


@csrf_exempt
@audience("partner")
def token(request: Request, mall: str) -> HttpResponse:
    """Give a gateway a token by which it signs what it tells us, when it has signed that it is who it says."""
    if request.method != "POST":
        return _answer(405, TOKEN_SERVICE, "00", "Method not allowed", Allow="POST")
    moment, signature = _head(request, "X-TIMESTAMP"), _head(request, "X-SIGNATURE")
    with wall.inside(request.mall.pk):
        merchant = Merchant.objects.filter(mall=request.mall, is_active=True).first()
    key = _key(merchant)
    if merchant is None or key is None or _head(request, "X-CLIENT-KEY") != merchant.client:
        return _answer(401, TOKEN_SERVICE, "00", "Unauthorized. Unknown client")
    try:
        snap.verify_token_request(merchant.client, moment, signature, key, at=timezone.now())
    except snap.SnapRefused:
        return _answer(401, TOKEN_SERVICE, "00", "Unauthorized. Signature or timestamp")
    made = signing.dumps({"merchant": merchant.pk, "mall": merchant.mall_id}, salt=SALT)
    told = {"accessToken": made, "tokenType": "BearerToken", "expiresIn": str(LIFE)}
    return _answer(200, TOKEN_SERVICE, "00", "Successful", told)


@csrf_exempt
@audience("partner")
def notify(request: Request, mall: str) -> HttpResponse:
    """Take in what a gateway tells of a payment, once, whatever it is and however often it is told."""
    if request.method != "POST":
        return _answer(405, NOTIFY_SERVICE, "00", "Method not allowed", Allow="POST")
    at = timezone.now()
    body = _body(request)
    if body is None:
        return _answer(400, NOTIFY_SERVICE, "00", "Bad request. Body")
    with wall.inside(request.mall.pk):
        merchant = Merchant.objects.select_related("mall").filter(mall=request.mall, is_active=True).first()
        refusal = _refusal(request, merchant, body, at)
    if refusal or merchant is None:
        return _answer(401, NOTIFY_SERVICE, refusal or "00", "Unauthorized. Signature, token or timestamp")
    try:
        notice = read_notice(body, external=_head(request, "X-EXTERNAL-ID"), moment=_head(request, "X-TIMESTAMP"))
    except NoticeUnreadable as error:
        what = "Missing mandatory field" if error.case == "02" else "Invalid field format"
        return _answer(400, NOTIFY_SERVICE, error.case, f"{what} {error.field}")
    try:
        with wall.inside(request.mall.pk), override("id"):
            kept = noticing.take_in(merchant, notice, at=at)
    except AnotherBody:
        return _answer(409, NOTIFY_SERVICE, "00", "Conflict. X-EXTERNAL-ID")
    status, case, words = CASES.get(kept.verdict, (200, "00", "Successful"))
    return _answer(status, NOTIFY_SERVICE, case, words)


def _refusal(request: HttpRequest, merchant: Merchant | None, body: bytes, at: datetime) -> str:
    """Return the case for which a call is not its merchant's gateway's; "" when it is."""
    if merchant is None:
        return "00"
    signature, moment = _head(request, "X-SIGNATURE"), _head(request, "X-TIMESTAMP")
    # Some sign the whole path that they call, some what follows the address that we registered with them.
    calls = [snap.Call("POST", path, body, moment) for path in (request.path, NOTIFY)]
    scheme, _blank, token_text = _head(request, "Authorization").partition(" ")
    if scheme.lower() == "bearer":
        if not _is_ours(token_text.strip(), merchant):
            return "01"
        secret = Sealer(merchant.mall_id, SECRET).unseal(bytes(merchant.secret)).decode()
        return "" if any(_is_signed(call, signature, token_text.strip(), secret, at) for call in calls) else "00"
    key = _key(merchant)
    return "" if key and any(_is_signed_by(call, signature, key, at) for call in calls) else "00"


def _is_signed(call: snap.Call, signature: str, token_text: str, secret: str, at: datetime) -> bool:
    try:
        snap.verify_with_token(call, signature, token_text, secret, at=at)
    except snap.SnapRefused:
        return False
    return True


def _is_signed_by(call: snap.Call, signature: str, key: RSAPublicKey, at: datetime) -> bool:
    try:
        snap.verify_without_token(call, signature, key, at=at)
    except snap.SnapRefused:
        return False
    return True


def _is_ours(text: str, merchant: Merchant) -> bool:
    try:
        told = signing.loads(text, salt=SALT, max_age=LIFE)
    except (signing.BadSignature, ValueError):
        return False
    return bool(told == {"merchant": merchant.pk, "mall": merchant.mall_id})


def _key(merchant: Merchant | None) -> RSAPublicKey | None:
    if merchant is None or not merchant.gateway_key:
        return None
    key = load_pem_public_key(merchant.gateway_key.encode())
    return key if isinstance(key, RSAPublicKey) else None


def _head(request: HttpRequest, name: str) -> str:
    return request.headers.get(name, "").strip()


def _body(request: HttpRequest) -> bytes | None:
    """Return the body; None when it is longer than a notification can be, or did not come whole."""
    try:
        body = request.read(MOST_BYTES + 1)
    except UnreadablePostError:
        return None
    return body if len(body) <= MOST_BYTES else None


def _answer(
    status: int, service: str, case: str, words: str, more: dict[str, str] | None = None, **headers: str
) -> HttpResponse:
    told = {"responseCode": f"{status}{service}{case}", "responseMessage": words} | (more or {})
    return JsonResponse(told, status=status, headers=headers)
