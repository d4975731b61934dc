"""Pictures drawn anew: place, owner, device and whatever else a camera or a stranger writes beside them stay behind."""

import struct
from io import BytesIO

# All before the doors are shut: afterwards nothing can be imported.
from PIL import Image, ImageFile, ImageOps, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin

from pendopo.documents.inside.refusing import Refused

# JPEG is drawn smaller as it is read; the others take all of their pixels into memory.
MOST_PIXELS = {"jpg": 120_000_000, "png": 50_000_000, "webp": 50_000_000}
FORMATS = {"jpg": ["JPEG", "MPO"], "png": ["PNG"], "webp": ["WEBP"]}
LARGEST_SIDE = 4096
PREVIEW_SIDE = 480
QUALITY = 88
# Of formats that a program would find in the same bytes. Pictures have long since ended where an archive's list ends.
OTHERS = (b"%PDF-", b"<script", b"<html", b"<!doctype", b"<svg ", b"<?php")
ZIP_END, ZIP_TAIL = b"PK\x05\x06", 22
PLUGINS = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin)
Image.preinit()
Image.MAX_IMAGE_PIXELS = None
ImageFile.LOAD_TRUNCATED_IMAGES = False


def clean(content: bytes, kind: str) -> tuple[dict[str, int | str], bytes]:
    """Return a picture with nothing but the picture, upright. Raises Refused."""
    if is_two(content):
        raise Refused("mixed")
    picture = _opened(content, kind)
    if picture.width * picture.height > MOST_PIXELS[kind]:
        raise Refused("heavy")
    drawn = _drawn(picture, LARGEST_SIDE)
    is_png = kind == "png"
    out = BytesIO()
    if is_png:
        drawn.save(out, "PNG")
    else:
        _opaque(drawn).save(out, "JPEG", quality=QUALITY)
    told: dict[str, int | str] = {"kind": "png" if is_png else "jpg", "wide": drawn.width, "high": drawn.height}
    return told, out.getvalue()


def preview(content: bytes) -> tuple[dict[str, int | str], bytes]:
    """Return a small JPEG of a picture that was cleaned before."""
    return small(Image.open(BytesIO(content), formats=["JPEG", "PNG"]))


def small(picture: Image.Image) -> tuple[dict[str, int | str], bytes]:
    """Return a small JPEG of a picture."""
    drawn = _opaque(_drawn(picture, PREVIEW_SIDE))
    out = BytesIO()
    drawn.save(out, "JPEG", quality=80)
    return {"kind": "jpg", "wide": drawn.width, "high": drawn.height}, out.getvalue()


def is_two(content: bytes) -> bool:
    """Whether a picture is something else at the same time."""
    lowered = content.lower()
    return any(other in lowered for other in (each.lower() for each in OTHERS)) or ends_as_archive(content)


def ends_as_archive(content: bytes) -> bool:
    """Whether a file ends as a ZIP does: programs read those from their end."""
    place = content.rfind(ZIP_END, max(0, len(content) - 65_557))
    if place < 0 or place + ZIP_TAIL > len(content):
        return False
    (comment,) = struct.unpack("<H", content[place + 20 : place + 22])
    return bool(place + ZIP_TAIL + comment <= len(content))


def _opened(content: bytes, kind: str) -> Image.Image:
    try:
        return Image.open(BytesIO(content), formats=FORMATS[kind])
    except (OSError, ValueError, SyntaxError, struct.error) as error:
        raise Refused("broken") from error


def _drawn(picture: Image.Image, side: int) -> Image.Image:
    # First smaller, as JPEG is read, then upright: the other way round needs all pixels at once.
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    upright = ImageOps.exif_transpose(picture)
    # Of other modes there are CMYK, palettes and sixteen bits a colour: all drawn in plain colours.
    mode = "RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB"
    upright = upright if upright.mode in {"L", mode} else upright.convert(mode)
    # Only its points: what else it knows of itself would be written beside it.
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    return bare


def _opaque(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper
