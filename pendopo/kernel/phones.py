"""The random key by which a browser is known again as the same phone on the same day. It says nothing of its owner."""

from django.http import HttpRequest, HttpResponse

from pendopo.kernel.ids import KEY_LENGTH, new_key

PHONE_COOKIE = "pendopo_phone"
# Longer than any ticket lives.
LIFE = 36 * 3600


def phone_key(request: HttpRequest) -> str:
    """Return the key that a browser sent; "" when it has none, or none of ours."""
    key = request.COOKIES.get(PHONE_COOKIE, "")
    return key if len(key) == KEY_LENGTH and key.isascii() and key.isalnum() else ""


def keep_phone_key(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give a browser its key before it takes a number, so that two of its tabs are the same phone."""
    response.set_cookie(
        PHONE_COOKIE,
        phone_key(request) or new_key(),
        max_age=LIFE,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response
